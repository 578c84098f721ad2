#pragma once
/// \file
/// E[V^k] for every k, without sampling.
///
/// Where a step is affine in the state z for each outcome, z+ = T_o z + t_o with probability p_o, the matrix
/// S_k = E[(1, z_k)(1, z_k)'] obeys a linear recursion, S_{k+1} = sum_o p_o T_o S_k T_o', and the expectation of a
/// quadratic V is linear in S_k. The maps T_o are read off the step function itself by probing it at 0 and at the unit
/// vectors; outcomes and probabilities must not depend on the state, and at further random states the maps must
/// reproduce the step exactly, else std::logic_error. V is read off likewise.
///
/// Steps may take turns (phases): step k is that of phase k mod their number, as with a schedule that repeats.

#include <functional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "touchstone/numbers/convert.hpp"
#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone::inline v0 {

/// z -> all outcomes (probability, z+), in canonical order.
using OutcomesOf = std::function<std::vector<std::pair<Rational, Vector<Rational>>>(const Vector<Rational>& z)>;

/// A quadratic function of z.
using QuadraticFunction = std::function<Rational(const Vector<Rational>& z)>;

/// The linear recursion of the second moments, on the upper triangle of S.
class SecondMoments {
 public:
  /// `check_states` are states at which what was read off is compared with step and V.
  SecondMoments(const OutcomesOf& outcomes, const QuadraticFunction& V, Index dimension,
                const std::vector<Vector<Rational>>& check_states)
      : SecondMoments(std::vector<OutcomesOf>{outcomes}, V, dimension, check_states) {}

  /// Of steps that take turns, at least one.
  SecondMoments(const std::vector<OutcomesOf>& phases, const QuadraticFunction& V, Index dimension,
                const std::vector<Vector<Rational>>& check_states);

  /// E[V^0], ..., E[V^K], exact, from the deterministic start z.
  [[nodiscard]] std::vector<Rational> exact(const Vector<Rational>& start, Index K) const;

  /// The same, enclosed.
  template <unsigned Digits>
  [[nodiscard]] std::vector<Interval<Digits>> enclosed(const Vector<Rational>& start, Index K) const {
    return run<Interval<Digits>>({lyapunov_}, start, K).front();
  }

  /// For every matrix F the sequence E[(1, z^k)'F(1, z^k)], k = 0, ..., K.
  template <Field S>
  [[nodiscard]] std::vector<std::vector<S>> expectations(const std::vector<Matrix<Rational>>& forms,
                                                         const Vector<Rational>& start, Index K) const {
    std::vector<Vector<Rational>> all;
    all.reserve(forms.size());
    for (const Matrix<Rational>& F : forms) all.push_back(on_pairs(F));
    return run<S>(all, start, K);
  }

  /// The factor by which the homogeneous part of the recursion grows in the end, per step: the spectral radius of
  /// S -> sum_o p_o T_o S T_o' without the constant, by power iteration in double from the identity. Approximate.
  [[nodiscard]] double approximate_spectral_radius() const;

  /// lim E[V^k], exact, of a step without phases; the spectral radius must be below 1. Throws std::logic_error where the
  /// recursion has no unique stationary point.
  [[nodiscard]] Rational stationary() const;

  /// Coordinates of z.
  [[nodiscard]] Index dimension() const { return size_ - 1; }

 private:
  /// The sequences of several linear functions of the pairs.
  template <Field S>
  [[nodiscard]] std::vector<std::vector<S>> run(const std::vector<Vector<Rational>>& functions,
                                                const Vector<Rational>& start, Index K) const {
    std::vector<std::vector<S>> entries;
    for (const Recursion& recursion : phases_) {
      entries.emplace_back();
      for (const Entry& entry : recursion) entries.back().push_back(convert<S>(entry.value));
    }
    std::vector<Vector<S>> converted;
    for (const Vector<Rational>& function : functions) converted.push_back(convert<S>(function));
    std::vector<std::vector<S>> values(functions.size());
    Vector<S> moments = convert<S>(pairs(start));
    for (Index k = 0; k <= K; ++k) {
      for (std::size_t f = 0; f < values.size(); ++f) values[f].push_back(value(converted[f], moments));
      if (k == K) break;
      Vector<S> next = Vector<S>::Zero(moments.size());
      const std::size_t phase = static_cast<std::size_t>(k) % phases_.size();
      const Recursion& recursion = phases_[phase];
      for (std::size_t e = 0; e < recursion.size(); ++e)
        add_product(next[recursion[e].row], entries[phase][e], moments[recursion[e].column]);
      moments = std::move(next);
    }
    return values;
  }

  template <Field S>
  [[nodiscard]] static S value(const Vector<S>& V, const Vector<S>& moments) {
    S sum(0);
    for (Index i = 0; i < V.size(); ++i) add_product(sum, V[i], moments[i]);
    return sum;
  }

  struct Entry {
    Index row, column;
    Rational value;
  };
  using Recursion = std::vector<Entry>;  // nonzero entries

  [[nodiscard]] Recursion read_step(const OutcomesOf& outcomes,
                                    const std::vector<Vector<Rational>>& check_states) const;
  void read_quadratic(const QuadraticFunction& V, const std::vector<Vector<Rational>>& check_states);

  /// Position of the pair i <= j in the upper triangle.
  [[nodiscard]] Index at(Index i, Index j) const { return i <= j ? j * (j + 1) / 2 + i : at(j, i); }

  /// (1, z)'F(1, z) as a linear function of the pairs.
  [[nodiscard]] Vector<Rational> on_pairs(const Matrix<Rational>& F) const;

  /// The products of pairs of (1, z).
  [[nodiscard]] Vector<Rational> pairs(const Vector<Rational>& z) const;

  Index size_;                     // of (1, z)
  std::vector<Recursion> phases_;  // of the pairs
  Vector<Rational> lyapunov_;      // V as a linear function of the pairs
};

}  // namespace touchstone::inline v0
