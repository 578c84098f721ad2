#pragma once
/// \file
/// The instances that the rows of the unified theory are checked on.

#include <string>
#include <vector>

#include <fmt/format.h>

#include "touchstone/problems/rational_quadratic.hpp"
#include "touchstone/randomness/seeded.hpp"

namespace touchstone::inline v0 {

struct NamedQuadratic {
  Quadratic<Rational> f;
  Vector<Rational> x_star;
  std::string name;
};

/// For every shape one quadratic whose Hessians share eigenvectors and one whose Hessians do not.
[[nodiscard]] inline std::vector<NamedQuadratic> random_instances(Seeded& random,
                                                                  const std::vector<QuadraticShape>& shapes) {
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

/// Both functions have Hessian H and minimisers +-c: gradients at the solution do not vanish, and H is as tight as can
/// be (L = mu for d = 1).
[[nodiscard]] inline NamedQuadratic scalar_pair(const QuadraticShape& shape) {
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

/// f_j = x_j^2/2, j = 1, ..., m = d: gradients of different components are orthogonal, so their mean is small beside
/// them and variance reduction has the most to do.
[[nodiscard]] inline NamedQuadratic orthogonal_components(Index m) {
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

/// `count` random vectors of length d.
[[nodiscard]] inline std::vector<Vector<Rational>> random_vectors(Seeded& random, Index count, Index d) {
  std::vector<Vector<Rational>> vectors;
  for (Index i = 0; i < count; ++i) vectors.push_back(random_vector(random, d));
  return vectors;
}

}  // namespace touchstone::inline v0
