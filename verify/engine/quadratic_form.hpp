#pragma once
/// \file
/// Quadratic functions of a vector as matrices, read off by values.

#include <functional>
#include <vector>

#include "touchstone/numbers/rational.hpp"

namespace touchstone::inline v0 {

/// Several quadratic functions of z, always as many.
using QuadraticFunctions = std::function<std::vector<Rational>(const Vector<Rational>& z)>;

/// The symmetric matrix F of each, f(z) = (1, z)'F(1, z), by values at 0, +-e_i and e_i + e_j; z has `size` coordinates.
/// Throws std::logic_error where it does not give f at one of the check states: f is then not quadratic.
[[nodiscard]] std::vector<Matrix<Rational>> quadratic_forms(const QuadraticFunctions& functions, Index size,
                                                            const std::vector<Vector<Rational>>& check_states);

/// (1, z)
[[nodiscard]] Vector<Rational> with_one(const Vector<Rational>& z);

}  // namespace touchstone::inline v0
