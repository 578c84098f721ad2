#pragma once
/// \file
/// How many steps error compensation needs for E f(xbar) - f(x*) <= epsilon: the rows of slide 50, with constants.
///
///     theta >= 1/2:  E f(xbar^K) - f(x*) <= (2 V^0/gamma)(1 - eta)^{K+1} + 2 gamma D + 2 gamma^2 E
///     D = D1' + M1 D2 (without errors)        E = w (d1 + (4/3) b1 D2/rho1)
///
///     gamma = min{1/(8P), 1/sqrt(8 w Z), epsilon/(6 D), sqrt(epsilon/(6 E))}
///     K >= max{2/(gamma mu), 4/rho1, 4/rho2} ln(6 V^0/(gamma epsilon))
///
/// and max{2/(gamma mu), 4/rho1, 4/rho2} <= C times the row below, for all values of the parameters. The slide's O()
/// also hides the logarithm of V^0/gamma. p = 1/m; roots come as numbers t, whose square must be what the page says.
///
///     row                    expression                                                                  C
///     EC-SGDsr               E/mu + (L + t)/(delta mu) + sv/(n mu epsilon) + r/mu                        40
///     EC-SGD                 L/(delta mu) + sv/(n mu epsilon) + r/mu                                     48
///     EC-GDstar              L/(delta mu)                                                                28
///     EC-SGD-DIANA I         omega + L/(delta mu) + v/(n mu epsilon) + r1/mu                             60
///     EC-SGD-DIANA II        (1 + omega)/delta + L/(delta mu) + v/(n mu epsilon) + r2/mu                 60
///     EC-SGDsr-DIANA I       omega + E/mu + u/(delta mu) + sv/(n mu epsilon) + r1/mu                     88
///     EC-SGDsr-DIANA II      (1 + omega)/delta + E/mu + u/(delta mu) + sv/(n mu epsilon) + r2/mu         61
///     EC-GD-DIANA            omega + L/(delta mu)                                                        60
///     EC-LSVRG               m + L/(delta mu) + r0/mu                                                    91
///     EC-LSVRGstar           m + L/(delta mu)                                                            91
///     EC-LSVRG-DIANA         omega + m + L/(delta mu)                                                    115
///
///     t^2 = delta L E    u^2 = L E    r^2 = L (sv + zeta/delta)/(delta epsilon)    r0^2 = L zeta/(delta^2 epsilon)
///     r1^2 = L v/(delta^2 epsilon)    r2^2 = L v/(delta epsilon)         sv = sampling_variance, v that or the variance
///
/// Needs      0 < mu <= L <= E, n, m >= 1, 0 < delta <= 1; alpha as in ec_diana.hpp
/// Source     slide 50; constants derived. The slide's last term of EC-SGD has delta in place of sqrt(delta)

#include "touchstone/theory/error_feedback/theorem.hpp"

