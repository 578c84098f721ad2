#pragma once
/// \file
/// The key parametric assumption of chapter 2 and the main theorem, as functions of the constants.
///
///     (K1)  E[ g^k | state ]                    =  grad f(x^k)
///     (K2)  E[ |g^k - grad f(x*)|^2 | state ]  <=  2A D(x^k) + B sigma_k^2 + D1
///     (K3)  E[ sigma_{k+1}^2 | state ]         <=  (1 - rho) sigma_k^2 + 2C D(x^k) + D2
///
/// for the step x <- prox_{gamma R}(x - gamma g) that minimises f + R, with the Bregman distance
/// D(x) = f(x) - f(x*) - <grad f(x*), x - x*>. Without a regularizer, R = 0: grad f(x*) = 0 and D(x) = f(x) - f(x*).
///
/// Theorem    Let f be mu-quasi-strongly convex, <grad f(x) - grad f(x*), x - x*> >= D(x) + mu/2 |x - x*|^2, mu > 0,
///            M > B/rho and 0 < gamma <= every stepsize bound. Then, with V^k = |x^k - x*|^2 + M gamma^2 sigma_k^2 and
///            q the largest contraction factor,
///
///            one step     E V^{k+1} <= q V^k + noise
///            closed form  E V^k     <= q^k V^0 + noise / (least of the contraction gaps)
///
/// Where B = 0, M = 0 is admissible: V^k = |x^k - x*|^2, and the factor and gap that carry B/M are absent.
/// Source     slides "Key Parametric Assumption" and "Main Theorem" (part 1). The slides condition on x^k; the
///            state is meant (claim unified-sgd/saga/conditioned-on-x).
///
/// A min or a max is returned as the list it is taken over, so that these functions also serve scalars without an
/// order: a number takes the least, a solver is told all of them.
///
/// code    A  B  rho  C  D1  D2  gamma  M  mu
/// theory  A  B  rho  C  D1  D2  gamma  M  mu

#include <vector>

#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

/// A, B, C, D1, D2 >= 0, 0 < rho <= 1.
template <Field S>
struct ParametricConstants {
  S A, B, rho, C, D1, D2;
};

/// A stepsize gamma must not exceed any of these: 1/mu, 1/(A + CM). mu > 0, A + CM > 0.
template <Field S>
[[nodiscard]] std::vector<S> stepsize_bounds(const ParametricConstants<S>& c, const S& mu, const S& M) {
  return {S(S(1) / mu), S(S(1) / S(c.A + c.C * M))};
}

/// V contracts by the largest of these: 1 - gamma mu and, unless M = 0, 1 + B/M - rho.
template <Field S>
[[nodiscard]] std::vector<S> contraction_factors(const ParametricConstants<S>& c, const S& gamma, const S& mu,
                                                 const S& M) {
  std::vector<S> factors{S(S(1) - gamma * mu)};
  if (!(M == S(0))) factors.push_back(S(S(1) + S(c.B / M) - c.rho));
  return factors;
}

/// One minus the contraction factors; the noise is divided by the least of them.
template <Field S>
[[nodiscard]] std::vector<S> contraction_gaps(const ParametricConstants<S>& c, const S& gamma, const S& mu,
                                              const S& M) {
  std::vector<S> gaps{S(gamma * mu)};
  if (!(M == S(0))) gaps.push_back(S(c.rho - S(c.B / M)));
  return gaps;
}

/// What a step adds to V: gamma^2 (D1 + M D2).
template <Field S>
[[nodiscard]] S noise(const ParametricConstants<S>& c, const S& gamma, const S& M) {
  return S(gamma * gamma * S(c.D1 + M * c.D2));
}

}  // namespace touchstone::inline v0
