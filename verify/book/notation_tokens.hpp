#pragma once
/// \file
/// Tokens of the notation, with their partners: which bracket or bar closes which.

#include <functional>
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

/// Whether a name without underscores is a word and no symbol.
using IsWord = std::function<bool(std::string_view)>;

/// `known`: symbols with underscores. Other names with underscores whose first part is a word are code.
[[nodiscard]] std::vector<Token> tokens_of(const std::string& text, const std::vector<std::string>& known,
                                           const IsWord& is_word);

}  // namespace touchstone::inline v0::book
