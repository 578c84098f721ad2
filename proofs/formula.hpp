#pragma once
/// \file
/// Formulas over terms: comparisons, and what is built of them. Comparing terms with operators would ask for a
/// decision; these functions only write the comparison down.

#include <vector>

#include "proofs/relation.hpp"
#include "proofs/term.hpp"

namespace touchstone::inline v0::proofs {

enum class Connective { atom, all, any, none_of };

/// `left relation right` for an atom, else the parts under the connective: all of them (true if there are none), any
/// of them (false if there are none), none of them.
struct Formula {
  Connective connective = Connective::all;
  Relation relation = Relation::equal;
  Term left, right;
  std::vector<Formula> parts;
};

[[nodiscard]] inline Formula atom(const Term& a, Relation relation, const Term& b) {
  return {Connective::atom, relation, a, b, {}};
}
[[nodiscard]] inline Formula less(const Term& a, const Term& b) {
  return atom(a, Relation::less, b);
}
[[nodiscard]] inline Formula less_equal(const Term& a, const Term& b) {
  return atom(a, Relation::less_equal, b);
}
[[nodiscard]] inline Formula equal(const Term& a, const Term& b) {
  return atom(a, Relation::equal, b);
}
[[nodiscard]] inline Formula all_of(std::vector<Formula> parts) {
  return {Connective::all, Relation::equal, {}, {}, std::move(parts)};
}
[[nodiscard]] inline Formula any_of(std::vector<Formula> parts) {
  return {Connective::any, Relation::equal, {}, {}, std::move(parts)};
}
[[nodiscard]] inline Formula none_of(std::vector<Formula> parts) {
  return {Connective::none_of, Relation::equal, {}, {}, std::move(parts)};
}
[[nodiscard]] inline Formula implies(const Formula& premise, const Formula& conclusion) {
  return any_of({none_of({premise}), conclusion});
}

/// The negation, with comparisons turned round: not (a < b) is b <= a.
[[nodiscard]] Formula negation(const Formula& f);

/// As a Boolean expression of the context.
[[nodiscard]] z3::expr expression(const Formula& f, z3::context& c);

}  // namespace touchstone::inline v0::proofs
