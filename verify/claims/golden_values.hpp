#pragma once
/// \file
/// Golden values of chapter 2: a small problem on which every method's row, stepsize and first three steps are known as
/// fractions, from a program of its own in another language.
///
///     H_1 = [[2, 1], [1, 2]], b_1 = (1, 0);  H_2 = [[3/2, -1/2], [-1/2, 3/2]], b_2 = (-2, 1);  f_i = x'H_i x/2 - b_i'x
///     mu = 3/2, L = 2, L_1 = 3, L_2 = 2;  x^0 = (1, 2)
///     x* = (-1/3, 1/3) for R = 0,  (-1/5, 1/5) for R = |x|^2/2

#include <string>
#include <vector>

#include "verify/claims/row_case.hpp"
#include "verify/claims/row_instances.hpp"

namespace touchstone::inline v0 {

/// f_1, f_2 as the components of one worker, or as two workers with a component each. With the regularizer |x|^2/2 if
/// asked: x* is then its solution.
[[nodiscard]] NamedQuadratic golden_problem(QuadraticShape shape, bool regularized);
/// x^0
[[nodiscard]] Vector<Rational> golden_start();
/// (0, 1) and (-1, 0): tables and shifts at the start.
[[nodiscard]] std::vector<Vector<Rational>> golden_shifts();
/// e_1 = +-(1, 0), each with probability 1/2; e_2 = (0, 2) with 1/3, (0, -1) with 2/3.
[[nodiscard]] std::vector<NoiseLaw<Rational>> golden_noise();

/// A row of the table: the method at the start, without its regularizer (for the assumption) and with it (for the steps).
struct GoldenCase {
  std::string row;          ///< "saga"
  std::string regularizer;  ///< "0" or "l2sq"
  RowInstances assumption, run;
};

/// Row, stepsize, M, sigma_0^2, E|g - grad f(x*)|^2, E sigma_1^2, E|x^k - x*|^2 for k = 1, 2 exactly, for k = 3 to 12 decimals.
[[nodiscard]] Check golden_check(std::vector<GoldenCase> cases,
                                 std::vector<Mutant<std::vector<GoldenCase>>> mutants);

}  // namespace touchstone::inline v0
