#pragma once
/// \file
/// What the rows of chapter 3 are made of: how a worker comes by its gradient, and shifts that are learned. There is no
/// regularizer: grad f(x*) = 0.

#include <optional>

#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel {

/// f = (1/n) sum_i f_i
struct Workers {
  Signed n;
  Variables i;
  Signed L;
  Functions f_i;
  Expression q, gap;  ///< grad f(x), f(x) - f(x*)
  Expression u;       ///< u_i = grad f_i(x) - grad f_i(x*)
};

/// s2 and its mean after a step.
struct ReferencePoints {
  Expression p, s2, next_s2;
  Theorem refreshed;  ///< 0 <= (1 - p) s2 + 2 p L gap - next_s2
};

/// What worker i has for its gradient g_i = grad f_i(x).
struct Gradients {
  Workers workers;
  Theorem smoothness;  ///< 0 <= 2L gap - E_i|u_i|^2
  Variables choices = 0;
  Expression ghat{};
  Theorem variance = Theorem::constant(0);  ///< 0 <= the bound of estimators.hpp - E_i E|ghat_i - g_i|^2
  Expression noise{};                       ///< symbols in that bound
  Expression expected_smoothness{};
  std::optional<ReferencePoints> references{};
};

/// Every f_i convex and L-smooth.
[[nodiscard]] Gradients full_gradients(Argument& argument);
/// The same with noise of a variance that is bounded wherever x is.
[[nodiscard]] Gradients noisy_gradients(Argument& argument);
/// ghat_i = grad f_ij(x) for a random j, every f_ij convex and L-smooth; `noise` is the variance at x*.
[[nodiscard]] Gradients sampled_gradients(Argument& argument);
/// ghat_i = grad f_xi(x), whatever is drawn: expected smoothness is assumed, and every f_i convex and L-smooth.
[[nodiscard]] Gradients arbitrarily_sampled_gradients(Argument& argument);
/// ghat_i = grad f_ij(x) - grad f_ij(w_i) + grad f_i(w_i), every f_ij convex and L-smooth.
[[nodiscard]] Gradients variance_reduced_gradients(Argument& argument);

/// m_i = Q(ghat_i - h_i) = ghat_i - h_i + N_i
struct Quantized {
  Variables choices;
  Signed omega;
  Expression message;
  Theorem contract;  ///< 0 <= omega E_i E|ghat_i - h_i|^2 - E_i E|N_i|^2
};
[[nodiscard]] Quantized quantized(Argument& argument, const Gradients& gradients, const Expression& h);

/// h_i+ = h_i + alpha m_i
struct LearnedShifts {
  Quantized sent;
  Signed alpha;
  Expression h, w;  ///< w_i = h_i - grad f_i(x*)
  Expression s1, next_s1;
  Theorem followed;  ///< 0 <= (1 - alpha) s1 + 2 alpha L gap + alpha^2 (1 + omega) Var ghat_i - next_s1
};
[[nodiscard]] LearnedShifts learned_shifts(Argument& argument, const Gradients& gradients);

/// (1/n) sum_i |grad f_i(x)|^2 <= 4 L gap + 2 zeta
struct GradientNoise {
  Expression zeta;
  Theorem bound;
};
[[nodiscard]] GradientNoise gradient_noise(Argument& argument, const Gradients& gradients);

}  // namespace touchstone::inline v0::proofs::kernel
