#include <cstdio>
#include <exception>

#include "verify/io/errors.hpp"
#include "verify/program/commands.hpp"

namespace {

using namespace touchstone;  // NOLINT(google-build-using-namespace): the program is the namespace's user

int complain(const std::string& line) {
  clear_progress();
  std::fprintf(stderr, "touchstone: %s\n", line.c_str());
  return static_cast<int>(ExitStatus::usage);
}

/// The parser would only say that a command is missing.
void require_known_command(const CLI::App& app, int argc, char** argv) {
  const std::string first = argc > 1 ? argv[1] : "";
  if (first.starts_with("-")) return;
  std::string expected;
  for (const CLI::App* command : app.get_subcommands(nullptr)) {
    if (command->get_name() == first) return;
    if (command->get_group().empty()) continue;
    expected += (expected.empty() ? "" : ", ") + command->get_name();
  }
  throw usage_error("found " + (first.empty() ? "no command" : "'" + first + "'") + ", expected one of " +
                    expected + "; 'touchstone --help' says more");
}

int run(int argc, char** argv) {
  CLI::App app(
      "touchstone: the reference that distributed and stochastic optimization methods\n"
      "are tested against.\n"
      "Exit status: 0 all holds; 1 something does not; 2 the call is wrong, or a file\n"
      "cannot be read or written.");
  app.name("touchstone");
  app.require_subcommand(1);
  app.set_version_flag("--version", TOUCHSTONE_VERSION);
  app.get_formatter()->column_width(26);
  ExitStatus status = ExitStatus::holds;
  add_verify_command(app, status);
  add_merge_command(app, status);
  add_claims_command(app);
  add_errata_command(app);
  add_explain_command(app);
  add_book_command(app);
  add_conform_command(app, status);
  add_run_command(app, status);
  add_compare_command(app, status);
  add_figure_command(app);
  add_check_command(app, status);
  add_obligations_command(app);
  add_specimen_command(app);
  add_vectors_command(app);
  add_exercise_command(app, status);
  try {
    require_known_command(app, argc, argv);
    app.parse(argc, argv);
    flush_output();
    return static_cast<int>(status);
  } catch (const CLI::CallForHelp&) {
    print(app.help());
    flush_output();
    return 0;
  } catch (const CLI::CallForVersion&) {
    print(std::string("touchstone ") + TOUCHSTONE_VERSION + "\n");
    flush_output();
    return 0;
  } catch (const CLI::ParseError& error) {
    return complain(std::string(error.what()) + "; 'touchstone --help' says what is expected");
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    return complain(error.what());
  }
}
