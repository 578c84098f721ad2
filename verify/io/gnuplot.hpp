#pragma once
/// \file
/// gnuplot, as a function from scripts to what they draw.

#include <string>

namespace touchstone::inline v0 {

/// A single-quoted string as gnuplot reads it: control characters become question marks.
[[nodiscard]] std::string gnuplot_string(const std::string& text);

/// What gnuplot writes for `terminal`, such as "svg size 640,480", and a script that plots. The same script gives
/// the same bytes. Throws std::runtime_error where gnuplot is missing or fails.
[[nodiscard]] std::string drawn_by_gnuplot(const std::string& terminal, const std::string& script);

}  // namespace touchstone::inline v0
