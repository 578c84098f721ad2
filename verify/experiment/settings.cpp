#include "verify/experiment/settings.hpp"

#include <charconv>
#include <regex>

#include <fmt/format.h>

#include "verify/program/console.hpp"

namespace touchstone::inline v0 {

namespace {

std::optional<Index> parse_count(const std::string& text) {
  Index value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1) return std::nullopt;
  return value;
}

Rational power_of_ten(long exponent) {
  Rational power(1);
  for (long e = 0; e < std::abs(exponent); ++e) power *= 10;
  return exponent < 0 ? Rational(1 / power) : power;
}

}  // namespace

AnyCompressor parse_compressor(const std::string& text) {
  if (text == "identity") return {Identity{}};
  const std::size_t colon = text.find(':');
  if (colon != std::string::npos) {
    const std::string name = text.substr(0, colon);
    const std::optional<Index> K = parse_count(text.substr(colon + 1));
    if (K && name == "rand-k") return {RandK{*K}};
    if (K && name == "top-k") return {TopK{*K}};
  }
  throw usage_error(
      fmt::format("--compressor: found '{}', expected identity, rand-k:K or top-k:K with K >= 1", text));
}

std::string to_string(const AnyCompressor& compressor) {
  if (const auto* rand_k = std::get_if<RandK>(&compressor.chosen)) return fmt::format("rand-k:{}", rand_k->K);
  if (const auto* top_k = std::get_if<TopK>(&compressor.chosen)) return fmt::format("top-k:{}", top_k->K);
  return "identity";
}

Rational parse_positive(const std::string& option, const std::string& text) {
  constexpr std::size_t longest = 400;  // digits; also keeps powers of ten small
  static const std::regex fraction("([0-9]+)/([0-9]+)");
  static const std::regex decimal("([0-9]*)\\.?([0-9]*)(?:[eE]([+-]?[0-9]{1,3}))?");
  const auto whole = [](const std::string& digits) {
    const std::size_t first = digits.find_first_not_of('0');  // a leading zero would mean octal
    return first == std::string::npos ? Rational(0) : Rational(digits.substr(first));
  };
  std::smatch part;
  std::optional<Rational> value;
  if (text.size() <= longest && std::regex_match(text, part, fraction)) {
    if (const Rational denominator = whole(part[2]); denominator != 0)
      value = Rational(whole(part[1]) / denominator);
  } else if (text.size() <= longest && std::regex_match(text, part, decimal) &&
             part.length(1) + part.length(2) > 0) {
    const long exponent = part[3].matched ? std::stol(part[3]) : 0;
    value = Rational(whole(part[1].str() + part[2].str()) * power_of_ten(exponent - part.length(2)));
  }
  if (!value || *value <= 0)
    throw usage_error(
        fmt::format("{}: found '{}', expected a positive number such as 0.05, 1e-3 or 1/7", option, text));
  return *value;
}

}  // namespace touchstone::inline v0
