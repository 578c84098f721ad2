#pragma once
/// \file
/// Adaptive sparsification: independent sparsification with the best probabilities for this x and a budget kappa.
///
///     p_i = min(1, |x_i|/tau)  with tau such that sum p_i = min(kappa, number of nonzero x_i)
///     Q(x)_i = x_i/p_i with probability p_i, 0 otherwise, independently over i
///
/// With |x|_(1) >= |x|_(2) >= ... and the least m for which |x|_(m+1) (kappa - m) <= sum over j > m of |x|_(j), the m
/// largest have p = 1 and tau = sum over j > m of |x|_(j) / (kappa - m).
///
/// Contract   unbiased with omega = d/kappa - 1 (uniform p is one of the choices), attained where all |x_i| are equal
/// Flags      odd, homogeneous
/// Draws      for i = 1..d: bernoulli(p_i)
/// Sends      a bit for every coordinate and the scalars kept: d + B |S| bits, d + d B at most
/// Density    kappa
/// Source     Wangni et al.

#include <algorithm>

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/compressors/sparse_message.hpp"
#include "touchstone/numbers/fraction.hpp"

namespace touchstone::inline v0 {

struct AdaptiveSparsification {
  static constexpr bool linear = false;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = true;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = false;
  static constexpr bool attained_everywhere = false;

  Fraction kappa;  ///< coordinates sent on average, 0 < kappa <= d

  template <Field S>
  using Message = SparseMessage<S>;

  /// Throws precondition_error unless 0 < kappa <= d and all coordinates, their sum and tau are finite.
  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_compressible(x);
    require_budget(x.size());
    const Threshold<S> at = threshold(x);
    Message<S> kept;
    for (Index i = 0; i < x.size(); ++i) {
      const S size = magnitude(x[i]);
      if (decided_equal(size, S(0))) continue;
      if (at.certain[static_cast<std::size_t>(i)]) {
        kept.indices.push_back(i);
        kept.values.push_back(x[i]);
      } else if (random.bernoulli(S(size * at.room / at.tail))) {
        const S tau = S(at.tail / at.room);  // = |x_i| / p_i
        kept.indices.push_back(i);
        kept.values.push_back(decided_less(x[i], S(0)) ? S(-tau) : tau);
      }
    }
    return kept;
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const SparseMessage<S>& message, Index d) const {
    return dense(message, d);
  }

  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S omega(Index d) const {
    require_budget(d);
    return S(integer<S>(d) / kappa.value<S>() - S(1));
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    return flat_vector<S>(d);
  }

  template <Field S>
  [[nodiscard]] S density(Index d) const {
    require_budget(d);
    return kappa.value<S>();
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
  /// tau = tail / room.
  template <Field S>
  struct Threshold {
    std::vector<bool> certain;  ///< the m largest
    S room;                     ///< kappa - m
    S tail;                     ///< the sum of the others
  };

  void require_budget(Index d) const {
    require(0 < kappa.numerator && 0 < kappa.denominator && kappa.numerator <= d * kappa.denominator,
            "adaptive sparsification needs 0 < kappa <= d (numerator, denominator, d)", kappa.numerator,
            kappa.denominator, d);
  }

  template <DecidingField S>
  [[nodiscard]] Threshold<S> threshold(const Vector<S>& x) const {
    std::vector<std::pair<S, Index>> sizes;
    for (Index i = 0; i < x.size(); ++i) sizes.emplace_back(magnitude(x[i]), i);
    std::stable_sort(sizes.begin(), sizes.end(),
                     [](const auto& a, const auto& b) { return decided_less(b.first, a.first); });
    std::vector<S> tails(sizes.size() + 1, S(0));  // tails[m] is the sum of all but the m largest
    for (std::size_t m = sizes.size(); m-- > 0;) tails[m] = S(tails[m + 1] + sizes[m].first);
    require(is_finite(tails[0]), "adaptive sparsification needs coordinates with a finite sum", tails[0]);
    Threshold<S> at{std::vector<bool>(sizes.size(), false), kappa.value<S>(), tails[0]};
    for (std::size_t m = 0; m < sizes.size() && decided_less(at.tail, S(sizes[m].first * at.room)); ++m) {
      at.certain[static_cast<std::size_t>(sizes[m].second)] = true;
      at.room -= S(1);
      at.tail = tails[m + 1];
    }
    require(is_finite(S(at.tail / at.room)), "adaptive sparsification needs a finite tau (tail, room)", at.tail,
            at.room);
    return at;
  }
};

}  // namespace touchstone::inline v0
