#pragma once
/// \file
/// The error model of error compensation, v_i = C(e_i + gamma g_i), in the theorem of chapter 3 (theorem.hpp).
///
///            w = 12 L/delta       Q = N (1/n) sum_i |e_i|^2       eta <= delta/4
///            a = k A + q A~   b1 = k B1 + q B1~   b2 = k B2 + q B2~   d1 = k D1 + q D1~
///            k = (1 - delta)(2 - delta)/delta     q = 1 - delta       both 0 for delta = 1
///
/// Errors     (1/n) sum_i E|e_i+|^2 <= (1 - delta/2) (1/n) sum_i |e_i|^2 + gamma^2 (2 a gap + b1 s1 + b2 s2 + d1)
/// Iterate    |x - x*|^2 <= (1 + 1/N) (|xt - x*|^2 + Q) <= (1 + 1/N) V       if delta < 1; for delta = 1 it is xt
/// Needs      every C contractive with delta, its randomness independent of everything given its argument
///
/// Where theta >= 0, A >= L and mu <= L, eta <= delta/4 is implied by gamma mu/2 <= delta/4.
///
/// Source     derived

#include "touchstone/theory/error_feedback/theorem.hpp"

namespace touchstone::inline v0 {

/// k = (1 - delta)(2 - delta)/delta, the factor that compression puts before |E g_i|^2. 0 for delta = 1.
template <Field S>
[[nodiscard]] S compression_factor(const S& delta) {
  return S(S(S(1) - delta) * S(S(2) - delta) / delta);
}

/// a, b1, b2, d1
template <Field S>
[[nodiscard]] MomentBound<S> compressed_moments(const ErrorCompensationConstants<S>& c, const S& delta) {
  return compression_factor(delta) * c.worker_mean + S(S(1) - delta) * c.worker_variance;
}

template <Field S>
[[nodiscard]] ErrorModel<S> compensated_errors(const ErrorCompensationConstants<S>& c, const S& L, const S& delta) {
  return {S(S(12) * L / delta), compressed_moments(c, delta), {S(delta / S(4))}};
}

/// 1 + 1/N. For N > 0.
template <Field S>
[[nodiscard]] S iterate_factor(const S& N) {
  return S(S(1) + S(1) / N);
}

}  // namespace touchstone::inline v0
