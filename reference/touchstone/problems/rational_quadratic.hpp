#pragma once
/// \file
/// Random quadratics with rational data, whose constants are known exactly.
///
/// Hessians are Q diag(spectrum) Q' with Q a Cayley transform (I - K)(I + K)^{-1} of a skew-symmetric rational K, hence
/// orthogonal and rational.

#include "touchstone/numbers/definiteness.hpp"
#include "touchstone/problems/quadratic.hpp"
#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// p/q with |p| <= size and 1 <= q <= 3.
template <class R>
[[nodiscard]] Rational random_rational(R& random, Index size) {
  const Index numerator = random.choose(2 * size + 1) - size;
  return ratio<Rational>(numerator, random.choose(3) + 1);
}

/// d such numbers.
template <class R>
[[nodiscard]] Vector<Rational> random_vector(R& random, Index d, Index size = 4) {
  Vector<Rational> v(d);
  for (Index i = 0; i < d; ++i) v[i] = random_rational(random, size);
  return v;
}

/// A rational orthogonal d x d matrix.
template <class R>
[[nodiscard]] Matrix<Rational> random_orthogonal(R& random, Index d) {
  Matrix<Rational> K = Matrix<Rational>::Zero(d, d);
  for (Index j = 0; j < d; ++j)
    for (Index i = j + 1; i < d; ++i) {
      K(i, j) = random_rational(random, 2);
      K(j, i) = -K(i, j);
    }
  const Matrix<Rational> identity = Matrix<Rational>::Identity(d, d);
  return (identity - K) * Matrix<Rational>(identity + K).partialPivLu().inverse();
}

struct QuadraticShape {
  Index d;  ///< dimension
  Index n;  ///< workers
  Index m;  ///< components on each worker
};

namespace detail {

/// d eigenvalues in {0, 1/2, 1, ..., 4}, the first of them positive.
template <class R>
Vector<Rational> random_spectrum(R& random, Index d) {
  Vector<Rational> spectrum(d);
  spectrum[0] = ratio<Rational>(random.choose(8) + 1, 2);
  for (Index k = 1; k < d; ++k) spectrum[k] = ratio<Rational>(random.choose(9), 2);
  return spectrum;
}

inline Matrix<Rational> with_spectrum(const Matrix<Rational>& Q, const Vector<Rational>& spectrum) {
  return Q * Matrix<Rational>(spectrum.asDiagonal()) * Q.transpose();
}

inline std::size_t at(Index i) {
  return static_cast<std::size_t>(i);
}

}  // namespace detail

/// All Hessians share their eigenvectors: L, mu, L_i, L_ij are exact and attained. mu > 0.
template <class R>
[[nodiscard]] Quadratic<Rational> random_aligned_quadratic(R& random, const QuadraticShape& shape) {
  const Index d = shape.d;
  const Matrix<Rational> Q = random_orthogonal(random, d);
  std::vector<std::vector<QuadraticForm<Rational>>> components(detail::at(shape.n));
  ProblemConstants<Rational> constants;
  Vector<Rational> total = Vector<Rational>::Zero(d);
  for (std::vector<QuadraticForm<Rational>>& own : components) {
    Vector<Rational> sum = Vector<Rational>::Zero(d);
    constants.L_ij.emplace_back();
    for (Index j = 0; j < shape.m; ++j) {
      const Vector<Rational> spectrum = detail::random_spectrum(random, d) + Vector<Rational>::Ones(d);
      own.push_back({detail::with_spectrum(Q, spectrum), random_vector(random, d)});
      constants.L_ij.back().push_back(spectrum.maxCoeff());
      sum += spectrum;
    }
    constants.L_i.push_back(Rational(sum.maxCoeff() / shape.m));
    total += sum;
  }
  constants.L = total.maxCoeff() / (shape.n * shape.m);
  constants.mu = total.minCoeff() / (shape.n * shape.m);
  return {std::move(components), std::move(constants)};
}

/// Every Hessian has eigenvectors of its own. L_ij is exact; L, mu and, for m > 1, L_i are rational bounds within
/// 2^-24 (relative to the largest row sum). Components may be singular; f itself is regular, mu > 0.
template <class R>
[[nodiscard]] Quadratic<Rational> random_quadratic(R& random, const QuadraticShape& shape) {
  const Index d = shape.d;
  std::vector<std::vector<QuadraticForm<Rational>>> components(detail::at(shape.n));
  ProblemConstants<Rational> constants;
  Matrix<Rational> total = Matrix<Rational>::Zero(d, d);
  for (std::vector<QuadraticForm<Rational>>& own : components) {
    Matrix<Rational> sum = Matrix<Rational>::Zero(d, d);
    constants.L_ij.emplace_back();
    for (Index j = 0; j < shape.m; ++j) {
      Vector<Rational> spectrum = detail::random_spectrum(random, d);
      if (&own == &components.front() && j == 0) spectrum += Vector<Rational>::Ones(d);
      own.push_back({detail::with_spectrum(random_orthogonal(random, d), spectrum), random_vector(random, d)});
      constants.L_ij.back().push_back(spectrum.maxCoeff());
      sum += own.back().A;
    }
    constants.L_i.push_back(shape.m == 1 ? constants.L_ij.back().front()
                                         : largest_eigenvalue_bound(Matrix<Rational>(sum / Rational(shape.m))));
    total += sum;
  }
  const Matrix<Rational> mean = total / Rational(shape.n * shape.m);
  constants.L = largest_eigenvalue_bound(mean);
  constants.mu = smallest_eigenvalue_bound(mean);
  return {std::move(components), std::move(constants)};
}

}  // namespace touchstone::inline v0
