#pragma once
/// \file
/// Quadratics plus functions of linear forms (ridge functions), exact where S is:
///
///     f_ij(x) = q_ij(x) + sum_t w_t h(<a_t, x> - c_t)
///
/// The profile h has |h''| <= H (profiles: huber_sum.hpp, saturating_sum.hpp), so w h(<a, x> - c) is H |w| |a|^2-smooth. Hence,
/// with those of the quadratic part,
///
///     L_ij = L_ij(q) + sum_t H |w_t| |a_t|^2,      L_i, L the same with means over components and workers,      mu = mu(q)
///
/// Source     derived

#include <utility>
#include <vector>

#include "touchstone/problems/quadratic.hpp"

namespace touchstone::inline v0 {

/// slope(t) = h'(t), value(t) = h(t), curvature() = H; is_convex says whether h is.
template <class Profile, class S>
concept RidgeProfile = requires(const S& t) {
  { Profile::slope(t) } -> std::same_as<S>;
  { Profile::value(t) } -> std::same_as<S>;
  { Profile::template curvature<S>() } -> std::same_as<S>;
  { Profile::is_convex } -> std::convertible_to<bool>;
};

template <OrderedField S, RidgeProfile<S> Profile>
struct RidgeTerm {
  S weight;     ///< w, >= 0 if the profile is convex
  Vector<S> a;  ///< length d
  S c;

  /// w h'(<a, x> - c) a
  [[nodiscard]] Vector<S> gradient(const Vector<S>& x) const { return S(weight * Profile::slope(argument(x))) * a; }
  /// w h(<a, x> - c)
  [[nodiscard]] S value(const Vector<S>& x) const { return S(weight * Profile::value(argument(x))); }
  /// H |w| |a|^2
  [[nodiscard]] S smoothness() const {
    const S magnitude = weight < S(0) ? S(-weight) : weight;
    return S(Profile::template curvature<S>() * magnitude * a.squaredNorm());
  }

 private:
  [[nodiscard]] S argument(const Vector<S>& x) const { return S(S(a.dot(x)) - c); }
};

template <OrderedField S, RidgeProfile<S> Profile>
class RidgeSum {
 public:
  using Term = RidgeTerm<S, Profile>;

  /// terms[i][j] are those of f_ij, none allowed. Throws precondition_error where they do not fit the quadratic's workers,
  /// components and dimension, or the weight of a convex profile is negative.
  RidgeSum(Quadratic<S> quadratic, std::vector<std::vector<std::vector<Term>>> terms)
      : quadratic_(std::move(quadratic)), terms_(std::move(terms)), constants_(quadratic_.constants()) {
    require(static_cast<Index>(terms_.size()) == workers(), "terms for every worker (found, n)", terms_.size(),
            workers());
    for (Index i = 0; i < workers(); ++i) {
      require(static_cast<Index>(terms_[at(i)].size()) == components(i),
              "terms for every component (worker, found, m)", i, terms_[at(i)].size(), components(i));
      for (Index j = 0; j < components(i); ++j)
        for (const Term& term : terms_[at(i)][at(j)]) add_smoothness(i, j, term);
    }
  }

  [[nodiscard]] Index workers() const { return quadratic_.workers(); }
  [[nodiscard]] Index dimension() const { return quadratic_.dimension(); }
  [[nodiscard]] Index components(Index i) const { return quadratic_.components(i); }
  [[nodiscard]] const ProblemConstants<S>& constants() const { return constants_; }
  [[nodiscard]] const Quadratic<S>& quadratic() const { return quadratic_; }
  [[nodiscard]] const std::vector<Term>& terms(Index i, Index j) const { return terms_[at(i)][at(j)]; }

  /// Of f_ij. x has length d.
  [[nodiscard]] Vector<S> component_gradient(Index i, Index j, const Vector<S>& x) const {
    Vector<S> g = quadratic_.component_gradient(i, j, x);
    for (const Term& term : terms(i, j)) g += term.gradient(x);
    return g;
  }
  /// Of f_i. x has length d.
  [[nodiscard]] Vector<S> gradient(Index i, const Vector<S>& x) const {
    Vector<S> g = quadratic_.gradient(i, x);
    for (const std::vector<Term>& own : terms_[at(i)])
      for (const Term& term : own) g += term.gradient(x) / integer<S>(components(i));
    return g;
  }
  /// f(x). x has length d.
  [[nodiscard]] S value(const Vector<S>& x) const {
    S sum = quadratic_.value(x);
    for (Index i = 0; i < workers(); ++i)
      for (const std::vector<Term>& own : terms_[at(i)])
        for (const Term& term : own) sum += S(term.value(x) / integer<S>(workers() * components(i)));
    return sum;
  }

  /// The same up to a linear term, equal for all components, such that grad f(x_star) = 0.
  [[nodiscard]] RidgeSum with_minimizer(const Vector<S>& x_star) const {
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

  void add_smoothness(Index i, Index j, const Term& term) {
    require_dimension(term.a, dimension());
    if constexpr (Profile::is_convex)
      require(term.weight >= S(0), "a convex term needs a weight >= 0 (worker, component)", i, j);
    const S share = S(term.smoothness() / integer<S>(components(i)));
    constants_.L_ij[at(i)][at(j)] += term.smoothness();
    constants_.L_i[at(i)] += share;
    constants_.L += S(share / integer<S>(workers()));
  }

  Quadratic<S> quadratic_;
  std::vector<std::vector<std::vector<Term>>> terms_;
  ProblemConstants<S> constants_;
};

}  // namespace touchstone::inline v0
