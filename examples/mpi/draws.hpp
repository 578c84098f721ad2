#pragma once
/// \file
/// Random choices from counter-based streams: a function of seed, iteration, worker and the number of the choice alone, so that
/// it does not matter which rank makes them, or when. The streams are touchstone's (reference/touchstone/randomness/seeded.hpp).

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include <Random123/philox.h>

/// The choices of one worker in one iteration, in order.
class Draws {
 public:
  static constexpr int nobody = -1;

  Draws(std::uint64_t seed, int iteration, int worker)
      : key_{{seed, 0}},
        worker_(static_cast<std::uint64_t>(worker + 1)),
        iteration_(static_cast<std::uint64_t>(iteration)) {}

  /// Uniform on 0, ..., n-1. Where there is no choice nothing is drawn, here and below.
  int choose(int n) {
    if (n == 1) return 0;
    begin();
    const int chosen = below(n);
    ++draw_;
    return chosen;
  }

  /// A uniform k-subset of 0, ..., n-1, ascending, by Floyd's algorithm.
  void subset(int n, int k, std::vector<int>& chosen) {
    chosen.clear();
    if (k == n) {
      for (int c = 0; c < n; ++c) chosen.push_back(c);
      return;
    }
    begin();
    for (int j = n - k; j < n; ++j) {
      const int candidate = below(j + 1);
      const auto at = std::lower_bound(chosen.begin(), chosen.end(), candidate);
      if (at != chosen.end() && *at == candidate)
        chosen.push_back(j);
      else
        chosen.insert(at, candidate);
    }
    ++draw_;
  }

  /// Whether U < p for U uniform in [0, 1), to the last digit of p: 64 digits at a time.
  bool bernoulli(double p) {
    if (p >= 1) return true;
    begin();
    ++draw_;
    while (p > 0) {
      p = std::ldexp(p, 64);
      const double whole = std::floor(p);
      const std::uint64_t digits = next();
      if (digits != static_cast<std::uint64_t>(whole)) return digits < static_cast<std::uint64_t>(whole);
      p -= whole;
    }
    return false;
  }

 private:
  void begin() {
    counter_ = {{0, draw_, worker_, iteration_}};
    used_ = 4;
  }
  std::uint64_t next() {
    if (used_ == 4) {
      ++counter_[0];
      block_ = r123::Philox4x64()(counter_, key_);
      used_ = 0;
    }
    return block_[used_++];
  }
  int below(int n) {
    const std::uint64_t mask = std::bit_ceil(static_cast<std::uint64_t>(n)) - 1;
    for (;;)
      if (const std::uint64_t candidate = next() & mask; candidate < static_cast<std::uint64_t>(n))
        return static_cast<int>(candidate);
  }

  r123::Philox4x64::key_type key_;
  r123::Philox4x64::ctr_type counter_{};
  r123::Philox4x64::ctr_type block_{};
  std::uint64_t worker_;
  std::uint64_t iteration_;
  std::uint64_t draw_ = 0;
  std::size_t used_ = 4;
};
