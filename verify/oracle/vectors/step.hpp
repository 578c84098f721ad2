#pragma once
/// \file
/// One step of a method, every outcome of its choices, obtained twice.

#include "touchstone/randomness/transcript.hpp"
#include "verify/oracle/vectors/method_cases.hpp"

namespace touchstone::inline v0::oracle::vectors {

struct StepOutcome {
  Rational probability;
  Transcript choices;
  NamedState<Rational> after;
};

/// In canonical order.
[[nodiscard]] std::vector<StepOutcome> outcomes_of(const AnyMethod<Rational>& method,
                                                   const NamedState<Rational>& state);

/// The mean of the vectors.
[[nodiscard]] Vector<Rational> mean_of(const StatePart<Rational>& part);

/// The second way. Throws std::logic_error with `id` unless
///     the mean over the outcomes is what the theory says, exactly: xt -> xt - gamma grad f(x) for the virtual iterate
///     xt = x - (1/n) sum_i e_i - gamma sum of the delayed estimates, which is x for most methods; for MARINA that of its
///     estimator; nothing where a regularizer bends the step;
///     the same choices in double arithmetic give the same states, within step_error.
void require_step_opinion(const std::string& id, const MethodCase& one, const NamedState<Rational>& state,
                          const std::vector<StepOutcome>& outcomes);

/// 256 units in the last place of the largest number in sight, 1 included: a step of the methods here is at most about that many
/// operations on numbers of that size.
[[nodiscard]] Rational step_error(const NamedState<Rational>& before, const NamedState<Rational>& after);

/// The largest distance between numbers of the states. Infinite for a number that is not finite.
[[nodiscard]] bool within(const Rational& error, const NamedState<double>& found,
                          const NamedState<Rational>& exact);

/// {"kind": .., "n": .., "k": .., "answer": [..], "worker": ..} a choice, as the kind has them; the server is worker -1.
[[nodiscard]] Json json_of_choices(const Transcript& choices);

}  // namespace touchstone::inline v0::oracle::vectors
