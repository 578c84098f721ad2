// The theorem of chapter 4 from its steps and (V). "Sum of" something is sum_k w_k times it, w_k = (1 - eta)^-(k+1), k <= K.
#include "proofs/scalar/local/parameters.hpp"
#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs::topics::local_averaged {

namespace {

/// What a twin makes too good.
struct Change {
  DiscrepancyBound<Rational> discrepancy{{1, 1}, 1};  ///< multiply H1, H2, D3 in the conclusion
  Rational distance = 1, noise = 1, gap = 1;
};

/// (V) of a method that has these sequences.
DiscrepancyBound<Term> any_bound(Statement& s, const Sequences& which) {
  DiscrepancyBound<Term> bound{{0, 0}, s.variable("D3", "noise in (V)")};
  if (which.shift) bound.H.shift = s.variable("H1", "before 2 L s1_0 in (V)");
  if (which.sampling) bound.H.sampling = s.variable("H2", "before 2 L s2_0 in (V)");
  return bound;
}

Statement theorem(const Sequences& which, const Change& change = {}) {
  Statement s;
  LocalConstants<Term> c = no_local_constants;
  c.mean = local_moment_bound(s, "mean", "(A)", which);
  add_local_variances(s, c, which);
  const DiscrepancyBound<Term> bound = any_bound(s, which);
  const Term L = s.variable("L", "smoothness of every f_i");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term W = s.positive("W", "sum of the weights");
  const Term R = s.variable("R", "|x^0 - x*|^2");
  OfVariances<Term> first{0, 0};
  if (which.shift) first.shift = s.variable("s1_0", "s1 at the start");
  if (which.sampling) first.sampling = s.variable("s2_0", "s2 at the start");
  const Term last = s.nonnegative("T", "w_K E T^{K+1}");
  const Term Y = s.variable("Y", "sum of E gap");
  const Term X = s.variable("X", "sum of E V");
  const Term gap_bar = s.variable("gap_bar", "E f(xbar) - f(x*)");
  const OfVariances<Term> M = local_lyapunov_weights(c);
  const Term T = R + gamma * gamma * (M.shift * first.shift + M.sampling * first.sampling);
  s.assume("steps", less_equal(gamma * Y - 2 * L * gamma * X, T - last + local_noise(c, gamma) * W),
           "local/theorem/one-step, summed: error-feedback/theorem/average-sum with gamma gap - 2 L gamma V");
  s.assume("discrepancy",
           less_equal(2 * L * X, Y / 2 + 2 * L * (bound.H.shift * first.shift + bound.H.sampling * first.sampling) +
                                     2 * L * gamma * gamma * bound.D3 * W),
           "(V)");
  s.assume("convexity", less_equal(gap_bar, Y / W), "f is convex");

  const DiscrepancyBound<Term> claimed{
      {Term(change.discrepancy.H.shift) * bound.H.shift, Term(change.discrepancy.H.sampling) * bound.H.sampling},
      Term(change.discrepancy.D3) * bound.D3};
  s.conclude(less_equal(Term(change.gap) * gap_bar,
                        local_initial_term(c, claimed, L, gamma, Term(change.distance) * R, first) / (gamma * W) +
                            Term(change.noise) * local_neighbourhood(c, claimed, L, gamma)));
  s.hint({"steps"}, 1 / (gamma * W));
  s.hint({"discrepancy"}, 1 / W);
  s.hint({"T-nonnegative"}, 1 / (gamma * W));
  s.hint({"convexity"});
  s.redundant({"W-positive"});
  if (which.shift) s.redundant({"B1_mean-nonnegative"});
  if (which.sampling) s.redundant({"B2_mean-nonnegative"});
  return s;
}

}  // namespace

std::vector<Obligation> obligations() {
  const Rational less(999, 1000);
  std::vector<Obligation> all;
  for (const Sequences& which : all_sequences) {
    Obligation o = local_obligation("theorem/average", suffix_of(which),
                                    "Theorem of chapter 4, the gap at the weighted average" + in_words(which),
                                    "theory/local/theorem.hpp",
                                    {"one step, summed; (V); f convex",
                                     "=>  E f(xbar) - f(x*) <= (2 T^0 + 4 L gamma (H1 s1_0 + H2 s2_0))/(gamma W)",
                                     "                         + 2 gamma (D' + M1 D1 + M2 D2 + 2 L gamma D3)"});
    state(o, theorem(which));
    const auto twin = [&](const std::string& name, const std::string& change_in_words, const Change& change) {
      add_twin(o, name, change_in_words, theorem(which, change));
    };
    twin("larger-gap", "1.001 of the gap", {.gap = {1001, 1000}});
    twin("smaller-distance", "0.999 |x^0 - x*|^2", {.distance = less});
    twin("smaller-noise", "0.999 of the noise", {.noise = less});
    twin("smaller-D3", "0.999 D3", {.discrepancy = {{1, 1}, less}});
    if (which.shift) twin("smaller-H1", "0.999 H1", {.discrepancy = {{less, 1}, 1}});
    if (which.sampling) twin("smaller-H2", "0.999 H2", {.discrepancy = {{1, less}, 1}});
    all.push_back(std::move(o));
  }
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::local_averaged
