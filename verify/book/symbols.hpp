#pragma once
/// \file
/// The names of the notation and how they are set: book/symbols.txt, which is also the book's table of symbols.

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace touchstone::inline v0::book {

/// A line of book/symbols.txt.
struct Symbol {
  std::string name;     ///< in the code and the statements
  std::string tex;      ///< as it is set
  std::string meaning;  ///< Markdown; empty: not on the page of symbols
  std::string section;  ///< heading above it
};

[[nodiscard]] const std::vector<Symbol>& symbols();

/// Names by themselves: without those whose index or mark is set from the name, x* and f_i.
[[nodiscard]] const std::map<std::string, std::string>& tex_of_names();

/// TeX of a name: of the table, a letter, a letter or name with a number, two letters that are a product. None where it is a word.
[[nodiscard]] std::optional<std::string> name_tex(const std::string& name);

}  // namespace touchstone::inline v0::book
