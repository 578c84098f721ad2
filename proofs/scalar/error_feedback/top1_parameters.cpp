// Which parameters make parallel gradient descent diverge: the family that the counterexample of Top1 is one of, Top2 with any
// rule for ties, scaled sign.
#include "proofs/scalar/error_feedback/top1.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/compressors/scaled_sign.hpp"
#include "touchstone/methods/error_feedback/parallel_sgd.hpp"
#include "touchstone/problems/top1_counterexample.hpp"
#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone::inline v0::proofs::topics::top1_parameters {

namespace {

/// x_j - (gamma/n) times the sum of what is sent of coordinate j: sent[i] are the coordinates of worker i.
Vector<Term> step_with(const Quadratic<Term>& f, const Term& gamma, const Vector<Term>& x,
                       const std::vector<std::vector<Index>>& sent) {
  Vector<Term> next = x;
  for (Index i = 0; i < f.workers(); ++i) {
    const Vector<Term> g = f.gradient(i, x);
    for (const Index j : sent[static_cast<std::size_t>(i)]) next[j] -= gamma / Term(3) * g[j];
  }
  return next;
}

/// The family at t (1, 1, 1).
struct Family {
  Term p, q, lambda, t;
  Quadratic<Term> f;
  Vector<Term> x;
};

Family family(Statement& s) {
  const Term p = s.positive("p", "a_i is -p in coordinate i");
  const Term q = s.variable("q", "and q in the others");
  const Term lambda = s.variable("lambda", "of (lambda/2)|x|^2");
  const Term t = s.positive("t", "x = t (1, 1, 1)");
  s.assume("mean-positive", less(p, 2 * q), "p < 2q");
  return {p, q, lambda, t, top1_family<Term>(p, q, lambda), Vector<Term>::Constant(3, t)};
}

/// The difference of the squares that are compared is 4 t^2 (2q - p)(p + q) times the slack of this hypothesis.
void hint_squares(Statement& s, const std::string& hypothesis) {
  s.hint({hypothesis, "mean-positive", "p-positive", "t-positive", "t-positive"});
  s.hint({hypothesis, "mean-positive", "mean-positive", "t-positive", "t-positive"});
}

/// What a twin changes.
struct Change {
  Rational threshold = 1;  ///< times (p - q)(2q - p)
  Rational growth = 1;     ///< times the growth claimed
  Rational width{2, 21};   ///< of the cone
  Rational gamma_limit{3, 50};
  Rational sign_factor{29, 18};
};

/// lambda < (p - q)(2q - p): every worker sends its own coordinate, which leads away from the solution.
Statement divergent(const Change& change = {}) {
  Statement s;
  const auto [p, q, lambda, t, f, x] = family(s);
  s.assume("weak", less(lambda, Term(change.threshold) * (p - q) * (2 * q - p)), "lambda < (p - q)(2q - p)");
  const Term gamma = s.variable("gamma", "stepsize");
  const Term growth = Term(change.growth) * (2 * p * (2 * q - p) - lambda) / 3;
  s.conclude(less(0, growth));
  const Vector<Term> next = step_with(f, gamma, x, {{0}, {1}, {2}});
  for (Index i = 0; i < 3; ++i) {
    const Vector<Term> g = f.gradient(i, x);
    for (Index j = 0; j < 3; ++j)
      if (j != i) s.conclude(less(g[j] * g[j], g[i] * g[i]));
    s.conclude(equal(next[i], (1 + growth * gamma) * x[i]));
  }
  hint_squares(s, "weak");
  s.hint({"weak"});
  s.hint({"mean-positive", "p-positive"});
  s.hint({"mean-positive", "mean-positive"});
  return s;
}

/// lambda > (p - q)(2q - p): no worker sends its own coordinate, and whichever others are sent x_1 + x_2 + x_3 shrinks.
Statement convergent(const Change& change = {}) {
  Statement s;
  const auto [p, q, lambda, t, f, x] = family(s);
  s.assume("strong", less(Term(change.threshold) * (p - q) * (2 * q - p), lambda), "(p - q)(2q - p) < lambda");
  for (Index i = 0; i < 3; ++i) {
    const Vector<Term> g = f.gradient(i, x);
    for (Index j = 0; j < 3; ++j) {
      if (j == i) continue;
      s.conclude(less(g[i] * g[i], g[j] * g[j]));
      s.conclude(equal(g[j], Term(change.growth) * (2 * q * (2 * q - p) + lambda) * t));
    }
  }
  hint_squares(s, "strong");
  return s;
}

/// x = t (1, 1, 1) + u with u_1 >= u_2 >= u_3; the others are permutations of these.
struct Ordered {
  Term t;
  Vector<Term> x;
};

const std::vector<std::string> sides{"t-positive", "first", "second", "above", "below"};

Ordered ordered_cone(Statement& s, const Rational& width) {
  const Term t = s.positive("t", "x = t (1, 1, 1) + u");
  const Vector<Term> u = declare_transversal(s);
  s.redundant({"t-positive"});  // the cone is empty otherwise
  s.assume("first", less_equal(u[1], u[0]), "u_2 <= u_1");
  s.assume("second", less_equal(u[2], u[1]), "u_3 <= u_2");
  s.assume("above", less(-Term(width) * t, u[2]), "in the cone");
  s.assume("below", less(u[0], Term(width) * t), "in the cone");
  return {t, Vector<Term>(u.array() + t)};
}

/// Worker i's largest magnitude is at coordinate i, and of the others that is larger where u_j is.
Statement two_sent(const Change& change = {}) {
  Statement s;
  const auto [t, x] = ordered_cone(s, change.width);
  const Quadratic<Term> f = top1_counterexample<Term>();
  for (Index i = 0; i < 3; ++i) {
    const Vector<Term> g = f.gradient(i, x);
    const Index j = i == 0 ? 1 : 0;
    const Index k = 3 - i - j;
    s.conclude(less(g[j] * g[j], g[i] * g[i]));
    s.conclude(less(0, g[k]));
    s.conclude(less_equal(g[k], g[j]));
  }
  for (std::size_t a = 0; a < sides.size(); ++a) {
    s.hint({sides[a]});
    for (std::size_t b = 0; b <= a; ++b) s.hint({sides[a], sides[b]});
  }
  return s;
}

/// Of the coordinates that Top2 may send, any: the next iterate is in the cone, where t has grown.
Statement two_step(const Change& change = {}) {
  Statement s;
  const auto [t, x] = ordered_cone(s, change.width);
  const Term gamma = s.positive("gamma", "stepsize");
  s.assume("stepsize", less_equal(gamma, Term(change.gamma_limit)), "gamma <= 3/50");
  const Vector<Term> next = step_with(top1_counterexample<Term>(), gamma, x, {{0, 1}, {1, 0}, {2, 0}});
  const Term next_t = next.sum() / 3;
  s.conclude(less((1 + Term(change.growth) * gamma / 4) * t, next_t));
  for (Index j = 0; j < 3; ++j) {
    s.conclude(less(-Term(change.width) * next_t, next[j] - next_t));
    s.conclude(less(next[j] - next_t, Term(change.width) * next_t));
  }
  for (const std::string& side : sides) {  // all is linear in gamma, so it is enough to look at both ends
    s.hint({side, "gamma-positive"});
    s.hint({side, "stepsize"});
  }
  return s;
}

/// x+ = (1 - 29 gamma/18) x, along every path through the code.
Statement signs(const Change& change = {}) {
  Statement s;
  const Term gamma = s.positive("gamma", "stepsize");
  const Term t = s.variable("t", "x = t (1, 1, 1)");
  s.redundant({"gamma-positive"});
  const Quadratic<Term> f = top1_counterexample<Term>();
  const ParallelSgd<Term, ScaledSign<0>> method{{}, gamma};
  const Vector<Term> x = Vector<Term>::Constant(3, t);
  std::vector<Formula> covered;
  const auto run = [&] {
    Exhaustive<Term> none;  // scaled sign draws nothing
    return method.step(f, method.initial(f, x), none).x;
  };
  s.paths(run, [&](const std::vector<Formula>& condition, const Vector<Term>& next) {
    std::vector<Formula> shrinks;
    for (Index i = 0; i < 3; ++i) shrinks.push_back(equal(next[i], (1 - Term(change.sign_factor) * gamma) * x[i]));
    covered.push_back(all_of(condition));
    s.conclude(implies(covered.back(), all_of(shrinks)));
  });
  s.conclude(any_of(covered));
  return s;
}

}  // namespace

