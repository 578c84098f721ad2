#pragma once
/// \file
/// The problem on which parallel gradient descent with Top1 diverges exponentially (n = d = 3):
///
///     f_i(x) = <a_i, x>^2 + |x|^2 / 4,      a_1 = (-3, 2, 2), a_2 = (2, -3, 2), a_3 = (2, 2, -3)
///
/// x* = 0 and grad f_i(x*) = 0. The Hessian of f is (2/3) sum a_i a_i' + I/2, with sum a_i a_i' = 25 I - 8 J (J all
/// ones): 7/6 on (1, 1, 1) and 103/6 on its complement. That of f_i has largest eigenvalue 2 * 17 + 1/2.
///
/// Source     Beznosikov, Horvath, Richtarik, Safaryan, arXiv:2002.12410; slides 43-45

#include "touchstone/problems/quadratic.hpp"

namespace touchstone::inline v0 {

/// L, mu and all L_i are attained.
template <Field S>
[[nodiscard]] Quadratic<S> top1_counterexample() {
  std::vector<QuadraticForm<S>> forms;
  for (Index i = 0; i < 3; ++i) {
    Vector<S> a = Vector<S>::Constant(3, S(2));
    a[i] = S(-3);
    const Matrix<S> outer = a * a.transpose();
    forms.push_back(
        {Matrix<S>(outer * S(2) + Matrix<S>::Identity(3, 3) * ratio<S>(1, 2)), Vector<S>(Vector<S>::Zero(3))});
  }
  const S L_i = ratio<S>(69, 2);
  return {forms, {ratio<S>(103, 6), ratio<S>(7, 6), {L_i, L_i, L_i}, {{L_i}, {L_i}, {L_i}}}};
}

}  // namespace touchstone::inline v0
