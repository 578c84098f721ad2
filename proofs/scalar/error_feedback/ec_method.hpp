#pragma once
/// \file
/// EC-GD and EC-GDstar, which share their theorem and differ in its constants.

#include <string>

#include "proofs/scalar/error_feedback/parameters.hpp"
#include "touchstone/theory/error_feedback/ec_gd.hpp"

namespace touchstone::inline v0::proofs {

enum class EcMethod { ec_gd, ec_gd_star };

[[nodiscard]] inline std::string folder(EcMethod method) {
  return method == EcMethod::ec_gd ? "error-feedback/ec-gd" : "error-feedback/ec-gd-star";
}
[[nodiscard]] inline std::string title(EcMethod method) {
  return method == EcMethod::ec_gd ? "EC-GD" : "EC-GDstar";
}

/// zeta is the mean of |grad f_i(x*)|^2; EC-GDstar does not depend on it.
[[nodiscard]] inline ErrorCompensationConstants<Term> constants(EcMethod method, const Term& L, const Term& zeta) {
  return method == EcMethod::ec_gd ? ec_gd_constants(L, zeta) : ec_gd_star_constants(L);
}

}  // namespace touchstone::inline v0::proofs
