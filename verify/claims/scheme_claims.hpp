#pragma once
/// \file
/// The words that the claims of chapter 3 share, and mutants of what they state.

#include <functional>
#include <string>
#include <vector>

#include "verify/claims/scheme_study.hpp"
#include "verify/claims/study_parts.hpp"

namespace touchstone::inline v0 {

[[nodiscard]] Claim assumption_claim(const MethodNames& names, std::vector<Check> checks);
[[nodiscard]] Claim lyapunov_claim(const MethodNames& names, std::vector<Check> checks);
[[nodiscard]] Claim rate_claim(const MethodNames& names, std::vector<Check> checks);
[[nodiscard]] Claim average_claim(const MethodNames& names, std::vector<Check> checks);
/// Of delayed methods.
[[nodiscard]] Claim expectation_claim(const MethodNames& names, std::vector<Check> checks);

/// One constant of the row at a time is a tenth of what it is, or for rho a quarter more. `names` as on the theory's pages: "A", "B1",
/// "D1", "A~", "B2~", "D1~", "A'", "B1'", "B2'", "D1'", "rho1", "C1", "G", "D2", "rho2", "C2". Throws std::out_of_range for others.
[[nodiscard]] std::vector<Mutant<std::function<void(SchemeTheorem&)>>> wrong_constants(
    const std::vector<std::string>& names);

template <class Method>
[[nodiscard]] VariationList<Method> with_wrong_constants(const std::vector<std::string>& names) {
  VariationList<Method> all;
  for (const auto& mutant : wrong_constants(names))
    all.push_back({mutant.name, {.change = [change = mutant.variation](auto& at) { change(at.theorem); }}});
  return all;
}

/// The errors weigh a thousandth in V.
template <class Method>
[[nodiscard]] VariationList<Method> too_good() {
  return {{"errors weighed with L/1000", {.change = [](auto& at) { at.theorem.L /= 1000; }}}};
}

/// x moves as far the other way.
template <class Method>
[[nodiscard]] VariationList<Method> uphill() {
  return {{"a step uphill", {.alter = [](const auto&, const auto& s, auto& next) { next.x = 2 * s.x - next.x; }}}};
}

/// All workers draw what the first one draws.
template <class Method>
[[nodiscard]] VariationList<Method> one_choice() {
  return {{"one choice for all workers", {.shared_choices = true}}};
}

/// The closed form is claimed for a multiple of mu.
template <class Method>
[[nodiscard]] VariationList<Method> too_fast() {
  return {{"rate with 8 mu", {.change = [](auto& at) { at.theorem.mu_factor = 8; }}}};
}

}  // namespace touchstone::inline v0
