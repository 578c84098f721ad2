#pragma once
/// \file
/// MARINA's row (R) for compressors that share a choice: nu = 0 and
///
///     p Lambda^2 = (1 - p)((A - B) L+^2 + B L+-^2)
///
///     (1/n) sum_i |D_i|^2 <= L+^2 |x - y|^2,    (1/n) sum_i |D_i|^2 - |D|^2 <= L+-^2 |x - y|^2,    D = (1/n) sum_i D_i,
///     D_i = grad f_i(x) - grad f_i(y)
///
/// for a collection with E|(1/n) sum Q_i(a_i) - a|^2 <= A (1/n) sum |a_i|^2 - B |a|^2 (compressors/joint.hpp), A >= B >= 0:
///
///     independent compressors    A = omega/n    B = 0     p Lambda^2 = (1 - p) omega L+^2/n
///     PermK, d = q n             A = 1          B = 1     p Lambda^2 = (1 - p) L+-^2
///     SharedRandK                A = omega      B = 0     p Lambda^2 = (1 - p) omega L+^2
///
/// SharedRandK compresses the mean, sum Q_i(a_i) = Q(sum a_i), so that omega is all there is to its row besides
/// |grad f(x) - grad f(y)| <= L- |x - y|: p Lambda^2 = (1 - p) omega L-^2.
///
/// Needs      the constants above, f bounded below; g^0 = grad f(x^0). L of the theorem is that of f. L+ is at most the root
///            of (1/n) sum_i L_i^2. For SharedRandK L- bounds changes of the gradient: on quadratics all eigenvalues of the
///            mean in magnitude, where the theorem's L need only bound them from above
/// Source     literature (arXiv:2110.03300, MARINA with permutation compressors); derived

#include "touchstone/compressors/joint.hpp"
#include "touchstone/theory/marina/biased_estimator.hpp"

namespace touchstone::inline v0 {

/// Lambda^2 = (1 - p)((A - B) L+^2 + B L+-^2)/p
template <Field S>
[[nodiscard]] S joint_marina_lambda_squared(const JointConstants<S>& c, const S& plus_squared,
                                            const S& plus_minus_squared, const S& p) {
  const S weighted = S(S(c.A - c.B) * plus_squared + c.B * plus_minus_squared);
  return S(S(S(1) - p) * weighted / p);
}

/// SharedRandK: Lambda^2 = (1 - p) omega L-^2/p
template <Field S>
[[nodiscard]] S shared_marina_lambda_squared(const S& minus_squared, const S& omega, const S& p) {
  return S(S(S(1) - p) * omega * minus_squared / p);
}

}  // namespace touchstone::inline v0
