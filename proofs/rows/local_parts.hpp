#pragma once
/// \file
/// What the rows of chapter 4 are made of: workers with points x_i of their own, how a worker comes by its gradient there,
/// and what it takes off. x is the average of the x_i, V = (1/n) sum_i |x_i - x|^2. There is no regularizer: grad f(x*) = 0.

#include <optional>

#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel::local {

/// f = (1/n) sum_i f_i, of which nothing is assumed.
struct Points {
  Signed n;
  Variables i;
  Signed L;
  Functions f_i;      ///< at x and at x*
  Evaluated own;      ///< f_i at x_i
  Expression mean;    ///< (1/n) sum_i grad f_i(x_i)
  Expression gap, V;  ///< f(x) - f(x*), E_i|x_i - x|^2
};
[[nodiscard]] Points points_of(Argument& argument);

/// f(x) - f(x*) - <grad f(x*), x - x*>
[[nodiscard]] Expression bregman_distance(const Evaluated& x, const Evaluated& star);

/// f_i = E_j f_ij. One outcome of j is a component for every worker; f_ij is the one of worker i.
struct Components {
  Variables j;
  Signed L;
  Evaluated own, star;  ///< at x_i and at x*
  Expression a;         ///< a_ij = grad f_ij(x_i) - grad f_ij(x*)
};
[[nodiscard]] Components components_of(Argument& argument, const Points& points);
/// f_ij at x.
[[nodiscard]] Evaluated components_at_x(Argument& argument, const Points& points, const Components& components);
/// 0 <= 2 L (distance of f_ij from x_i to x*) - |a_ij|^2: every f_ij is smooth, and around x* convex.
[[nodiscard]] Theorem cocoercivity_at_own(Argument& argument, const Points& points, const Components& components);
/// The same at x.
[[nodiscard]] Theorem cocoercivity_at_x(Argument& argument, const Points& points, const Components& components,
                                        const Evaluated& at_x);

/// Every f_i is L-smooth, and around x* convex: f_i - <grad f_i(x*), .> is least there.
struct Workers : Points {
  Expression beta;      ///< (1/n) sum_i (f_i(x_i) - f_i(x*) - <grad f_i(x*), x_i - x*>)
  Expression u, d;      ///< u_i, d_i = grad f_i(x), grad f_i(x_i) - grad f_i(x*)
  Theorem smoothness;   ///< 0 <= 2 L gap - E_i|u_i|^2
  Theorem transfer;     ///< 0 <= 2 gap + L V - beta
  Theorem lipschitz;    ///< 0 <= L^2 V - E_i|grad f_i(x_i) - grad f_i(x)|^2
  Theorem differences;  ///< 0 <= 4 L gap + 2 L^2 V - E_i|d_i|^2
};

[[nodiscard]] Workers workers_of(Argument& argument);

/// 0 <= E|v|^2
[[nodiscard]] Theorem mean_square(Variables over, const Expression& v);

/// A variance sequence, its mean after a step and what bounds that.
struct Sequence {
  Expression s, next;
  Theorem bound;
};

/// w_i, or a w that the workers have in common; a new one with probability q.
struct References {
  Signed q;
  Expression gradients;  ///< grad f_i(w_i)
  Theorem within;        ///< 0 <= s2 - E_i|grad f_i(w_i) - grad f_i(x*)|^2
  Sequence s2;
};

/// What worker i has for its gradient grad f_i(x_i).
struct Gradients {
  Workers workers;
  Variables choices;
  Expression ghat;
  Theorem variance;                    ///< 0 <= the bound of estimators.hpp - E_i Var ghat_i
  Expression noise{};                  ///< the variance in that bound
  std::optional<Signed> smoothness{};  ///< of the components, or expected smoothness
  std::optional<References> references{};
};

/// Noise of a variance that is bounded wherever x_i is.
[[nodiscard]] Gradients noisy_gradients(Argument& argument);
/// ghat_i = grad f_xi(x_i), whatever is drawn: expected smoothness is assumed; `noise` is the variance at x*.
[[nodiscard]] Gradients sampled_gradients(Argument& argument);
/// ghat_i = grad f_ij(x_i) - grad f_ij(w_i) + grad f_i(w_i), w_i <- x_i with probability q; every f_ij smooth, and around x*
/// convex.
[[nodiscard]] Gradients gradients_by_own_references(Argument& argument);
/// The same with w for every w_i, w <- x.
[[nodiscard]] Gradients gradients_by_common_reference(Argument& argument);
/// The same with x*.
[[nodiscard]] Gradients gradients_by_solution(Argument& argument);

/// What is taken off ghat_i; (1/n) sum_i off_i = 0.
struct Shift {
  Expression off{};
  Theorem mean_bound;  ///< 0 <= the bound of estimators.hpp - E_i|grad f_i(x_i) - off_i|^2
  Expression zeta{}, q{}, r{};
  std::optional<Sequence> s1{};
};

[[nodiscard]] Shift no_shift(Argument& argument, const Gradients& gradients);
/// grad f_i(x*)
[[nodiscard]] Shift star_shift(Argument& argument, const Gradients& gradients);
/// grad f_i(w_i) less their mean, s2 in the bound.
[[nodiscard]] Shift reference_shift(Argument& argument, const Gradients& gradients);
/// The same with a sequence of its own, for a common w.
[[nodiscard]] Shift common_reference_shift(Argument& argument, const Gradients& gradients);
/// h_i less their mean, h_i <- the mean of r fresh gradients at x with probability q; of noisy and of sampled gradients.
[[nodiscard]] Shift noisy_shift(Argument& argument, const Gradients& gradients);
[[nodiscard]] Shift sampled_shift(Argument& argument, const Gradients& gradients);

}  // namespace touchstone::inline v0::proofs::kernel::local
