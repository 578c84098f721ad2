#pragma once
/// \file
/// Mathematics, Markdown and C++ as HTML, by pandoc: formulas become MathML, which browsers set without a script.
///
/// Starting pandoc takes longer than a formula: what is to be set is collected, and stands for itself as a mark until all of it
/// is set at once.

#include <map>
#include <string>
#include <vector>

namespace touchstone::inline v0::book {

class Typesetter {
 public:
  /// A formula inside a line. Returns its mark, as the others do.
  [[nodiscard]] std::string formula(const std::string& tex);
  /// In the notation of the docstrings (notation.hpp).
  [[nodiscard]] std::string statement(const std::string& text);
  /// Paragraphs and lists.
  [[nodiscard]] std::string markdown(const std::string& text);
  /// C++, coloured: a mark for every line.
  [[nodiscard]] std::vector<std::string> code(const std::string& text);

  /// Throws std::runtime_error where pandoc is missing, fails, or says that a formula cannot be set.
  void set();
  /// With all marks replaced, after set().
  [[nodiscard]] std::string resolved(const std::string& html) const;

  /// A whole page of Markdown at once, headings with their ids; in it the lines "@figure NAME" stay as "<!--figure NAME-->".
  [[nodiscard]] static std::string page(const std::string& markdown);

 private:
  enum class Kind { formula, markdown, code };
  struct Part {
    Kind kind;
    std::string source;
    std::vector<std::string> set;  ///< one, or of code one a line
  };

  std::size_t part(Kind kind, const std::string& source);

  std::vector<Part> parts_;
  std::map<std::pair<Kind, std::string>, std::size_t> known_;
};

}  // namespace touchstone::inline v0::book
