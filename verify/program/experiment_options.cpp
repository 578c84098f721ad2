#include "verify/program/experiment_options.hpp"

#include <fmt/format.h>

#include "verify/program/commands.hpp"

namespace touchstone::inline v0 {

void add_shape_options(CLI::App& command, std::optional<Index>& features, Index& workers) {
  command.add_option("--features", features, "Dimension (default: the file's largest index)")
      ->check(at_least_one())
      ->type_name("D");
  command.add_option("--workers", workers, fmt::format("Workers that share the rows (default {})", workers))
      ->check(at_least_one())
      ->type_name("N");
}

void add_regularization_option(CLI::App& command, std::optional<double>& regularization) {
  command.add_option("--regularization", regularization, "lambda (default 1/rows)")->type_name("LAMBDA");
}

void add_number_options(CLI::App& command, std::string& scalar, std::uint64_t& seed_of_choices) {
  command.add_option("--scalar", scalar, "double (default), mpfr:50, :100, :200 or :1000")
      ->check(one_of({"double", "mpfr:50", "mpfr:100", "mpfr:200", "mpfr:1000"}))
      ->type_name("S");
  command.add_option("--seed", seed_of_choices, "Seed of the random choices (default 1)")
      ->check(seed())
      ->type_name("SEED");
}

}  // namespace touchstone::inline v0
