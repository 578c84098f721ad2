// How large a stepsize of SAGA the main theorem can certify. By Young's inequality with any beta > 0 in place of 1,
// SAGA's row has A = (1 + beta) L and B = 1 + 1/beta; whatever beta and M, gamma stays below 1/(4L).
#include "proofs/scalar/topics.hpp"
#include "proofs/scalar/unified_sgd/parameters.hpp"
#include "touchstone/theory/unified_sgd/saga.hpp"

namespace touchstone::inline v0::proofs::topics::unified_sgd_stepsize_limit {

namespace {

/// What a twin makes too good.
struct Change {
  Rational limit = 1;     ///< multiplies 1/(4L)
  bool at_bound = false;  ///< M >= B/rho in place of M > B/rho
  bool split = true;      ///< the B of the split; else a smaller one, 1
};

/// beta = 1 is the row of the theory.
ParametricConstants<Term> saga_row(const Term& L, const Term& m, const Term& beta, const Change& change) {
  ParametricConstants<Term> row = saga_constants(L, m);
  row.A = row.A / 2 * (1 + beta);
  row.B = change.split ? row.B / 2 * (1 + 1 / beta) : row.B / 2;
  return row;
}

Statement limit(const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of every f_j");
  const Term m = s.positive("m", "components");
  const Term beta = s.positive("beta", "|a - b|^2 <= (1 + beta) |a|^2 + (1 + 1/beta) |b|^2");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term M = s.positive("M", "weight of sigma_squared in V");
  const ParametricConstants<Term> row = saga_row(L, m, beta, change);
  s.assume("M-large", atom(row.B / row.rho, change.at_bound ? Relation::less_equal : Relation::less, M),
           "M > B/rho");
  const Term any_mu = 1;  // the second bound does not depend on it
  s.assume("stepsize", less_equal(gamma, stepsize_bounds(row, any_mu, M)[1]), "gamma <= 1/(A + CM)");
  s.redundant({"L-positive", "gamma-positive", "M-positive"});
  s.conclude(less(gamma, Term(change.limit) / (4 * L)));

  // 4L - (A + CM) = L (1/m) (m B - M) - L (beta - 1)^2/beta
  s.hint({"stepsize"}, (row.A + row.C * M) / (4 * L));
  s.hint({"M-large"}, gamma / (4 * m));
  s.square(beta - 1, gamma / (4 * beta));
  return s;
}

}  // namespace

std::vector<Obligation> obligations() {
  Obligation o{.id = "unified-sgd/saga/stepsize-limit",
               .claim = "unified-sgd/saga/stepsize-limit",
               .title = "SAGA: no split of its second moment certifies a stepsize of 1/(4L)",
               .source = "derived",
               .generated_from = "theory/unified_sgd/saga.hpp, theory/unified_sgd/assumption.hpp",
               .formula = {"A = (1 + beta) L, B = 1 + 1/beta, rho = 1/m, C = L/m, beta > 0",
                           "M > B/rho, gamma <= 1/(A + CM)", "=>  gamma < 1/(4L)"}};
  state(o, limit());
  add_twin(o, "lower-limit", "gamma < 0.999/(4L)", limit({.limit = {999, 1000}}));
  add_twin(o, "M-at-its-bound", "M = B/rho is allowed", limit({.at_bound = true}));
  add_twin(o, "no-split", "B = 1 in place of 1 + 1/beta", limit({.split = false}));
  return {std::move(o)};
}

}  // namespace touchstone::inline v0::proofs::topics::unified_sgd_stepsize_limit
