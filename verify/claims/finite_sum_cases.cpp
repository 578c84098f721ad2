#include "verify/claims/finite_sum_cases.hpp"

#include <fmt/format.h>

namespace touchstone::inline v0 {

NamedQuadratic lone_component(Index m) {
  const auto mean = ratio<Rational>(1, m);
  ProblemConstants<Rational> constants{mean, mean, {mean}, {{}}};
  std::vector<std::vector<QuadraticForm<Rational>>> components(1);
  for (Index j = 0; j < m; ++j) {
    const Rational curvature(j == 0 ? 1 : 0);
    components.front().push_back({Matrix<Rational>::Constant(1, 1, curvature), Vector<Rational>::Zero(1)});
    constants.L_ij.front().push_back(curvature);
  }
  return {{std::move(components), std::move(constants)},
          Vector<Rational>::Zero(1),
          fmt::format("m={} all zero but one", m)};
}

std::vector<NamedQuadratic> finite_sums(Seeded& random) {
  std::vector<NamedQuadratic> all = random_instances(random, {{1, 1, 1}, {2, 1, 2}, {1, 1, 3}});
  all.push_back(scalar_pair({1, 1, 2}));
  return with_and_without_regularizer(all);
}

ComponentMoments component_moments(const Quadratic<Rational>& f, const Vector<Rational>& x,
                                   const Vector<Rational>& x_star, const std::vector<Vector<Rational>>& stored) {
  const Rational m(f.components(0));
  ComponentMoments moments{0, 0, 0};
  Rational X(0);
  Vector<Rational> a_mean = Vector<Rational>::Zero(f.dimension());
  Vector<Rational> b_mean = a_mean;
  for (Index j = 0; j < f.components(0); ++j) {
    const Vector<Rational> star = f.component_gradient(0, j, x_star);
    const Vector<Rational> a = f.component_gradient(0, j, x) - star;
    const Vector<Rational> b = stored[static_cast<std::size_t>(j)] - star;
    moments.U += a.squaredNorm() / m;
    moments.W += b.squaredNorm() / m;
    X += a.dot(b) / m;
    a_mean += a / m;
    b_mean += b / m;
  }
  moments.second_moment = moments.U + moments.W - 2 * X - b_mean.squaredNorm() + 2 * a_mean.dot(b_mean);
  return moments;
}

std::vector<std::string> component_draw(Index m) {
  if (m == 1) return {};
  return {fmt::format("server: choose({})", m)};
}

}  // namespace touchstone::inline v0
