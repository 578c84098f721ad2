#include "proofs/signs.hpp"

namespace touchstone::inline v0::proofs {

void learn(Signs& known, const Formula& hypothesis) {
  const Formula& f = hypothesis;
  if (f.connective != Connective::atom || f.relation == Relation::equal || !f.left.is_constant()) return;
  const z3::expr* bounded = f.right.expression();
  if (bounded == nullptr || f.left.constant() < 0) return;
  if (!bounded->is_const()) {
    const Quotient sum = normal_form(f.right);
    if (f.relation == Relation::less && sum.denominators.empty()) known.positive_sums.insert(sum.numerator);
    return;
  }
  known.nonnegative.insert(bounded->decl().name().str());
  if (f.relation == Relation::less || f.left.constant() > 0) known.positive.insert(bounded->decl().name().str());
}

std::optional<bool> decided_by_signs(const Formula& comparison, const Signs& known) {
  const Quotient difference = normal_form(comparison.right) + negative(normal_form(comparison.left));
  const Quotient opposite = negative(difference);
  switch (comparison.relation) {
    case Relation::less:
      if (certainly_positive(difference, known)) return true;
      if (certainly_nonnegative(opposite, known)) return false;
      break;
    case Relation::less_equal:
      if (certainly_nonnegative(difference, known)) return true;
      if (certainly_positive(opposite, known)) return false;
      break;
    case Relation::equal:
      if (difference.numerator.empty() && certainly_defined(difference, known)) return true;
      if (certainly_positive(difference, known) || certainly_positive(opposite, known)) return false;
      break;
  }
  return std::nullopt;
}

}  // namespace touchstone::inline v0::proofs
