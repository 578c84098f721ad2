// Parallel gradient descent with Top1 diverges: one step of the method from t (1, 1, 1), for all gamma > 0 and t != 0.
#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/parallel_sgd.hpp"
#include "touchstone/problems/top1_counterexample.hpp"
#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone::inline v0::proofs::topics::top1_divergence {

namespace {

/// What a twin changes.
struct Change {
  Index K = 1;
  Rational growth{11, 6};  ///< claimed: x+ = (1 + growth gamma) x
  bool from_zero = false;  ///< t may be 0
};

/// Worker i's gradient has its largest magnitude at coordinate i only, so no rule for ties is ever asked.
void conclude_no_ties(Statement& s, const Quadratic<Term>& f, const Vector<Term>& x) {
  for (Index i = 0; i < f.workers(); ++i) {
    const Vector<Term> g = f.gradient(i, x);
    for (Index j = 0; j < g.size(); ++j)
      if (j != i) s.conclude(less(g[j] * g[j], g[i] * g[i]));
  }
}

Statement one_step(const Change& change = {}) {
  Statement s;
  const Term gamma = s.positive("gamma", "stepsize");
  const Term t = s.variable("t", "x = t (1, 1, 1)");
  if (!change.from_zero) s.assume("t-nonzero", less(0, t * t), "t != 0");
  const Quadratic<Term> f = top1_counterexample<Term>();
  const ParallelSgd<Term, TopK> method{{change.K}, gamma};
  const Vector<Term> x = Vector<Term>::Constant(3, t);
  std::vector<Formula> covered;
  const auto run = [&] {
    Exhaustive<Term> none;  // TopK draws nothing
    return method.step(f, method.initial(f, x), none).x;
  };
  s.paths(run, [&](const std::vector<Formula>& condition, const Vector<Term>& next) {
    std::vector<Formula> diverges{less(x.squaredNorm(), next.squaredNorm())};
    for (Index i = 0; i < x.size(); ++i)
      diverges.push_back(equal(next[i], (1 + Term(change.growth) * gamma) * x[i]));
    covered.push_back(all_of(condition));
    s.conclude(implies(covered.back(), all_of(diverges)));
  });
  s.conclude(any_of(covered));
  conclude_no_ties(s, f, x);
  return s;
}

}  // namespace

std::vector<Obligation> obligations() {
  Obligation o{.id = "error-feedback/parallel-top1-gd/divergence",
               .claim = "error-feedback/parallel-top1-gd/divergence",
               .title = "Top1 without memory: one step from t (1, 1, 1), along every path through the code",
               .source = "slides 43-45; arXiv:2002.12410",
               .generated_from =
                   "methods/error_feedback/parallel_sgd.hpp, compressors/top_k.hpp, "
                   "problems/top1_counterexample.hpp",
               .formula = {"x = t (1, 1, 1), gamma > 0, t != 0",
                           "=>  x+ = (1 + 11 gamma/6) x and |x+| > |x|: the next step starts in the same way",
                           "worker i's gradient has its unique largest magnitude at coordinate i"}};
  state(o, one_step());
  add_twin(o, "faster", "growth 2 gamma in place of 11 gamma/6", one_step({.growth = 2}));
  add_twin(o, "top-2", "Top2 in place of Top1", one_step({.K = 2}));
  add_twin(o, "from-zero", "t may be 0, with the ties that this brings", one_step({.from_zero = true}));
  return {std::move(o)};
}

}  // namespace touchstone::inline v0::proofs::topics::top1_divergence
