#include <fmt/format.h>

#include "proofs/obligation.hpp"
#include "verify/io/errors.hpp"
#include "verify/program/commands.hpp"

namespace touchstone::inline v0 {

void add_obligations_command(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("obligations", "Write the proof obligations as SMT-LIB 2 files");
  auto directory = std::make_shared<std::string>();
  command->add_option("directory", *directory, "Folder to write to; it is created")->required()->type_name("DIR");
  command->callback([directory] {
    try {
      print(fmt::format("{} files written below {}\n", proofs::write_obligations(*directory), *directory));
    } catch (const std::exception& error) {
      throw output_error(error.what());
    }
  });
}

}  // namespace touchstone::inline v0
