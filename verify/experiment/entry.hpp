#pragma once
/// \file
/// What the entries of methods.hpp share: which options a method has, what it is made from.

#include <type_traits>

#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/problems/logistic_regression.hpp"
#include "verify/experiment/settings.hpp"
#include "verify/program/console.hpp"

namespace touchstone::inline v0 {

using UnbiasedChoice = Selected<Identity, RandK, Bernoulli, Natural, Dithering, TernGrad>;
using ContractiveChoice = Selected<Identity, TopK>;

/// The compressor as one of this kind. Throws usage_error where it is not.
[[nodiscard]] UnbiasedChoice unbiased(const ExperimentSettings& settings);
[[nodiscard]] UnbiasedChoice unbiased_shift(const ExperimentSettings& settings);
[[nodiscard]] ContractiveChoice contractive(const ExperimentSettings& settings);

/// Options that are not for every method.
struct Accepts {
  bool workers = false;
  bool compressor = false;
  bool shift_compressor = false;
  bool sampled = false;
  bool batch = false;
  bool loop = false;
};

/// Throws usage_error where an option is given that the method does not have.
void require_accepted(const ExperimentSettings& settings, const Accepts& accepts);

/// What a method is made from.
template <Field S>
struct Ingredients {
  const LogisticRegression<S>& f;
  const Vector<S>& x_star;  ///< the solution, as well as S can hold it
  S gamma;
};

template <class Oracle>
inline constexpr bool is_sampled = std::is_same_v<Oracle, SampledComponent>;

/// Throws usage_error where the settings do not fit the method.
template <class Entry>
[[nodiscard]] Entry entry_of(const ExperimentSettings& settings) {
  require_accepted(settings, Entry::accepts);
  if constexpr (std::is_constructible_v<Entry, const ExperimentSettings&>)
    return Entry(settings);
  else
    return Entry{};
}

}  // namespace touchstone::inline v0
