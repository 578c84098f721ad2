#pragma once
/// \file
/// The instances that the rows of the unified theory are checked on.

#include <string>
#include <vector>

#include "touchstone/problems/rational_quadratic.hpp"
#include "touchstone/randomness/seeded.hpp"

namespace touchstone::inline v0 {

struct NamedQuadratic {
  Quadratic<Rational> f;
  Vector<Rational> x_star;
  std::string name;
};

/// For every shape one quadratic whose Hessians share eigenvectors and one whose Hessians do not.
[[nodiscard]] std::vector<NamedQuadratic> random_instances(Seeded& random,
                                                           const std::vector<QuadraticShape>& shapes);

/// Both functions have Hessian H and minimisers +-c: gradients at the solution do not vanish, and H is as tight as can
/// be (L = mu for d = 1).
[[nodiscard]] NamedQuadratic scalar_pair(const QuadraticShape& shape);

/// f_j = x_j^2/2, j = 1, ..., m = d: gradients of different components are orthogonal, so their mean is small beside
/// them and variance reduction has the most to do.
[[nodiscard]] NamedQuadratic orthogonal_components(Index m);

/// `count` random vectors of length d.
[[nodiscard]] std::vector<Vector<Rational>> random_vectors(Seeded& random, Index count, Index d);

}  // namespace touchstone::inline v0
