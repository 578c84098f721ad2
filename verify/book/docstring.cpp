#include "verify/book/docstring.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace touchstone::inline v0::book {

namespace docstring {

using Part = Docstring::Part;

/// Where the text of a field begins; its continuation is indented as far.
constexpr std::size_t field_column = 11;
constexpr std::size_t block_indent = 4;

std::size_t indent_of(const std::string& line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

/// "Parameters gamma > 0": a capitalised word that ends before the column of the texts.
bool is_field(const std::string& line) {
  if (line.size() <= field_column || std::isupper(static_cast<unsigned char>(line[0])) == 0) return false;
  const std::size_t blank = line.find(' ');
  if (blank == std::string::npos || blank >= field_column || line[blank - 1] == ':') return false;
  return line.find_first_not_of(' ', blank) == field_column;
}

class Reader {
 public:
  std::vector<Part> read(const std::string& comment) {
    std::istringstream lines(comment);
    for (std::string line; std::getline(lines, line);) add(line);
    finish();
    return std::move(parts_);
  }

 private:
  void add(const std::string& line) {
    if (indent_of(line) == line.size()) {
      if (!open_) return;
      if (open_->kind == Part::Kind::block)
        blank_ = true;
      else
        finish();
      return;
    }
    if (is_field(line)) {
      finish();
      open_ = &parts_.emplace_back(
          Part{Part::Kind::field, line.substr(0, line.find(' ')), {line.substr(field_column)}});
    } else if (open_ && open_->kind == Part::Kind::field && indent_of(line) >= field_column) {
      open_->lines.front() += " " + line.substr(indent_of(line));
    } else if (indent_of(line) >= block_indent) {
      if (!open_ || open_->kind != Part::Kind::block) {
        finish();
        open_ = &parts_.emplace_back(Part{Part::Kind::block, "", {}});
      }
      if (blank_) open_->lines.emplace_back();
      open_->lines.push_back(line);
    } else {
      if (!open_ || open_->kind != Part::Kind::paragraph) {
        finish();
        open_ = &parts_.emplace_back(Part{Part::Kind::paragraph, "", {""}});
      }
      open_->lines.front() += (open_->lines.front().empty() ? "" : " ") + line;
    }
    blank_ = false;
  }

  void finish() {
    open_ = nullptr;
    blank_ = false;
  }

  std::vector<Part> parts_;
  Part* open_ = nullptr;  ///< the last part, while lines are added to it
  bool blank_ = false;
};

void take_indent_away(Part& block) {
  std::size_t least = std::string::npos;
  for (const std::string& line : block.lines)
    if (!line.empty()) least = std::min(least, indent_of(line));
  for (std::string& line : block.lines)
    if (!line.empty()) line.erase(0, least);
}

}  // namespace docstring

std::string Docstring::field(const std::string& name) const {
  std::string text;
  for (const Part& part : parts)
    if (part.kind == Part::Kind::field && part.name == name) text += (text.empty() ? "" : " ") + part.lines.front();
  return text;
}

Docstring docstring_of(const std::string& comment) {
  Docstring found;
  found.parts = docstring::Reader().read(comment);
  for (Docstring::Part& part : found.parts)
    if (part.kind == Docstring::Part::Kind::block) docstring::take_indent_away(part);
  if (found.parts.empty() || found.parts.front().kind != Docstring::Part::Kind::paragraph) return found;
  const std::string first = found.parts.front().lines.front();
  const std::size_t colon = std::min(first.find(':'), first.find(", "));
  found.title = first.substr(0, std::min({colon, first.find('.'), first.size()}));
  found.summary = first;
  found.parts.erase(found.parts.begin());
  return found;
}

std::vector<std::string> columns_of(const std::string& line) {
  std::vector<std::string> columns;
  std::size_t at = 0;
  while (at < line.size()) {
    const std::size_t gap = std::min(line.find("   ", at), line.size());
    const std::string column = line.substr(at, gap - at);
    // "x   <- x - gamma g" is aligned with the line above it, not divided.
    if (!columns.empty() && (column.starts_with("<- ") || column.starts_with("= ")))
      columns.back() += " " + column;
    else
      columns.push_back(column);
    at = std::min(line.find_first_not_of(' ', gap), line.size());
  }
  return columns;
}

}  // namespace touchstone::inline v0::book
