#pragma once
/// \file
/// Charts of what the checks kept: a run beside its bound, a compressor's law.

#include <string>

#include "verify/engine/pictures.hpp"
#include "verify/io/line_chart.hpp"

namespace touchstone::inline v0::book {

/// Of several, the one that was followed longest. Throws std::out_of_range where there is none.
[[nodiscard]] const FollowedRun& shown_run(const Pictures& pictures);

[[nodiscard]] LineChart chart_of(const FollowedRun& run);
[[nodiscard]] std::string csv_of(const FollowedRun& run);

/// For every coordinate the values it takes, the area of a disc the probability, beside x itself.
[[nodiscard]] LineChart chart_of(const OutcomeTable& law);
[[nodiscard]] std::string csv_of(const OutcomeTable& law);

}  // namespace touchstone::inline v0::book
