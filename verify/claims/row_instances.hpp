#pragma once
/// \file
/// The instances that the rows of the unified theory are checked on.

#include <string>
#include <vector>

#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/problems/rational_quadratic.hpp"
#include "touchstone/problems/regularizer.hpp"
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

/// The same f with R = (lambda/2)|x|^2: another x*, at which grad f does not vanish.
[[nodiscard]] NamedQuadratic with_squared_norm(const NamedQuadratic& on, const Rational& lambda);

/// The same f up to a linear term, such that grad f(x_star) = -subgradient: x_star then minimises f + R for every R of which
/// `subgradient` is a subgradient at x_star.
[[nodiscard]] NamedQuadratic with_solution(const NamedQuadratic& on, const Vector<Rational>& x_star,
                                           const Vector<Rational>& subgradient, const std::string& name);

/// A regularizer that is not smooth, and instances whose solution lies at its kink or its bound in one coordinate of two.
template <class Prox>
struct Kinked {
  Prox regularizer;
  Vector<Rational> x_star;
  Vector<Rational> subgradient;  ///< of R at x*
  std::string name;

  [[nodiscard]] std::vector<NamedQuadratic> instances(Seeded& random,
                                                      const std::vector<QuadraticShape>& shapes) const {
    std::vector<NamedQuadratic> all;
    for (const NamedQuadratic& on : random_instances(random, shapes))
      all.push_back(with_solution(on, x_star, subgradient, name));
    return all;
  }
};

/// R = |x|_1, x* = (0, 2)
[[nodiscard]] Kinked<L1Norm<Rational>> kinked_l1();
/// R = 0 on [-1, 1] x [0, 3], x* = (1, 2)
[[nodiscard]] Kinked<Box<Rational>> kinked_box();

/// Each instance as it is, and with R = |x|^2/2.
[[nodiscard]] std::vector<NamedQuadratic> with_and_without_regularizer(
    const std::vector<NamedQuadratic>& instances);

/// `count` random vectors of length d.
[[nodiscard]] std::vector<Vector<Rational>> random_vectors(Seeded& random, Index count, Index d);

/// A law of noise with mean zero on two or three random vectors, of unequal probabilities.
[[nodiscard]] NoiseLaw<Rational> random_noise(Seeded& random, Index d);

/// A law of `count` probabilities, all positive.
[[nodiscard]] std::vector<Rational> random_probabilities(Seeded& random, Index count);

/// max of a list that the theory returns.
[[nodiscard]] Rational largest_of(const std::vector<Rational>& list);

}  // namespace touchstone::inline v0
