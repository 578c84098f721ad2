#pragma once
/// \file
/// The notation of docstrings and claims, "E|Q(x) - x|^2 <= omega |x|^2 for every x", taken apart into mathematics and words.
///
/// A statement is written once, where it is checked; the book sets it from there. Names are those of symbols.hpp. A word that is neither there, nor a single letter, nor a letter with a number, is prose.

#include <string>
#include <vector>

namespace touchstone::inline v0::book {

struct Piece {
  enum class Kind { words, mathematics, code };
  Kind kind = Kind::words;
  std::string text;  ///< TeX where it is mathematics
  bool operator==(const Piece&) const = default;
};

/// All of the text, in order.
[[nodiscard]] std::vector<Piece> pieces_of(const std::string& text);

}  // namespace touchstone::inline v0::book
