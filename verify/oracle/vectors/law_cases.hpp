#pragma once
/// \file
/// At which vectors which compressors are looked at, and the known mistakes.

#include <functional>
#include <string>
#include <vector>

#include "verify/oracle/vectors/law.hpp"

namespace touchstone::inline v0::oracle::vectors {

struct LawInput {
  std::string name;
  std::string comment;
  std::vector<std::string> flags;
  Vector<Rational> x;
};

/// Throws std::logic_error for a name that is not there.
[[nodiscard]] const LawInput& law_input(const std::string& name);

struct LawCase {
  std::string compressor;  ///< as parse_compressor reads it
  std::vector<std::string> inputs;
  std::string claim;
  bool minimal;  ///< whether the first input and those with no or one nonzero coordinate are in the minimal preset
};

/// In the order of compressor_names().
[[nodiscard]] const std::vector<LawCase>& law_cases();

/// A law that a known mistake has, in place of that of the compressor at the input.
struct LawMutant {
  std::string name;
  std::string comment;
  std::string compressor;
  std::string input;
  std::function<CompressorLaw(const Vector<Rational>& x)> law;
  std::string freedom = {};  ///< the flag, where it is none but a freedom
};

[[nodiscard]] const std::vector<LawMutant>& law_mutants();

}  // namespace touchstone::inline v0::oracle::vectors
