#pragma once
/// \file
/// Quantizers that normalise by a norm and round to levels at random: QSGD's dithering, TernGrad, natural dithering.

#include <algorithm>
#include <cstdint>
#include <utility>

#include "verify/oracle/self_test/compressor.hpp"

namespace touchstone::inline v0::oracle::self_test {

enum class NormKind { one, two, infinity };

enum class DitheringFault {
  none,
  to_nearest,           ///< rounded to the nearest level, no draw
  toward_zero,          ///< always down
  away_from_zero,       ///< always up
  probability_flipped,  ///< up with probability 1 - p
  always_half,
  probability_off,  ///< p + 2^-23
  probability_squared,
  sign_lost,
  sign_of_maximum_lost,
  one_level_less,  ///< decoded with s - 1 levels
  one_level_more,
  s_ignored,       ///< one level, whatever s
  norm_two,        ///< |x|_2 in the place of the norm
  norm_infinity,   ///< |x|_inf in the place of the norm, levels clipped
  norm_squared,    ///< |x|^2 is sent
  norm_not_sent,   ///< decoded with norm 1
  norm_by_halves,  ///< each half of the coordinates has a norm of its own
  norm_of_mean,    ///< |x| / sqrt(d)
  level_in_byte,
  one_uniform,   ///< a single draw for all coordinates
  carried_draw,  ///< the draw of the coordinate before, where the probability is the same
  zero_divided,  ///< 0/0 for the zero vector
  naive_norm,    ///< squares overflow and vanish
  top_by_coin    ///< no fault: u = s is level s - 1 rounded up with probability 1
};

struct DitheringVariant {
  DitheringFault fault = DitheringFault::none;
  NormKind norm = NormKind::two;
  bool natural = false;     ///< levels are powers of two
  bool pick_level = false;  ///< the draw is made among the two levels, by their weights
};

template <class T>
class Dithering final : public Compressor<T> {
 public:
  Dithering(Size d, const Json& parameters, const DitheringVariant& variant)
      : s_(parameters.contains("s") ? count_of(parameters["s"]) : 1), variant_(variant) {
    if (s_ < 1 || d < 1) throw Refused("s < 1");
    if (variant.fault == DitheringFault::s_ignored) s_ = 1;
  }

  const std::vector<T>& compress(std::vector<T>& x, Choices& random) override {
    this->out_.assign(x.size(), T(0));
    const Size half = variant_.fault == DitheringFault::norm_by_halves ? (x.size() + 1) / 2 : x.size();
    drawn_ = false;
    for (Size begin = 0; begin < x.size(); begin += half)
      quantize(x, begin, std::min(begin + half, x.size()), random);
    return this->out_;
  }

 private:
  using Fault = DitheringFault;

  void quantize(const std::vector<T>& x, Size begin, Size end, Choices& random) {
    const T norm = norm_of(x, begin, end);
    if (norm == T(0) && variant_.fault != Fault::zero_divided) return;
    const bool overflows = std::isinf(norm) && variant_.fault != Fault::naive_norm;
    if (overflows) throw Refused("the norm is not finite");
    const T sent = sent_norm(norm, x.size());
    const T maximum = norm_infinity(x, begin, end);
    for (Size i = begin; i < end; ++i) {
      const T size = std::abs(x[i]);
      const T level = variant_.natural ? power_level(std::min(size / norm, T(1)), random)
                                       : uniform_level(T(static_cast<double>(s_)) * (size / norm), random);
      const bool lost =
          variant_.fault == Fault::sign_lost || (variant_.fault == Fault::sign_of_maximum_lost && size == maximum);
      this->out_[i] = x[i] < T(0) && !lost ? -(sent * level) : sent * level;
    }
  }

