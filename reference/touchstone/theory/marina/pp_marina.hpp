#pragma once
/// \file
/// PP-MARINA's row (R) of the theorem of biased estimators: nu = 0 and
///
///     p Lambda^2 = (1 - p) A L^2                                L^2 = (1/n) sum_i L_i^2
///     p Lambda^2 = (1 - p)((A - B) L+^2 + B L+-^2)              sharper (joint.hpp says what L+ and L+- are)
///
///     r slots drawn with replacement                A = (1 + omega)/r                       B = 1/r
///     r different workers, n >= 2                   A = (n - r)/(r (n - 1)) + omega/r       B = (n - r)/(r (n - 1))
///
/// Needs      every f_i L_i-smooth, f bounded below; for every slot a draw of the compressor of its own, a worker that holds
///            two slots sends two messages; g^0 = grad f(x^0)
/// Corollary  biased_estimator.hpp with Phi^0 = Psi^0 = f(x^0) - inf f
/// Source     arXiv:2102.07845 (with replacement); all else derived
///
/// If a worker that holds two slots sent one message that counts twice, A would be (1 + omega)/r + (r - 1) omega/(r n).

#include "touchstone/theory/marina/joint.hpp"

namespace touchstone::inline v0 {

/// A and B with replacement, r >= 1.
template <Field S>
[[nodiscard]] JointConstants<S> pp_marina_constants(const S& omega, const S& r) {
  return {S(S(S(1) + omega) / r), S(S(1) / r)};
}

/// A and B without replacement, n >= 2, 1 <= r <= n.
template <Field S>
[[nodiscard]] JointConstants<S> pp_marina_without_replacement_constants(const S& omega, const S& n, const S& r) {
  const S B = S(S(n - r) / S(r * S(n - S(1))));
  return {S(B + omega / r), B};
}

/// A of a method that reuses the message of a worker which holds several slots.
template <Field S>
[[nodiscard]] JointConstants<S> pp_marina_reused_constants(const S& omega, const S& n, const S& r) {
  const JointConstants<S> fresh = pp_marina_constants(omega, r);
  return {S(fresh.A + S(r - S(1)) * omega / S(r * n)), fresh.B};
}

/// Lambda^2 = (1 - p) A L^2/p, for L^2 or any larger value. The sharper one is joint_marina_lambda_squared.
template <Field S>
[[nodiscard]] S pp_marina_lambda_squared(const JointConstants<S>& c, const S& L_squared, const S& p) {
  return S(S(S(1) - p) * c.A * L_squared / p);
}

/// The probability of the source, zeta r/(d n), where zeta is the compressor's density.
template <Field S>
[[nodiscard]] S pp_marina_probability(const S& d, const S& density, const S& n, const S& r) {
  return S(density * r / S(d * n));
}

}  // namespace touchstone::inline v0
