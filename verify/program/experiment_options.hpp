#pragma once
/// \file
/// Options that the commands on data share.

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>

#include <CLI/CLI.hpp>

#include "touchstone/numbers/real.hpp"

namespace touchstone::inline v0 {

/// --features and --workers; the default of the latter is what it is.
void add_shape_options(CLI::App& command, std::optional<Index>& features, Index& workers);
/// --regularization
void add_regularization_option(CLI::App& command, std::optional<double>& regularization);
/// --scalar, a name that with_scalar knows, and --seed.
void add_number_options(CLI::App& command, std::string& scalar, std::uint64_t& seed);

/// visit(std::type_identity<S>()) with the number type of this name.
template <class Visit>
auto with_scalar(const std::string& name, const Visit& visit) {
  if (name == "double") return visit(std::type_identity<double>());
  if (name == "mpfr:50") return visit(std::type_identity<Real<50>>());
  if (name == "mpfr:100") return visit(std::type_identity<Real<100>>());
  if (name == "mpfr:200") return visit(std::type_identity<Real<200>>());
  if (name == "mpfr:1000") return visit(std::type_identity<Real<1000>>());
  throw std::logic_error("no number type is called " + name);
}

}  // namespace touchstone::inline v0