namespace touchstone::inline v0 {

/// gamma inverse <= 1 for each of the inverses, gamma^2 inverse_square <= 1 for each of the squares.
template <Field S>
struct AccuracyStepsize {
  std::vector<S> inverses, inverse_squares;
};

/// For accuracy epsilon.
template <Field S>
[[nodiscard]] AccuracyStepsize<S> accuracy_stepsize(const ErrorFeedbackConstants<S>& c, const ErrorModel<S>& errors,
                                                    const S& epsilon) {
  const SimpleStepsize<S> descent = simple_stepsize(c, errors);
  const S noise = weighted_noise(c, c.mean);
  const S error_noise = S(errors.weight * weighted_noise(c, errors.moments));
  return {{descent.inverse, S(S(6) * noise / epsilon)}, {descent.inverse_square, S(S(6) * error_noise / epsilon)}};
}

/// What all rows depend on.
template <Field S>
struct ComplexityParameters {
  S L, mu, delta, n, epsilon;
};

/// C of each row. The next smaller integer is too small.
inline constexpr int ec_sgdsr_complexity_factor = 40;
inline constexpr int ec_sgd_complexity_factor = 48;
inline constexpr int ec_gd_star_complexity_factor = 28;
inline constexpr int ec_sgd_diana_complexity_factor = 60;  ///< both options, and EC-GD-DIANA
inline constexpr int ec_sgdsr_diana_complexity_factor = 88;
inline constexpr int ec_sgdsr_diana_careful_complexity_factor = 61;  ///< option II
inline constexpr int ec_lsvrg_complexity_factor = 91;                ///< and EC-LSVRGstar
inline constexpr int ec_lsvrg_diana_complexity_factor = 115;

/// L/(delta mu)
template <Field S>
[[nodiscard]] S compressed_condition_number(const ComplexityParameters<S>& p) {
  return S(p.L / S(p.delta * p.mu));
}

/// variance/(n mu epsilon) + root/mu
template <Field S>
[[nodiscard]] S complexity_of_noise(const ComplexityParameters<S>& p, const S& variance, const S& root) {
  return S(variance / S(p.n * p.mu * p.epsilon) + root / p.mu);
}

/// EC-SGDsr. smoothness_root^2 = delta L E, noise_root^2 = L (sampling_variance + zeta/delta)/(delta epsilon)
template <Field S>
[[nodiscard]] S ec_sgdsr_complexity(const ComplexityParameters<S>& p, const S& expected_smoothness,
                                    const S& smoothness_root, const S& sampling_variance, const S& noise_root) {
  return S(expected_smoothness / p.mu + S(p.L + smoothness_root) / S(p.delta * p.mu) +
           complexity_of_noise(p, sampling_variance, noise_root));
}

/// EC-SGD. noise_root as for EC-SGDsr
template <Field S>
[[nodiscard]] S ec_sgd_complexity(const ComplexityParameters<S>& p, const S& sampling_variance,
                                  const S& noise_root) {
  return S(compressed_condition_number(p) + complexity_of_noise(p, sampling_variance, noise_root));
}

/// EC-GDstar
template <Field S>
[[nodiscard]] S ec_gd_star_complexity(const ComplexityParameters<S>& p) {
  return compressed_condition_number(p);
}

/// EC-SGD-DIANA; `shifts` is omega (I) or (1 + omega)/delta (II). noise_root^2 = L variance/(delta^2 epsilon) (I) or
/// L variance/(delta epsilon) (II). EC-GD-DIANA has no noise.
template <Field S>
[[nodiscard]] S ec_sgd_diana_complexity(const ComplexityParameters<S>& p, const S& shifts, const S& variance,
                                        const S& noise_root) {
  return S(shifts + ec_sgd_complexity(p, variance, noise_root));
}

/// EC-SGDsr-DIANA; shifts and noise_root as for EC-SGD-DIANA. smoothness_root^2 = L E
template <Field S>
[[nodiscard]] S ec_sgdsr_diana_complexity(const ComplexityParameters<S>& p, const S& shifts,
                                          const S& expected_smoothness, const S& smoothness_root,
                                          const S& sampling_variance, const S& noise_root) {
  return S(shifts + expected_smoothness / p.mu + smoothness_root / S(p.delta * p.mu) +
           complexity_of_noise(p, sampling_variance, noise_root));
}

/// EC-LSVRG; noise_root^2 = L zeta/(delta^2 epsilon). EC-LSVRGstar has no noise.
template <Field S>
[[nodiscard]] S ec_lsvrg_complexity(const ComplexityParameters<S>& p, const S& m, const S& noise_root) {
  return S(m + compressed_condition_number(p) + noise_root / p.mu);
}

/// EC-LSVRG-DIANA
template <Field S>
[[nodiscard]] S ec_lsvrg_diana_complexity(const ComplexityParameters<S>& p, const S& omega, const S& m) {
  return S(omega + m + compressed_condition_number(p));
}

}  // namespace touchstone::inline v0
