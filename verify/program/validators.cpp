#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "verify/program/commands.hpp"

namespace touchstone::inline v0 {

namespace {

/// The value of the digits, if the text is nothing else and it fits.
std::optional<std::uint64_t> whole_number(const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

CLI::Validator at_least_one() {
  return {[](std::string& text) -> std::string {
            constexpr std::uint64_t largest = 1'000'000'000'000;
            const std::optional<std::uint64_t> value = whole_number(text);
            if (value && *value >= 1 && *value <= largest) return {};
            return fmt::format("found '{}', expected a whole number >= 1", text);
          },
          ""};
}

CLI::Validator seed() {
  return {[](std::string& text) -> std::string {
            if (whole_number(text)) return {};
            return fmt::format("found '{}', expected a whole number from 0 to 2^64 - 1", text);
          },
          ""};
}

CLI::Validator one_of(const std::vector<std::string>& words) {
  return {[words](std::string& text) -> std::string {
            if (std::find(words.begin(), words.end(), text) != words.end()) return {};
            return fmt::format("found '{}', expected {}", text, fmt::join(words, ", "));
          },
          ""};
}

}  // namespace touchstone::inline v0