std::vector<Obligation> obligations() {
  const Rational more(1001, 1000);
  const Rational less(999, 1000);
  Obligation away =
      top1_obligation("family-divergent", "family", "Top1 on the family: where (1, 1, 1) leads away",
                      {"0 < p < 2q, lambda < (p - q)(2q - p), x = t (1, 1, 1)",
                       "=>  worker i sends coordinate i alone, x+ = (1 + (2p (2q - p) - lambda) gamma/3) x"},
                      divergent());
  add_twin(away, "stronger", "lambda < 1.001 (p - q)(2q - p)", divergent({.threshold = more}));
  add_twin(away, "faster", "1.001 of the growth", divergent({.growth = more}));
  Obligation back = top1_obligation(
      "family-convergent", "family", "Top1 on the family: where (1, 1, 1) leads back",
      {"0 < p < 2q, (p - q)(2q - p) < lambda, x = t (1, 1, 1)",
       "=>  worker i does not send coordinate i; every other entry of its gradient is (2q (2q - p) + lambda) t"},
      convergent());
  add_twin(back, "weaker", "0.999 (p - q)(2q - p) < lambda", convergent({.threshold = less}));
  add_twin(back, "faster", "1.001 of the entries", convergent({.growth = more}));
  const std::string in_cone = "x = t (1, 1, 1) + u, u_1 + u_2 + u_3 = 0, u_1 >= u_2 >= u_3, |u_j| < 2t/21";
  Obligation selected = top1_obligation(
      "top-2-selection", "top-2", "Top2 in the cone: which coordinates are sent",
      {in_cone, "=>  worker i sends coordinate i and, of the others, one with the larger u_j"}, two_sent());
  add_twin(selected, "wider", "|u_j| < t/4", two_sent({.width = {1, 4}}));
  Obligation stepped = top1_obligation(
      "top-2-step", "top-2", "Top2 in the cone: the step",
      {in_cone + ", 0 < gamma <= 3/50", "=>  x+ = t+ (1, 1, 1) + u+ in the same cone, with t+ > (1 + gamma/4) t"},
      two_step());
  add_twin(stepped, "larger-stepsize", "gamma <= 1/15", two_step({.gamma_limit = {1, 15}}));
  add_twin(stepped, "faster", "t+ > (1 + 3 gamma/8) t", two_step({.growth = {3, 2}}));
  Obligation sign =
      top1_obligation("scaled-sign", "scaled-sign", "Scaled sign without memory: one step from t (1, 1, 1)",
                      {"x = t (1, 1, 1)", "=>  x+ = (1 - 29 gamma/18) x"}, signs());
  sign.generated_from =
      "methods/error_feedback/parallel_sgd.hpp, compressors/scaled_sign.hpp, problems/top1_counterexample.hpp";
  add_twin(sign, "slower", "1.6 in place of 29/18", signs({.sign_factor = {8, 5}}));
  add_twin(sign, "faster", "1.625 in place of 29/18", signs({.sign_factor = {13, 8}}));
  return {std::move(away), std::move(back), std::move(selected), std::move(stepped), std::move(sign)};
}

}  // namespace touchstone::inline v0::proofs::topics::top1_parameters
