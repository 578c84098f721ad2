#include "proofs/formula.hpp"

namespace touchstone::inline v0::proofs {

Formula negation(const Formula& f) {
  switch (f.connective) {
    case Connective::atom:
      if (f.relation == Relation::less) return less_equal(f.right, f.left);
      if (f.relation == Relation::less_equal) return less(f.right, f.left);
      return none_of({f});
    case Connective::none_of:
      return f.parts.size() == 1 ? f.parts.front() : any_of(f.parts);
    case Connective::all:
    case Connective::any:
      break;
  }
  std::vector<Formula> parts;
  for (const Formula& part : f.parts) parts.push_back(negation(part));
  if (parts.size() == 1) return parts.front();
  return f.connective == Connective::all ? any_of(std::move(parts)) : all_of(std::move(parts));
}

z3::expr expression(const Formula& f, z3::context& c) {
  if (f.connective == Connective::atom) {
    const z3::expr a = f.left.expression(c);
    const z3::expr b = f.right.expression(c);
    return f.relation == Relation::less ? a < b : f.relation == Relation::less_equal ? a <= b : a == b;
  }
  z3::expr_vector parts(c);
  for (const Formula& part : f.parts) parts.push_back(expression(part, c));
  if (f.connective == Connective::all) return z3::mk_and(parts);
  return f.connective == Connective::any ? z3::mk_or(parts) : !z3::mk_or(parts);
}

}  // namespace touchstone::inline v0::proofs
