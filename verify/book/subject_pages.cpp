#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include <fmt/format.h>

#include "verify/book/book.hpp"
#include "verify/book/html.hpp"
#include "verify/book/pictures.hpp"
#include "verify/book/source.hpp"

namespace touchstone::inline v0::book {

namespace subject_pages {

std::string region_html(Book& book, const SourceRegion& region) {
  std::string text;
  for (const SourceLine& line : region.lines) text += line.text + "\n";
  const std::vector<std::string> lines = book.typesetter.code(text);
  std::string html;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const std::string& note = region.lines[k].note;
    html +=
        element("div", element("code", lines[k]), note.empty() ? "class=\"line\"" : "class=\"line noted\"") + "\n";
    if (!note.empty()) html += element("div", book.typesetter.markdown(note), "class=\"note\"") + "\n";
  }
  const std::string name = element("code", "reference/touchstone/" + region.header);
  return element("p", fmt::format("{}, from line {}", name, region.first_line), "class=\"file\"") + "\n" +
         element("div", html,
                 "class=\"source\" tabindex=\"0\" role=\"region\" aria-label=\"Source of " + region.header + "\"") +
         "\n";
}

std::string source_html(Book& book, const Notes& notes) {
  std::string html;
  for (const SourceRegion& region : notes.regions) html += region_html(book, region);
  return html;
}

/// What a step sends, in words and, where the header counts it, in bits.
std::string wire_html(Book& book, const Subject& subject) {
  const std::string sends = subject.docstring.field("Sends");
  std::string html = sends.empty() ? "" : element("p", book.typesetter.statement(sends)) + "\n";
  for (const char* count : {" bits_per_iteration(", " message_bits("})
    if (subject.header->text.find(count) != std::string::npos)
      html += region_html(book, region_of(subject.header->name, count));
  return html.empty() ? "" : element("h2", "On the wire", "id=\"wire\"") + "\n" + html;
}

/// "theory/unified_sgd/diana.hpp; theory/marina/joint.hpp for ...": the headers that a text names.
std::vector<std::string> headers_in(const std::string& text) {
  std::vector<std::string> all;
  for (std::size_t at = text.find("theory/"); at != std::string::npos; at = text.find("theory/", at + 1)) {
    const std::size_t end = text.find(".hpp", at);
    if (end == std::string::npos) break;
    const std::string name = text.substr(at, end + 4 - at);
    if (name.find(' ') == std::string::npos && !comment_of(name).empty()) all.push_back(name);
  }
  return all;
}

std::string theory_html(Book& book, const Subject& subject) {
  std::string html;
  for (const std::string& header : headers_in(subject.docstring.field("Theory"))) {
    const Docstring docstring = docstring_of(comment_of(header));
    html += fmt::format("<p>{}</p>\n", book.typesetter.statement(docstring.summary)) +
            docstring_html(book, docstring.parts);
    html += fmt::format("<p class=\"file\"><code>reference/touchstone/{}</code></p>\n", header);
  }
  return html.empty() ? "" : "<h2 id=\"constants\">Constants</h2>\n" + html;
}

std::string outcomes_table(Book& book, const OutcomeTable& law) {
  const auto cells = [&book](const std::vector<std::string>& values) {
    std::vector<std::string> all;
    for (const std::string& value : values) all.push_back(book.typesetter.statement(value));
    return all;
  };
  std::vector<std::string> heads = {"probability"};
  for (std::size_t i = 0; i < law.coordinates.size(); ++i) heads.push_back(fmt::format("coordinate {}", i + 1));
  std::string rows = table_row(book.typesetter.statement("x") + " itself", cells(law.coordinates));
  for (const OutcomeTable::Outcome& outcome : law.outcomes) {
    const std::string bar =
        element("span", "", fmt::format("class=\"bar\" style=\"width:{:.3g}em\"", 6 * outcome.weight));
    rows += table_row(book.typesetter.statement(outcome.probability) + bar, cells(outcome.coordinates));
  }
  return table("All outcomes, exactly", heads, rows, "class=\"law\"");
}

std::string law_html(Book& book, const Subject& subject) {
  for (const Claim* claim : subject.claims) {
    const auto found = book.results.find(claim->id);
    if (found == book.results.end() || found->second.pictures.laws.empty()) continue;
    const OutcomeTable& law = found->second.pictures.laws.front();
    const std::string name = "law-" + subject.id;
    const std::string caption = fmt::format(
        "What {} makes of one vector: every value that a coordinate can take, the area of its disc the "
        "probability; rings mark the vector itself.",
        book.typesetter.statement(law.compressor));
    const std::string alternative = fmt::format("{} of ({}): {} outcomes", law.compressor,
                                                fmt::join(law.coordinates, ", "), law.outcomes.size());
    return element("h2", "Its law", "id=\"law\"") +
           picture(book, name, svg_of({chart_of(law)}, 1, name), csv_of(law), caption, alternative,
                   "touchstone figure " + claim->id + " --output .") +
           outcomes_table(book, law);
  }
  return "";
}

/// Of one obligation or constant, which the claim itself lists; the others are mistakes in the method.
bool is_of_a_proof(const std::string& mutant) {
  return mutant.find(": ") != std::string::npos || mutant.find(" times ") != std::string::npos;
}

std::string mistakes_html(Book& book, const Subject& subject) {
  std::map<std::string, std::set<std::string>> caught_by;
  for (const Claim* claim : subject.claims) {
    const auto found = book.results.find(claim->id);
    if (found == book.results.end()) continue;
    for (const std::string& mutant : found->second.mutants)
      if (!is_of_a_proof(mutant)) caught_by[mutant].insert(claim->id);
  }
  if (caught_by.empty()) return "";
  std::string rows;
  for (const auto& [mistake, ids] : caught_by) {
    std::string names;
    for (const std::string& id : ids)
      names += (names.empty() ? "" : ", ") + link("claim:" + id, escaped(id.substr(id.find('/') + 1)));
    rows += table_row(book.typesetter.statement(mistake), {names});
  }
  return element("h2", "Known mistakes, and what catches them", "id=\"mistakes\"") + "\n" +
         element("p",
                 "Each was made on purpose, in the method or in its constants; the claim beside it then failed, as "
                 "it must.") +
         table("", {"mistake", "caught by"}, rows);
}

/// Names of other methods in the text become links, the longest first.
std::string with_links(Book& book, const Subject& subject, const std::string& text) {
  std::string names;
  for (const Subject& other : subjects()) {
    if (&other == &subject || other.docstring.title.size() < 2) continue;
    const std::string& title = other.docstring.title;
    const std::size_t at = text.find(title);
    const auto joins = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '*';
    };
    if (at == std::string::npos || (at > 0 && joins(text[at - 1])) ||
        (at + title.size() < text.size() && joins(text[at + title.size()])))
      continue;
    names += fmt::format("{}<a href=\"{}:{}\">{}</a>", names.empty() ? "" : ", ",
                         other.is_compressor ? "compressor" : "method", other.id, escaped(title));
  }
  const bool to_descent = text.find("gradient descent") != std::string::npos && subject.id != "gd";
  if (to_descent) names += fmt::format("{}<a href=\"method:gd\">GD</a>", names.empty() ? "" : ", ");
  const std::string statement = "<p>" + book.typesetter.statement(text) + "</p>\n";
  return names.empty() ? statement : statement + "<p>See " + names + ".</p>\n";
}

