#include <algorithm>

#include <fmt/format.h>

#include "verify/book/html.hpp"
#include "verify/book/pictures.hpp"
#include "verify/book/source.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/program/commands.hpp"
#include "verify/program/pages.hpp"

namespace touchstone::inline v0 {

namespace explain_command {

constexpr int plot_width = 76;
constexpr int plot_height = 20;

/// The docstring of the header that a subject is about, and of what a method's own names as its theory.
std::string pages_of(const std::string& header) {
  std::string text;
  for (const Page& page : pages())
    if (page.header.ends_with("/" + header + ".hpp")) text += fmt::format("--- {}\n{}\n", page.header, page.text);
  return text;
}

std::string without_last_newlines(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

/// Source lines with what the book says about them.
std::string source_of(const book::Notes& notes) {
  std::string text;
  for (const book::SourceRegion& region : notes.regions) {
    text += fmt::format("--- source: {}, from line {}\n", region.header, region.first_line);
    for (const book::SourceLine& line : region.lines) {
      text += line.text + "\n";
      if (!line.note.empty())
        text += "    # " + book::replaced(without_last_newlines(line.note), "\n", "\n    # ") + "\n";
    }
    text += "\n";
  }
  return text;
}

/// The run beside its bound, in characters; without gnuplot, that there is none.
std::string plot_of(const Pictures& pictures) {
  if (pictures.trajectories.empty()) return "";
  const FollowedRun& run = book::shown_run(pictures);
  try {
    return fmt::format("--- {}: {}\n{}\n", run.run, run.quantity,
                       character_plot(book::chart_of(run), plot_width, plot_height));
  } catch (const std::runtime_error& error) {
    return fmt::format("--- {}\n\n", error.what());
  }
}

std::string law_of(const Pictures& pictures) {
  if (pictures.laws.empty()) return "";
  const OutcomeTable& law = pictures.laws.front();
  constexpr std::size_t bar = 30;
  std::string text =
      fmt::format("--- {}, outcomes at x = ({})\n", law.compressor, fmt::join(law.coordinates, ", "));
  for (const OutcomeTable::Outcome& outcome : law.outcomes)
    text += fmt::format("  {:<{}} {:>8}  ({})\n",
                        std::string(static_cast<std::size_t>(outcome.weight * static_cast<double>(bar) + 0.5), '#'),
                        bar, outcome.probability, fmt::join(outcome.coordinates, ", "));
  return text + "\n";
}

std::string explain_claim(const Claim& claim) {
  std::string text = fmt::format("{}\n  {}\n\n  statement   {}\n", claim.id, claim.title, claim.statement);
  for (const std::string& hypothesis : claim.hypotheses) text += fmt::format("  hypothesis  {}\n", hypothesis);
  text += fmt::format("  source      {}\n", claim.source);
  if (!claim.correction.empty()) text += fmt::format("  corrected   {}\n", claim.correction);
  const ClaimResult result = verify(claim, 1);
  text += fmt::format("\n  level       {}{}\n", result.level ? to_string(*result.level) : "none",
                      result.holds ? "" : ", and something does not hold");
  for (const Evidence& evidence : result.evidence)
    text += fmt::format("  evidence    {}: {}: {}\n", to_string(evidence.layer), to_string(evidence.verdict),
                        evidence.detail);
  text += fmt::format("  mutants     {} of {} caught\n", result.mutants_caught(), result.mutants.size());
  text += fmt::format("  reproduce   touchstone verify '{}' --seed 1\n\n", claim.id);
  text += plot_of(result.pictures) + law_of(result.pictures);
  if (claim.derivation) text += claim.derivation() + "\n";
  const std::string proofs = proof_pages(claim.id);
  if (!proofs.empty()) text += fmt::format("--- obligations\n{}\n", proofs);
  const std::string header = book::header_of(claim.area(), claim.subject());
  return header.empty() ? text : text + pages_of(header);
}

std::string claims_about(const std::vector<const Claim*>& about) {
  std::string text;
  for (const Claim* claim : about) text += fmt::format("  {}\n      {}\n", claim->id, claim->title);
  return text.empty() ? "" : "--- claims\n" + text;
}

/// What the page of the book says.
std::string explain_subject(const book::Subject& subject) {
  const book::Notes notes = book::notes_of(subject);
  std::string text = notes.lead.empty() ? "" : without_last_newlines(notes.lead) + "\n\n";
  text += pages_of(subject.header->name.substr(subject.header->name.rfind('/') + 1,
                                               subject.header->name.size() - subject.header->name.rfind('/') - 5));
  text += source_of(notes) + claims_about(subject.claims);
  return notes.references.empty() ? text : text + "--- references\n" + notes.references;
}

std::string explain(const std::string& id) {
  std::vector<const Claim*> about;
  for (const Claim& claim : claims()) {
    if (claim.id == id) return explain_claim(claim);
    if (claim.subject() == id || claim.area() + "/" + claim.subject() == id) about.push_back(&claim);
  }
  for (const book::Subject& subject : book::subjects())
    if (subject.id == id) return explain_subject(subject);
  const std::string header = about.empty() ? "" : book::header_of(about.front()->area(), about.front()->subject());
  const std::string text = (header.empty() ? "" : pages_of(header)) + claims_about(about);
  if (!text.empty()) return text;
  const std::string named = pages_of(book::replaced(id, "-", "_"));
  if (!named.empty()) return named;
  throw usage_error(
      fmt::format("explain: found '{}', expected the id of a claim ('touchstone claims' lists them), or "
                  "of a method or compressor such as diana or rand-k",
                  id));
}

}  // namespace explain_command

void add_explain_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("explain", "What a claim, a method or a compressor says");
  auto id = std::make_shared<std::string>();
  command->add_option("id", *id, "Such as unified-sgd/diana/rate, diana, top-k")->required()->type_name("ID");
  command->callback([id] { print(explain_command::explain(*id)); });
}

}  // namespace touchstone::inline v0
