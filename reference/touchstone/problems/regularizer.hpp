#pragma once
/// \file
/// The second part of a composite problem, min f(x) + R(x), as a method sees it: its proximal operator
///
///     prox_{gamma R}(y) = argmin over x of gamma R(x) + |x - y|^2/2
///
///     R = 0                          y
///     R = (lambda/2)|x|^2            y/(1 + gamma lambda)
///     R = lambda |x|_1               sign(y_i) max{|y_i| - gamma lambda, 0}
///     R = 0 in a box, +inf outside   y clipped to lower <= x <= upper
///
/// prox(x, gamma) replaces x by prox_{gamma R}(x). All but the last two are affine in y.

#include <algorithm>
#include <utility>

#include "touchstone/problems/problem.hpp"

namespace touchstone::inline v0 {

template <class T, class S>
concept Regularizer = requires(const T& R, Vector<S>& x, const S& gamma) {
  R.prox(x, gamma);
};

struct NoRegularizer {
  template <Field S>
  void prox(Vector<S>& /*x*/, const S& /*gamma*/) const {}
};

template <Field S>
struct SquaredNorm {
  S lambda;  ///< >= 0; R is strongly convex with it
  void prox(Vector<S>& x, const S& gamma) const { x /= S(S(1) + gamma * lambda); }
};

template <OrderedField S>
struct L1Norm {
  S lambda;  ///< >= 0
  void prox(Vector<S>& x, const S& gamma) const {
    const S threshold = S(gamma * lambda);
    for (Index i = 0; i < x.size(); ++i) {
      if (x[i] > threshold)
        x[i] -= threshold;
      else if (x[i] < S(-threshold))
        x[i] += threshold;
      else
        x[i] = S(0);
    }
  }
};

template <OrderedField S>
struct Box {
  Vector<S> lower, upper;  ///< length d; lower <= upper in every coordinate, equality allowed
  /// Throws precondition_error where the bounds do not fit x or cross.
  void prox(Vector<S>& x, const S& /*gamma*/) const {
    require(lower.size() == x.size() && upper.size() == x.size(),
            "a box needs bounds of the point's dimension (lower, upper, d)", lower.size(), upper.size(), x.size());
    for (Index i = 0; i < x.size(); ++i) {
      require(lower[i] <= upper[i], "a box needs lower <= upper (coordinate, lower, upper)", i, lower[i], upper[i]);
      x[i] = std::clamp(x[i], lower[i], upper[i]);
    }
  }
};

/// x <- prox_{gamma R}(x - gamma g): the last line of every method. g is a vector or an expression of vectors.
template <Field S, class G, Regularizer<S> R>
void proximal_step(Vector<S>& x, const S& gamma, const G& g, const R& regularizer) {
  x -= gamma * g;
  regularizer.prox(x, gamma);
}

}  // namespace touchstone::inline v0
