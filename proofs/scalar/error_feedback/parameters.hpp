#pragma once
/// \file
/// What the theorem of chapter 3 speaks of, as symbols.

#include <string>

#include "proofs/scalar/sequences.hpp"
#include "proofs/statement.hpp"
#include "touchstone/theory/error_feedback/theorem.hpp"

namespace touchstone::inline v0::proofs {

inline constexpr const char* error_feedback_source =
    "slides 48 and 49; derived, the theorem of arXiv:2010.12292 in one-step form";

/// Coefficients named A_SUFFIX, B1_SUFFIX, ...: those before s1 and s2 are not negative, the others need no sign here.
/// Zero before a sequence that there is not.
[[nodiscard]] inline MomentBound<Term> moment_bound(Statement& s, const std::string& suffix,
                                                    const std::string& meaning, const Sequences& which = {}) {
  MomentBound<Term> bound{.A = s.variable("A_" + suffix, "before 2 gap in " + meaning),
                          .B1 = 0,
                          .B2 = 0,
                          .D = s.variable("D_" + suffix, "noise in " + meaning)};
  if (which.shift) bound.B1 = s.nonnegative("B1_" + suffix, "before s1 in " + meaning);
  if (which.sampling) bound.B2 = s.nonnegative("B2_" + suffix, "before s2 in " + meaning);
  return bound;
}

/// The constants of (P4), (P5), (P6).
[[nodiscard]] inline ErrorFeedbackConstants<Term> error_feedback_constants(Statement& s,
                                                                           const Sequences& which = {}) {
  ErrorFeedbackConstants<Term> c{.mean = moment_bound(s, "mean", "(P4)", which)};
  if (which.shift) {
    c.shift = {.rho = s.positive("rho1", "decay of s1 in (P5)"),
               .C = s.variable("C1", "before 2 gap in (P5)"),
               .G = 0,
               .D = s.variable("D2", "noise in (P5)")};
    if (which.sampling) c.shift->G = s.nonnegative("G", "before rho1 s2 in (P5)");
  }
  if (which.sampling)
    c.sampling = {.rho = s.positive("rho2", "decay of s2 in (P6)"), .C = s.variable("C2", "before 2 gap in (P6)")};
  return c;
}

/// Any error model: w >= 0 and moments, without a bound on eta of its own.
[[nodiscard]] inline ErrorModel<Term> error_model(Statement& s, const Sequences& which = {}) {
  Term weight = s.nonnegative("w", "N/gamma, the weight of the errors");
  return {std::move(weight), moment_bound(s, "errors", "the bound on the errors", which), {}};
}

/// 0 < delta <= 1
[[nodiscard]] inline Term contraction_delta(Statement& s) {
  Term delta = s.positive("delta", "contraction of the compressor");
  s.assume("delta-at-most-one", less_equal(delta, 1), "0 < delta <= 1");
  return delta;
}

/// 2 A gap + B1 s1 + B2 s2 + D
[[nodiscard]] inline Term value(const MomentBound<Term>& bound, const Term& gap, const Term& s1, const Term& s2) {
  return 2 * bound.A * gap + bound.B1 * s1 + bound.B2 * s2 + bound.D;
}

}  // namespace touchstone::inline v0::proofs
