// Top1 without memory diverges from an open cone around t (1, 1, 1): for x = t (1, 1, 1) + u with u_1 + u_2 + u_3 = 0 and
// every |u_j| < 2t/21 the same coordinates are sent. And with memory, the second step always has ties.
#include "proofs/scalar/error_feedback/top1.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd.hpp"
#include "touchstone/methods/error_feedback/parallel_sgd.hpp"
#include "touchstone/problems/top1_counterexample.hpp"
#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone::inline v0::proofs::topics::top1_cone {

namespace {

/// What a twin changes.
struct Change {
  Rational width{2, 21};        ///< the cone is |u_j| < width t
  Rational shrinking{61, 6};    ///< claimed: u+ = (1 - shrinking gamma) u
  Rational gamma_limit{6, 25};  ///< largest stepsize
};

/// t (1, 1, 1) + u in the cone, t > 0; t < 0 is its mirror image.
struct Cone {
  Term t;
  Vector<Term> u, x;
};

Cone cone(Statement& s, const Rational& width, bool hinted) {
  const Term t = s.positive("t", "x = t (1, 1, 1) + u");
  Cone c{t, declare_transversal(s), Vector<Term>(3)};
  std::vector<std::string> sides{"t-positive"};
  for (Index j = 0; j < 3; ++j) {
    const std::string name = "u" + std::to_string(j + 1);
    s.assume(name + "-above", less(-Term(width) * t, c.u[j]), "in the cone");
    s.assume(name + "-below", less(c.u[j], Term(width) * t), "in the cone");
    sides.insert(sides.end(), {name + "-above", name + "-below"});
    c.x[j] = t + c.u[j];
  }
  s.redundant({"t-positive"});  // the cone is empty otherwise
  for (std::size_t i = 0; hinted && i < sides.size(); ++i)
    for (std::size_t j = 0; j <= i; ++j) s.hint({sides[i], sides[j]});
  return c;
}

/// Worker i's gradient has its largest magnitude at coordinate i only.
Statement selection(const Change& change = {}) {
  Statement s;
  const Cone c = cone(s, change.width, true);
  const Quadratic<Term> f = top1_counterexample<Term>();
  for (Index i = 0; i < f.workers(); ++i) {
    const Vector<Term> g = f.gradient(i, c.x);
    for (Index j = 0; j < g.size(); ++j)
      if (j != i) s.conclude(less(g[j] * g[j], g[i] * g[i]));
  }
  return s;
}

/// t+ = (1 + 11 gamma/6) t and u+ = (1 - 61 gamma/6) u, where worker i sends coordinate i.
Statement step(const Change& change = {}) {
  Statement s;
  const Term gamma = s.variable("gamma", "stepsize");
  const Term t = s.variable("t", "x = t (1, 1, 1) + u");
  const Vector<Term> u = declare_transversal(s);
  const Vector<Term> x = Vector<Term>(u.array() + t);
  const Quadratic<Term> f = top1_counterexample<Term>();
  const Term n(static_cast<int>(f.workers()));
  for (Index i = 0; i < x.size(); ++i)
    s.conclude(equal(x[i] - gamma / n * f.gradient(i, x)[i],
                     (1 + Term(Rational(11, 6)) * gamma) * t + (1 - Term(change.shrinking) * gamma) * u[i]));
  return s;
}

/// |1 - 61 gamma/6| <= 1 + 11 gamma/6: the next iterate is in the cone as well.
Statement invariance(const Change& change = {}) {
  Statement s;
  const Term gamma = s.positive("gamma", "stepsize");
  s.assume("stepsize", less_equal(gamma, Term(change.gamma_limit)), "gamma <= 6/25");
  const Term growth = 1 + Term(Rational(11, 6)) * gamma;
  const Term shrinking = 1 - Term(change.shrinking) * gamma;
  s.conclude(less_equal(-growth, shrinking));
  s.conclude(less_equal(shrinking, growth));
  s.hint({"gamma-positive"});
  s.hint({"stepsize"});
  return s;
}

/// EC-GD from t (1, 1, 1), e = 0: in the second step worker i's two largest magnitudes are equal, off coordinate i.
Statement tie(const Change& change = {}) {
  Statement s;
  const Term gamma = s.positive("gamma", "stepsize");
  const Term t = s.positive("t", "x^0 = t (1, 1, 1)");
  s.assume("stepsize", less(gamma, Term(change.gamma_limit)), "gamma < 21/11");
  const Quadratic<Term> f = top1_counterexample<Term>();
  const EcGd<Term, TopK> method{{{1}}, gamma};
  std::vector<Formula> covered;
  const auto run = [&] {
    Exhaustive<Term> none;  // TopK draws nothing
    return method.step(f, method.initial(f, Vector<Term>::Constant(3, t)), none);
  };
  s.paths(run, [&](const std::vector<Formula>& condition, const auto& next) {
    std::vector<Formula> ties;
    for (Index i = 0; i < 3; ++i) {
      const Vector<Term> y = next.e[static_cast<std::size_t>(i)] + gamma * f.gradient(i, next.x);
      const Index j = (i + 1) % 3;
      ties.push_back(equal(y[j], y[(i + 2) % 3]));
      ties.push_back(less(y[i] * y[i], y[j] * y[j]));
    }
    covered.push_back(all_of(condition));
    s.conclude(implies(covered.back(), all_of(ties)));
  });
  s.conclude(any_of(covered));
  return s;
}

}  // namespace

