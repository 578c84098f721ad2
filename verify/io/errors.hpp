#pragma once
/// \file
/// What can be wrong with a file. Each message is one line.

#include <stdexcept>

namespace touchstone::inline v0 {

/// A file that cannot be read or does not say what it should: `FILE:LINE: found ..., expected ...`, without `:LINE`
/// where the file as a whole is meant.
struct input_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A file that cannot be written: `FILE: cannot be written (reason)`.
struct output_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace touchstone::inline v0
