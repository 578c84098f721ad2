#include "proofs/scalar/unified_sgd/stepsize_corollary.hpp"

#include <stdexcept>

namespace touchstone::inline v0::proofs {

namespace {

/// What a twin makes too good.
struct Change {
  Rational stepsize = 1;   ///< multiplies the declared stepsize
  Rational M = 1;          ///< multiplies the declared M
  Rational gap = 1;        ///< multiplies the promised gap rho/2
  Rational noise = 1;      ///< multiplies the stated noise
  Rational least = 1;      ///< multiplies the rho/2 that gamma mu is at most
  bool larger_mu = false;  ///< mu may exceed its bounds by more than they bear
};

bool has_sigma(const Corollary& declared) {
  return !identical(declared.M, 0);
}

/// The promised gaps, and the noise over each of them.
void conclude_rates(Statement& s, const Corollary& declared, const Term& gamma, const Term& mu, const Term& M,
                    const Change& change) {
  const ParametricConstants<Term>& row = declared.row;
  std::vector<Term> promised{gamma * mu};
  if (has_sigma(declared)) promised.push_back(Term(change.gap) * row.rho / 2);
  const std::vector<Term> gaps = s.evaluate([&] { return contraction_gaps(row, gamma, mu, M); });
  const std::vector<Term> factors = s.evaluate([&] { return contraction_factors(row, gamma, mu, M); });
  if (gaps.size() != promised.size()) throw std::logic_error("the theorem has another number of contraction gaps");
  const Term added = noise(row, gamma, M);
  const Term stated = gamma * gamma * (Term(change.noise) * declared.noise);
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    s.conclude(equal(gaps[i], promised[i]));
    s.conclude(equal(factors[i], 1 - promised[i]));
    s.conclude(equal(added / gaps[i], stated / promised[i]));
  }
  if (declared.gamma_mu_least) s.conclude(less_equal(promised[0], Term(change.least) * promised[1]));
}

/// 1/mu - gamma = (1/stepsize) (stepsize - gamma)/mu + (1/stepsize - mu) gamma/mu
void add_hints(Statement& s, const Corollary& declared, const Term& mu, const Term& gamma) {
  const Term inverse = 1 / declared.stepsize;
  const MuBound& bound = declared.mu_bounds.front();
  s.hint({"stepsize"}, inverse / mu);
  s.hint({"mu-at-most-" + bound.name}, gamma / mu);
  const Term rest = inverse - bound.value;
  if (!normal_form(rest).numerator.empty()) s.hint({"gamma-positive"}, rest / mu);
}

Statement corollary(DeclareCorollary declare, const Change& change = {}) {
  Statement s;
  const Term mu = s.positive("mu", "quasi-strong convexity of f");
  const Term gamma = s.positive("gamma", "stepsize");
  const Corollary declared = declare(s, mu, gamma);
  const ParametricConstants<Term>& row = declared.row;
  const Term M = Term(change.M) * declared.M;
  const Rational margin =
      change.larger_mu ? Rational(ratio<Rational>(1001, 1000) * declared.mu_margin) : Rational(1);
  for (const MuBound& bound : declared.mu_bounds)
    s.assume("mu-at-most-" + bound.name, less_equal(mu, Term(margin) * bound.value), "mu <= " + bound.name);
  s.assume("stepsize", less_equal(gamma, Term(change.stepsize) * declared.stepsize),
           "gamma is at most the declared stepsize");

  s.conclude(less(0, row.rho));
  s.conclude(less_equal(row.rho, 1));
  const std::vector<Term> bounds = s.evaluate([&] { return stepsize_bounds(row, mu, M); });
  for (const Term& bound : bounds) s.conclude(less_equal(gamma, bound));
  if (has_sigma(declared)) s.conclude(less(row.B / row.rho, M));
  conclude_rates(s, declared, gamma, mu, M, change);

  s.redundant({declared.mu_bounds.front().name + "-positive", "mu-positive", "gamma-positive"});
  if (!declared.hinted) add_hints(s, declared, mu, gamma);
  if (normal_form(declared.stepsize).denominators.empty()) s.hint({"stepsize"});
  s.hint({}, row.rho);
  if (has_sigma(declared)) s.hint({}, M);
  return s;
}

}  // namespace

MuBound smoothness_bound(Statement& s, const std::string& name, const std::string& meaning) {
  return {name, s.positive(name, meaning)};
}

Obligation stepsize_obligation(const std::string& method, const std::string& header, const std::string& title,
                               const std::string& source, std::vector<std::string> formula) {
  const std::string id = "unified-sgd/" + method + "/stepsize";
  return {.id = id,
          .claim = id,
          .title = title + ": the stepsize meets the main theorem's conditions",
          .source = source,
          .generated_from = "theory/unified_sgd/" + header + ", theory/unified_sgd/assumption.hpp",
          .formula = std::move(formula)};
}

void state_corollary(Obligation& obligation, DeclareCorollary declare) {
  state(obligation, corollary(declare));
  const auto twin = [&](const std::string& name, const std::string& change, const Change& what) {
    add_twin(obligation, name, change, corollary(declare, what));
  };
  Statement scratch;
  const Corollary declared = declare(scratch, Term(1), Term(1));
  twin("larger-stepsize", "1.001 times the declared stepsize", {.stepsize = {1001, 1000}});
  if (has_sigma(declared)) {
    twin("smaller-M", "0.999 M in place of M", {.M = {999, 1000}});
    twin("larger-gap", "1.001 times the promised gap rho/2", {.gap = {1001, 1000}});
  } else {
    twin("larger-mu", "mu may be larger, 1/1000 more than its bound bears", {.larger_mu = true});
  }
  if (!identical(declared.noise, 0)) twin("smaller-noise", "0.999 of the stated noise", {.noise = {999, 1000}});
  if (declared.gamma_mu_least)
    twin("rate-of-sigma", "gamma mu <= rho/6.01 in place of rho/2", {.least = {200, 601}});
}

}  // namespace touchstone::inline v0::proofs
