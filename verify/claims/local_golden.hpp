#pragma once
/// \file
/// The instance of chapter 4's golden values.

#include "verify/claims/row_instances.hpp"

namespace touchstone::inline v0 {

/// d = 1, two workers with f_ij = A x^2/2 - b x, A = (1, 3; 2, 6), b = (1, -1; 3, 5): x* = 2/3, L = 4, max_ij L_ij = 6, mu = 2.
[[nodiscard]] NamedQuadratic two_on_the_line();

}  // namespace touchstone::inline v0
