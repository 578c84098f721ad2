#pragma once
/// \file
/// The problems of the vectors, by name.
///
///     scalar           f(x) = 3x^2/2 - x                                  n = 1, m = 1, d = 1
///     golden-sum       the golden problem, f_1 and f_2 components         n = 1, m = 2, d = 2
///     golden-workers   the same, a worker each                            n = 2, m = 1, d = 2
///     two-by-two       diagonal, all four components different            n = 2, m = 2, d = 2
///     rotated          Hessians with common eigenvectors, rotated         n = 2, m = 2, d = 3
///
/// The golden problem: H_1 = [[2, 1], [1, 2]], b_1 = (1, 0); H_2 = [[3/2, -1/2], [-1/2, 3/2]], b_2 = (-2, 1);
/// f_i = x'H_i x/2 - b_i'x; mu = 3/2, L = 2.

#include <string>
#include <vector>

#include "touchstone/problems/quadratic.hpp"
#include "verify/oracle/catalog/json_spec.hpp"

namespace touchstone::inline v0::oracle::vectors {

[[nodiscard]] const std::vector<std::string>& problem_names();

/// Throws std::logic_error for a name that is not there.
[[nodiscard]] const Quadratic<Rational>& problem_named(const std::string& name);

/// x*, exactly.
[[nodiscard]] const Vector<Rational>& solution_of(const std::string& name);

/// As in json_spec.hpp, every number a string.
[[nodiscard]] Json json_of_problem(const std::string& name);

}  // namespace touchstone::inline v0::oracle::vectors
