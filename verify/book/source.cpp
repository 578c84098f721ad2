#include "verify/book/source.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

namespace touchstone::inline v0::book {

namespace source {

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) all.push_back(line);
  return all;
}

/// What stands before a definition and belongs to it.
bool belongs_to_the_next(const std::string& line) {
  const std::string text = trimmed(line);
  return text.starts_with("template") || text.starts_with("requires") || text.starts_with("///") ||
         text.starts_with("[[");
}

const std::string& text_of(const std::string& header) {
  const auto found = std::ranges::find(headers(), header, &EmbeddedFile::name);
  if (found == headers().end()) throw std::runtime_error("no header is named " + header);
  return found->text;
}

/// The line that is the end: braces are closed again, or, before any, a statement is.
std::size_t end_of(const std::vector<std::string>& lines, std::size_t from) {
  int depth = 0;
  bool opened = false;
  for (std::size_t k = from; k < lines.size(); ++k) {
    for (const char c : lines[k]) {
      if (c == '{') {
        ++depth;
        opened = true;
      }
      if (c == '}') --depth;
    }
    if (depth <= 0 && (opened || lines[k].ends_with(';'))) return k;
  }
  return lines.size() - 1;
}

void attach(Notes& notes, const std::string& where, const std::string& fragment, const std::string& note) {
  std::vector<SourceLine*> found;
  for (SourceRegion& region : notes.regions)
    for (SourceLine& line : region.lines)
      if (line.text.find(fragment) != std::string::npos) found.push_back(&line);
  if (found.size() != 1)
    throw std::runtime_error(
        fmt::format("{}: found '{}' in {} lines of the source, expected it in one", where, fragment, found.size()));
  found.front()->note += (found.front()->note.empty() ? "" : "\n\n") + note;
}

/// A method's step, or the average of what averages; a compressor's message and what it makes of it.
void add_default_regions(const Subject& subject, Notes& notes) {
  const auto has = [&subject](const std::string& beginning) {
    return subject.header->text.find(beginning) != std::string::npos;
  };
  const std::vector<std::string> beginnings = subject.is_compressor
                                                  ? std::vector<std::string>{" message(", " compress("}
                                              : has(" step(") ? std::vector<std::string>{" step("}
                                                              : std::vector<std::string>{" average("};
  for (const std::string& beginning : beginnings)
    if (has(beginning)) notes.regions.push_back(region_of(subject.header->name, beginning));
}

/// Lines of a notes file, one kind after the other.
class Reader {
 public:
  Reader(const Subject& subject, std::string where) : subject_(subject), where_(std::move(where)) {}

  Notes read(const std::string& text) {
    for (const std::string& line : lines_of(text)) add(line);
    finish();
    if (notes_.regions.empty()) add_default_regions(subject_, notes_);
    for (const auto& [fragment, note] : on_lines_) attach(notes_, where_, fragment, note);
    return std::move(notes_);
  }

 private:
  void add(const std::string& line) {
    if (line.starts_with("source:")) {
      finish();
      const std::size_t bar = line.find('|');
      if (bar == std::string::npos)
        throw std::runtime_error(fmt::format("{}: found '{}', expected source: HEADER | FRAGMENT", where_, line));
      const std::string header = trimmed(line.substr(7, bar - 7));
      notes_.regions.push_back(
          region_of(header == "own header" ? subject_.header->name : header, trimmed(line.substr(bar + 1))));
    } else if (line.starts_with("> ")) {
      finish();
      fragment_ = trimmed(line.substr(2));
    } else if (line == "# References") {
      finish();
      references_ = true;
    } else if (line == "Note:" && !fragment_.empty()) {
      return;
    } else {
      gathered_ +=
          (fragment_.empty() || !gathered_.empty() || !line.starts_with("Note: ") ? line : line.substr(6)) + "\n";
    }
  }

  void finish() {
    if (references_)
      notes_.references += gathered_;
    else if (!fragment_.empty())
      on_lines_.emplace_back(fragment_, gathered_);
    else
      notes_.lead += gathered_;
    gathered_.clear();
    fragment_.clear();
  }

  const Subject& subject_;
  std::string where_;
  Notes notes_;
  std::vector<std::pair<std::string, std::string>> on_lines_;
  std::string gathered_;
  std::string fragment_;
  bool references_ = false;
};

}  // namespace source

SourceRegion region_of(const std::string& header, const std::string& fragment) {
  const std::vector<std::string> lines = source::lines_of(source::text_of(header));
  const auto has = [&fragment](const std::string& line) {
    return line.find(fragment) != std::string::npos && !source::trimmed(line).starts_with("//");
  };
  const auto found = std::ranges::find_if(lines, has);
  if (found == lines.end())
    throw std::runtime_error(
        fmt::format("{}: no line has '{}', with which the source that is shown should begin", header, fragment));
  auto first = static_cast<std::size_t>(found - lines.begin());
  const std::size_t last = source::end_of(lines, first);
  while (first > 0 && source::belongs_to_the_next(lines[first - 1])) --first;
  SourceRegion region{header, first + 1, {}};
  for (std::size_t k = first; k <= last; ++k) region.lines.push_back({lines[k], ""});
  return region;
}

Notes notes_of(const Subject& subject) {
  std::string name = subject.header->name.substr(0, subject.header->name.rfind('.')) + ".md";
  if (name.starts_with("methods/")) name = name.substr(8);
  name = "notes/" + name;
  const auto found = std::ranges::find(texts(), name, &EmbeddedFile::name);
  return source::Reader(subject, "book/" + name).read(found == texts().end() ? "" : found->text);
}

}  // namespace touchstone::inline v0::book
