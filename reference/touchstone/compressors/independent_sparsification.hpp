#pragma once
/// \file
/// Independent sparsification: every coordinate is kept with a probability of its own.
///
///     Q(x)_i = x_i/p_i with probability p_i, 0 otherwise, independently over i
///
/// Contract   unbiased, E|Q(x) - x|^2 = sum (1/p_i - 1) x_i^2; omega = 1/min p_i - 1, attained at the unit vector of
///            the least p_i
/// Flags      linear, odd, homogeneous
/// Draws      for i = 1..d: bernoulli(p_i)
/// Sends      a bit for every coordinate and the scalars kept: d + B |S| bits, d + d B at most
/// Density    sum p_i
/// Source     Wangni et al., with fixed probabilities

#include <algorithm>

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/compressors/sparse_message.hpp"
#include "touchstone/numbers/fraction.hpp"

namespace touchstone::inline v0 {

struct IndependentSparsification {
  static constexpr bool linear = true;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = true;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = false;
  static constexpr bool attained_everywhere = false;

  std::vector<Fraction> p;  ///< one for every coordinate, 0 < p_i <= 1

  template <Field S>
  using Message = SparseMessage<S>;

  /// Throws precondition_error unless there are d probabilities in (0, 1] and all coordinates are finite.
  template <Field S, Randomness<S> R>
  [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_compressible(x);
    require_probabilities(x.size());
    Message<S> kept;
    for (Index i = 0; i < x.size(); ++i) {
      const Fraction& p_i = p[static_cast<std::size_t>(i)];
      if (!random.bernoulli(p_i.value<S>())) continue;
      kept.indices.push_back(i);
      kept.values.push_back(positive_zero(S(ratio<S>(p_i.denominator, p_i.numerator) * x[i])));
    }
    return kept;
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const SparseMessage<S>& message, Index d) const {
    return dense(message, d);
  }

  template <Field S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S omega(Index d) const {
    const Fraction& least = p[static_cast<std::size_t>(least_probable(d))];
    return S(ratio<S>(least.denominator, least.numerator) - S(1));
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    return Vector<S>(Vector<S>::Unit(d, least_probable(d)));
  }

  template <Field S>
  [[nodiscard]] S density(Index d) const {
    require_probabilities(d);
    S sum(0);
    for (const Fraction& p_i : p) sum += p_i.value<S>();
    return sum;
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const { return d + d * scalar_bits; }

  template <Field S>
  [[nodiscard]] Index bits(const SparseMessage<S>& message, Index d, Index scalar_bits) const {
    return masked_bits(message, d, scalar_bits);
  }

  template <WireScalar S>
  void write(const SparseMessage<S>& message, Index d, BitWriter& out) const {
    put_masked(message, d, out);
  }

  template <WireScalar S>
  [[nodiscard]] SparseMessage<S> read(Index d, BitReader& in) const {
    return get_masked<S>(d, in);
  }

 private:
  void require_probabilities(Index d) const {
    require(static_cast<Index>(p.size()) == d,
            "independent sparsification needs a probability for every coordinate "
            "(probabilities, d)",
            p.size(), d);
    for (const Fraction& p_i : p) require_probability(p_i);
  }

  [[nodiscard]] Index least_probable(Index d) const {
    require_probabilities(d);
    const auto less = [](const Fraction& a, const Fraction& b) {
      return a.numerator * b.denominator < b.numerator * a.denominator;
    };
    return std::min_element(p.begin(), p.end(), less) - p.begin();
  }
};

}  // namespace touchstone::inline v0
