#pragma once
/// \file
/// Losses l(z) of a margin z, for generalized linear models.
///
///     LogisticLoss        log(1 + exp(-z))        convex; l'' <= 1/4, attained at 0
///     SquaredSigmoidLoss  q^2, q = 1/(1 + e^z)    not convex; l' = -2 q^2 (1 - q), l'' = 2 q^2 (1 - q) (2 - 3 q), which is
///                                                 between -0.1203 and 0.1541 (q = (15 -+ sqrt(33))/24); |l''| <= 31/200
///
/// Source     the second: the loss of the experiments of arXiv:2102.07845, (1 - 1/(1 + exp(-z)))^2

#include "touchstone/numbers/fraction.hpp"
#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

/// slope(z) = l'(z), value(z) = l(z), |l''| <= curvature; is_convex says whether l is.
template <class Loss, class S>
concept MarginLoss = requires(const S& z) {
  { Loss::slope(z) } -> std::same_as<S>;
  { Loss::value(z) } -> std::same_as<S>;
  { Loss::curvature } -> std::convertible_to<Fraction>;
  { Loss::is_convex } -> std::convertible_to<bool>;
};

struct LogisticLoss {
  static constexpr bool is_convex = true;
  static constexpr Fraction curvature{1, 4};
  template <FieldWithSqrt S>
  [[nodiscard]] static S slope(const S& z) {
    return S(-logistic_of_minus(z));
  }
  template <FieldWithSqrt S>
  [[nodiscard]] static S value(const S& z) {
    return softplus_of_minus(z);
  }
};

struct SquaredSigmoidLoss {
  static constexpr bool is_convex = false;
  static constexpr Fraction curvature{31, 200};
  template <FieldWithSqrt S>
  [[nodiscard]] static S slope(const S& z) {
    const S q = logistic_of_minus(z);
    return S(S(-2) * q * q * S(S(1) - q));
  }
  template <FieldWithSqrt S>
  [[nodiscard]] static S value(const S& z) {
    const S q = logistic_of_minus(z);
    return S(q * q);
  }
};

}  // namespace touchstone::inline v0
