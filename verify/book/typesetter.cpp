#include "verify/book/typesetter.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "proofs/process.hpp"
#include "proofs/temporary_directory.hpp"
#include "verify/book/html.hpp"
#include "verify/book/notation.hpp"

namespace touchstone::inline v0::book {

namespace typesetter {

/// Marks are control characters, which no text has.
constexpr char opening = '\x02';
constexpr char closing = '\x03';

std::string mark(std::size_t part, std::size_t line) {
  return fmt::format("{}{}.{}{}", opening, part, line, closing);
}

std::string pandoc(const std::string& markdown) {
  using proofs::ProcessResult;
  constexpr std::chrono::seconds limit(120);
  const proofs::TemporaryDirectory folder;
  const std::string source = (folder.path() / "source.md").string();
  const std::string output = (folder.path() / "output.html").string();
  std::ofstream(source, std::ios::binary) << markdown;
  const ProcessResult set = proofs::run_process({"pandoc", "--from", "markdown-smart", "--to", "html5", "--mathml",
                                                 "--wrap", "none", "--output", output, source},
                                                limit);
  if (set.end == ProcessResult::End::not_started)
    throw std::runtime_error("pandoc: cannot be started, so that no book is written; Debian has it as pandoc");
  if (set.end != ProcessResult::End::exited || set.code != 0 || !set.output.empty())
    throw std::runtime_error("pandoc: found '" + set.output.substr(0, set.output.find('\n')) +
                             "', expected every formula and text to be set");
  std::ifstream in(output, std::ios::binary);
  const std::string html(std::istreambuf_iterator<char>(in), {});
  // A table scrolls by itself where it is wider than the page.
  return replaced(replaced(html, "<table", "<div class=\"wide\" tabindex=\"0\"><table"), "</table>",
                  "</table></div>");
}

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \n");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \n") - first + 1);
}

/// The inside of <p>...</p>.
std::string of_paragraph(std::string html) {
  if (html.starts_with("<p>") && html.ends_with("</p>")) return html.substr(3, html.size() - 7);
  return html;
}

/// The lines of highlighted code, without the anchors that pandoc gives them.
std::vector<std::string> code_lines(const std::string& html) {
  std::vector<std::string> lines;
  std::size_t at = html.find("<code");
  const std::string span = "<span id=\"cb";
  for (at = html.find(span, at); at != std::string::npos; at = html.find(span, at)) {
    const std::size_t anchor_end = html.find("</a>", at) + 4;
    std::size_t end = html.find(span, anchor_end);
    if (end == std::string::npos) end = html.find("</code>", anchor_end);
    std::string line = html.substr(anchor_end, end - anchor_end);
    if (line.ends_with('\n')) line.pop_back();
    if (line.ends_with("</span>")) line.resize(line.size() - 7);
    lines.push_back(std::move(line));
    at = end;
  }
  return lines;
}

}  // namespace typesetter

std::size_t Typesetter::part(Kind kind, const std::string& source) {
  const auto [at, is_new] = known_.emplace(std::pair(kind, source), parts_.size());
  if (is_new) parts_.push_back({kind, source, {}});
  return at->second;
}

std::string Typesetter::formula(const std::string& tex) {
  return typesetter::mark(part(Kind::formula, tex), 0);
}

std::string Typesetter::statement(const std::string& text) {
  std::string html;
  bool after_formula = false;
  for (const Piece& piece : pieces_of(text)) {
    const bool is_formula = piece.kind == Piece::Kind::mathematics;
    if (is_formula) html += (after_formula ? "<wbr>" : "") + formula(piece.text);
    if (piece.kind == Piece::Kind::words) html += escaped(piece.text);
    if (piece.kind == Piece::Kind::code) html += element("code", escaped(piece.text));
    after_formula = is_formula;
  }
  return html;
}

std::string Typesetter::markdown(const std::string& text) {
  return typesetter::mark(part(Kind::markdown, text), 0);
}

std::vector<std::string> Typesetter::code(const std::string& text) {
  const std::size_t at = part(Kind::code, text);
  std::vector<std::string> marks;
  for (std::size_t line = 0; line < static_cast<std::size_t>(std::ranges::count(text, '\n')); ++line)
    marks.push_back(typesetter::mark(at, line));
  return marks;
}

void Typesetter::set() {
  const auto name = [](std::size_t k) { return fmt::format("<div id=\"part-{}\">", k); };
  std::string source;
  for (std::size_t k = 0; k < parts_.size(); ++k) {
    const Part& part = parts_[k];
    source += fmt::format("\n\n::: {{#part-{}}}\n", k);
    if (part.kind == Kind::formula) source += "$" + part.source + "$";
    if (part.kind == Kind::markdown) source += part.source;
    if (part.kind == Kind::code) source += "```{.cpp .numberLines}\n" + part.source + "```";
    source += "\n:::\n";
  }
  const std::string html = typesetter::pandoc(source);
  std::size_t begin = html.find(name(0));
  for (std::size_t k = 0; k < parts_.size(); ++k) {
    begin += name(k).size();
    const std::size_t end = std::min(html.find(name(k + 1), begin), html.size());
    std::string inside = typesetter::trimmed(html.substr(begin, end - begin));
    inside = typesetter::trimmed(inside.substr(0, inside.rfind("</div>")));
    Part& part = parts_[k];
    if (part.kind == Kind::code)
      part.set = typesetter::code_lines(inside);
    else
      part.set = {part.kind == Kind::formula ? typesetter::of_paragraph(inside) : inside};
    begin = end;
  }
}

std::string Typesetter::resolved(const std::string& html) const {
  std::string out;
  std::size_t at = 0;
  for (std::size_t mark = html.find(typesetter::opening); mark != std::string::npos;
       mark = html.find(typesetter::opening, at)) {
    out += html.substr(at, mark - at);
    const std::size_t dot = html.find('.', mark);
    const std::size_t end = html.find(typesetter::closing, dot);
    const Part& part = parts_.at(std::stoul(html.substr(mark + 1, dot - mark - 1)));
    out += part.set.at(std::stoul(html.substr(dot + 1, end - dot - 1)));
    at = end + 1;
  }
  return out + html.substr(at);
}

std::string Typesetter::page(const std::string& markdown) {
  std::string source;
  std::istringstream lines(markdown);
  for (std::string line; std::getline(lines, line);)
    source += (line.starts_with("@figure ") ? "\n<!--" + line.substr(1) + "-->\n" : line) + "\n";
  return typesetter::pandoc(source);
}

}  // namespace touchstone::inline v0::book
