#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "verify/book/book.hpp"
#include "verify/book/html.hpp"
#include "verify/book/pictures.hpp"

namespace touchstone::inline v0::book {

namespace claim_section_of {

std::string list(Book& book, const std::vector<std::string>& lines) {
  std::string items;
  for (const std::string& line : lines) items += element("li", book.typesetter.statement(line));
  return element("ul", items) + "\n";
}

std::string figure_or_dash(double value) {
  return std::isfinite(value) ? fmt::format("{:.4g}", value) : "–";
}

std::string evidence_table(Book& book, const ClaimResult& result) {
  std::string rows;
  for (const Evidence& evidence : result.evidence)
    rows += table_row(to_string(evidence.layer),
                      {evidence.level ? to_string(*evidence.level) : "a second opinion",
                       to_string(evidence.verdict), book.typesetter.statement(evidence.detail)});
  return table("", {"layer", "shows", "verdict", "what was checked"}, rows, "class=\"evidence\"");
}

std::string mistakes(Book& book, const ClaimResult& result) {
  std::string items;
  for (const std::string& name : result.mutants) {
    const bool survived = std::ranges::find(result.mutants_survived, name) != result.mutants_survived.end();
    items += element("li", book.typesetter.statement(name) + (survived ? " <strong>(not caught)</strong>" : ""));
  }
  const std::string summary =
      fmt::format("{} of {} deliberate mistakes are caught", result.mutants_caught(), result.mutants.size());
  return element("details", element("summary", summary) + element("ul", items)) + "\n";
}

std::string verdict(const ClaimResult& result) {
  std::string text =
      fmt::format("<p class=\"verdict\">{}", result.holds ? "Holds." : "<strong>Does not hold.</strong>");
  if (std::isfinite(result.tightness.ratio))
    text += fmt::format(" Largest ratio of the two sides seen: {}{}; least slack: {}.",
                        figure_or_dash(result.tightness.ratio), result.tightness.ratio == 1 ? " (attained)" : "",
                        figure_or_dash(result.tightness.slack));
  return text + "</p>\n";
}

std::string run_picture(Book& book, const Claim& claim, const FollowedRun& run) {
  const std::string name = slug(claim.id);
  const FollowedRun::Point& last = run.points.back();
  const std::string caption = fmt::format(
      "{} beside its bound, on the instance {}: of those checked the one that ends nearest to its bound.",
      book.typesetter.statement(run.quantity), escaped(run.run));
  const std::string alternative =
      fmt::format("Two curves over {} iterations: {} falls to {:.3g}, its bound to {:.3g}", last.iteration,
                  run.quantity, last.measured, last.bound);
  return picture(book, name, svg_of({chart_of(run)}, 1, name), csv_of(run), caption, alternative,
                 "touchstone figure " + claim.id + " --output .");
}

}  // namespace claim_section_of

std::string level_badge(const Book& book, const Claim& claim) {
  const auto found = book.results.find(claim.id);
  std::string level = "not checked";
  if (found != book.results.end())
    level = !found->second.holds ? "fails" : found->second.level ? to_string(*found->second.level) : "none";
  return fmt::format("<span class=\"level level-{}\">{}</span>", slug(level), level);
}

std::string claim_link(const std::string& id) {
  return link("claim:" + id, element("code", id));
}

std::string claim_section(Book& book, const Claim& claim, int heading_level) {
  using namespace claim_section_of;
  std::string html = element(fmt::format("h{}", heading_level),
                             book.typesetter.statement(claim.title) + " " + level_badge(book, claim)) +
                     "\n";
  html += element("p", element("code", claim.id), "class=\"claim-id\"") + "\n";
  html += element("p", book.typesetter.statement(claim.statement), "class=\"statement\"") + "\n";
  if (!claim.hypotheses.empty()) html += element("p", "where", "class=\"where\"") + list(book, claim.hypotheses);
  html += element("p", "Source: " + escaped(claim.source), "class=\"source\"") + "\n";
  if (!claim.correction.empty())
    html += element("p", "As stated this is false. What is true: " + claim_link(claim.correction) + ".") + "\n";
  const auto found = book.results.find(claim.id);
  if (found == book.results.end()) {
    html += element("p", "Not checked in the run that this book was made from.", "class=\"verdict\"");
  } else {
    const ClaimResult& result = found->second;
    html += verdict(result);
    if (!result.pictures.trajectories.empty()) html += run_picture(book, claim, shown_run(result.pictures));
    html += evidence_table(book, result) + mistakes(book, result);
  }
  html += element("p", "To check it: " + element("code", "touchstone verify " + claim.id), "class=\"command\"");
  return element("section", html, "class=\"claim\" id=\"" + slug(claim.id) + "\"") + "\n";
}

std::string picture(Book& book, const std::string& name, const std::string& svg, const std::string& csv,
                    const std::string& caption, const std::string& alternative, const std::string& command) {
  book.site.add(SiteFile{"data/" + name + ".csv", csv});
  const std::size_t begin = svg.find("<svg");
  const std::size_t end = svg.find('>', begin);
  std::string inlined = svg.substr(begin, end - begin);
  // What stands in a page needs neither a document's declarations nor a fixed size.
  inlined += fmt::format(" role=\"img\" aria-label=\"{}\">", escaped(alternative));
  const std::size_t title = svg.find("<title>", end);
  const std::size_t after_title = title == std::string::npos ? end + 1 : svg.find("</title>", title) + 8;
  inlined += svg.substr(after_title);
  return fmt::format(
      "<figure>\n{}\n<figcaption>{} <span class=\"sources\"><a href=\"asset:data/{}.csv\">CSV</a> · "
      "<code>{}</code></span></figcaption>\n</figure>\n",
      inlined, caption, name, escaped(command));
}

}  // namespace touchstone::inline v0::book
