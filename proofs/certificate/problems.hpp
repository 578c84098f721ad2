#pragma once
/// \file
/// What the problems share. Vectors are relative to the solution:
///
///     x   x - x*
///     a   grad f_i(x) - grad f_i(x*); its mean is grad f(x)
///     gap f(x) - f(x*)

#include <vector>

#include "proofs/certificate/problem.hpp"

namespace touchstone::inline v0::proofs {

[[nodiscard]] std::vector<CertificateProblem> unified_sgd_problems();
[[nodiscard]] std::vector<CertificateProblem> error_feedback_problems();

/// The inner products of vectors some of which vary over the workers or components, and some of which do not.
struct Families {
  GramBlock mean;
  GramBlock spread;

  Families(const std::vector<std::string>& constant, const std::vector<std::string>& varying);

  /// (1/n) sum_i <u_i, v_i>. Throws std::logic_error for a vector that is neither.
  [[nodiscard]] LinearForm average(const LinearForm& u, const LinearForm& v) const;
  [[nodiscard]] LinearForm average(const LinearForm& u) const { return average(u, u); }

  /// What is known of x, a and gap where every f_i is convex and L-smooth and f is mu-quasi-strongly convex.
  [[nodiscard]] std::vector<CertificateHypothesis> function_class(const Rational& L, const Rational& mu) const;
};

}  // namespace touchstone::inline v0::proofs
