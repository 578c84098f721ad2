#pragma once
/// \file
/// What a check of a claim kept, as a figure.

#include "verify/claim.hpp"
#include "verify/figures/figure.hpp"

namespace touchstone::inline v0::book {

/// Called as the id, with - for /. To make it checks the claim, with seed 1, and throws usage_error where the check keeps no
/// picture.
[[nodiscard]] Figure claim_figure(const Claim& claim);

}  // namespace touchstone::inline v0::book