std::vector<Obligation> obligations() {
  const std::string in_cone = "x = t (1, 1, 1) + u, u_1 + u_2 + u_3 = 0, |u_j| < 2t/21";
  Obligation selected = top1_obligation(
      "cone-selection", "cone", "Top1 in the cone: which coordinates are sent",
      {in_cone, "=>  worker i's gradient has its unique largest magnitude at coordinate i"}, selection());
  add_twin(selected, "wider", "|u_j| < t/10", selection({.width = {1, 10}}));
  Obligation stepped = top1_obligation(
      "cone-step", "cone", "Top1 in the cone: the step",
      {"worker i sends coordinate i", "=>  x+ = (1 + 11 gamma/6) t (1, 1, 1) + (1 - 61 gamma/6) u"}, step());
  add_twin(stepped, "slower", "1 - 60 gamma/6 in place of 1 - 61 gamma/6", step({.shrinking = 10}));
  add_twin(stepped, "faster", "1 - 62 gamma/6 in place of 1 - 61 gamma/6", step({.shrinking = {31, 3}}));
  Obligation stays = top1_obligation("cone-invariance", "cone", "Top1 in the cone: the next iterate is in it",
                                     {"0 < gamma <= 6/25", "=>  |1 - 61 gamma/6| <= 1 + 11 gamma/6"}, invariance());
  add_twin(stays, "larger-stepsize", "gamma <= 1/4", invariance({.gamma_limit = {1, 4}}));
  const Rational limit(21, 11);
  Obligation ties =
      top1_obligation("compensated-ties", "compensated-ties", "EC-GD with Top1: ties in the second step",
                      {"x^0 = t (1, 1, 1), t > 0, e^0 = 0, 0 < gamma < 21/11",
                       "=>  the two largest magnitudes of e_i^1 + gamma grad f_i(x^1) are equal"},
                      tie({.gamma_limit = limit}));
  ties.generated_from = "methods/error_feedback/ec_gd.hpp, compressors/top_k.hpp, problems/top1_counterexample.hpp";
  add_twin(ties, "larger-stepsize", "gamma < 2", tie({.gamma_limit = 2}));
  return {std::move(selected), std::move(stepped), std::move(stays), std::move(ties)};
}

}  // namespace touchstone::inline v0::proofs::topics::top1_cone
