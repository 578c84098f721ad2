#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "proofs/certificate/certificate.hpp"
#include "touchstone/numbers/definiteness.hpp"

namespace touchstone::inline v0::proofs {

namespace {

using Parameter = std::pair<std::string, Rational>;

/// The reason why something does not hold.
struct Refusal {
  std::string reason;
};

template <class... Values>
void demand(bool holds, fmt::format_string<Values...> otherwise, Values&&... values) {
  if (!holds) throw Refusal{fmt::format(otherwise, std::forward<Values>(values)...)};
}

/// `found` has these names as keys, and no others.
template <class Found>
void demand_names(const std::string& what, const std::vector<std::string>& all, const Found& found) {
  for (const std::string& name : all)
    demand(found.contains(name), "{}: nothing for {}, expected one entry", what, name);
  for (const auto& [name, value] : found)
    demand(std::ranges::find(all, name) != all.end(), "{}: found {}, expected no such name", what, name);
}

template <class Named, class Name>
std::vector<std::string> names(const std::vector<Named>& all, Name Named::*name) {
  std::vector<std::string> list;
  std::ranges::transform(all, std::back_inserter(list), name);
  return list;
}

void demand_parameters(const CertificateProblem& problem, const StoredCertificate& stored) {
  demand(stored.problem == problem.id, "the certificate is for {}, expected {}", stored.problem, problem.id);
  demand_names("parameters", names(problem.parameters, &Parameter::first), stored.parameters);
  for (const auto& [name, value] : problem.parameters)
    demand(stored.parameters.at(name) == value, "parameter {}: found {}, expected {}", name,
           stored.parameters.at(name).str(), value.str());
}

/// One matrix for each block, of its size, symmetric and positive semidefinite.
void demand_matrices(const std::string& what, const CertificateProblem& problem, const NamedMatrices& matrices) {
  demand_names(what, names(problem.blocks, &GramBlock::name), matrices);
  for (const GramBlock& block : problem.blocks) {
    const Matrix<Rational>& P = matrices.at(block.name);
    demand(P.rows() == block.size() && P.cols() == block.size(), "{} {}: found {} x {}, expected {} x {}", what,
           block.name, P.rows(), P.cols(), block.size(), block.size());
    demand(P == P.transpose(), "{} {}: found one that is not symmetric", what, block.name);
    demand(is_positive_semidefinite(P), "{} {}: found one that is not positive semidefinite", what, block.name);
  }
}

/// V is a positive semidefinite form: where V contracts at one rate, it contracts at every larger one.
void demand_nonnegative_V(const CertificateProblem& problem) {
  LinearForm rest = problem.V;
  for (const GramBlock& block : problem.blocks) {
    const Matrix<Rational> P = block.matrix(problem.V);
    demand(is_positive_semidefinite(P), "V: its part in {} is not positive semidefinite", block.name);
    rest -= block.form(P);
  }
  demand(rest == LinearForm(), "V: found terms that are no inner products");
}

void demand_identity(const CertificateProblem& problem, const Certificate& certificate) {
  demand_names("multipliers", names(problem.hypotheses, &CertificateHypothesis::name), certificate.multipliers);
  LinearForm rest = certificate.rate * problem.V - problem.next_V;
  for (const CertificateHypothesis& h : problem.hypotheses) {
    const Rational& multiplier = certificate.multipliers.at(h.name);
    demand(multiplier >= 0, "multiplier of {}: found {}, expected at least 0", h.name, multiplier.str());
    rest -= multiplier * h.expression;
  }
  for (const GramBlock& block : problem.blocks) rest -= block.form(certificate.matrices.at(block.name));
  for (const auto& [name, c] : rest.terms())
    demand(false, "the identity fails: {} {} is left over, expected nothing", c.str(), name);
}

/// The numbers that the witness puts in place of the unknowns.
NamedRationals point(const CertificateProblem& problem, const TightnessWitness& witness) {
  NamedRationals at = witness.scalars;
  for (const GramBlock& block : problem.blocks)
    for (Index i = 0; i < block.size(); ++i)
      for (Index j = i; j < block.size(); ++j) at[block.product(i, j)] = witness.matrices.at(block.name)(i, j);
  return at;
}

void demand_witness(const CertificateProblem& problem, const TightnessWitness& witness) {
  demand_names("scalars of the witness", problem.scalars, witness.scalars);
  demand_matrices("witness", problem, witness.matrices);
  const NamedRationals at = point(problem, witness);
  for (const CertificateHypothesis& h : problem.hypotheses)
    demand(h.expression.value(at) >= 0, "the witness violates {}: found {}, expected at least 0", h.name,
           h.expression.value(at).str());
  const Rational V = problem.V.value(at);
  demand(V > 0, "the witness has V = {}, expected V > 0", V.str());
  const Rational ratio = problem.next_V.value(at) / V;
  demand(ratio >= witness.bound, "the witness has E V+ = {} V, expected at least {} V", ratio.str(),
         witness.bound.str());
}

}  // namespace

CheckedCertificate check_certificate(const CertificateProblem& problem, const StoredCertificate& stored) {
  const auto& [rate, multipliers, matrices] = stored.certificate;
  const Rational& bound = stored.witness.bound;
  try {
    demand_parameters(problem, stored);
    demand_matrices("matrix", problem, matrices);
    demand_identity(problem, stored.certificate);
    demand_nonnegative_V(problem);
    demand(rate <= problem.stated_rate, "certified is the rate {}, stated {}", rate.str(),
           problem.stated_rate.str());
    demand_witness(problem, stored.witness);
  } catch (const Refusal& refusal) {
    return {false, refusal.reason};
  }
  return {true, fmt::format("E V+ <= {} V, stated {} V; no rate below {} follows from the hypotheses", rate.str(),
                            problem.stated_rate.str(), bound.str())};
}

}  // namespace touchstone::inline v0::proofs
