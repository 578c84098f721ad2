#include <algorithm>
#include <array>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "verify/book/book.hpp"
#include "verify/book/html.hpp"
#include "verify/book/symbols.hpp"

namespace touchstone::inline v0::book {

namespace table_pages {

/// The claim that a row of the table quotes: what the theory promises first.
const Claim* main_claim(const Subject& subject) {
  static constexpr std::array names = {"/assumption", "/row",       "/omega",   "/contract", "/delta",
                                       "/constants",  "/estimator", "/theorem", "/rate",     "/exact"};
  for (const char* name : names)
    for (const Claim* claim : subject.claims)
      if (claim->id.ends_with(name)) return claim;
  return subject.claims.empty() ? nullptr : subject.claims.front();
}

/// The best level of its claims.
std::string best_level(const Book& book, const Subject& subject) {
  std::optional<Level> best;
  for (const Claim* claim : subject.claims) {
    const auto found = book.results.find(claim->id);
    if (found == book.results.end() || !found->second.holds || !found->second.level ||
        found->second.level == Level::refuted)
      continue;
    if (!best || *found->second.level < *best) best = found->second.level;
  }
  return best ? to_string(*best) : "none";
}

std::string yes_or_no(bool value) {
  return value ? "yes" : "no";
}

/// What the header itself says of it.
struct Properties {
  bool compresses = false;      ///< sends messages of a compressor
  bool samples = false;         ///< draws components of the functions, or noise
  bool finds_solution = false;  ///< no noise is left: D1 = D2 = 0 in its row, or its claims say so
};

Properties properties_of(const Subject& subject) {
  const std::string draws = subject.docstring.field("Draws");
  const auto source_has = [&](const char* text) { return subject.header->text.find(text) != std::string::npos; };
  Properties found;
  found.compresses = source_has("Compressor<") || source_has("compressor.compress") ||
                     subject.docstring.field("Sends").find("message of") != std::string::npos;
  static const std::set<std::string> sampled = {"j",        "j_1",       "J",      "xi",  "sampling",
                                                "gradient", "gradients", "ghat_i", "g_i", "noise"};
  std::istringstream words(draws);
  for (std::string word; words >> word;) {
    word.erase(word.find_last_not_of(",;:.") + 1);
    found.samples = found.samples || sampled.contains(word);
  }
  for (const Claim* claim : subject.claims)
    found.finds_solution = found.finds_solution || claim->statement.find("D1 = D2 = 0") != std::string::npos ||
                           claim->statement.find("E|x^k - x*|^2 -> 0") != std::string::npos;
  return found;
}

std::string badge(const std::string& level) {
  return element("span", level, "class=\"level level-" + slug(level) + "\"");
}

std::string methods_table(Book& book) {
  std::string rows;
  for (const Subject& subject : subjects()) {
    if (subject.is_compressor) continue;
    const Properties properties = properties_of(subject);
    const Claim* claim = main_claim(subject);
    std::size_t mutants = 0;
    for (const Claim* one : subject.claims) {
      const auto found = book.results.find(one->id);
      if (found != book.results.end()) mutants += found->second.mutants_caught();
    }
    rows += table_row(link("method:" + subject.id, escaped(subject.docstring.title)),
                      {subject.chapter->title, yes_or_no(properties.compresses), yes_or_no(properties.samples),
                       yes_or_no(properties.finds_solution), badge(best_level(book, subject)),
                       std::to_string(subject.claims.size()), std::to_string(mutants),
                       claim == nullptr ? "" : book.typesetter.statement(claim->statement)});
  }
  return rows;
}

std::string compressors_table(Book& book) {
  std::string rows;
  for (const Subject& subject : subjects()) {
    if (!subject.is_compressor) continue;
    const std::string contract = subject.docstring.field("Contract");
    rows += table_row(link("compressor:" + subject.id, escaped(subject.docstring.title)),
                      {contract.starts_with("unbiased")      ? "unbiased"
                       : contract.starts_with("contractive") ? "contractive"
                                                             : "other",
                       badge(best_level(book, subject)), book.typesetter.statement(contract),
                       book.typesetter.statement(subject.docstring.field("Sends"))});
  }
  return rows;
}

/// What book.js sorts, and filters by a menu of a column's values.
std::string filtered_by(const std::string& head) {
  return element("th", head, "scope=\"col\" data-filter");
}

void add_methods(Book& book) {
  std::string html =
      element("h1", "All methods and compressors") +
      element("p",
              "Every row is read off the method's own header, its claims and the run that this book was made from. "
              "A heading sorts; menus and the field above each table filter.");
  html += element("h2", "Methods", "id=\"all-methods\"");
  html += table("Methods by their properties",
                {"method", filtered_by("chapter"), filtered_by("compresses"), filtered_by("samples"),
                 filtered_by("finds the solution"), filtered_by("best level"), "claims", "mistakes caught",
                 "what is promised"},
                methods_table(book), "class=\"sortable\" id=\"methods-table\"");
  html += element("h2", "Compressors", "id=\"all-compressors\"");
  html += table("Compressors by their contract",
                {"compressor", filtered_by("kind"), filtered_by("best level"), "contract", "sends"},
                compressors_table(book), "class=\"sortable\" id=\"compressors-table\"");
  book.site.add(SitePage{"methods.html", "All methods and compressors", "table", "", html});
}

void add_symbols(Book& book) {
  std::string html =
      element("h1", "Symbols") +
      element("p", "As they are written in the code and in the statements, and as this book sets them.");
  std::vector<std::string> sections;
  for (const Symbol& symbol : symbols())
    if (!symbol.meaning.empty() && (sections.empty() || sections.back() != symbol.section))
      sections.push_back(symbol.section);
  for (const std::string& section : sections) {
    std::string rows;
    for (const Symbol& symbol : symbols())
      if (symbol.section == section && !symbol.meaning.empty())
        rows += table_row(book.typesetter.formula(symbol.tex),
                          {element("code", escaped(symbol.name)), book.typesetter.markdown(symbol.meaning)});
    html += element("h2", section, "id=\"" + slug(section) + "\"") +
            table("", {"symbol", "in the code", "meaning"}, rows);
  }
  book.site.add(SitePage{"symbols.html", "Symbols", "table", "", html});
}

void add_errata(Book& book) {
  std::string html =
      element("h1", "Errata") + element("p",
                                        "What the sources state and the evidence refutes: each with the smallest "
                                        "witness found, exact, and with what is true instead.");
  for (const Claim& claim : claims()) {
    if (claim.correction.empty()) continue;
    std::string section = element("h2", book.typesetter.statement(claim.title) + " " + level_badge(book, claim),
                                  "id=\"erratum-" + slug(claim.id) + "\"");
    section += element("p", book.typesetter.statement(claim.statement), "class=\"statement\"");
    section += element("p", "Source: " + escaped(claim.source), "class=\"source\"");
    const auto found = book.results.find(claim.id);
    if (found != book.results.end() && !found->second.evidence.empty())
      section += element("p", "Witness: " + book.typesetter.statement(found->second.evidence.front().detail));
    section +=
        element("p", "In full: " + claim_link(claim.id) + ". What is true: " + claim_link(claim.correction) + ".");
    html += element("section", section, "class=\"claim\"") + "\n";
  }
  book.site.add(SitePage{"errata.html", "Errata", "table", "", html});
}

}  // namespace table_pages

void add_table_pages(Book& book) {
  table_pages::add_methods(book);
  table_pages::add_symbols(book);
  table_pages::add_errata(book);
}

}  // namespace touchstone::inline v0::book
