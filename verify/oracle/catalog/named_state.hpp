#pragma once
/// \file
/// The state of a method as named parts: what outside implementations and files speak of.

#include <algorithm>
#include <string>
#include <vector>

#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0::oracle {

/// One member of a method's state: x, h, e, w, table, ... A table of n workers with m vectors each has its n m vectors worker
/// by worker.
template <Field S>
struct StatePart {
  std::string name;
  std::vector<Vector<S>> vectors;
  bool operator==(const StatePart&) const = default;
};

/// In the order of the state's members.
template <Field S>
using NamedState = std::vector<StatePart<S>>;

/// The part of that name; null where there is none.
template <Field S>
[[nodiscard]] const StatePart<S>* find_part(const NamedState<S>& state, const std::string& name) {
  const auto found =
      std::find_if(state.begin(), state.end(), [&](const StatePart<S>& part) { return part.name == name; });
  return found == state.end() ? nullptr : &*found;
}
template <Field S>
[[nodiscard]] StatePart<S>* find_part(NamedState<S>& state, const std::string& name) {
  const auto found =
      std::find_if(state.begin(), state.end(), [&](const StatePart<S>& part) { return part.name == name; });
  return found == state.end() ? nullptr : &*found;
}

/// What a part of a state looks like.
struct PartShape {
  std::string name;
  bool single;   ///< a vector, not a list of vectors
  bool derived;  ///< follows from the other parts: a mean, a gradient at a reference point
};

}  // namespace touchstone::inline v0::oracle
