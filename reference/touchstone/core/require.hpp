#pragma once
/// \file
/// Preconditions. A violated precondition is a caller's mistake and throws; nothing is clamped or repaired.

#include <sstream>
#include <stdexcept>
#include <string>

namespace touchstone::inline v0 {

/// Thrown when an argument lies outside the range its documentation states. The message is one line: what was
/// required, then the values found.
struct precondition_error : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// Throws precondition_error unless `holds`. `found` are the values the condition is about, in the order in which
/// `expected` names them.
template <class... Values>
void require(bool holds, const char* expected, const Values&... found) {
  if (holds) return;
  std::ostringstream message;
  message << expected;
  [[maybe_unused]] const char* separator = "; found ";
  ((message << separator << found, separator = ", "), ...);
  throw precondition_error(message.str());
}

}  // namespace touchstone::inline v0
