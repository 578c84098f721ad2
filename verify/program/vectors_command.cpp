#include <algorithm>

#include <fmt/format.h>

#include "verify/oracle/vectors/suite.hpp"
#include "verify/program/commands.hpp"

namespace touchstone::inline v0 {

namespace {

struct VectorsOptions {
  std::string folder;
  std::string preset = "full";
  std::vector<std::string> exports;

  [[nodiscard]] bool exported(const char* language) const {
    return std::find(exports.begin(), exports.end(), language) != exports.end();
  }
};

void write_vectors(const VectorsOptions& options) {
  using namespace oracle::vectors;
  require_replaceable(options.folder, vectors_manifest, vectors_format);
  const Preset preset = options.preset == "minimal" ? Preset::minimal : Preset::full;
  const Suite suite = make_suite(preset, {options.exported("cpp"), options.exported("numpy")});
  write_folder(options.folder, suite.files, vectors_manifest, vectors_format);
  const SuiteCounts& counts = suite.counts;
  print(fmt::format("{} vectors in {} files\n    {} valid, {} acceptable, {} invalid\n    preset {}\n",
                    suite.ids.size(), counts.files, counts.valid, counts.acceptable, counts.invalid,
                    options.preset));
}

}  // namespace

void add_vectors_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("vectors", "Write test vectors for other implementations");
  auto options = std::make_shared<VectorsOptions>();
  command->add_option("DIR", options->folder, "Folder: new, empty, or of an earlier call (replaced)")
      ->required()
      ->type_name("");
  command->add_option("--preset", options->preset, "full, or minimal: a subset that runs in a second")
      ->check(one_of({"minimal", "full"}))
      ->type_name("NAME")
      ->capture_default_str();
  command->add_option("--export", options->exports, "Also export/ for cpp or numpy; may be repeated")
      ->check(one_of({"cpp", "numpy"}))
      ->type_name("LANGUAGE")
      ->allow_extra_args(false);
  command->callback([options] { write_vectors(*options); });
}

}  // namespace touchstone::inline v0
