#pragma once
/// \file
/// Rounding to powers of a base b > 1, exactly: by comparison, never by a logarithm.
///
///     t > 0, b^a <= t < b^(a+1)      rounded(t) = b^(a+1) with probability (t - b^a)/(b^(a+1) - b^a), b^a otherwise

#include <cmath>
#include <limits>
#include <vector>

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/numbers/fraction.hpp"

namespace touchstone::inline v0 {

inline void require_base(const Fraction& b) {
  require(0 < b.denominator && b.denominator < b.numerator, "a base needs b > 1 (numerator, denominator)",
          b.numerator, b.denominator);
}

[[nodiscard]] inline bool is_two(const Fraction& b) {
  return b.numerator == 2 * b.denominator;
}

/// b^a. In floating point rounded, by the same operations for sender and receiver; exact for b = 2.
template <Field S>
[[nodiscard]] S power(const Fraction& b, Index a) {
  if constexpr (std::floating_point<S>)
    if (is_two(b)) return std::scalbn(S(1), static_cast<int>(a));
  S factor = a >= 0 ? b.value<S>() : ratio<S>(b.denominator, b.numerator);
  S product(1);
  for (Index rest = a >= 0 ? a : -a; rest > 0; rest /= 2) {
    if (rest % 2 == 1) product *= factor;
    if (rest > 1) factor *= factor;
  }
  return product;
}

/// The largest a with b^a <= t, for t > 0.
template <DecidingField S>
[[nodiscard]] Index floor_exponent(const Fraction& b, const S& t) {
  if constexpr (std::floating_point<S>)
    if (is_two(b)) return std::ilogb(t);
  Index low = 0;
  Index high = 1;
  if (decided_less(t, S(1))) {
    for (low = -1, high = 0; decided_less(t, power<S>(b, low)); low *= 2) high = low;
  } else {
    for (; !decided_less(t, power<S>(b, high)); high *= 2) low = high;
  }
  while (high - low > 1) {
    const Index middle = low + (high - low) / 2;
    if (decided_less(t, power<S>(b, middle)))
      high = middle;
    else
      low = middle;
  }
  return low;
}

/// A power with a sign; sign = 0 for the number 0.
struct SignedPower {
  Index sign = 0;
  Index exponent = 0;
  bool operator==(const SignedPower&) const = default;
};

/// One for every coordinate. S is the type of the receiver's numbers.
template <Field S>
struct PowerMessage {
  std::vector<SignedPower> powers;
  bool operator==(const PowerMessage&) const = default;
};

template <Field S>
[[nodiscard]] Vector<S> from_powers(const Fraction& b, const PowerMessage<S>& message, Index d) {
  Vector<S> x = Vector<S>::Zero(d);
  for (Index i = 0; i < d; ++i)
    if (const SignedPower& p = message.powers[static_cast<std::size_t>(i)]; p.sign != 0)
      x[i] = S(integer<S>(p.sign) * power<S>(b, p.exponent));
  return x;
}

/// t = |x_i| between neighbouring powers: b^lower <= t < b^(lower+1).
template <Field S>
struct PowerInterval {
  Index lower = 0;
  S place = S(0);  ///< (t - b^lower) / (b^(lower+1) - b^lower); 0 for t = 0 as well
};

/// For every coordinate of x. Throws precondition_error where a floating-point type does not hold both neighbours.
template <DecidingField S>
[[nodiscard]] std::vector<PowerInterval<S>> power_intervals(const Fraction& b, const Vector<S>& x) {
  std::vector<PowerInterval<S>> all(static_cast<std::size_t>(x.size()));
  for (Index i = 0; i < x.size(); ++i) {
    const S t = magnitude(x[i]);
    if (decided_equal(t, S(0))) continue;
    const Index a = floor_exponent(b, t);
    all[static_cast<std::size_t>(i)].lower = a;
    const S lower = power<S>(b, a);
    if (decided_equal(t, lower)) continue;
    const S upper = power<S>(b, a + 1);
    if constexpr (std::floating_point<S>) {
      require(is_finite(upper), "rounding to powers needs |x_i| at most the largest power (coordinate, value)", i,
              x[i]);
      require(is_two(b) || lower >= std::numeric_limits<S>::min(),
              "rounding to powers needs |x_i| among the normal numbers (coordinate, value)", i, x[i]);
      require(lower < t && t < upper, "rounding to powers needs a base farther from 1 (coordinate, value)", i,
              x[i]);
    }
    all[static_cast<std::size_t>(i)].place = S((t - lower) / (upper - lower));
  }
  return all;
}

/// Every coordinate of x rounded to b^lower or b^(lower+1) with its sign: to the upper one where upper(place) says so.
template <DecidingField S, class Upper>
[[nodiscard]] PowerMessage<S> rounded_to_powers(const Fraction& b, const Vector<S>& x, const Upper& upper) {
  const std::vector<PowerInterval<S>> all = power_intervals(b, x);
  PowerMessage<S> message{std::vector<SignedPower>(all.size())};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const S& value = x[static_cast<Index>(i)];
    if (decided_equal(value, S(0))) continue;
    message.powers[i] = {decided_less(value, S(0)) ? -1 : 1, all[i].lower + (upper(all[i].place) ? 1 : 0)};
  }
  return message;
}

/// With probability `place` to the upper one. What is refused is refused before anything is drawn.
template <DecidingField S, Randomness<S> R>
[[nodiscard]] PowerMessage<S> stochastically_rounded_to_powers(const Fraction& b, const Vector<S>& x, R& random) {
  return rounded_to_powers(b, x, [&random](const S& place) { return random.bernoulli(place); });
}

}  // namespace touchstone::inline v0
