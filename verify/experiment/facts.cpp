#include "verify/experiment/facts.hpp"

namespace touchstone::inline v0 {

EnclosedProblem enclosed_problem(const SparseData& data, Index workers, double lambda, const WantedFacts& wanted) {
  const LogisticRegression<double> in_double(data, workers, lambda);
  EnclosedProblem problem{{data, workers, convert<Interval<50>>(lambda)},
                          enclosure(certified_solution<50>(data, Rational(lambda))),
                          {}};
  problem.facts = problem_facts(problem.f, in_double.constants(), Rational(lambda), problem.box, wanted);
  return problem;
}

double regularization(const std::optional<double>& given, const SparseData& data) {
  return given ? *given : 1 / static_cast<double>(data.rows.rows());
}

}  // namespace touchstone::inline v0
