// One step of the theorem of chapter 4, with and without the variance sequences.
#include "proofs/scalar/local/parameters.hpp"
#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs::topics::local_one_step {

namespace {

/// What a twin makes too good. The hypotheses keep the true constants; these multiply what the conclusion is made of.
struct Change {
  LocalMomentBound<Rational> mean{1, 1, 1, 1, 1};
  LocalVariance<Rational> variance{1, 1, 1, 1};  ///< rho: in the contraction
  Rational mu = 1;                               ///< in the contraction
  Rational limit = 1;                            ///< of (S1) and (S2)
};

void scale(LocalVariance<Term>& variance, const LocalVariance<Rational>& by) {
  variance.C *= Term(by.C);
  variance.G *= Term(by.G);
  variance.D *= Term(by.D);
}

LocalConstants<Term> claimed(LocalConstants<Term> c, const Change& change) {
  c.mean.A *= Term(change.mean.A);
  c.mean.B1 *= Term(change.mean.B1);
  c.mean.B2 *= Term(change.mean.B2);
  c.mean.F *= Term(change.mean.F);
  c.mean.D *= Term(change.mean.D);
  if (c.shift) scale(*c.shift, change.variance);
  if (c.sampling) scale(*c.sampling, change.variance);
  return c;
}

LocalConstants<Term> contracting(LocalConstants<Term> c, const Change& change) {
  if (c.shift) c.shift->rho *= Term(change.variance.rho);
  if (c.sampling) c.sampling->rho *= Term(change.variance.rho);
  return c;
}

/// E s_j+ <= (1 - rho_j) s_j + 2 C_j gap + G_j V + D_j: the next s_j.
Term next_variance(Statement& s, const std::string& j, const LocalVariance<Term>& of, const Term& now,
                   const Term& gap, const Term& V) {
  Term next = s.variable("next_s" + j, "E s" + j + "+");
  s.assume("variance-" + j, less_equal(next, (1 - of.rho) * now + 2 * of.C * gap + of.G * V + of.D), "(S)");
  return next;
}

Statement one_step(const Sequences& which, const Change& change = {}) {
  Statement s;
  LocalConstants<Term> c = no_local_constants;
  c.mean = local_moment_bound(s, "mean", "(A)", which);
  add_local_variances(s, c, which);
  const Term L = s.positive("L", "smoothness of every f_i");
  const Term mu = s.nonnegative("mu", "quasi-strong convexity of every f_i");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term R = s.nonnegative("R", "|x - x*|^2, x the mean of the x_i");
  const Term next_R = s.variable("next_R", "E|x+ - x*|^2");
  const Term inner = s.variable("inner", "<x - x*, E g>, g the mean of the g_i");
  const Term moment = s.variable("moment", "E|g|^2");
  const Term gap = s.nonnegative("gap", "f(x) - f(x*)");
  const Term V = s.nonnegative("V", "mean of |x_i - x|^2");
  OfVariances<Term> now{0, 0}, next{0, 0};
  if (which.shift) now.shift = s.nonnegative("s1", "variance of the shifts");
  if (which.sampling) now.sampling = s.nonnegative("s2", "variance of the reference points");
  s.assume("descent", less_equal(next_R, R - 2 * gamma * inner + gamma * gamma * moment), "x+ = x - gamma g");
  s.assume("inner-product", less_equal(2 * gap + mu * (R + V), 2 * inner + L * V), "local/theorem/inner-product");
  s.assume("mean-bound", less_equal(moment, value(c.mean, gap, now, V)), "(A)");
  if (which.shift) next.shift = next_variance(s, "1", *c.shift, now.shift, gap, V);
  if (which.sampling) next.sampling = next_variance(s, "2", *c.sampling, now.sampling, gap, V);
  const LocalConstants<Term> concluded = claimed(c, change);
  assume_conditions(s, {"S1", "S2"}, local_step_conditions(concluded, L, gamma), change.limit);
  const Term eta = s.variable("eta", "T contracts by 1 - eta");
  assume_gaps(s, eta, local_gaps(contracting(c, change), gamma, Term(change.mu) * mu), "local_gaps(c, gamma, mu)");

  const OfVariances<Term> M = local_lyapunov_weights(concluded);
  const auto weighted = [&](const OfVariances<Term>& of) {
    return gamma * gamma * (M.shift * of.shift + M.sampling * of.sampling);
  };
  s.conclude(less_equal(next_R + weighted(next), (1 - eta) * (R + weighted(now)) - gamma * gap + 2 * L * gamma * V +
                                                     local_noise(concluded, gamma)));
  s.hint({"descent"});
  s.hint({"inner-product"}, gamma);
  s.hint({"mean-bound"}, gamma * gamma);
  s.hint({"eta-1", "R-nonnegative"});
  if (which.shift) {
    s.hint({"variance-1"}, gamma * gamma * M.shift);
    s.hint({"eta-2", "s1-nonnegative"}, gamma * gamma * M.shift);
  }
  if (which.sampling) {
    s.hint({"variance-2"}, gamma * gamma * M.sampling);
    s.hint({which.shift ? "eta-3" : "eta-2", "s2-nonnegative"}, gamma * gamma * M.sampling);
  }
  s.hint({"S1", "gap-nonnegative"}, gamma);
  s.hint({"S2", "V-nonnegative"}, gamma * L);
  s.hint({"V-nonnegative"}, gamma * mu);
  s.redundant({"L-positive"});
  return s;
}

void add_twins(Obligation& o, const Sequences& which) {
  const Rational less(999, 1000);
  const auto twin = [&](const std::string& name, const std::string& change_in_words, const Change& change) {
    add_twin(o, name, change_in_words, one_step(which, change));
  };
  twin("larger-limit", "1.001 in place of 1 in (S1) and (S2)", {.limit = {1001, 1000}});
  twin("smaller-A", "0.999 A' in place of A'", {.mean = {less, 1, 1, 1, 1}});
  twin("smaller-F", "0.999 F' in place of F'", {.mean = {1, 1, 1, less, 1}});
  twin("smaller-D", "0.999 D' in place of D'", {.mean = {1, 1, 1, 1, less}});
  twin("twice-mu", "2 mu in place of mu in eta", {.mu = 2});
  if (!which.shift && !which.sampling) return;
  twin("smaller-B", "0.999 B_j' in place of B_j'", {.mean = {1, less, less, 1, 1}});
  twin("smaller-C", "0.999 C_j in place of C_j", {.variance = {1, less, 1, 1}});
  twin("smaller-G", "0.999 G_j in place of G_j", {.variance = {1, 1, less, 1}});
  twin("smaller-Dj", "0.999 D_j in place of D_j", {.variance = {1, 1, 1, less}});
  twin("larger-rho", "1.01 rho_j in place of rho_j in eta", {.variance = {{101, 100}, 1, 1, 1}});
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  for (const Sequences& which : all_sequences) {
    Obligation o =
        local_obligation("theorem/one-step", suffix_of(which), "Theorem of chapter 4, one step" + in_words(which),
                         "theory/local/theorem.hpp",
                         {"(A), (S), 2 gap + mu (|x - x*|^2 + V) <= 2 <x - x*, E g> + L V, (S1), (S2)",
                          "eta <= gamma mu, eta <= rho1/4, eta <= rho2/4",
                          "=>  E T+ <= (1 - eta) T - gamma gap + 2 L gamma V + gamma^2 (D' + M1 D1 + M2 D2)"});
    state(o, one_step(which));
    add_twins(o, which);
    all.push_back(std::move(o));
  }
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::local_one_step
