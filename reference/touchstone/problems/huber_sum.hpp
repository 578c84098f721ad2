#pragma once
/// \file
/// Convex quadratics plus Huber functions of linear forms: convex, smooth, not quadratic, and exact where S is.
///
///     f_ij(x) = q_ij(x) + sum_t w_t h(<a_t, x> - c_t),      h(t) = t^2/2 for |t| <= 1,  |t| - 1/2 beyond
///
/// h' is t clipped to [-1, 1], so w h(<a, x> - c) is convex and w |a|^2-smooth. Hence, with those of the quadratic part,
///
///     L_ij = L_ij(q) + sum_t w_t |a_t|^2,      L_i, L the same with means over components and workers,      mu = mu(q)
///
/// They are attained where all a_t are eigenvectors of every L and all terms are on their parabolas at once, as for d = 1.
///
/// Source     derived

#include <algorithm>
#include <utility>
#include <vector>

#include "touchstone/problems/quadratic.hpp"

namespace touchstone::inline v0 {

template <OrderedField S>
struct HuberTerm {
  S weight;     ///< w >= 0
  Vector<S> a;  ///< length d
  S c;

  /// w h'(<a, x> - c) a
  [[nodiscard]] Vector<S> gradient(const Vector<S>& x) const {
    return S(weight * std::clamp(argument(x), S(-1), S(1))) * a;
  }
  /// w h(<a, x> - c)
  [[nodiscard]] S value(const Vector<S>& x) const {
    const S t = argument(x);
    const S slope = std::clamp(t, S(-1), S(1));
    return S(weight * slope * S(t - slope / S(2)));
  }
  /// w |a|^2
  [[nodiscard]] S smoothness() const { return S(weight * a.squaredNorm()); }

 private:
  [[nodiscard]] S argument(const Vector<S>& x) const { return S(S(a.dot(x)) - c); }
};

template <OrderedField S>
class HuberSum {
 public:
  /// terms[i][j] are those of f_ij, none allowed. Throws precondition_error where they do not fit the quadratic's workers,
  /// components and dimension, or a weight is negative.
  HuberSum(Quadratic<S> quadratic, std::vector<std::vector<std::vector<HuberTerm<S>>>> terms)
      : quadratic_(std::move(quadratic)), terms_(std::move(terms)), constants_(quadratic_.constants()) {
    require(static_cast<Index>(terms_.size()) == workers(), "Huber terms for every worker (found, n)",
            terms_.size(), workers());
    for (Index i = 0; i < workers(); ++i) {
      require(static_cast<Index>(terms_[at(i)].size()) == components(i),
              "Huber terms for every component (worker, found, m)", i, terms_[at(i)].size(), components(i));
      for (Index j = 0; j < components(i); ++j)
        for (const HuberTerm<S>& term : terms_[at(i)][at(j)]) add_smoothness(i, j, term);
    }
  }

  [[nodiscard]] Index workers() const { return quadratic_.workers(); }
  [[nodiscard]] Index dimension() const { return quadratic_.dimension(); }
  [[nodiscard]] Index components(Index i) const { return quadratic_.components(i); }
  [[nodiscard]] const ProblemConstants<S>& constants() const { return constants_; }
  [[nodiscard]] const Quadratic<S>& quadratic() const { return quadratic_; }
  [[nodiscard]] const std::vector<HuberTerm<S>>& terms(Index i, Index j) const { return terms_[at(i)][at(j)]; }

  /// Of f_ij. x has length d.
  [[nodiscard]] Vector<S> component_gradient(Index i, Index j, const Vector<S>& x) const {
    Vector<S> g = quadratic_.component_gradient(i, j, x);
    for (const HuberTerm<S>& term : terms(i, j)) g += term.gradient(x);
    return g;
  }
  /// Of f_i. x has length d.
  [[nodiscard]] Vector<S> gradient(Index i, const Vector<S>& x) const {
    Vector<S> g = quadratic_.gradient(i, x);
    for (const std::vector<HuberTerm<S>>& own : terms_[at(i)])
      for (const HuberTerm<S>& term : own) g += term.gradient(x) / integer<S>(components(i));
    return g;
  }
  /// f(x). x has length d.
  [[nodiscard]] S value(const Vector<S>& x) const {
    S sum = quadratic_.value(x);
    for (Index i = 0; i < workers(); ++i)
      for (const std::vector<HuberTerm<S>>& own : terms_[at(i)])
        for (const HuberTerm<S>& term : own) sum += S(term.value(x) / integer<S>(workers() * components(i)));
    return sum;
  }

  /// The same up to a linear term, equal for all components, such that grad f(x_star) = 0.
  [[nodiscard]] HuberSum with_minimizer(const Vector<S>& x_star) const {
    const Vector<S> g = full_gradient<S>(*this, x_star);
    std::vector<std::vector<QuadraticForm<S>>> forms(terms_.size());
    for (Index i = 0; i < workers(); ++i)
      for (Index j = 0; j < components(i); ++j) {
        const QuadraticForm<S>& form = quadratic_.form(i, j);
        forms[at(i)].push_back({form.A, Vector<S>(form.b + g)});
      }
    return {{std::move(forms), quadratic_.constants()}, terms_};
  }

 private:
  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }

  void add_smoothness(Index i, Index j, const HuberTerm<S>& term) {
    require_dimension(term.a, dimension());
    require(term.weight >= S(0), "a Huber term needs a weight >= 0 (worker, component)", i, j);
    const S share = S(term.smoothness() / integer<S>(components(i)));
    constants_.L_ij[at(i)][at(j)] += term.smoothness();
    constants_.L_i[at(i)] += share;
    constants_.L += S(share / integer<S>(workers()));
  }

  Quadratic<S> quadratic_;
  std::vector<std::vector<std::vector<HuberTerm<S>>>> terms_;
  ProblemConstants<S> constants_;
};

}  // namespace touchstone::inline v0
