#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "verify/program/commands.hpp"

namespace touchstone::inline v0 {

CLI::Validator at_least_one() {
  return {[](std::string& text) -> std::string {
            constexpr long largest = 1'000'000'000'000;
            long value = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
            if (error == std::errc() && end == text.data() + text.size() && value >= 1 && value <= largest) return {};
            return fmt::format("found '{}', expected a whole number >= 1", text);
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
