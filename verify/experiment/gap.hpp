#pragma once
/// \file
/// f(x) - f(x*) of a logistic regression without taking the difference, which would cancel close to x*: since grad f(x*) = 0 it
/// is the sum of the Bregman distances of the losses and of the regularizer,
///
///     gap = (1/M) sum_r (log(1 + s_r (exp(-t_r) - 1)) + s_r t_r) + lambda |x - x*|^2/2
///
/// with s_r = 1/(1 + exp(c_r'x*)), t_r = c_r'(x - x*). Its relative error is about u/|x - x*|, u the roundoff of S.

#include "touchstone/problems/logistic_regression.hpp"

namespace touchstone::inline v0 {

template <FieldWithSqrt S>
[[nodiscard]] S gap_to_solution(const LogisticRegression<S>& f, const Vector<S>& x_star, const Vector<S>& x) {
  using std::expm1;
  using std::log1p;
  const Vector<S> difference = x - x_star;
  const SparseRows<S>& rows = f.labelled_rows();
  S losses(0);
  for (Index r = 0; r < rows.rows(); ++r) {
    S margin(0);
    S t(0);
    for (typename SparseRows<S>::InnerIterator a(rows, r); a; ++a) {
      add_product(margin, a.value(), x_star[a.col()]);
      add_product(t, a.value(), difference[a.col()]);
    }
    const S s = logistic_of_minus(margin);
    losses += S(log1p(S(s * S(expm1(S(-t)))))) + S(s * t);
  }
  return S(losses / integer<S>(f.rows())) + S(f.lambda() * S(difference.squaredNorm()) / S(2));
}

}  // namespace touchstone::inline v0
