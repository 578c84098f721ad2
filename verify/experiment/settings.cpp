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

/// A positive number as a user writes it.
std::optional<Rational> read_positive(const std::string& text) {
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
  return value && *value > 0 ? value : std::nullopt;
}

/// A probability with a numerator and a denominator that every number type holds.
std::optional<Fraction> parse_probability(const std::string& text) {
  const std::optional<Rational> p = read_positive(text);
  if (!p || *p > 1 || denominator(*p) > 1'000'000'000) return std::nullopt;
  return Fraction{static_cast<Index>(numerator(*p)), static_cast<Index>(denominator(*p))};
}

std::optional<AnyCompressor> read_compressor(const std::string& text) {
  constexpr Index most_levels = 1'000'000;
  if (text == "identity") return AnyCompressor{Identity{}};
  if (text == "natural") return AnyCompressor{Natural{}};
  if (text == "tern-grad") return AnyCompressor{TernGrad{}};
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return std::nullopt;
  const std::string name = text.substr(0, colon);
  const std::string parameter = text.substr(colon + 1);
  if (name == "bernoulli") {
    const std::optional<Fraction> p = parse_probability(parameter);
    return p ? std::optional(AnyCompressor{Bernoulli{*p}}) : std::nullopt;
  }
  const std::optional<Index> count = parse_count(parameter);
  if (!count) return std::nullopt;
  if (name == "rand-k") return AnyCompressor{RandK{*count}};
  if (name == "top-k") return AnyCompressor{TopK{*count}};
  if (name == "dithering" && *count <= most_levels) return AnyCompressor{Dithering{NormIndex::two, *count}};
  return std::nullopt;
}

struct CompressorName {
  std::string operator()(const Identity& /*c*/) const { return "identity"; }
  std::string operator()(const RandK& c) const { return fmt::format("rand-k:{}", c.K); }
  std::string operator()(const TopK& c) const { return fmt::format("top-k:{}", c.K); }
  std::string operator()(const Bernoulli& c) const {
    return fmt::format("bernoulli:{}/{}", c.p.numerator, c.p.denominator);
  }
  std::string operator()(const Natural& /*c*/) const { return "natural"; }
  std::string operator()(const Dithering& c) const { return fmt::format("dithering:{}", c.s); }
  std::string operator()(const TernGrad& /*c*/) const { return "tern-grad"; }
};

}  // namespace

AnyCompressor parse_compressor(const std::string& option, const std::string& text) {
  if (const std::optional<AnyCompressor> compressor = read_compressor(text)) return *compressor;
  throw usage_error(
      fmt::format("{}: found '{}', expected identity, rand-k:K, bernoulli:P, natural, "
                  "dithering:S, tern-grad or top-k:K with K, S >= 1, 0 < P <= 1",
                  option, text));
}

std::string to_string(const AnyCompressor& compressor) {
  return std::visit(CompressorName{}, compressor.chosen);
}

Rational parse_positive(const std::string& option, const std::string& text) {
  if (const std::optional<Rational> value = read_positive(text)) return *value;
  throw usage_error(
      fmt::format("{}: found '{}', expected a positive number such as 0.05, 1e-3 or 1/7", option, text));
}

}  // namespace touchstone::inline v0
