#pragma once
/// \file
/// What figures write: numbers of seven digits, lines of CSV.

#include <initializer_list>
#include <string>

#include <fmt/format.h>

#include "touchstone/numbers/real.hpp"

namespace touchstone::inline v0 {

[[nodiscard]] inline std::string plotted(double a) {
  return fmt::format("{:.6e}", a);
}
[[nodiscard]] inline std::string plotted(const Real<50>& a) {
  return a == 0 ? "0" : a.str(6, std::ios::scientific);
}

[[nodiscard]] inline std::string csv_line(std::initializer_list<std::string> cells) {
  return fmt::format("{}\n", fmt::join(cells, ","));
}

}  // namespace touchstone::inline v0
