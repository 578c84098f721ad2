#include "verify/claims/row_claims.hpp"

#include <utility>

#include "verify/claims/proof_check.hpp"

namespace touchstone::inline v0 {

namespace {

std::vector<std::string> with_strong_convexity(std::vector<std::string> hypotheses) {
  hypotheses.emplace_back("f is mu-quasi-strongly convex");
  return hypotheses;
}

}  // namespace

Claim row_assumption_claim(const RowPage& page, std::vector<Check> checks) {
  return {page.id + "/assumption",
          page.name + " satisfies the key assumption with its row of Table 2.1",
          page.row,
          page.hypotheses,
          page.source,
          std::move(checks)};
}

Claim row_moments_claim(const RowPage& page, std::vector<Check> checks) {
  return {page.id + "/moments",
          "the second moments of " + page.name + " have a closed form",
          page.moments,
          {},
          "derived",
          std::move(checks)};
}

Claim row_golden_claim(const RowPage& page, std::vector<Check> checks) {
  return {page.id + "/golden",
          page.name + " gives the golden values: row, stepsize, first three steps",
          "the fractions of the table, for R = 0 and R = |x|^2/2",
          {"two quadratics in the plane (verify/claims/golden_values.hpp)"},
          "computed by a program of its own in another language",
          std::move(checks)};
}

Claim row_rate_claim(const RowPage& page, std::vector<Check> checks) {
  return {page.id + "/rate", page.name + " converges as the main theorem says, at its largest stepsize",
          page.corollary,    with_strong_convexity(page.hypotheses),
          page.source,       std::move(checks)};
}

Claim row_neighbourhood_claim(const RowPage& page, std::vector<Check> checks) {
  return {page.id + "/neighbourhood",
          page.name + " stays in a neighbourhood, which is not the solution alone",
          "0 < lim E V^k <= noise/(least contraction gap)",
          with_strong_convexity(page.hypotheses),
          page.source,
          std::move(checks)};
}

Claim row_draws_claim(const RowPage& page, const std::string& draws, std::vector<Check> checks) {
  return {page.id + "/draws", page.name + " draws what its page lists, in that order", draws, {}, page.source,
          std::move(checks)};
}

Claim row_reductions_claim(const RowPage& page, const std::string& reductions, std::vector<Check> checks) {
  return {page.id + "/reductions", page.name + " reduces to other methods", reductions, {}, "derived",
          std::move(checks)};
}

Claim row_stepsize_claim(const RowPage& page) {
  return {page.id + "/stepsize", "the stepsize of " + page.name + " meets the main theorem's conditions",
          page.conditions,       {"0 < mu <= L"},
          page.source,           {proof_check()}};
}

}  // namespace touchstone::inline v0
