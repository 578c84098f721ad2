#pragma once
/// \file
/// Rounding to powers of a base: natural compression, stochastic and to the nearest.

#include <algorithm>
#include <limits>
#include <utility>

#include "verify/oracle/self_test/compressor.hpp"

namespace touchstone::inline v0::oracle::self_test {

enum class PowerFault {
  none,
  exponent_one_more,
  exponent_one_less,
  probability_flipped,  ///< up with probability 2 - t
  probability_of_base,  ///< up with probability t/2
  in_logarithms,        ///< up with probability log2 t
  always_half,
  to_nearest,
  down,
  up,
  subnormals_flushed,
  sign_lost,
  zero_to_least,     ///< zero becomes the least power
  exponent_in_byte,  ///< exponents wrap below 2^-128
  exponent_clipped,  ///< exponents end at -10
  geometric_middle,  ///< of rounding to the nearest: the middle is sqrt(b)
  one_coin           ///< the first coordinate's coin serves for all
};

struct PowerVariant {
  PowerFault fault = PowerFault::none;
  bool stochastic = true;
};

/// The base is the parameter B, by default 2.
template <class T>
class Powers final : public Compressor<T> {
 public:
  Powers(Size /*d*/, const Json& parameters, const PowerVariant& variant)
      : base_(T(parameters.contains("B") ? number_of(parameters["B"]) : 2.0)), variant_(variant) {
    if (!(base_ > T(1))) throw Refused("B <= 1");
  }

  const std::vector<T>& compress(std::vector<T>& x, Choices& random) override {
    this->out_.resize(x.size());
    drawn_ = false;
    for (Size i = 0; i < x.size(); ++i) {
      const T power = rounded(std::abs(x[i]), random);
      this->out_[i] = x[i] < T(0) && variant_.fault != Fault::sign_lost ? -power : power;
    }
    return this->out_;
  }

 private:
  using Fault = PowerFault;

  [[nodiscard]] T rounded(T size, Choices& random) {
    if (variant_.fault == Fault::subnormals_flushed && size < std::numeric_limits<T>::min()) return T(0);
    if (size == T(0)) return variant_.fault == Fault::zero_to_least ? std::numeric_limits<T>::min() : T(0);
    if (!std::isfinite(size)) return size;
    T low = power_below(size);
    const T t = size / low;
    const T middle = variant_.fault == Fault::geometric_middle ? std::sqrt(base_) : (base_ + T(1)) / T(2);
    const bool up = t > T(1) && (variant_.stochastic ? rounds_up(t, random) : t > middle);
    if (variant_.fault == Fault::exponent_in_byte && low < std::ldexp(T(1), -128)) low *= std::ldexp(T(1), 256);
    if (variant_.fault == Fault::exponent_clipped) low = std::max(low, std::ldexp(T(1), -10));
    if (variant_.fault == Fault::exponent_one_more) low *= base_;
    if (variant_.fault == Fault::exponent_one_less) low /= base_;
    if (!up) return low;
    if (std::isinf(low * base_)) throw Refused("the next power is not finite");
    return low * base_;
  }

  /// The greatest power not above `size`.
  [[nodiscard]] T power_below(T size) const {
    if (base_ == T(2)) {
      int exponent = 0;
      std::frexp(size, &exponent);
      return std::ldexp(T(1), exponent - 1);
    }
    T power = T(1);
    while (power > size) power /= base_;
    if (power == T(0)) throw Refused("there is no power below");
    while (power <= size / base_) power *= base_;
    return power;
  }

  [[nodiscard]] bool rounds_up(T t, Choices& random) {
    const auto p = static_cast<double>((t - T(1)) / (base_ - T(1)));
    switch (variant_.fault) {
      case Fault::probability_flipped:
        return random.bernoulli(1 - p);
      case Fault::probability_of_base:
        return random.bernoulli(static_cast<double>(t / base_));
      case Fault::in_logarithms:
        return random.bernoulli(std::log(static_cast<double>(t)) / std::log(static_cast<double>(base_)));
      case Fault::always_half:
        return random.bernoulli(0.5);
      case Fault::to_nearest:
        return p >= 0.5;
      case Fault::down:
        return false;
      case Fault::up:
        return true;
      case Fault::one_coin:
        if (!drawn_) up_ = random.bernoulli(p);
        drawn_ = true;
        return up_;
      default:
        return random.bernoulli(p);
    }
  }

  T base_;
  PowerVariant variant_;
  bool drawn_ = false;
  bool up_ = false;
};

}  // namespace touchstone::inline v0::oracle::self_test
