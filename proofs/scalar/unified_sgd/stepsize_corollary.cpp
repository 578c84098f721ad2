#include "proofs/scalar/unified_sgd/stepsize_corollary.hpp"

#include <stdexcept>

namespace touchstone::inline v0::proofs {

namespace {

/// What a twin makes too good.
struct Change {
  Rational stepsize = 1;  ///< multiplies the declared stepsize
  Rational M = 1;         ///< multiplies the declared M
  Rational gap = 1;       ///< multiplies the promised gap rho/2
  Rational mu = 1;        ///< mu may be as large as this times L
};

Statement corollary(DeclareCorollary declare, const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness");
  const Term mu = s.positive("mu", "quasi-strong convexity of f");
  const Term gamma = s.positive("gamma", "stepsize");
  const Corollary declared = declare(s, L);
  const ParametricConstants<Term>& row = declared.row;
  const Term M = Term(change.M) * declared.M;
  s.assume("mu-at-most-L", less_equal(mu, Term(change.mu) * L), "mu <= L");
  s.assume("stepsize", less_equal(gamma, Term(change.stepsize) * declared.stepsize),
           "gamma is at most the declared stepsize");

  s.conclude(less(0, row.rho));
  s.conclude(less_equal(row.rho, 1));
  const std::vector<Term> bounds = s.evaluate([&] { return stepsize_bounds(row, mu, M); });
  for (const Term& bound : bounds) s.conclude(less_equal(gamma, bound));

  s.redundant({"L-positive", "mu-positive", "gamma-positive"});
  s.hint({"mu-at-most-L"}, 1 / (mu * L));
  s.hint({"stepsize"}, 1 / (L * declared.stepsize));
  s.hint({}, 1 / L);
  s.hint({}, row.rho);
  if (!identical(M, 0)) s.hint({}, M);

  std::vector<Term> promised{gamma * mu};
  if (!identical(M, 0)) {
    s.conclude(less(row.B / row.rho, M));
    promised.push_back(Term(change.gap) * row.rho / 2);
  }
  const std::vector<Term> gaps = s.evaluate([&] { return contraction_gaps(row, gamma, mu, M); });
  const std::vector<Term> factors = s.evaluate([&] { return contraction_factors(row, gamma, mu, M); });
  if (gaps.size() != promised.size()) throw std::logic_error("the theorem has another number of contraction gaps");
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    s.conclude(equal(gaps[i], promised[i]));
    s.conclude(equal(factors[i], 1 - promised[i]));
  }
  return s;
}

void add_larger_stepsize(Obligation& obligation, DeclareCorollary declare) {
  add_twin(obligation, "larger-stepsize", "1.001 times the declared stepsize",
           corollary(declare, {.stepsize = {1001, 1000}}));
}

}  // namespace

void hint_shared_stepsize(Statement& s, const Term& w, const Term& n) {
  s.hint({"stepsize"}, n + w);
  s.hint({"gamma-positive"}, w / n);
}

void state_corollary(Obligation& obligation, DeclareCorollary declare) {
  state(obligation, corollary(declare));
  add_larger_stepsize(obligation, declare);
  add_twin(obligation, "smaller-M", "0.999 M in place of M", corollary(declare, {.M = {999, 1000}}));
  add_twin(obligation, "larger-gap", "1.001 times the promised gap rho/2",
           corollary(declare, {.gap = {1001, 1000}}));
}

void state_corollary_without_sigma(Obligation& obligation, DeclareCorollary declare) {
  state(obligation, corollary(declare));
  add_larger_stepsize(obligation, declare);
  add_twin(obligation, "mu-above-L", "mu <= 1.001 L in place of mu <= L", corollary(declare, {.mu = {1001, 1000}}));
}

}  // namespace touchstone::inline v0::proofs
