#include <filesystem>

#include <fmt/format.h>

#include "verify/book/claim_figure.hpp"
#include "verify/figures/figure.hpp"
#include "verify/io/atomic_file.hpp"
#include "verify/program/commands.hpp"

namespace touchstone::inline v0 {

namespace {

struct FigureOptions {
  std::string name;
  std::string output;
};

/// A figure of the chapters, or what the check of a claim keeps.
Figure asked_for(const std::string& name) {
  for (const Claim& claim : claims())
    if (claim.id == name) return book::claim_figure(claim);
  return figure_named(name);
}

void list_figures() {
  for (const Figure& figure : figures()) print(fmt::format("{:<22} {}\n", figure.name, figure.title));
}

/// Both files are opened before the work begins, and written when all of it is done.
void write_figure(const Figure& figure, const std::filesystem::path& folder) {
  std::error_code ignored;  // where it cannot be made, the first file says so
  std::filesystem::create_directories(folder, ignored);
  AtomicFile csv((folder / (figure.name + ".csv")).string());
  AtomicFile svg((folder / (figure.name + ".svg")).string());
  const FigureData data = figure.make();
  csv.write(data.csv);
  svg.write(svg_of(figure, data));
  csv.flush();  // where the disk is full, neither is there
  svg.flush();
  csv.commit();
  svg.commit();
  print(data.shows + "\n");
}

void figure_command(const CLI::App& command, const FigureOptions& options) {
  const bool named = command.count("NAME") > 0;
  const bool placed = command.count("--output") > 0;
  if (!named && placed) throw usage_error("NAME: found none, but --output; expected the name of a figure");
  if (named && !placed) {
    (void)asked_for(options.name);
    throw usage_error("--output is required; expected --output DIR");
  }
  if (placed && options.output.empty()) throw usage_error("--output: found '', expected a folder");
  if (named)
    write_figure(asked_for(options.name), options.output);
  else
    list_figures();
}

}  // namespace

void add_figure_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("figure", "Draw a figure of the book's chapters, or list them");
  auto options = std::make_shared<FigureOptions>();
  command->add_option("NAME", options->name, "A figure, or a claim; without it figures are listed")->type_name("");
  command->add_option("--output", options->output, "Write NAME.csv and NAME.svg into this folder")
      ->type_name("DIR");
  command->footer(
      "Every figure is computed from a seed: no file is read, and the bytes are the\n"
      "same each time. Needs gnuplot.");
  command->callback([command, options] { figure_command(*command, *options); });
}

}  // namespace touchstone::inline v0
