#pragma once
/// \file
/// The rows of D-SGD and D-SGD-SR, sampled gradients with or without delay, no s1, no s2.
///
///     A' = L + 2E/n    D1' = 2 sampling_variance/n        P = A'
///
/// with E the expected smoothness and sampling_variance the mean over the workers of E|grad f_xi(x*) - grad f_i(x*)|^2.
/// D-SGD is the case E = L.
///
/// Needs      every f_i convex and L-smooth; for D-SGD every sampled f_xi; workers independent
/// Corollary  delay: theorem.hpp with delay.hpp, linear to x* if sampling_variance = 0; without: gamma <= 1/P
/// Source     slides 55-57 name the methods and print no rates; constants derived

#include "touchstone/theory/error_feedback/delay.hpp"
#include "touchstone/theory/error_feedback/estimators.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ErrorFeedbackConstants<S> d_sgd_sr_constants(const S& L, const S& expected_smoothness, const S& n,
                                                           const S& sampling_variance) {
  return {.mean = mean_of_independent(L, sampled_variance(expected_smoothness, sampling_variance), n)};
}

template <Field S>
[[nodiscard]] ErrorFeedbackConstants<S> d_sgd_constants(const S& L, const S& n, const S& sampling_variance) {
  return d_sgd_sr_constants(L, L, n, sampling_variance);
}

}  // namespace touchstone::inline v0
