#pragma once
/// \file
/// The solution of a logistic regression to many digits, with a proven bound on what is still wrong with it.
///
/// Newton's method finds x, first in double, then in ever more digits; nothing about it needs to be believed. The
/// gradient at x is then evaluated in intervals, and lambda-strong convexity gives
///
///     |x - x*| <= |grad f(x)|/lambda,       0 <= f(x) - f(x*) <= |grad f(x)|^2/(2 lambda)

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include <Eigen/Cholesky>

#include "touchstone/numbers/convert.hpp"
#include "touchstone/problems/logistic_regression.hpp"

namespace touchstone::inline v0 {

template <unsigned Digits>
struct CertifiedSolution {
  Vector<Real<Digits>> x;       ///< close to x*
  Real<Digits> distance_bound;  ///< |x - x*| <= distance_bound
  Real<Digits> gap_bound;       ///< 0 <= f(x) - f(x*) <= gap_bound
  Interval<Digits> minimum;     ///< encloses f(x*)
  Index newton_steps = 0;       ///< those in more than double precision
};

namespace detail {

/// Gradient and Hessian of f.
template <OrderedField S>
struct NewtonModel {
  Vector<S> gradient;
  Matrix<S> hessian;  ///< lower triangle
};

/// Hessian (1/M) sum_r sigma(c_r'x) sigma(-c_r'x) c_r c_r' + lambda I.
template <OrderedField S>
[[nodiscard]] NewtonModel<S> newton_model(const LogisticRegression<S>& f, const Vector<S>& x) {
  const Index d = f.dimension();
  const SparseRows<S>& rows = f.labelled_rows();
  NewtonModel<S> model{Vector<S>::Zero(d), Matrix<S>::Zero(d, d)};
  S margin(0);
  S multiple(0);
  for (Index r = 0; r < rows.rows(); ++r) {
    using Entry = typename SparseRows<S>::InnerIterator;
    margin = S(0);
    for (Entry a(rows, r); a; ++a) add_product(margin, a.value(), x[a.col()]);
    const S slope = logistic_of_minus(margin);
    const S weight = S(slope * S(S(1) - slope));
    for (Entry a(rows, r); a; ++a) {
      add_product(model.gradient[a.col()], a.value(), slope);
      multiple = S(weight * a.value());
      for (Entry b = a; b; ++b) add_product(model.hessian(b.col(), a.col()), b.value(), multiple);
    }
  }
  const S M = integer<S>(f.rows());
  model.gradient = Vector<S>(f.lambda() * x - model.gradient / M);
  model.hessian = Matrix<S>(model.hessian / M);
  model.hessian.diagonal().array() += f.lambda();
  return model;
}

/// x* to about the digits of double: Newton's method, halving a step that does not decrease f.
[[nodiscard]] inline Vector<double> solve_in_double(const LogisticRegression<double>& f) {
  constexpr int most_steps = 200;
  constexpr int most_halvings = 60;
  Vector<double> x = Vector<double>::Zero(f.dimension());
  double value = f.value(x);
  for (int step = 0; step < most_steps; ++step) {
    const NewtonModel<double> model = newton_model(f, x);
    Vector<double> direction = model.hessian.template selfadjointView<Eigen::Lower>().llt().solve(model.gradient);
    Vector<double> next = x - direction;
    double next_value = f.value(next);
    for (int halving = 0; !(next_value < value) && halving < most_halvings; ++halving) {
      direction /= 2;
      next = x - direction;
      next_value = f.value(next);
    }
    if (!(next_value < value)) break;
    x = next;
    value = next_value;
  }
  return x;
}

/// The rung of the ladder below; 0 stands for double.
[[nodiscard]] constexpr unsigned fewer_digits(unsigned digits) {
  return digits > 200 ? 200 : digits > 100 ? 100 : digits > 50 ? 50 : 0;
}

/// 10^(-digits), rounded.
template <unsigned Digits>
[[nodiscard]] Real<Digits> negative_power_of_ten(int digits) {
  return Real<Digits>(pow(Real<Digits>(10), -digits));
}

/// x* to about `Digits` digits. Adds the steps that it takes to `steps`. A step squares the error, up to a factor:
/// one that is smaller than 10^(-0.65 Digits) is the last, which leaves 0.3 Digits for that factor.
template <unsigned Digits>
[[nodiscard]] Vector<Real<Digits>> refined_solution(const SparseData& data, const Rational& lambda, Index& steps) {
  using S = Real<Digits>;
  constexpr int most_steps = 12;
  Vector<S> x;
  if constexpr (fewer_digits(Digits) == 0) {
    x = convert<S>(solve_in_double(LogisticRegression<double>(data, 1, static_cast<double>(lambda))));
  } else {
    const Vector<Real<fewer_digits(Digits)>> start = refined_solution<fewer_digits(Digits)>(data, lambda, steps);
    x = start.unaryExpr([](const Real<fewer_digits(Digits)>& a) { return S(a); });
  }
  const LogisticRegression<S> f(data, 1, convert<S>(lambda));
  const S last_step = negative_power_of_ten<Digits>(static_cast<int>(Digits * 13 / 20));
  for (int step = 0; step < most_steps; ++step) {
    const NewtonModel<S> model = newton_model(f, x);
    const Vector<S> direction =
        Vector<S>(model.hessian.template selfadjointView<Eigen::Lower>().llt().solve(model.gradient));
    x -= direction;
    ++steps;
    if (S(direction.squaredNorm()) <= S(S(last_step * last_step) * S(S(1) + S(x.squaredNorm())))) break;
  }
  return x;
}

/// Encloses |v|^2. An interval times itself would forget that both factors are the same number.
template <unsigned Digits>
[[nodiscard]] Interval<Digits> squared_norm(const Vector<Interval<Digits>>& v) {
  Interval<Digits> sum(0);
  Interval<Digits> square;
  for (Index c = 0; c < v.size(); ++c) {
    mpfi_sqr(square.backend().data(), v[c].backend().data());
    sum += square;
  }
  return sum;
}

template <unsigned Digits>
[[nodiscard]] Interval<Digits> interval_between(const Real<Digits>& lower, const Real<Digits>& upper) {
  Interval<Digits> hull;
  mpfi_interv_fr(hull.backend().data(), lower.backend().data(), upper.backend().data());
  return hull;
}

}  // namespace detail

/// The solution of `data` with regularization lambda, proven to `digits` decimal places: distance_bound <=
/// 10^(-digits). Rounding leaves about Digits - log10(M/lambda) of them. Throws std::runtime_error where they are
/// not reached, precondition_error as LogisticRegression does.
template <unsigned Digits>
[[nodiscard]] CertifiedSolution<Digits> certified_solution(const SparseData& data, const Rational& lambda,
                                                           int digits = static_cast<int>(Digits * 4 / 5)) {
  CertifiedSolution<Digits> solution;
  solution.x = detail::refined_solution<Digits>(data, lambda, solution.newton_steps);

  const LogisticRegression<Interval<Digits>> f(data, 1, convert<Interval<Digits>>(lambda));
  const Vector<Interval<Digits>> x = solution.x.template cast<Interval<Digits>>();
  const Interval<Digits> squared_gradient = detail::squared_norm(f.gradient(0, x));
  solution.distance_bound = upper_end(Interval<Digits>(sqrt(squared_gradient) / f.lambda()));
  solution.gap_bound = upper_end(Interval<Digits>(squared_gradient / Interval<Digits>(f.lambda() * 2)));
  const Interval<Digits> value = f.value(x);
  solution.minimum = detail::interval_between<Digits>(
      lower_end(Interval<Digits>(value - Interval<Digits>(solution.gap_bound))), upper_end(value));

  if (!(solution.distance_bound <= detail::negative_power_of_ten<Digits>(digits))) {
    std::ostringstream message;
    message.precision(2);
    message << data.name << ": the solution is proven to within " << std::scientific << solution.distance_bound
            << " with " << Digits << "-digit arithmetic, asked for 1e-" << digits << "; take more digits";
    throw std::runtime_error(message.str());
  }
  return solution;
}

/// Encloses f(x) - f(x*), whatever the number type x was computed in: a run in double has its gap to the last digit
/// of double even where the gap is far below the roundoff of f(x). `f` is the problem that `solution` solves, with
/// lambda as an interval (the number of workers does not matter). The lower end is at least 0.
template <unsigned Digits, Field S>
[[nodiscard]] Interval<Digits> certified_gap(const LogisticRegression<Interval<Digits>>& f,
                                             const CertifiedSolution<Digits>& solution, const Vector<S>& x) {
  require_dimension(x, f.dimension());
  Vector<Interval<Digits>> enclosed(x.size());
  for (Index c = 0; c < x.size(); ++c) enclosed[c] = convert<Interval<Digits>>(Rational(x[c]));
  const Interval<Digits> gap = Interval<Digits>(f.value(enclosed) - solution.minimum);
  return detail::interval_between<Digits>(std::max(Real<Digits>(0), lower_end(gap)), upper_end(gap));
}

}  // namespace touchstone::inline v0
