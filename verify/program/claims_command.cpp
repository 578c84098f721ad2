#include <fmt/format.h>

#include "verify/io/glob.hpp"
#include "verify/program/commands.hpp"

namespace touchstone::inline v0 {

std::vector<const Claim*> select_claims(const std::vector<std::string>& patterns) {
  std::vector<bool> matched(patterns.size(), false);
  std::vector<const Claim*> selected;
  for (const Claim& claim : claims()) {
    bool take = patterns.empty();
    for (std::size_t i = 0; i < patterns.size(); ++i)
      if (matches(patterns[i], claim.id)) take = matched[i] = true;
    if (take) selected.push_back(&claim);
  }
  for (std::size_t i = 0; i < patterns.size(); ++i)
    if (!matched[i])
      throw usage_error(fmt::format("no claim matches '{}'; 'touchstone claims' lists them", patterns[i]));
  return selected;
}

void add_claims_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("claims", "List the claims");
  auto patterns = std::make_shared<std::vector<std::string>>();
  command->add_option("pattern", *patterns, "Claim ids, or globs such as 'unified-sgd/*'")->type_name("GLOB");
  command->callback([patterns] {
    for (const Claim* claim : select_claims(*patterns)) print(fmt::format("{}\n    {}\n", claim->id, claim->title));
  });
}

void add_errata_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("errata", "Stated and refuted, with the correction");
  command->callback([] {
    for (const Claim& claim : claims())
      if (!claim.correction.empty())
        print(fmt::format("{}\n    stated     {}\n    source     {}\n    corrected  {}\n", claim.id,
                          claim.statement, claim.source, claim.correction));
  });
}

}  // namespace touchstone::inline v0
