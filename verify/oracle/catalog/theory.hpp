#pragma once
/// \file
/// The theorem of a method by name: largest stepsize, contraction factor, and the parameters that theory has a default for.
///
///     gd sgd sgd-mb sgd-sr sgd-star saga sega l-svrg diana diana-single q-sgd-sr vr-diana-saga vr-diana-loopless
///         E V^k <= q^k V^0 + noise, q from theory/unified_sgd/assumption.hpp
///     parallel-sgd qsgd dqgd, ec-..., d-...
///         likewise, theory/error_feedback/theorem.hpp with the error model of the method
///     marina
///         mu > 0, Polyak-Lojasiewicz: E Psi^k <= (1 - gamma mu)^k Psi^0, which asks for a smaller stepsize than descent does;
///         mu = 0: descent, and no contraction (theory/marina/biased_estimator.hpp)
///
/// A noise of the theorem (that of sampling, of compression without shifts) is not part of this: it needs the solution.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "verify/oracle/catalog/any_problem.hpp"
#include "verify/oracle/catalog/method_spec.hpp"

namespace touchstone::inline v0::oracle {

/// What the theorems ask of a problem; every L an upper bound, mu a lower one.
struct TheoryFacts {
  Index d, n;
  Index m;  ///< components of the first worker
  Rational mu, L, largest_L_i, largest_L_ij;
  Rational mean_square_L_i;  ///< (1/n) sum_i L_i^2
};

/// Of a problem in doubles or exact numbers. Throws precondition_error where a constant is not declared.
template <Field S>
[[nodiscard]] TheoryFacts theory_facts(const AnyProblem<S>& problem);

struct Theory {
  Rational stepsize;                     ///< the largest; a little smaller where that is irrational
  std::optional<Rational> alpha{}, p{};  ///< what was given, or the theory's: the largest alpha, p = 1/m
  std::optional<Index> tau{};            ///< what was given, or 1, where the method has one
  std::function<Rational(const Rational& gamma)>
      contraction{};  ///< q, for 0 < gamma <= stepsize; empty where there is none
};

/// The gamma of the specification is not looked at. Throws spec_error for a method without a theorem here, a parameter that is
/// missing (marina's p, the tau of d-...) or out of the theorem's range, and a compressor of the wrong kind; precondition_error
/// for a compressor that does not fit the dimension.
[[nodiscard]] Theory theory_of(const MethodSpec& spec, const TheoryFacts& facts);

/// theory.contraction(gamma); throws spec_error where there is none or gamma is not in (0, stepsize].
[[nodiscard]] Rational contraction_of(const MethodSpec& spec, const Theory& theory, const Rational& gamma);

/// All that theory_of knows.
[[nodiscard]] const std::vector<std::string>& theory_names();

}  // namespace touchstone::inline v0::oracle
