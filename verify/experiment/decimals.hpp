#pragma once
/// \file
/// Numbers as the program prints them.

#include <optional>

#include <fmt/format.h>

#include "touchstone/numbers/real.hpp"

namespace touchstone::inline v0 {

/// "1.38e-03"; "0" for zero.
[[nodiscard]] inline std::string figure(const Real<50>& a) {
  return a == 0 ? "0" : a.str(3, std::ios::scientific);
}

/// "0.697318"
[[nodiscard]] inline std::string figure(const Rational& a) {
  return fmt::format("{:.6g}", static_cast<double>(a));
}

/// "-" for none.
[[nodiscard]] inline std::string figure(const std::optional<Real<50>>& a) {
  return a ? figure(*a) : "-";
}

}  // namespace touchstone::inline v0
