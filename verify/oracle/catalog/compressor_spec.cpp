#include "verify/oracle/catalog/compressor_spec.hpp"

#include <charconv>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/catalog/spec_error.hpp"

namespace touchstone::inline v0::oracle {

namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> pieces;
  for (;;) {
    const std::size_t end = text.find(separator);
    pieces.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return pieces;
    text.remove_prefix(end + 1);
  }
}

std::optional<Index> read_count(std::string_view text) {
  constexpr Index largest = 1'000'000;
  Index value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1 || value > largest) return std::nullopt;
  return value;
}

std::optional<Fraction> read_fraction(std::string_view text) {
  constexpr Index largest = 1'000'000'000'000;
  const std::optional<Rational> value = read_exact(text);
  if (!value || *value <= 0 || numerator(*value) > largest || denominator(*value) > largest) return std::nullopt;
  return Fraction{static_cast<Index>(numerator(*value)), static_cast<Index>(denominator(*value))};
}

}  // namespace

CompressorSpec::CompressorSpec(std::string where, const std::string& text) : where_(std::move(where)), text_(text) {
  parameters_ = split(text, ':');
  name_ = parameters_.front();
  parameters_.erase(parameters_.begin());
}

void CompressorSpec::require_parameters(std::size_t count) const {
  if (parameters_.size() == count) return;
  refuse(fmt::format("{}{}", name_,
                     count == 0   ? " without parameter"
                     : count == 1 ? ":PARAMETER"
                                  : ":ROWSxCOLUMNS:R"));
}

Index CompressorSpec::count(std::size_t i) const {
  if (const std::optional<Index> value = read_count(parameters_[i])) return *value;
  refuse("a whole number from 1 to 1000000 as its parameter");
}

Fraction CompressorSpec::fraction(std::size_t i) const {
  if (const std::optional<Fraction> value = read_fraction(parameters_[i])) return *value;
  refuse("a positive fraction or decimal as its parameter");
}

Fraction CompressorSpec::probability(std::size_t i) const {
  const std::optional<Fraction> value = read_fraction(parameters_[i]);
  if (value && value->numerator <= value->denominator) return *value;
  refuse("a probability P, 0 < P <= 1, as its parameter");
}

std::vector<Fraction> CompressorSpec::probabilities(std::size_t i) const {
  std::vector<Fraction> all;
  for (const std::string& piece : split(parameters_[i], ',')) {
    const std::optional<Fraction> value = read_fraction(piece);
    if (!value || value->numerator > value->denominator) refuse("probabilities P1,P2,..., 0 < P <= 1");
    all.push_back(*value);
  }
  return all;
}

CompressorSpec::Shape CompressorSpec::shape(std::size_t i) const {
  const std::vector<std::string> sides = split(parameters_[i], 'x');
  if (sides.size() == 2) {
    const std::optional<Index> rows = read_count(sides[0]);
    const std::optional<Index> columns = read_count(sides[1]);
    if (rows && columns) return {*rows, *columns};
  }
  refuse("a shape ROWSxCOLUMNS");
}

void CompressorSpec::refuse(const std::string& expected) const {
  constexpr std::size_t shown = 60;
  throw spec_error(fmt::format("{}: found '{}', expected {}", where_, text_.substr(0, shown), expected));
}

}  // namespace touchstone::inline v0::oracle
