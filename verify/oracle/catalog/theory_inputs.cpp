#include "verify/oracle/catalog/theory_inputs.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "touchstone/theory/unified_sgd/expected_smoothness.hpp"
#include "verify/oracle/catalog/compressors.hpp"
#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/catalog/spec_error.hpp"

namespace touchstone::inline v0::oracle {

Rational TheoryInputs::batch() {
  tau_ = given_.tau.value_or(1);
  if (*tau_ < 1) throw spec_error(fmt::format("tau: found {}, expected at least 1", *tau_));
  return integer<Rational>(*tau_);
}

Rational TheoryInputs::expected_smoothness() {
  const Rational tau = batch();
  if (*tau_ > facts_.m) throw spec_error(fmt::format("tau: found {}, expected at most {}", *tau_, facts_.m));
  if (facts_.m == 1) return facts_.L;
  return tau_nice_smoothness(facts_.L, facts_.largest_L_ij, integer<Rational>(facts_.m), tau);
}

Rational TheoryInputs::alpha(const std::vector<Rational>& bounds) {
  const Rational largest = *std::min_element(bounds.begin(), bounds.end());
  alpha_ = given_.alpha.value_or(largest);
  if (!(0 < *alpha_ && *alpha_ <= largest))
    throw spec_error(
        fmt::format("alpha: found {}, expected 0 < alpha <= {}", exact_text(*alpha_), exact_text(largest)));
  return *alpha_;
}

Rational TheoryInputs::refresh() {
  return probability(given_.p.value_or(ratio<Rational>(1, facts_.m)));
}

Rational TheoryInputs::probability(const Rational& p) {
  if (!(0 < p && p <= 1)) throw spec_error(fmt::format("p: found {}, expected 0 < p <= 1", exact_text(p)));
  p_ = p;
  return p;
}

Rational TheoryInputs::omega(const std::string& text) const {
  const AnyCompressor<Rational> compressor = parse_compressor<Rational>("compressor", text);
  if (!compressor.omega_stated()) refuse_kind(text, "an unbiased");
  return *compressor.omega(facts_.d);
}

Rational TheoryInputs::delta(const std::string& text) const {
  const AnyCompressor<Rational> compressor = parse_compressor<Rational>("compressor", text);
  if (!compressor.delta_stated()) refuse_kind(text, "a contractive");
  return *compressor.delta(facts_.d);
}

void TheoryInputs::require_one_node() const {
  if (facts_.n != 1)
    throw spec_error(fmt::format("workers: found {}, expected 1, as {} is a method of one node", facts_.n, name_));
}

void TheoryInputs::refuse_kind(const std::string& text, const char* kind) const {
  throw spec_error(
      fmt::format("compressor: found '{}', expected {} compressor for the theorem of {}", text, kind, name_));
}

void TheoryInputs::refuse_missing(const char* parameter) const {
  throw spec_error(fmt::format("{}: found nothing, expected a value, as {} needs one", parameter, name_));
}

template <Field S>
TheoryFacts theory_facts(const AnyProblem<S>& problem) {
  const ProblemConstants<S>& c = problem.constants();
  require(!c.L_i.empty() && !c.L_ij.empty() && !c.L_ij.front().empty(),
          "the theory needs a problem whose constants L, mu, L_i and L_ij are declared");
  Rational squares = 0;
  for (const S& L : c.L_i) squares += Rational(L) * Rational(L);
  return {.d = problem.dimension(),
          .n = problem.workers(),
          .m = problem.components(0),
          .mu = Rational(c.mu),
          .L = Rational(c.L),
          .largest_L_i = Rational(c.largest_L_i()),
          .largest_L_ij = Rational(c.largest_L_ij()),
          .mean_square_L_i = squares / integer<Rational>(problem.workers())};
}

template TheoryFacts theory_facts(const AnyProblem<double>&);
template TheoryFacts theory_facts(const AnyProblem<Rational>&);

}  // namespace touchstone::inline v0::oracle
