#include <algorithm>

#include <fmt/format.h>

#include "verify/book/book.hpp"
#include "verify/book/html.hpp"

namespace touchstone::inline v0::book {

namespace docstring_html_of {

/// Who does what follows: "worker i", "server".
bool is_actor(const std::vector<std::string>& columns) {
  return columns.size() > 1 && columns[0].size() <= 10 && columns[0].find_first_of("=<(+") == std::string::npos;
}

/// Formulas: a row for every line, a cell for every column.
std::string formulas(Book& book, const std::vector<std::string>& lines) {
  std::string rows;
  for (const std::string& line : lines) {
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    std::string cells;
    for (const std::string& column : columns_of(line.substr(indent)))
      cells += "<td>" + book.typesetter.statement(column) + "</td>";
    rows += "<tr>" + cells + "</tr>\n";
  }
  return "<div class=\"wide\"><table class=\"pseudocode\"><tbody>\n" + rows + "</tbody></table></div>\n";
}

/// A row for every line: who does it, what, and a remark; the first only where the line begins at the block's left.
std::string block(Book& book, const std::vector<std::string>& lines) {
  if (std::ranges::none_of(
          lines, [](const std::string& line) { return !line.starts_with(' ') && is_actor(columns_of(line)); }))
    return formulas(book, lines);
  std::string rows;
  for (const std::string& line : lines) {
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::vector<std::string> columns = columns_of(line.substr(indent));
    std::string cells;
    const bool labelled = indent == 0 && is_actor(columns);
    std::size_t next = 0;
    cells += fmt::format("<th scope=\"row\">{}</th>", labelled ? book.typesetter.statement(columns[next++]) : "");
    const std::string inset =
        !labelled && indent > 11 ? fmt::format(" style=\"padding-left:{}ch\"", indent - 11) : "";
    cells += fmt::format("<td{}>{}</td>", inset,
                         next < columns.size() ? book.typesetter.statement(columns[next++]) : "");
    std::string remark;
    for (; next < columns.size(); ++next)
      remark += (remark.empty() ? "" : " ") + book.typesetter.statement(columns[next]);
    rows += fmt::format("<tr>{}<td class=\"remark\">{}</td></tr>\n", cells, remark);
  }
  return "<div class=\"wide\"><table class=\"pseudocode\"><tbody>\n" + rows + "</tbody></table></div>\n";
}

}  // namespace docstring_html_of

std::string docstring_html(Book& book, const std::vector<Docstring::Part>& parts) {
  using Kind = Docstring::Part::Kind;
  std::string html;
  bool in_fields = false;
  for (const Docstring::Part& part : parts) {
    const bool is_field = part.kind == Kind::field;
    if (is_field != in_fields) html += is_field ? "<dl class=\"fields\">\n" : "</dl>\n";
    in_fields = is_field;
    if (is_field)
      html += fmt::format("<dt>{}</dt><dd>{}</dd>\n", escaped(part.name),
                          book.typesetter.statement(part.lines.front()));
    if (part.kind == Kind::paragraph) html += "<p>" + book.typesetter.statement(part.lines.front()) + "</p>\n";
    if (part.kind == Kind::block) html += docstring_html_of::block(book, part.lines);
  }
  return html + (in_fields ? "</dl>\n" : "");
}

}  // namespace touchstone::inline v0::book
