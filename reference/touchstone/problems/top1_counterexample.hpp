#pragma once
/// \file
/// The problem on which parallel gradient descent with Top1 diverges exponentially (n = d = 3):
///
///     f_i(x) = <a_i, x>^2 + |x|^2 / 4,      a_1 = (-3, 2, 2), a_2 = (2, -3, 2), a_3 = (2, 2, -3)
///
/// x* = 0 and grad f_i(x*) = 0. The Hessian of f is (2/3) sum a_i a_i' + I/2, with sum a_i a_i' = 25 I - 8 J (J all
/// ones): 7/6 on (1, 1, 1) and 103/6 on its complement. That of f_i has largest eigenvalue 2 * 17 + 1/2.
///
/// It is one of a family, f_i(x) = <a_i, x>^2 + (lambda/2)|x|^2 with a_i = -p in coordinate i and q in the others: (2/3)(2q - p)^2 +
/// lambda on (1, 1, 1), (2/3)(p + q)^2 + lambda on its complement, 2 (p^2 + 2 q^2) + lambda the largest of f_i. Where 0 < p < 2q, (1, 1, 1)
/// is a direction of divergence iff lambda < (p - q)(2q - p).
///
/// Source     Beznosikov, Horvath, Richtarik, Safaryan, arXiv:2002.12410; slides 43-45

#include "touchstone/problems/quadratic.hpp"

namespace touchstone::inline v0 {

/// L, mu and all L_i are attained where 0 < q <= 2p and lambda >= 0.
template <Field S>
[[nodiscard]] Quadratic<S> top1_family(const S& p, const S& q, const S& lambda) {
  const S squares = p * p;
  const S mixed = p * q;
  const S others = q * q;
  std::vector<QuadraticForm<S>> forms;
  for (Index i = 0; i < 3; ++i) {
    Matrix<S> A = Matrix<S>::Constant(3, 3, S(S(2) * others));
    A.row(i).setConstant(S(S(-2) * mixed));
    A.col(i).setConstant(S(S(-2) * mixed));
    A(i, i) = S(S(2) * squares);
    A.diagonal().array() += lambda;
    forms.push_back({std::move(A), Vector<S>(Vector<S>::Zero(3))});
  }
  const S two_thirds = ratio<S>(2, 3);
  const S on_ones = S(S(2) * q - p);
  const S L_i = S(S(2) * S(squares + S(2) * others) + lambda);
  return {forms,
          {S(two_thirds * S(p + q) * S(p + q) + lambda),
           S(two_thirds * on_ones * on_ones + lambda),
           {L_i, L_i, L_i},
           {{L_i}, {L_i}, {L_i}}}};
}

template <Field S>
[[nodiscard]] Quadratic<S> top1_counterexample() {
  return top1_family<S>(S(3), S(2), ratio<S>(1, 2));
}

}  // namespace touchstone::inline v0
