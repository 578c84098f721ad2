#pragma once
/// \file
/// How a worker obtains its gradient: exactly, or from one of its components. E[ghat_i] = grad f_i(x).

#include "touchstone/problems/problem.hpp"
#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// ghat_i = grad f_i(x). Draws nothing.
struct FullGradient {
  template <Field S, DistributedProblem<S> P, Randomness<S> R>
  [[nodiscard]] Vector<S> gradient(const P& f, Index i, const Vector<S>& x, R& /*random*/) const {
    return f.gradient(i, x);
  }
};

/// ghat_i = grad f_ij(x) with j uniform on the m_i components of worker i. Draws j.
struct SampledComponent {
  template <Field S, FiniteSumProblem<S> P, Randomness<S> R>
  [[nodiscard]] Vector<S> gradient(const P& f, Index i, const Vector<S>& x, R& random) const {
    return f.component_gradient(i, random.choose(f.components(i)), x);
  }
};

}  // namespace touchstone::inline v0
