#include "verify/figures/seeded_problem.hpp"

#include "verify/experiment/gap.hpp"

namespace touchstone::inline v0 {

SparseData seeded_data(const SeededShape& shape) {
  Seeded random(shape.seed);
  Matrix<double> entries(shape.rows, shape.features);
  SparseData data{"seeded", {}, {}};
  for (Index r = 0; r < shape.rows; ++r) {
    random.begin_iteration(r);
    for (Index c = 0; c < shape.features; ++c) entries(r, c) = static_cast<double>(random.choose(17) - 8) / 8;
    const Index kind = r * shape.kinds / shape.rows;
    data.labels.push_back(entries(r, kind % shape.features) < 0 ? -1 : 1);
  }
  data.rows = entries.sparseView();
  return data;
}

SeededProblem seeded_problem(const SeededShape& shape, Index workers, double lambda) {
  SparseData data = seeded_data(shape);
  LogisticRegression<double> f(data, workers, lambda);
  const CertifiedSolution<50> solution = certified_solution<50>(data, Rational(lambda));
  return {std::move(data), lambda, std::move(f),
          solution.x.unaryExpr([](const Real<50>& a) { return static_cast<double>(a); })};
}

std::unique_ptr<Iterates<double>> iterates_on(const SeededProblem& problem, const ExperimentSettings& settings,
                                              double gamma) {
  return iterates<double>(settings, {problem.f, problem.x_star, gamma});
}

double gap_on(const SeededProblem& problem, const Vector<double>& x) {
  return gap_to_solution(problem.f, problem.x_star, x);
}

}  // namespace touchstone::inline v0
