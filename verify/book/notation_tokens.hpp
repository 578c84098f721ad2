#pragma once
/// \file
/// Tokens of the notation, with their partners: which bracket or bar closes which.

#include <string>
#include <string_view>
#include <vector>

namespace touchstone::inline v0::book {

struct Token {
  enum class Kind { word, number, sign, open, close, code };
  Kind kind = Kind::word;
  std::string text;
  bool space_before = false;
  bool space_after = false;
  std::size_t partner = 0;  ///< of what opens or closes; its own index where it has none
};

/// `known`: names with underscores that are one word.
[[nodiscard]] std::vector<Token> tokens_of(const std::string& text, const std::vector<std::string>& known);

}  // namespace touchstone::inline v0::book
