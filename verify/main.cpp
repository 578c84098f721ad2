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

int run(int argc, char** argv) {
  CLI::App app(
      "touchstone: the reference that distributed and stochastic optimization methods are tested against.\n"
      "Exit status: 0 all holds, 1 something does not, 2 the call is wrong or a file cannot be read or written.");
  app.name("touchstone");
  app.require_subcommand(1);
  app.set_version_flag("--version", TOUCHSTONE_VERSION);
  ExitStatus status = ExitStatus::holds;
  add_verify_command(app, status);
  add_claims_command(app);
  add_errata_command(app);
  add_explain_command(app);
  add_run_command(app, status);
  add_obligations_command(app);
  try {
    app.parse(argc, argv);
    flush_output();
    return static_cast<int>(status);
  } catch (const CLI::CallForHelp&) {
    const auto& chosen = app.get_subcommands();
    print((chosen.empty() ? app : *chosen.front()).help());
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
