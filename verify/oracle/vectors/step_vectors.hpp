#pragma once
/// \file
/// The vectors of kind step.

#include "verify/oracle/vectors/method_cases.hpp"
#include "verify/oracle/vectors/vector_file.hpp"

namespace touchstone::inline v0::oracle::vectors {

/// A file for each method. Throws std::logic_error where the two ways to a value disagree, or a mutant is not killed by the
/// vector that should.
[[nodiscard]] std::vector<VectorFile> step_files();

/// "problem", "method" and the flags of a case: what step, trajectory and constants have in common.
[[nodiscard]] Json setting_of(const MethodCase& one);
[[nodiscard]] std::vector<std::string> flags_of(const MethodCase& one);

}  // namespace touchstone::inline v0::oracle::vectors
