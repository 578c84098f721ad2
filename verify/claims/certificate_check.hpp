#pragma once
/// \file
/// Stored certificates as evidence for a rate: at rational parameters, for the whole class of functions.

#include "verify/claim.hpp"

namespace touchstone::inline v0 {

/// Checks every stored certificate whose claim is the context's, and its tightness witness; altered ones are the
/// mutants.
[[nodiscard]] Check certificate_check();

}  // namespace touchstone::inline v0
