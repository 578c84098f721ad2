#pragma once
/// \file
/// What the theorem of chapter 4 speaks of, as symbols.

#include <string>
#include <utility>
#include <vector>

#include "proofs/scalar/sequences.hpp"
#include "proofs/statement.hpp"
#include "touchstone/theory/local/communication.hpp"

namespace touchstone::inline v0::proofs {

inline constexpr const char* local_source =
    "slides 67 to 72; derived, the theorem of arXiv:2011.02828 in one-step form";

/// All zero: the rest, where only some of the constants matter.
inline const LocalConstants<Term> no_local_constants{{0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}};

inline const std::vector<Sequences> all_sequences{{}, {true, false}, {false, true}, {false, false}};

/// Coefficients named A_SUFFIX, B1_SUFFIX, ...: those before s1 and s2 are not negative, the others need no sign here.
/// Zero before a sequence that there is not.
[[nodiscard]] inline LocalMomentBound<Term> local_moment_bound(Statement& s, const std::string& suffix,
                                                               const std::string& meaning,
                                                               const Sequences& which = {}) {
  LocalMomentBound<Term> bound{.A = s.variable("A_" + suffix, "before 2 gap in " + meaning),
                               .B1 = 0,
                               .B2 = 0,
                               .F = s.variable("F_" + suffix, "before V in " + meaning),
                               .D = s.variable("D_" + suffix, "noise in " + meaning)};
  if (which.shift) bound.B1 = s.nonnegative("B1_" + suffix, "before s1 in " + meaning);
  if (which.sampling) bound.B2 = s.nonnegative("B2_" + suffix, "before s2 in " + meaning);
  return bound;
}

/// The constants of (S), named rho1, C1, ... and rho2, C2, ...
inline void add_local_variances(Statement& s, LocalConstants<Term>& c, const Sequences& which) {
  const auto variance = [&](const std::string& j) {
    const std::string of = j + " in (S)";
    return LocalVariance<Term>{.rho = s.positive("rho" + j, "decay of s" + of),
                               .C = s.variable("C" + j, "before 2 gap in the bound on s" + of),
                               .G = s.variable("G" + j, "before V in the bound on s" + of),
                               .D = s.variable("D" + j, "noise of s" + of)};
  };
  if (which.shift) c.shift = variance("1");
  if (which.sampling) c.sampling = variance("2");
}

/// 2 A gap + B1 s1 + B2 s2 + F V + D
[[nodiscard]] inline Term value(const LocalMomentBound<Term>& bound, const Term& gap, const OfVariances<Term>& s,
                                const Term& V) {
  return 2 * bound.A * gap + bound.B1 * s.shift + bound.B2 * s.sampling + bound.F * V + bound.D;
}

/// The name of the hypothesis that a condition is at most its limit, "S1" for the first.
inline void assume_conditions(Statement& s, const std::vector<std::string>& names,
                              const std::vector<Term>& conditions, const Rational& limit = 1) {
  for (std::size_t i = 0; i < names.size(); ++i)
    s.assume(names[i], less_equal(conditions[i], Term(limit)), "(" + names[i] + ")");
}

/// With id, claim and source; the claim's own id where there is no suffix.
[[nodiscard]] inline Obligation local_obligation(const std::string& claim, const std::string& suffix,
                                                 const std::string& title, const std::string& generated_from,
                                                 std::vector<std::string> formula) {
  return {.id = "local/" + claim + suffix,
          .claim = "local/" + claim,
          .title = title,
          .source = local_source,
          .generated_from = generated_from,
          .formula = std::move(formula)};
}

}  // namespace touchstone::inline v0::proofs
