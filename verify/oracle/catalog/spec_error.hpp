#pragma once
/// \file
/// What can be wrong with a description of a compressor, a problem, a method or a number.

#include <stdexcept>

namespace touchstone::inline v0::oracle {

/// One line: where, what was found, what was expected.
struct spec_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace touchstone::inline v0::oracle