  /// u in [0, s] to (a neighbouring whole number)/s.
  [[nodiscard]] T uniform_level(T u, Choices& random) {
    const T s = T(static_cast<double>(s_));
    u = std::min(u, s);
    T low = std::floor(u);
    if (variant_.fault == Fault::top_by_coin) low = std::min(low, s - T(1));
    T whole = rounds_up(static_cast<double>(u - low), random) ? low + T(1) : low;
    if (variant_.fault == Fault::level_in_byte) whole = T(static_cast<double>(static_cast<Size>(whole) & 0xffU));
    if (variant_.fault == Fault::one_level_less) return whole / (s > T(1) ? s - T(1) : s);
    return whole / (variant_.fault == Fault::one_level_more ? s + T(1) : s);
  }

  /// y in [0, 1] to 0 or a power of two from 2^(1-s) to 1.
  [[nodiscard]] T power_level(T y, Choices& random) {
    const T least = std::ldexp(T(1), 1 - static_cast<int>(s_));
    if (y == T(1) || y == T(0)) return y;
    if (y < least) return rounds_up(static_cast<double>(y / least), random) ? least : T(0);
    int exponent = 0;
    std::frexp(y, &exponent);
    const T low = std::ldexp(T(1), exponent - 1);
    return rounds_up(static_cast<double>(y / low - T(1)), random) ? T(2) * low : low;
  }

  [[nodiscard]] bool rounds_up(double p, Choices& random) {
    switch (variant_.fault) {
      case Fault::to_nearest:
        return p >= 0.5;
      case Fault::toward_zero:
        return false;
      case Fault::away_from_zero:
        return p > 0;
      case Fault::probability_flipped:
        return p > 0 && random.bernoulli(1 - p);
      case Fault::always_half:
        return p > 0 && random.bernoulli(0.5);
      case Fault::probability_off:
        return p > 0 && random.bernoulli(std::min(1.0, p + 0x1p-23));
      case Fault::probability_squared:
        return random.bernoulli(p * p);
      case Fault::one_uniform:
        if (!drawn_) up_ = random.choose(1024);
        drawn_ = true;
        return static_cast<double>(up_) < 1024 * p;
      case Fault::carried_draw:
        if (!drawn_ || std::not_equal_to<double>()(p, last_)) up_ = random.bernoulli(p) ? 1 : 0;
        drawn_ = true;
        last_ = p;
        return up_ == 1;
      default:
        return variant_.pick_level ? random.pick({1 - p, p}) == 1 : random.bernoulli(p);
    }
  }

  [[nodiscard]] static T norm_infinity(const std::vector<T>& x, Size begin, Size end) {
    T largest = T(0);
    for (Size i = begin; i < end; ++i) largest = std::max(largest, std::abs(x[i]));
    return largest;
  }
  [[nodiscard]] static T norm_two(const std::vector<T>& x, Size begin, Size end, T unit) {
    if (unit == T(0)) return T(0);
    T squares = T(0);
    for (Size i = begin; i < end; ++i) squares += (x[i] / unit) * (x[i] / unit);
    return unit * std::sqrt(squares);
  }

  [[nodiscard]] T norm_of(const std::vector<T>& x, Size begin, Size end) const {
    const T largest = norm_infinity(x, begin, end);
    if (variant_.fault == Fault::norm_infinity) return largest;
    if (variant_.fault == Fault::naive_norm) return norm_two(x, begin, end, T(1));
    if (variant_.fault == Fault::norm_two || variant_.norm == NormKind::two)
      return norm_two(x, begin, end, largest);
    if (variant_.norm == NormKind::infinity) return largest;
    T sum = T(0);
    for (Size i = begin; i < end; ++i) sum += std::abs(x[i]);
    return sum;
  }

  [[nodiscard]] T sent_norm(T norm, Size d) const {
    if (variant_.fault == Fault::norm_squared) return norm * norm;
    if (variant_.fault == Fault::norm_not_sent) return T(1);
    if (variant_.fault == Fault::norm_of_mean) return norm / std::sqrt(T(static_cast<double>(d)));
    return norm;
  }

  Size s_;
  DitheringVariant variant_;
  bool drawn_ = false;
  Size up_ = 0;
  double last_ = 0;
};

}  // namespace touchstone::inline v0::oracle::self_test
