#pragma once
/// \file
/// Quadratics whose constants are not declared but proven.

#include "touchstone/numbers/rational.hpp"
#include "touchstone/problems/quadratic.hpp"

namespace touchstone::inline v0::oracle {

/// n workers, one or more components on each. L, L_i and L_ij are at least the largest eigenvalues, mu is at most the smallest,
/// each by about 2^-44 of the largest; they are exact where Gershgorin's bound is, so for diagonal matrices. Every bound is that of
/// Gershgorin or decided by exact elimination. Throws precondition_error as Quadratic does, where a matrix is not positive
/// semidefinite and where its numbers lie beyond those of double.
[[nodiscard]] Quadratic<Rational> convex_quadratic(std::vector<std::vector<QuadraticForm<Rational>>> components);

}  // namespace touchstone::inline v0::oracle
