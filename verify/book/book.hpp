#pragma once
/// \file
/// The book: a static web site about every method and compressor, made from the registry of claims, the reference's headers, the
/// texts below book/ and what a run of the claims found.

#include <map>
#include <string>
#include <vector>

#include "verify/book/site.hpp"
#include "verify/book/subjects.hpp"
#include "verify/book/typesetter.hpp"
#include "verify/figures/figure.hpp"
#include "verify/program/report.hpp"

namespace touchstone::inline v0::book {

/// What the pages are made from and added to.
struct Book {
  VerifyRun run;
  std::map<std::string, ClaimResult> results;  ///< by the claim's id; claims that were not checked are missing
  std::map<std::string, std::string> figures;  ///< HTML of the chapters' figures, by name
  Typesetter typesetter;
  Site site;
};

/// HTML of a claim: heading of this level, statement, evidence, mistakes, picture. Its picture's files are added to the site.
[[nodiscard]] std::string claim_section(Book& book, const Claim& claim, int heading_level);

/// The badge of a level; of a claim that was not checked or does not hold, that.
[[nodiscard]] std::string level_badge(const Book& book, const Claim& claim);

/// Its id, leading to where it stands.
[[nodiscard]] std::string claim_link(const std::string& id);

/// A picture with its caption (HTML), alternative text, CSV and command; inline, so that it takes the page's colours.
[[nodiscard]] std::string picture(Book& book, const std::string& name, const std::string& svg,
                                  const std::string& csv, const std::string& caption,
                                  const std::string& alternative, const std::string& command);

/// A docstring's parts: paragraphs, pseudocode, fields.
[[nodiscard]] std::string docstring_html(Book& book, const std::vector<Docstring::Part>& parts);

void add_subject_pages(Book& book);
void add_claim_pages(Book& book);
void add_table_pages(Book& book);
void add_prose_pages(Book& book);
void add_exercise_page(Book& book);
void draw_figures(Book& book);

/// All files of the book. `say` is told what is being done. Throws std::runtime_error where pandoc, gnuplot or lunr is missing, or
/// where a text does not fit the code (a link, a note, a formula).
[[nodiscard]] std::vector<SiteFile> make_book(const VerifyRun& run, const std::vector<ClaimResult>& results,
                                              const std::function<void(const std::string&)>& say);

}  // namespace touchstone::inline v0::book
