#pragma once
/// \file
/// The subcommands of the program. Each adds itself, with its options and its action, to the command line.

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "verify/claim.hpp"
#include "verify/program/console.hpp"

namespace touchstone::inline v0 {

void add_verify_command(CLI::App& app, ExitStatus& status);
void add_merge_command(CLI::App& app, ExitStatus& status);
void add_claims_command(CLI::App& app);
void add_errata_command(CLI::App& app);
void add_explain_command(CLI::App& app);
void add_book_command(CLI::App& app);
void add_obligations_command(CLI::App& app);
void add_run_command(CLI::App& app, ExitStatus& status);
void add_compare_command(CLI::App& app, ExitStatus& status);
void add_figure_command(CLI::App& app);
void add_conform_command(CLI::App& app, ExitStatus& status);
void add_specimen_command(CLI::App& app);
void add_check_command(CLI::App& app, ExitStatus& status);
void add_vectors_command(CLI::App& app);
void add_exercise_command(CLI::App& app, ExitStatus& status);

/// Of an option's value: a whole number >= 1; a whole number below 2^64; one of these words. The complaint says what
/// was found.
[[nodiscard]] CLI::Validator at_least_one();
[[nodiscard]] CLI::Validator seed();
[[nodiscard]] CLI::Validator one_of(const std::vector<std::string>& words);

/// The claims whose id matches one of the patterns (shell globs; `*` also matches `/`), all without patterns, in
/// registry order. Throws usage_error for a pattern that matches none.
[[nodiscard]] std::vector<const Claim*> select_claims(const std::vector<std::string>& patterns);

}  // namespace touchstone::inline v0
