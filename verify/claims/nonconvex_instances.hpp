#pragma once
/// \file
/// The problems of chapter 5 and what its theory takes of them.
///
///     quadratics whose workers are saddles or concave while their mean is not     exact second moments along whole runs
///     saturating sums (saturating_sum.hpp)                                        rational, not quadratic: trees of outcomes

#include <string>
#include <vector>

#include "touchstone/problems/rational_quadratic.hpp"
#include "touchstone/problems/saturating_sum.hpp"

namespace touchstone::inline v0 {

/// Upper bounds, but for mu and f_low.
struct NonconvexFacts {
  Rational L;                    ///< of f, from above: f(y) <= f(x) + <grad f(x), y - x> + (L/2)|y - x|^2
  Rational f_low;                ///< f >= f_low; inf f where mu > 0 or QGD runs
  Rational L_squared;            ///< (1/n) sum_i L_i^2
  Rational component_L_squared;  ///< theory/marina/vr_marina.hpp
  Rational minus_squared, plus_squared, plus_minus_squared;  ///< theory/marina/joint.hpp
  Rational mu = 0;             ///< |grad f(x)|^2 >= 2 mu (f(x) - inf f); 0: not claimed
  Rational sigma_squared = 0;  ///< (1/n) sum_i of the variance of a component's gradient, where it is bounded
  Rational L_max = 0;          ///< max_i L_i
  Rational difference = 0;     ///< Delta* = inf f - (1/n) sum_i inf f_i, where these are finite
};

template <class P>
struct NonconvexInstance {
  P f;
  NonconvexFacts facts;
  std::string name;
};

using SaddleInstance = NonconvexInstance<Quadratic<Rational>>;
using SaturatingInstance = NonconvexInstance<SaturatingSum<Rational>>;

/// Everything but Delta*, of a quadratic with grad f(x_star) = 0 and a positive semidefinite Hessian; sigma^2 at x_star, which is
/// that of every point where components of a worker have one Hessian.
[[nodiscard]] NonconvexFacts facts_of(const Quadratic<Rational>& f, const Vector<Rational>& x_star);

/// A_1 = diag(3, -2), A_2 = diag(-1, 4), b_1 = (1, 0), b_2 = (0, 1): f = |x|^2/2 - (x_1 + x_2)/2.
[[nodiscard]] SaddleInstance two_saddles();

/// A_1 = diag(3, -2), A_2 = diag(-1, 2), b_1 = (1, 2), b_2 = (1, -2), turned by (3/5, 4/5): the Hessian of f has eigenvalues 1 and
/// 0, so that f is not strongly convex but satisfies the PL condition with mu = 1.
[[nodiscard]] SaddleInstance flat_valley();

/// Two saddles in the plane with two components each, of either sign; components of a worker differ in Hessians.
[[nodiscard]] SaddleInstance saddles_of_components();

/// The workers of two_saddles(), samples of whose gradients are off by constants: sigma^2 > 0.
[[nodiscard]] SaddleInstance noisy_saddles();

/// d = 2, n workers, A_i = R diag(l_1, l_2) R' with integers l from -3 to 4 and rotations R, until their mean is positive definite
/// and not all are equal.
template <class R>
[[nodiscard]] SaddleInstance random_saddle_instance(R& random, Index n);

/// Convex workers with minimizers of their own: Delta* > 0.
[[nodiscard]] SaddleInstance disagreeing_parabolas();

/// f_1 = 16 h(x) + 3 x^2, f_2 = -x^2, h = t^2/(1 + t^2): f = x^2 + 8 h(x) is not convex but satisfies the PL condition, mu = 5/4.
[[nodiscard]] SaturatingInstance bent_parabola();

/// Two workers in the plane with two components each, all saturating, of either sign.
[[nodiscard]] SaturatingInstance saturating_pair();

/// bent_parabola() with samples off by +-(h'(x) + offset): component_L^2 = 4; without offset sigma^2 = 27/64.
[[nodiscard]] SaturatingInstance sampled_bent_parabola(const Rational& offset = 0);

namespace detail {
[[nodiscard]] SaddleInstance saddle_instance(std::vector<std::vector<QuadraticForm<Rational>>> components,
                                             const std::string& name);
[[nodiscard]] bool is_positive_definite(const Matrix<Rational>& A);
}  // namespace detail

template <class R>
SaddleInstance random_saddle_instance(R& random, Index n) {
  for (;;) {
    std::vector<std::vector<QuadraticForm<Rational>>> components;
    Matrix<Rational> sum = Matrix<Rational>::Zero(2, 2);
    for (Index i = 0; i < n; ++i) {
      const Matrix<Rational> rotation = random_orthogonal(random, 2);
      Vector<Rational> spectrum(2);
      spectrum[0] = random.choose(8) - 3;
      spectrum[1] = random.choose(8) - 3;
      const Matrix<Rational> A = rotation * spectrum.asDiagonal() * rotation.transpose();
      sum += A;
      components.push_back({{A, random_vector(random, 2)}});
    }
    if (!detail::is_positive_definite(sum)) continue;
    SaddleInstance one = detail::saddle_instance(std::move(components), "random saddles");
    if (one.facts.plus_minus_squared > 0) return one;
  }
}

}  // namespace touchstone::inline v0
