#include <filesystem>

#include <fmt/format.h>

#include "proofs/bridge.hpp"
#include "proofs/obligation.hpp"
#include "verify/io/atomic_file.hpp"
#include "verify/program/commands.hpp"

namespace touchstone::inline v0 {

namespace {

void make_folder(const std::filesystem::path& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) throw output_error(fmt::format("{}: cannot be created ({})", folder.string(), failed.message()));
}

void write_all(const std::filesystem::path& folder) {
  std::size_t written = 0;
  for (const proofs::Obligation& obligation : proofs::obligations())
    for (const proofs::ObligationFile& file : proofs::files(obligation)) {
      const std::filesystem::path path = folder / file.name;
      make_folder(path.parent_path());
      write_file(path.string(), file.text);
      ++written;
    }
  make_folder(folder / "coq");
  write_file((folder / "coq" / "Bridge.v").string(), proofs::bridge_text(proofs::bridge_lemmas()));
  print(fmt::format("{} files written below {}\n", written + 1, folder.string()));
}

}  // namespace

void add_obligations_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("obligations", "Write what the solvers and Coq are asked, as files");
  auto directory = std::make_shared<std::string>();
  command->add_option("directory", *directory, "Folder to write to; it is created")->required()->type_name("DIR");
  command->callback([directory] { write_all(*directory); });
}

}  // namespace touchstone::inline v0
