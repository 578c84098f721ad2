#pragma once
/// \file
/// What a harness can do wrong, as opposed to the implementation behind it.

#include <stdexcept>

namespace touchstone::inline v0::oracle::conformance {

/// It ended, hangs, floods, or wrote a line that is no answer. One line; what it wrote is quoted.
struct harness_failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The command cannot be run at all.
struct command_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace touchstone::inline v0::oracle::conformance
