#include "verify/oracle/catalog/exact_text.hpp"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <regex>

#include <fmt/format.h>

#include "verify/oracle/catalog/spec_error.hpp"

namespace touchstone::inline v0::oracle {

namespace {

Rational power_of(unsigned base, long exponent) {
  const Rational power(
      boost::multiprecision::pow(boost::multiprecision::mpz_int(base), static_cast<unsigned>(std::labs(exponent))));
  return exponent < 0 ? Rational(1 / power) : power;
}

/// Digits without sign, of a base that GMP reads.
Rational whole_number(const std::string& digits, int base) {
  boost::multiprecision::mpz_int value;
  mpz_set_str(value.backend().data(), digits.empty() ? "0" : digits.c_str(), base);
  return Rational(value);
}

/// digits.fraction times power^exponent; every digit of the fraction stands for digit_exponent powers.
Rational positional(const std::csub_match& whole, const std::csub_match& fraction, const std::csub_match& exponent,
                    int base, unsigned power, long digit_exponent) {
  const long shift = digit_exponent * static_cast<long>(fraction.length());
  const long written = exponent.matched ? std::strtol(exponent.str().c_str(), nullptr, 10) : 0;
  return whole_number(whole.str() + fraction.str(), base) * power_of(power, written - shift);
}

}  // namespace

std::optional<Rational> read_exact(std::string_view text) {
  constexpr std::size_t longest = 1000;
  static const std::regex fraction("([+-]?)([0-9]+)/([0-9]+)");
  static const std::regex decimal("([+-]?)([0-9]*)\\.?([0-9]*)(?:[eE]([+-]?[0-9]{1,4}))?");
  static const std::regex hexadecimal("([+-]?)0[xX]([0-9a-fA-F]*)\\.?([0-9a-fA-F]*)(?:[pP]([+-]?[0-9]{1,4}))?");
  if (text.size() > longest) return std::nullopt;
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  std::cmatch part;
  Rational size;
  if (std::regex_match(begin, end, part, fraction)) {
    const Rational denominator = whole_number(part[3], 10);
    if (denominator == 0) return std::nullopt;
    size = whole_number(part[2], 10) / denominator;
  } else if (std::regex_match(begin, end, part, hexadecimal) && part.length(2) + part.length(3) > 0) {
    size = positional(part[2], part[3], part[4], 16, 2, 4);
  } else if (std::regex_match(begin, end, part, decimal) && part.length(2) + part.length(3) > 0) {
    size = positional(part[2], part[3], part[4], 10, 10, 1);
  } else {
    return std::nullopt;
  }
  return part[1] == "-" ? Rational(-size) : size;
}

Rational parse_exact(const std::string& where, std::string_view text) {
  if (const std::optional<Rational> value = read_exact(text)) return *value;
  constexpr std::size_t shown = 60;
  throw spec_error(fmt::format("{}: found '{}', expected a number such as 3, 1/7, 0.05, 1e-3 or 0x1.8p-3", where,
                               text.substr(0, shown)));
}

std::string exact_text(const Rational& value) {
  return value.str();
}

double double_below(const Rational& value) {
  const auto close = static_cast<double>(value);
  const bool above = std::isfinite(close) && Rational(close) > value;
  return above ? std::nextafter(close, -std::numeric_limits<double>::infinity()) : close;
}

double double_above(const Rational& value) {
  return -double_below(Rational(-value));
}

}  // namespace touchstone::inline v0::oracle
