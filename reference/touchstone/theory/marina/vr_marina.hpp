#pragma once
/// \file
/// VR-MARINA's row (R) of the theorem of biased estimators, finite sums f_i = (1/m_i) sum_j f_ij: nu = 0 and
///
///     p Lambda^2 = ((1 - p)/n)(omega L^2 + (1 + omega) c component_L^2/b')
///
///     L^2 = (1/n) sum_i L_i^2,    component_L^2 = (1/n) sum_i component_L_i^2
///     (1/m_i) sum_j |D_ij - D_i|^2 <= component_L_i^2 |x - y|^2,    D_ij = grad f_ij(x) - grad f_ij(y), D_i that of f_i
///
///     b' indices drawn with replacement       c = 1
///     without replacement                     c = (m - b')/(m - 1), the largest of the workers; 0 for m_i = b' = 1
///
/// Needs      every f_i L_i-smooth, f bounded below; indices and compressors independent across workers;
///            g^0 = grad f(x^0). component_L_i^2 = (1/m_i) sum_j L_ij^2 will do
/// Corollary  biased_estimator.hpp with Phi^0 = Psi^0 = f(x^0) - inf f
/// Source     arXiv:2102.07845 (with replacement); without: derived
///
/// A step costs a worker p m + 2 (1 - p) b' gradients of components in the mean, its start m more.

#include <vector>

#include "touchstone/theory/marina/biased_estimator.hpp"

namespace touchstone::inline v0 {

/// c, for m >= 2 components.
template <Field S>
[[nodiscard]] S without_replacement_factor(const S& m, const S& batch) {
  return S(S(m - batch) / S(m - S(1)));
}

/// Lambda^2; `factor` is c. For the squares of L and component_L or any larger values.
template <Field S>
[[nodiscard]] S vr_marina_lambda_squared(const S& L_squared, const S& component_L_squared, const S& omega,
                                         const S& n, const S& p, const S& batch, const S& factor = S(1)) {
  const S of_batch = S(factor * component_L_squared / batch);
  const S both = S(omega * L_squared + S(S(1) + omega) * of_batch);
  return S(S(S(1) - p) * both / S(p * n));
}

/// The probabilities of the source are the smaller of these: zeta/d, where zeta is the compressor's density (nonzeros
/// expected in a message), and b'/(m + b'). Each keeps a part of a step's cost below twice what it is without full
/// gradients.
template <Field S>
[[nodiscard]] std::vector<S> vr_marina_probabilities(const S& d, const S& density, const S& m, const S& batch) {
  return {S(density / d), S(batch / S(m + batch))};
}

/// p m + 2 (1 - p) b', gradients of components that a step costs a worker in the mean.
template <Field S>
[[nodiscard]] S vr_marina_gradients(const S& m, const S& batch, const S& p) {
  return S(p * m + S(S(2) * S(S(1) - p)) * batch);
}

}  // namespace touchstone::inline v0
