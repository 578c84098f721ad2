// How any mode of communication gives (V). "Sum of" something is sum_k w_k times it, w_k = (1 - eta)^-(k+1), k <= K.
#include "proofs/scalar/local/parameters.hpp"
#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs::topics::local_closing {

namespace {

/// What a twin makes too good.
struct Change {
  DiscrepancyBound<Rational> bound{{1, 1}, 1};  ///< multiply H1, H2, D3
  Rational share = 1;                           ///< multiplies the half of the gaps
  Rational limit = 1;                           ///< of (S3) and (S4)
};

/// 3 rho_j (sum of E s_j) <= 4 (s_j0 + 2 C_j (sum of gap) + G_j (sum of V) + D_j W): the sum.
Term variance_sum(Statement& s, const std::string& j, const LocalVariance<Term>& of, const Term& first,
                  const Term& Y, const Term& X, const Term& W) {
  Term sum = s.variable("S" + j, "sum of E s" + j);
  s.assume("sum-of-s" + j, less_equal(3 * of.rho * sum, 4 * (first + 2 * of.C * Y + of.G * X + of.D * W)),
           "error-feedback/theorem/weighted-sum with t_k = 2 C gap_k + G V_k + D");
  return sum;
}

Statement closing(const Sequences& which, const Change& change = {}) {
  Statement s;
  LocalConstants<Term> c = no_local_constants;
  add_local_variances(s, c, which);
  const Communication<Term> mode{s.nonnegative("P", "factor of the mode"),
                                 local_moment_bound(s, "mode", "the mode's bound", which)};
  const Term L = s.nonnegative("L", "smoothness of every f_i");
  const Term gamma = s.variable("gamma", "stepsize");
  const Term Y = s.nonnegative("Y", "sum of E gap");
  const Term X = s.nonnegative("X", "sum of E V");
  const Term W = s.variable("W", "sum of the weights");
  OfVariances<Term> first{0, 0}, sum{0, 0};
  if (which.shift) {
    first.shift = s.variable("s1_0", "s1 at the start");
    sum.shift = variance_sum(s, "1", *c.shift, first.shift, Y, X, W);
  }
  if (which.sampling) {
    first.sampling = s.variable("s2_0", "s2 at the start");
    sum.sampling = variance_sum(s, "2", *c.sampling, first.sampling, Y, X, W);
  }
  LocalMomentBound<Term> summed = mode.moments;
  summed.D *= W;
  const Term weight = gamma * gamma * mode.P;
  s.assume("sum-of-V", less_equal(X, weight * value(summed, Y, sum, X)), "local/discrepancy/MODE");
  assume_conditions(s, {"S3", "S4"}, discrepancy_conditions(c, mode, L, gamma), change.limit);

  const DiscrepancyBound<Term> bound = discrepancy_bound(c, mode, gamma);
  const Term initial = Term(change.bound.H.shift) * bound.H.shift * first.shift +
                       Term(change.bound.H.sampling) * bound.H.sampling * first.sampling;
  s.conclude(less_equal(2 * L * X, Term(change.share) * Y / 2 + 2 * L * initial +
                                       2 * L * gamma * gamma * Term(change.bound.D3) * bound.D3 * W));
  s.hint({"sum-of-V"}, 4 * L);
  if (which.shift) s.hint({"sum-of-s1"}, L * weight * mode.moments.B1 / c.shift->rho);
  if (which.sampling) s.hint({"sum-of-s2"}, L * weight * mode.moments.B2 / c.sampling->rho);
  s.hint({"S3", "X-nonnegative"}, L);
  s.hint({"S4", "Y-nonnegative"});
  if (!which.shift && !which.sampling) s.redundant({"P-nonnegative"});  // no Q1, Q2 to keep their sign
  return s;
}

}  // namespace

std::vector<Obligation> obligations() {
  const Rational less(999, 1000);
  std::vector<Obligation> all;
  for (const Sequences& which : all_sequences) {
    Obligation o = local_obligation(
        "theorem/closing", suffix_of(which),
        "Theorem of chapter 4: (V) for any mode of communication" + in_words(which),
        "theory/local/communication.hpp",
        {"sum w_k E V_k <= gamma^2 P sum w_k (2 A* gap_k + B1* s1_k + B2* s2_k + F* V_k + D*), (S3), (S4)",
         "=>  2 L sum w_k E V_k <= (1/2) sum w_k E gap_k + 2 L (H1 s1_0 + H2 s2_0) + 2 L gamma^2 D3 W"});
    o.source = "derived; slides 70 and 71 have the form of (V), not its constants";
    state(o, closing(which));
    const auto twin = [&](const std::string& name, const std::string& change_in_words, const Change& change) {
      add_twin(o, name, change_in_words, closing(which, change));
    };
    twin("larger-limit", "1.001 in place of 1 in (S3) and (S4)", {.limit = {1001, 1000}});
    twin("smaller-share", "0.999/2 of the gaps", {.share = less});
    twin("smaller-D3", "0.999 D3", {.bound = {{1, 1}, less}});
    if (which.shift) twin("smaller-H1", "0.999 H1", {.bound = {{less, 1}, 1}});
    if (which.sampling) twin("smaller-H2", "0.999 H2", {.bound = {{1, less}, 1}});
    all.push_back(std::move(o));
  }
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::local_closing
