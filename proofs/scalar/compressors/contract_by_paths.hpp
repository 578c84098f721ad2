#pragma once
/// \file
/// A contractive compressor that compares coordinates, run on a symbolic x path by path.

#include "proofs/scalar/compressors/symbolic_vector.hpp"
#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone::inline v0::proofs {

/// What a twin makes too good.
struct ContractChange {
  Rational delta = 0;   ///< added to the declared delta
  bool strict = false;  ///< the bound is never attained but at x = 0
};

/// E|C(x) - x|^2 <= (1 - delta) |x|^2 on every path, and the paths cover all x.
template <class C>
[[nodiscard]] Statement contract_by_paths(const C& compressor, Index d, const ContractChange& change = {}) {
  Statement s;
  const Vector<Term> x = symbolic_vector(s, d);
  if (change.strict) s.assume("x-nonzero", less(0, x.squaredNorm()), "x is not 0");
  const Term allowed = (1 - compressor.template delta<Term>(d) - Term(change.delta)) * x.squaredNorm();
  std::vector<Formula> covered;
  const auto run = [&] {
    return expectation<Term>(
        [&](auto& random) { return Term(Vector<Term>(compressor.compress(x, random) - x).squaredNorm()); });
  };
  s.paths(run, [&](const std::vector<Formula>& condition, const Term& loss) {
    covered.push_back(all_of(condition));
    s.conclude(implies(covered.back(), change.strict ? less(loss, allowed) : less_equal(loss, allowed)));
  });
  s.conclude(any_of(covered));
  return s;
}

/// The statement, with delta + 1/1000 and "<" as twins.
template <class C>
void state_contract_by_paths(Obligation& o, const C& compressor, Index d) {
  state(o, contract_by_paths(compressor, d));
  add_twin(o, "larger-delta", "delta + 1/1000 in place of delta",
           contract_by_paths(compressor, d, {.delta = {1, 1000}}));
  add_twin(o, "strict", "< in place of <= for x not 0", contract_by_paths(compressor, d, {.strict = true}));
}

}  // namespace touchstone::inline v0::proofs
