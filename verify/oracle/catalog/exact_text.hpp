#pragma once
/// \file
/// Numbers as people and programs write them, read without rounding.

#include <optional>
#include <string>
#include <string_view>

#include "touchstone/numbers/rational.hpp"

namespace touchstone::inline v0::oracle {

/// "-3/7", "0.1" (one tenth), "1e-3", "0x1.8p-3", "12". None for anything else: an infinity, NaN, an exponent beyond 4 digits, more
/// than 1000 characters, a denominator of zero.
[[nodiscard]] std::optional<Rational> read_exact(std::string_view text);

/// As read_exact; throws spec_error "WHERE: found '...', expected a number such as ...".
[[nodiscard]] Rational parse_exact(const std::string& where, std::string_view text);

/// "p/q", or "p" for q = 1.
[[nodiscard]] std::string exact_text(const Rational& value);

/// A double <= value, >= value: the closest one or that next to it.
[[nodiscard]] double double_below(const Rational& value);
[[nodiscard]] double double_above(const Rational& value);

}  // namespace touchstone::inline v0::oracle
