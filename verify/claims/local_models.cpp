#include "verify/claims/local_models.hpp"

#include "touchstone/numbers/definiteness.hpp"
#include "touchstone/theory/local/estimators.hpp"

namespace touchstone::inline v0 {

namespace {

/// f_ij = x_{2i+j}^2/2, two workers with two components in four dimensions: x* = 0, no f_i is strongly convex.
NamedQuadratic orthogonal_workers() {
  constexpr Index d = 4;
  ProblemConstants<Rational> constants{ratio<Rational>(1, d), ratio<Rational>(1, d), {}, {}};
  std::vector<std::vector<QuadraticForm<Rational>>> components;
  for (Index i = 0; i < 2; ++i) {
    components.emplace_back();
    for (Index j = 0; j < 2; ++j) {
      Matrix<Rational> A = Matrix<Rational>::Zero(d, d);
      A(2 * i + j, 2 * i + j) = 1;
      components.back().push_back({std::move(A), Vector<Rational>::Zero(d)});
    }
    constants.L_i.push_back(ratio<Rational>(1, 2));
    constants.L_ij.push_back({1, 1});
  }
  return {{std::move(components), std::move(constants)}, Vector<Rational>::Zero(d), "orthogonal workers"};
}

}  // namespace

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

AdditiveNoise<Rational> noise_on(const NamedQuadratic& on, Seeded& random) {
  AdditiveNoise<Rational> noise;
  for (Index i = 0; i < on.f.workers(); ++i) noise.laws.push_back(random_noise(random, on.f.dimension()));
  return noise;
}

LocalMomentBound<Rational> noise_bound(const AdditiveNoise<Rational>& noise) {
  return uniform_local_variance<Rational>(noise.total_second_moment() / Rational(noise.laws.size()));
}

LocalMomentBound<Rational> sampled_bound(const NamedQuadratic& on) {
  return sampled_local_variance<Rational>(on.f.constants().largest_L_i(), on.f.constants().largest_L_ij(),
                                          sampling_variance(on.f, on.x_star));
}

std::vector<NamedQuadratic> local_instances_of(Seeded& random) {
  return random_instances(random, {{1, 3, 2}, {2, 2, 2}});
}

InstancesOf with_orthogonal(const InstancesOf& instances) {
  return [instances](Seeded& random) {
    return joined(instances(random), {orthogonal_components(3), orthogonal_workers()});
  };
}

std::vector<NamedQuadratic> equal_hessian_instances(Seeded& random) {
  return {with_equal_hessians(random, {1, 3, 2}), with_equal_hessians(random, {2, 2, 2})};
}

std::vector<NamedSchedule> all_schedules() {
  return {every(1),
          every(2),
          every(4),
          scheduled({2, 1, 3}),
          with_probability(1),
          with_probability(ratio<Rational>(1, 3))};
}

}  // namespace touchstone::inline v0
