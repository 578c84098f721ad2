#include "verify/claims/local_models.hpp"

#include "touchstone/numbers/definiteness.hpp"

namespace touchstone::inline v0 {

Rational common_strong_convexity(const Quadratic<Rational>& f) {
  const Index d = f.dimension();
  const auto holds = [&](Index c) {
    for (Index i = 0; i < f.workers(); ++i) {
      Matrix<Rational> A = -ratio<Rational>(c, 64) * Matrix<Rational>::Identity(d, d);
      for (Index j = 0; j < f.components(i); ++j) A += f.form(i, j).A / Rational(f.components(i));
      if (!is_positive_semidefinite(A)) return false;
    }
    return true;
  };
  Index c = 0;
  while (holds(c + 1)) ++c;
  return ratio<Rational>(c, 64);
}

LocalTheorem local_theorem(const NamedQuadratic& on, const NamedSchedule& schedule, LocalConstants<Rational> row) {
  return {.row = std::move(row),
          .mode = schedule.random ? LocalMode::random : LocalMode::deterministic,
          .L = on.f.constants().largest_L_i(),
          .mu = common_strong_convexity(on.f),
          .tau = schedule.tau,
          .p = schedule.p};
}

NamedQuadratic with_equal_hessians(Seeded& random, const QuadraticShape& shape) {
  const Quadratic<Rational> one = random_quadratic(random, {shape.d, 1, shape.m});
  ProblemConstants<Rational> constants = one.constants();
  constants.L_i.assign(static_cast<std::size_t>(shape.n), constants.L_i.front());
  constants.L_ij.assign(static_cast<std::size_t>(shape.n), constants.L_ij.front());
  std::vector<std::vector<QuadraticForm<Rational>>> components;
  for (Index i = 0; i < shape.n; ++i) {
    components.emplace_back();
    for (Index j = 0; j < shape.m; ++j)
      components.back().push_back({one.form(0, j).A, random_vector(random, shape.d)});
  }
  Quadratic<Rational> f(std::move(components), std::move(constants));
  Vector<Rational> x_star = f.minimizer();
  return {std::move(f), std::move(x_star), fmt::format("d={} n={} m={} equal Hessians", shape.d, shape.n, shape.m)};
}

}  // namespace touchstone::inline v0
