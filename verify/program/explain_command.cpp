#include <algorithm>

#include <fmt/format.h>

#include "verify/claims/proof_check.hpp"
#include "verify/program/commands.hpp"
#include "verify/program/pages.hpp"

namespace touchstone::inline v0 {

namespace {

/// The header that a subject's page is in, where it is not named after the subject.
std::string file_of(const std::string& subject) {
  if (subject == "ec-gd-star") return "ec_gd";
  if (subject == "qsgd" || subject == "parallel-top1-gd") return "parallel_sgd";
  if (subject == "theorem") return "assumption";
  std::string file = subject;
  std::replace(file.begin(), file.end(), '-', '_');
  return file;
}

std::string pages_of(const std::string& subject) {
  std::vector<std::string> files{file_of(subject)};
  if (subject == "qsgd") files.emplace_back("qsgd");
  if (subject == "parallel-top1-gd") files.emplace_back("top1_counterexample");
  std::string text;
  for (const std::string& file : files)
    for (const Page& page : pages())
      if (page.header.ends_with("/" + file + ".hpp")) text += fmt::format("--- {}\n{}\n", page.header, page.text);
  return text;
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
  if (claim.derivation) text += claim.derivation() + "\n";
  const std::string proofs = proof_pages(claim.id);
  if (!proofs.empty()) text += fmt::format("--- obligations\n{}\n", proofs);
  return text + pages_of(claim.subject());
}

std::string explain(const std::string& id) {
  std::string claims_about;
  for (const Claim& claim : claims()) {
    if (claim.id == id) return explain_claim(claim);
    if (claim.subject() == id || claim.area() + "/" + claim.subject() == id)
      claims_about += fmt::format("  {}\n      {}\n", claim.id, claim.title);
  }
  std::string text = pages_of(id.substr(id.find('/') == std::string::npos ? 0 : id.find('/') + 1));
  if (!claims_about.empty()) text += "--- claims\n" + claims_about;
  if (text.empty())
    throw usage_error(
        fmt::format("explain: found '{}', expected the id of a claim ('touchstone claims' lists them), or "
                    "of a method or compressor such as diana or rand-k",
                    id));
  return text;
}

}  // namespace

void add_explain_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("explain", "What a claim, a method or a compressor says");
  auto id = std::make_shared<std::string>();
  command->add_option("id", *id, "Such as unified-sgd/diana/rate, diana, top-k")->required()->type_name("ID");
  command->callback([id] { print(explain(*id)); });
}

}  // namespace touchstone::inline v0
