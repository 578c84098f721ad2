#pragma once
/// \file
/// A rate to be certified: E V+ <= rate V for one step of a method, at rational parameters, for every function of the
/// class, every state, every dimension and every number of workers that the problem does not name.
///
/// The method, V and the hypotheses are written in inner products (linear_form.hpp). Constants, stepsizes and weights
/// come out of the reference's theory functions.

#include <string>
#include <utility>
#include <vector>

#include "proofs/certificate/linear_form.hpp"

namespace touchstone::inline v0::proofs {

/// expression >= 0
struct CertificateHypothesis {
  std::string name;
  std::string meaning;  ///< one line
  LinearForm expression;
};

struct CertificateProblem {
  std::string id{};      ///< unique; its certificate is the file ID.json
  std::string claim{};   ///< the claim it is evidence for
  std::string title{};   ///< one line
  std::string source{};  ///< where the theory states the rate
  std::vector<std::pair<std::string, Rational>> parameters{};
  std::vector<std::string> scalars;  ///< unknowns that are no inner products: function values, variances
  std::vector<GramBlock> blocks;
  std::vector<CertificateHypothesis> hypotheses;
  LinearForm V;          ///< of the state
  LinearForm next_V;     ///< E V+
  Rational stated_rate;  ///< what the theory promises
};

/// Every problem, in the order of the thesis. Each call builds them anew; safe on any thread.
[[nodiscard]] std::vector<CertificateProblem> certificate_problems();

/// The problem as JSON, for programs that look for certificates: id, parameters, scalars, blocks with the names of
/// their products, and every expression as its coefficients by name; numbers as "p/q".
[[nodiscard]] std::string problem_json(const CertificateProblem& problem);

}  // namespace touchstone::inline v0::proofs
