#include "verify/claims/row_instances.hpp"

#include <fmt/format.h>

namespace touchstone::inline v0 {

std::vector<NamedQuadratic> random_instances(Seeded& random, const std::vector<QuadraticShape>& shapes) {
  std::vector<NamedQuadratic> instances;
  for (const QuadraticShape& shape : shapes)
    for (const bool aligned : {true, false}) {
      Quadratic<Rational> f = aligned ? random_aligned_quadratic(random, shape) : random_quadratic(random, shape);
      Vector<Rational> x_star = f.minimizer();
      instances.push_back(
          {std::move(f), std::move(x_star),
           fmt::format("d={} n={} m={} {}", shape.d, shape.n, shape.m, aligned ? "aligned" : "general")});
    }
  return instances;
}

NamedQuadratic scalar_pair(const QuadraticShape& shape) {
  std::vector<std::vector<QuadraticForm<Rational>>> components;
  const Rational L(2);
  ProblemConstants<Rational> constants{L, L, {}, {}};
  Index count = 0;
  for (Index i = 0; i < shape.n; ++i) {
    components.emplace_back();
    constants.L_i.push_back(L);
    constants.L_ij.emplace_back();
    for (Index j = 0; j < shape.m; ++j) {
      const Rational b = count++ % 2 == 0 ? 1 : -1;
      components.back().push_back({Matrix<Rational>(Matrix<Rational>::Identity(shape.d, shape.d) * L),
                                   Vector<Rational>::Constant(shape.d, b)});
      constants.L_ij.back().push_back(L);
    }
  }
  Quadratic<Rational> f(std::move(components), std::move(constants));
  Vector<Rational> x_star = f.minimizer();
  return {std::move(f), std::move(x_star), fmt::format("d={} n={} m={} isotropic", shape.d, shape.n, shape.m)};
}

NamedQuadratic orthogonal_components(Index m) {
  ProblemConstants<Rational> constants{ratio<Rational>(1, m), ratio<Rational>(1, m), {ratio<Rational>(1, m)}, {{}}};
  std::vector<std::vector<QuadraticForm<Rational>>> components(1);
  for (Index j = 0; j < m; ++j) {
    Matrix<Rational> A = Matrix<Rational>::Zero(m, m);
    A(j, j) = 1;
    components.front().push_back({std::move(A), Vector<Rational>::Zero(m)});
    constants.L_ij.front().emplace_back(1);
  }
  return {
      {std::move(components), std::move(constants)}, Vector<Rational>::Zero(m), fmt::format("m={} orthogonal", m)};
}

std::vector<Vector<Rational>> random_vectors(Seeded& random, Index count, Index d) {
  std::vector<Vector<Rational>> vectors;
  for (Index i = 0; i < count; ++i) vectors.push_back(random_vector(random, d));
  return vectors;
}

}  // namespace touchstone::inline v0
