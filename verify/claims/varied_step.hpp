#pragma once
/// \file
/// One step of a method in a case, as stated or as a mutant has it. A case is a struct with members f, method and state and a
/// type Method.

#include <functional>
#include <utility>
#include <vector>

#include "touchstone/randomness/exhaustive.hpp"
#include "verify/engine/studied_choices.hpp"

namespace touchstone::inline v0 {

template <class Case>
using StateOf = decltype(Case::state);

/// What a mutant changes; as stated, nothing.
template <class Case>
struct StepVariation {
  using State = StateOf<Case>;
  std::function<void(Case&)> change{};                                          ///< of the row, the parameters
  std::function<void(const Case&, const State& before, State& after)> alter{};  ///< of the update
  bool shared_choices = false;  ///< all workers make worker 0's choices
};

/// Every outcome of a step of the case under a variation.
template <class Case>
[[nodiscard]] std::vector<std::pair<Rational, StateOf<Case>>> step_law(const Case& at,
                                                                       const StepVariation<Case>& variation,
                                                                       const StateOf<Case>& before) {
  std::vector<std::pair<Rational, StateOf<Case>>> law;
  for_each_outcome<Rational>(
      [&](Exhaustive<Rational>& source) {
        StudiedChoices choices(source, variation.shared_choices, nullptr);
        StateOf<Case> after = at.method.step(at.f, before, choices);
        if (variation.alter) variation.alter(at, before, after);
        return after;
      },
      [&](const Rational& probability, StateOf<Case>&& after) { law.emplace_back(probability, std::move(after)); });
  return law;
}

}  // namespace touchstone::inline v0