std::string summary_table(Book& book, const Subject& subject) {
  std::string rows;
  for (const Claim* claim : subject.claims)
    rows +=
        table_row(link("claim:" + claim->id, book.typesetter.statement(claim->title)), {level_badge(book, *claim)});
  return table("", {"claim", "level"}, rows, "class=\"claims\"");
}

std::string body_of(Book& book, const Subject& subject) {
  const auto heading = [](const std::string& id, const std::string& text) {
    return element("h2", text, "id=\"" + id + "\"") + "\n";
  };
  const Notes notes = notes_of(subject);
  std::string html =
      element("p", link("chapter:" + subject.chapter->id, subject.chapter->title), "class=\"crumb\"") + "\n";
  html += element("h1", escaped(subject.docstring.title)) + "\n";
  if (!notes.lead.empty()) html += element("div", book.typesetter.markdown(notes.lead), "class=\"lead\"") + "\n";
  html += heading("method", subject.is_compressor ? "The compressor" : "The method");
  html += element("p", book.typesetter.statement(subject.docstring.summary)) + "\n" +
          docstring_html(book, subject.docstring.parts);
  html += law_html(book, subject);
  if (!notes.regions.empty()) html += heading("source", "Its source") + source_html(book, notes);
  html += wire_html(book, subject) + theory_html(book, subject);
  const std::string reductions = subject.docstring.field("Reductions");
  if (!reductions.empty())
    html += heading("reductions", "What it reduces to") + with_links(book, subject, reductions);
  if (!subject.claims.empty()) html += heading("claims", "Theorems and evidence") + summary_table(book, subject);
  for (const Claim* claim : subject.claims) html += claim_section(book, *claim, 3);
  html += mistakes_html(book, subject);
  if (!notes.references.empty())
    html += heading("references", "References") + book.typesetter.markdown(notes.references);
  return html;
}

}  // namespace subject_pages

void add_subject_pages(Book& book) {
  for (const Subject& subject : subjects()) {
    for (const Claim* claim : subject.claims)
      book.site.add_claim(claim->id, subject.path() + "#" + slug(claim->id));
    book.site.add(SitePage{subject.path(), subject.docstring.title, subject.is_compressor ? "compressor" : "method",
                           subject.chapter->id, subject_pages::body_of(book, subject)});
  }
}

void add_claim_pages(Book& book) {
  const auto add = [&book](const std::string& id, const std::string& area, const std::string& title,
                           const std::string& crumb) {
    const std::string path = "claims/" + id + ".html";
    std::string html = crumb + "<h1>" + title + "</h1>\n";
    for (const Claim& claim : claims()) {
      if (claim.area() != area || book.site.has_claim(claim.id)) continue;
      html += claim_section(book, claim, 2);
      book.site.add_claim(claim.id, path + "#" + slug(claim.id));
    }
    book.site.add(SitePage{path, title, "claims", id, html});
  };
  for (const Chapter& chapter : chapters())
    add(chapter.id, chapter.area, "Other claims: " + chapter.title,
        fmt::format("<p class=\"crumb\"><a href=\"chapter:{}\">{}</a></p>\n", chapter.id, chapter.title));
  add("proofs", "proofs", "Claims about the proofs",
      "<p class=\"crumb\"><a href=\"page:evidence\">Evidence</a></p>\n");
}

}  // namespace touchstone::inline v0::book
