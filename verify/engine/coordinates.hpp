#pragma once
/// \file
/// A method's state as one vector of coordinates, in the order of its parts().

#include <tuple>
#include <vector>

#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

namespace detail {

template <class S, class Visit>
void for_each_block(Vector<S>& part, Visit&& visit) {
  visit(part);
}
template <class S, class Visit>
void for_each_block(const Vector<S>& part, Visit&& visit) {
  visit(part);
}
template <class S, class Visit>
void for_each_block(std::vector<Vector<S>>& part, Visit&& visit) {
  for (Vector<S>& block : part) visit(block);
}
template <class S, class Visit>
void for_each_block(const std::vector<Vector<S>>& part, Visit&& visit) {
  for (const Vector<S>& block : part) visit(block);
}

/// Calls visit on every vector of the state, in order.
template <class State, class Visit>
void for_each_vector(State& state, Visit&& visit) {
  std::apply([&](auto&... part) { (for_each_block(part, visit), ...); }, state.parts());
}

}  // namespace detail

/// All coordinates of a state, one after the other.
template <Field S, class State>
[[nodiscard]] Vector<S> coordinates(const State& state) {
  Index size = 0;
  detail::for_each_vector(state, [&](const Vector<S>& block) { size += block.size(); });
  Vector<S> all(size);
  Index at = 0;
  detail::for_each_vector(state, [&](const Vector<S>& block) {
    all.segment(at, block.size()) = block;
    at += block.size();
  });
  return all;
}

/// A state of the shape of `like` with the given coordinates.
template <class State, Field S>
[[nodiscard]] State with_coordinates(State like, const Vector<S>& all) {
  Index at = 0;
  detail::for_each_vector(like, [&](Vector<S>& block) {
    block = all.segment(at, block.size());
    at += block.size();
  });
  return like;
}

}  // namespace touchstone::inline v0
