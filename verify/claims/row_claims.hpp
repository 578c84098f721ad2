#pragma once
/// \file
/// The claims that every method of chapter 2 has, in the same words.

#include <string>
#include <vector>

#include "verify/claim.hpp"

namespace touchstone::inline v0 {

/// What the claims of a method say.
struct RowPage {
  std::string id;                       ///< "unified-sgd/sega"
  std::string name;                     ///< "SEGA"
  std::string row;                      ///< "A = 2dL, B = 2d, rho = 1/d, C = L/d, D1 = D2 = 0"
  std::string moments;                  ///< "E|g - grad f(x*)|^2 = ...,  E sigma+^2 = ..."
  std::string corollary;                ///< "M = 4d^2, gamma = 1/(6dL): E V^k <= ..."
  std::string conditions;               ///< what the stepsize meets: "gamma mu <= 1, gamma (A + CM) <= 1, ..."
  std::vector<std::string> hypotheses;  ///< of the row
  std::string source;                   ///< "Table 2.1, Algorithm 7; constants of arXiv:1905.11261"
};

/// ID/assumption: the row. Its checks: assumption_check, all_states_check; the kernel comes with with_kernel().
[[nodiscard]] Claim row_assumption_claim(const RowPage& page, std::vector<Check> checks);
/// ID/moments: closed_form_check.
[[nodiscard]] Claim row_moments_claim(const RowPage& page, std::vector<Check> checks);
/// ID/golden: golden_check.
[[nodiscard]] Claim row_golden_claim(const RowPage& page, std::vector<Check> checks);
/// ID/rate: rate_check, tree_check.
[[nodiscard]] Claim row_rate_claim(const RowPage& page, std::vector<Check> checks);
/// ID/neighbourhood: neighbourhood_check.
[[nodiscard]] Claim row_neighbourhood_claim(const RowPage& page, std::vector<Check> checks);
/// ID/draws: draws_check. `draws` is the list, in words.
[[nodiscard]] Claim row_draws_claim(const RowPage& page, const std::string& draws, std::vector<Check> checks);
/// ID/reductions: reduction_check.
[[nodiscard]] Claim row_reductions_claim(const RowPage& page, const std::string& reductions,
                                         std::vector<Check> checks);
/// ID/stepsize: proof_check, under the obligations of the same id.
[[nodiscard]] Claim row_stepsize_claim(const RowPage& page);

}  // namespace touchstone::inline v0
