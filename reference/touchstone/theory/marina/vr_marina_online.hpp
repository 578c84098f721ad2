#pragma once
/// \file
/// Online VR-MARINA's row (R) of the theorem of biased estimators, f_i = E_xi f_{xi,i}: Lambda^2 as in vr_marina.hpp with c = 1
/// and
///
///     nu = sigma^2/(n b),      (1/n) sum_i E|grad f_{xi,i}(x) - grad f_i(x)|^2 <= sigma^2 for all x
///
/// Needs      as vr_marina.hpp, with E over the samples in place of the means over j; b fresh samples a worker for g^0 and where
///            the coin says 1, so that E G_0 <= nu
/// Corollary  E Phi^0 <= f(x^0) - inf f + gamma/(2p) nu:
///            (1/K) sum_{k < K} E|grad f(x^k)|^2 <= 2 (f(x^0) - inf f)/(gamma K) + nu (1 + 1/(p K))
///            PL: E f(x^k) - inf f <= (1 - gamma mu)^k (f(x^0) - inf f + gamma nu/p) + nu/mu
/// Source     arXiv:2102.07845 (the order); constants derived

#include "touchstone/theory/marina/vr_marina.hpp"

namespace touchstone::inline v0 {

/// nu for batches of b samples.
template <Field S>
[[nodiscard]] S vr_marina_online_noise(const S& sigma_squared, const S& n, const S& batch) {
  return S(sigma_squared / S(n * batch));
}

/// What E Phi^0 is at most.
template <Field S>
[[nodiscard]] S vr_marina_online_start(const S& gap, const S& gamma, const S& p, const S& nu) {
  return S(gap + biased_estimator_weight(gamma, p) * nu);
}

/// What E Psi^0 is at most.
template <Field S>
[[nodiscard]] S vr_marina_online_pl_start(const S& gap, const S& gamma, const S& p, const S& nu) {
  return S(gap + biased_estimator_pl_weight(gamma, p) * nu);
}

}  // namespace touchstone::inline v0
