#pragma once
/// \file
/// The leading comment of a header, taken apart: what it says, its pseudocode and formulas, and its fields.

#include <string>
#include <vector>

namespace touchstone::inline v0::book {

struct Docstring {
  struct Part {
    enum class Kind { paragraph, block, field };
    Kind kind = Kind::paragraph;
    std::string name;                ///< of a field, such as "Parameters"
    std::vector<std::string> lines;  ///< of a block, without what all are indented by; one line else
  };
  std::string title;    ///< up to the first colon of the first line
  std::string summary;  ///< the first paragraph after it
  std::vector<Part> parts;

  /// Of the field with this name, empty where there is none.
  [[nodiscard]] std::string field(const std::string& name) const;
};

[[nodiscard]] Docstring docstring_of(const std::string& comment);

/// Columns of a line: what three blanks or more part.
[[nodiscard]] std::vector<std::string> columns_of(const std::string& line);

}  // namespace touchstone::inline v0::book
