#pragma once
/// \file
/// The figures of each chapter.

#include "verify/figures/figure.hpp"

namespace touchstone::inline v0 {

[[nodiscard]] std::vector<Figure> compressor_figures();
[[nodiscard]] std::vector<Figure> unified_sgd_figures();
[[nodiscard]] std::vector<Figure> error_feedback_figures();
[[nodiscard]] std::vector<Figure> local_figures();
[[nodiscard]] std::vector<Figure> marina_figures();
[[nodiscard]] std::vector<Figure> moshpit_figures();

}  // namespace touchstone::inline v0
