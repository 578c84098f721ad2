#pragma once
/// \file
/// Randomness drawn from counter-based streams (Philox4x64-10): the choice that worker w makes as its draw number r
/// in iteration k is a function of (seed, stream, k, w, r) alone. A parallel implementation makes the same choices
/// in any order.
///
/// The exact mapping, for outsiders. All words are unsigned 64-bit.
///
///     key      (seed, stream)
///     counter  (b, r, w + 1, k)     b = 1, 2, ... counts blocks of four words; the server is w = -1
///     words    block b = 1, then b = 2, ..., four words each, in order
///
/// The words of a draw are those of numpy.random.Philox(key=[seed, stream], counter=[0, r, w + 1, k]).random_raw()
/// (NumPy takes words from 2^63 on in uint64 arrays only: tests/numpy_philox.py).
/// From its words u_1, u_2, ... a draw is made as follows; U = 0.u_1 u_2 ... in base 2^64.
///
///     choose(n)        keep the low bits of a word, as many as n - 1 has; reject what is >= n, take the next word
///     bernoulli(p)     true iff U < p, exactly: u_1 < floor(2^64 p), further words only on a tie
///     pick(w)          the least i with U < w_0 + ... + w_i; the last positive weight if rounding leaves none
///     subset(n, k)     Floyd: for j = n-k, ..., n-1: t = choose(j + 1); add t, or j if t is in already; ascending
///     permutation(n)   Fisher-Yates on 0, ..., n-1: for i = n-1, ..., 1: swap places i and choose(i + 1)
///
/// subset and permutation take the words of all their choose() from the one draw, in order.

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <numeric>
#include <vector>

#include <Random123/philox.h>

#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// The words of one draw.
class PhiloxWords {
 public:
  PhiloxWords(std::uint64_t seed, std::uint64_t stream, const Place& place)
      : key_{{seed, stream}},
        counter_{{0, static_cast<std::uint64_t>(place.draw), static_cast<std::uint64_t>(place.worker + 1),
                  static_cast<std::uint64_t>(place.iteration)}} {}

  std::uint64_t next() {
    if (used_ == block_.size()) {
      ++counter_[0];
      block_ = r123::Philox4x64()(counter_, key_);
      used_ = 0;
    }
    return block_[used_++];
  }

  /// Uniform on {0, ..., n-1}, by rejection: exactly uniform.
  Index below(Index n) {
    const std::uint64_t mask = std::bit_ceil(static_cast<std::uint64_t>(n)) - 1;
    for (;;) {
      const std::uint64_t candidate = next() & mask;
      if (candidate < static_cast<std::uint64_t>(n)) return static_cast<Index>(candidate);
    }
  }

 private:
  r123::Philox4x64::key_type key_;
  r123::Philox4x64::ctr_type counter_;
  r123::Philox4x64::ctr_type block_{};
  std::size_t used_ = 4;
};

/// A uniform number U in [0, 1) of which as many binary digits are drawn as are asked for.
class UniformDigits {
 public:
  explicit UniformDigits(PhiloxWords words) : words_(words), first_(words_.next()) {}

  /// U < p, exactly, for 0 <= p <= 1: the digits of p are compared with those of U until they differ.
  template <OrderedField S>
  bool less_than(S p) {
    if (p >= S(1)) return true;
    for (std::size_t i = 0; p != S(0); ++i) {
      p += p;
      const bool digit_of_p = p >= S(1);
      if (digit_of_p) p -= S(1);
      if (const bool digit = digit_of_u(i); digit != digit_of_p) return digit_of_p;
    }
    return false;
  }

 private:
  bool digit_of_u(std::size_t i) {
    const std::uint64_t word = i < 64 ? first_ : later_word(i / 64 - 1);
    return ((word >> (63 - i % 64)) & 1) != 0;
  }
  std::uint64_t later_word(std::size_t i) {
    while (later_.size() <= i) later_.push_back(words_.next());
    return later_[i];
  }

  PhiloxWords words_;
  std::uint64_t first_;
  std::vector<std::uint64_t> later_;  // asked for only where p and U agree in 64 digits
};

class Seeded : public Choices<Seeded> {
 public:
  /// `stream` separates independent uses of one seed.
  explicit Seeded(std::uint64_t seed, std::uint64_t stream = 0) : seed_(seed), stream_(stream) {}

  Index draw_index(Index n) { return words().below(n); }

  Indices draw_subset(Index n, Index k) {
    PhiloxWords source = words();
    Indices chosen;
    chosen.reserve(static_cast<std::size_t>(k));
    for (Index j = n - k; j < n; ++j) {
      const Index candidate = source.below(j + 1);
      const auto at = std::lower_bound(chosen.begin(), chosen.end(), candidate);
      if (at != chosen.end() && *at == candidate)
        chosen.push_back(j);  // larger than all chosen so far
      else
        chosen.insert(at, candidate);
    }
    return chosen;
  }

  Indices draw_permutation(Index n) {
    PhiloxWords source = words();
    Indices order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), Index{0});
    for (std::size_t i = order.size() - 1; i >= 1; --i)
      std::swap(order[i], order[static_cast<std::size_t>(source.below(static_cast<Index>(i) + 1))]);
    return order;
  }

  /// Throws undecided_error for an interval of probabilities that do not all give the same answer.
  template <DecidingField S>
  bool draw_bernoulli(const S& p) {
    UniformDigits u(words());
    if constexpr (OrderedField<S>) {
      return u.less_than(p);
    } else {
      const bool answer = u.less_than(Operations<S>::lower(p));
      if (answer != u.less_than(Operations<S>::upper(p)))
        throw undecided_error("an interval of probabilities does not decide bernoulli(p)");
      return answer;
    }
  }

  template <OrderedField S>
  Index draw_category(const std::vector<S>& weights) {
    UniformDigits u(words());
    S cumulative(0);
    Index last_positive = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (weights[i] == S(0)) continue;
      cumulative += weights[i];
      last_positive = static_cast<Index>(i);
      if (u.less_than(cumulative)) return last_positive;
    }
    return last_positive;
  }

 private:
  [[nodiscard]] PhiloxWords words() const { return {seed_, stream_, place()}; }

  std::uint64_t seed_;
  std::uint64_t stream_;
};

}  // namespace touchstone::inline v0
