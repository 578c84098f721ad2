#include <iostream>

#include <fmt/format.h>

#include "verify/oracle/self_test/catalogue.hpp"
#include "verify/program/commands.hpp"

namespace touchstone::inline v0 {

namespace {

std::string list_of_specimens() {
  std::string text;
  for (const oracle::self_test::Specimen& specimen : oracle::self_test::catalogue())
    text += fmt::format("{}{}\n", specimen.id, specimen.fault.empty() ? "" : "   " + specimen.fault);
  return text;
}

void serve_specimen(const std::string& id) {
  const oracle::self_test::Specimen* specimen = oracle::self_test::find_specimen(id);
  if (specimen == nullptr)
    throw usage_error(
        fmt::format("specimen: found '{}', expected an id that 'touchstone specimen --list' prints", id));
  std::ios::sync_with_stdio(false);
  oracle::self_test::serve(*specimen->make(), std::cin, std::cout);
}

}  // namespace

void add_specimen_command(CLI::App& app) {
  // Without a group it is not in the help: it is there for the tests of the oracle.
  CLI::App* command =
      app.add_subcommand("specimen", "Serve an implementation that the oracle is measured against")->group("");
  auto id = std::make_shared<std::string>();
  auto list = std::make_shared<bool>(false);
  CLI::Option* named = command->add_option("id", *id, "Such as rand-k/scale-forgotten")->type_name("ID");
  command->add_flag("--list", *list, "Print the ids, and what is wrong")->excludes(named);
  command->callback([id, list] {
    if (*list)
      print(list_of_specimens());
    else
      serve_specimen(*id);
  });
}

}  // namespace touchstone::inline v0
