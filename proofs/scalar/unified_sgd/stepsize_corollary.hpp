#pragma once
/// \file
/// The stepsize corollary of a method: its row, its M and its stepsize meet the conditions of the main theorem, whose
/// contraction gaps are then the promised ones, gamma mu and rho/2, and whose noise is the stated one.

#include "proofs/scalar/unified_sgd/parameters.hpp"

namespace touchstone::inline v0::proofs {

/// mu is at most this.
struct MuBound {
  std::string name;
  Term value;
};

/// What the theory of a method declares.
struct Corollary {
  ParametricConstants<Term> row;
  Term M;         ///< the constant 0 where there is no sigma_squared
  Term stepsize;  ///< the largest gamma
  std::vector<MuBound> mu_bounds;
  Term noise = 0;               ///< as the corollary states it: gamma^2 times this, over the least gap
  Rational mu_margin = 1;       ///< the conditions fail for some mu beyond this times its bounds
  bool gamma_mu_least = false;  ///< whether gamma mu <= rho/2, so that the rate is 1 - gamma mu
  /// Declaring it hints why gamma <= 1/mu. Else 1/stepsize is the bound of mu and a sum of terms that are not negative.
  bool hinted = false;
};

/// Declares the symbols of a method, with the hints that it adds: why rho <= 1 and, where the stepsize divides by a sum,
/// why gamma <= 1/(A + CM).
using DeclareCorollary = Corollary (*)(Statement& s, const Term& mu, const Term& gamma);

/// The variable, mu's first bound.
[[nodiscard]] MuBound smoothness_bound(Statement& s, const std::string& name = "L",
                                       const std::string& meaning = "smoothness");

/// The obligation without its questions. `method` and `title` as in unified-sgd/METHOD and in print.
[[nodiscard]] Obligation stepsize_obligation(const std::string& method, const std::string& header,
                                             const std::string& title, const std::string& source,
                                             std::vector<std::string> formula);

/// The last line of the formula of a method with sigma_squared.
inline constexpr const char* stepsize_conditions =
    "=>  0 < rho <= 1, M > B/rho, gamma <= 1/mu, gamma <= 1/(A + CM), rho - B/M = rho/2";
/// And of one without.
inline constexpr const char* stepsize_conditions_without_sigma = "=>  gamma <= 1/mu, gamma <= 1/A";

/// Fills in the questions and the twins.
void state_corollary(Obligation& obligation, DeclareCorollary declare);

}  // namespace touchstone::inline v0::proofs
