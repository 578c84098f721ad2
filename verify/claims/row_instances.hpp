#pragma once
/// \file
/// The instances that the rows of the unified theory are checked on.

#include <string>
#include <type_traits>
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

/// f_j = x_j^2/2 + x_j - (x_1 + ... + x_m)/m: with noise at x* = 0, equal to that of the gradients' change from there to
/// (1, ..., 1). So |u + v|^2 <= 2|u|^2 + 2|v|^2 loses least.
[[nodiscard]] NamedQuadratic noisy_orthogonal_components(Index m);

/// The same Hessians with x* as the minimiser of every component.
[[nodiscard]] NamedQuadratic with_common_minimizer(const NamedQuadratic& on);

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

  /// The same f up to a linear term.
  [[nodiscard]] NamedQuadratic on(const NamedQuadratic& f) const {
    return with_solution(f, x_star, subgradient, name);
  }
};

/// R = |x|_1, x* = (0, 2)
[[nodiscard]] Kinked<L1Norm<Rational>> kinked_l1();
/// R = 0 on [-1, 1] x [0, 3], x* = (1, 2)
[[nodiscard]] Kinked<Box<Rational>> kinked_box();

/// A regularizer of every kind: 0, |x|^2/2, |x|_1, the box of kinked_box().
template <class Prox>
[[nodiscard]] Prox regularizer_of() {
  if constexpr (std::is_same_v<Prox, NoRegularizer>)
    return {};
  else if constexpr (std::is_same_v<Prox, Box<Rational>>)
    return kinked_box().regularizer;
  else
    return {Rational(1)};
}

/// The instance with regularizer_of<Prox>().
template <class Prox>
[[nodiscard]] NamedQuadratic regularized(const NamedQuadratic& on) {
  if constexpr (std::is_same_v<Prox, SquaredNorm<Rational>>)
    return with_squared_norm(on, Rational(1));
  else if constexpr (std::is_same_v<Prox, L1Norm<Rational>>)
    return kinked_l1().on(on);
  else if constexpr (std::is_same_v<Prox, Box<Rational>>)
    return kinked_box().on(on);
  else
    return on;
}

/// Each instance as it is, and with R = |x|^2/2.
[[nodiscard]] std::vector<NamedQuadratic> with_and_without_regularizer(
    const std::vector<NamedQuadratic>& instances);

/// `count` random vectors of length d.
[[nodiscard]] std::vector<Vector<Rational>> random_vectors(Seeded& random, Index count, Index d);

/// grad f_i(x) for every worker.
[[nodiscard]] std::vector<Vector<Rational>> worker_gradients(const Quadratic<Rational>& f,
                                                             const Vector<Rational>& x);

/// zeta = (1/n) sum_i |grad f_i(x*)|^2
[[nodiscard]] Rational gradient_noise(const NamedQuadratic& on);

/// (1/n) sum_i (1/m_i) sum_j |grad f_ij(x) - grad f_i(x)|^2
[[nodiscard]] Rational sampling_variance(const Quadratic<Rational>& f, const Vector<Rational>& x);

/// A law of noise with mean zero on two or three random vectors, of unequal probabilities.
[[nodiscard]] NoiseLaw<Rational> random_noise(Seeded& random, Index d);

/// A law of `count` probabilities, all positive.
[[nodiscard]] std::vector<Rational> random_probabilities(Seeded& random, Index count);

/// max of a list that the theory returns.
[[nodiscard]] Rational largest_of(const std::vector<Rational>& list);

}  // namespace touchstone::inline v0
