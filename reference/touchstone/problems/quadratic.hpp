#pragma once
/// \file
/// n workers, each holding the mean of m_i convex quadratics:
///
///     f_ij(x) = x'A_ij x / 2 - b_ij'x
///
/// The means over components are formed once. Everything is exact where S is.

#include <utility>
#include <vector>

#include <Eigen/LU>

#include "touchstone/problems/problem.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct QuadraticForm {
  Matrix<S> A;  ///< symmetric, d x d
  Vector<S> b;  ///< length d

  [[nodiscard]] Vector<S> gradient(const Vector<S>& x) const { return A * x - b; }
  [[nodiscard]] S value(const Vector<S>& x) const { return S(S(x.dot(A * x)) / S(2) - S(b.dot(x))); }
};

template <Field S>
class Quadratic {
 public:
  /// components[i][j] is f_ij. `constants` are the caller's declaration. Throws precondition_error where a worker
  /// has no component, a matrix or vector does not fit the first one's dimension, or a matrix is not symmetric.
  Quadratic(std::vector<std::vector<QuadraticForm<S>>> components, ProblemConstants<S> constants)
      : components_(std::move(components)), constants_(std::move(constants)) {
    require(!components_.empty(), "a problem needs n >= 1 workers", components_.size());
    for (const std::vector<QuadraticForm<S>>& own : components_) {
      require(!own.empty(), "a worker needs m >= 1 components", own.size());
      for (const QuadraticForm<S>& form : own) require_form(form, components_.front().front().b.size());
      forms_.push_back(mean(own));
    }
    total_ = mean(forms_);
  }

  /// One component on each worker: f_i = forms[i].
  Quadratic(const std::vector<QuadraticForm<S>>& forms, ProblemConstants<S> constants)
      : Quadratic(one_each(forms), std::move(constants)) {}

  [[nodiscard]] Index workers() const { return static_cast<Index>(forms_.size()); }
  [[nodiscard]] Index dimension() const { return total_.b.size(); }
  [[nodiscard]] Index components(Index i) const { return static_cast<Index>(components_[at(i)].size()); }
  [[nodiscard]] const ProblemConstants<S>& constants() const { return constants_; }

  /// Of f_i. x has length d.
  [[nodiscard]] Vector<S> gradient(Index i, const Vector<S>& x) const { return forms_[at(i)].gradient(x); }
  /// Of f_ij. x has length d.
  [[nodiscard]] Vector<S> component_gradient(Index i, Index j, const Vector<S>& x) const {
    return components_[at(i)][at(j)].gradient(x);
  }
  /// Of f in coordinate c. x has length d.
  [[nodiscard]] S partial_derivative(Index c, const Vector<S>& x) const {
    return S(S(total_.A.col(c).dot(x)) - total_.b[c]);
  }
  /// f(x). x has length d.
  [[nodiscard]] S value(const Vector<S>& x) const { return total_.value(x); }

  /// f_i and f as quadratic forms.
  [[nodiscard]] const QuadraticForm<S>& form(Index i) const { return forms_[at(i)]; }
  [[nodiscard]] const QuadraticForm<S>& form() const { return total_; }
  [[nodiscard]] const QuadraticForm<S>& form(Index i, Index j) const { return components_[at(i)][at(j)]; }

  /// x* with grad f(x*) = 0; exact when S is. The Hessian of f must be invertible.
  [[nodiscard]] Vector<S> minimizer() const { return total_.A.partialPivLu().solve(total_.b); }

  /// The same problem in another number type; `to` converts a scalar.
  template <Field T, class To>
  [[nodiscard]] Quadratic<T> map(To to) const {
    std::vector<std::vector<QuadraticForm<T>>> components;
    ProblemConstants<T> constants{to(constants_.L), to(constants_.mu), {}, {}};
    for (const S& L : constants_.L_i) constants.L_i.push_back(to(L));
    for (const std::vector<S>& row : constants_.L_ij) {
      constants.L_ij.emplace_back();
      for (const S& L : row) constants.L_ij.back().push_back(to(L));
    }
    for (const std::vector<QuadraticForm<S>>& own : components_) {
      components.emplace_back();
      for (const QuadraticForm<S>& form : own)
        components.back().push_back({Matrix<T>(form.A.unaryExpr(to)), Vector<T>(form.b.unaryExpr(to))});
    }
    return {std::move(components), std::move(constants)};
  }

 private:
  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }

  static std::vector<std::vector<QuadraticForm<S>>> one_each(const std::vector<QuadraticForm<S>>& forms) {
    std::vector<std::vector<QuadraticForm<S>>> components;
    components.reserve(forms.size());
    for (const QuadraticForm<S>& form : forms) components.push_back({form});
    return components;
  }

  static QuadraticForm<S> mean(const std::vector<QuadraticForm<S>>& forms) {
    QuadraticForm<S> sum = forms.front();
    for (std::size_t j = 1; j < forms.size(); ++j) {
      sum.A += forms[j].A;
      sum.b += forms[j].b;
    }
    const S count = integer<S>(static_cast<Index>(forms.size()));
    return {Matrix<S>(sum.A / count), Vector<S>(sum.b / count)};
  }

  static void require_form(const QuadraticForm<S>& form, Index d) {
    require(d >= 1 && form.A.rows() == d && form.A.cols() == d && form.b.size() == d,
            "a quadratic needs a d x d matrix and a vector of length d (d, rows, columns, length)", d,
            form.A.rows(), form.A.cols(), form.b.size());
    require(form.A == form.A.transpose(), "a quadratic needs a symmetric matrix");
  }

  std::vector<std::vector<QuadraticForm<S>>> components_;
  std::vector<QuadraticForm<S>> forms_;
  QuadraticForm<S> total_;
  ProblemConstants<S> constants_;
};

}  // namespace touchstone::inline v0
