#pragma once
/// \file
/// A method's state as one vector of coordinates. Counters (the position in a schedule) are no coordinates, nor are parts that
/// follow from others (a mean that is kept, the gradient at a reference point): a state that has such parts names the others by free_parts(), in the order in which
/// the method's initial() takes them.

#include <tuple>
#include <vector>

#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

namespace detail {

template <class Visit>
void for_each_block(const Index& /*position*/, Visit&& /*visit*/) {}
template <class S, class Visit>
void for_each_block(Vector<S>& part, Visit&& visit) {
  visit(part);
}
template <class S, class Visit>
void for_each_block(const Vector<S>& part, Visit&& visit) {
  visit(part);
}
template <class S, class Visit>
void for_each_block(Matrix<S>& part, Visit&& visit) {
  for (Index j = 0; j < part.cols(); ++j) {
    Vector<S> column = part.col(j);
    visit(column);
    part.col(j) = column;
  }
}
template <class S, class Visit>
void for_each_block(const Matrix<S>& part, Visit&& visit) {
  for (Index j = 0; j < part.cols(); ++j) visit(Vector<S>(part.col(j)));
}
template <class T, class Visit>
void for_each_block(std::vector<T>& part, Visit&& visit) {
  for (T& block : part) for_each_block(block, visit);
}
template <class T, class Visit>
void for_each_block(const std::vector<T>& part, Visit&& visit) {
  for (const T& block : part) for_each_block(block, visit);
}

template <class State>
auto free_parts(State& state) {
  if constexpr (requires { state.free_parts(); })
    return state.free_parts();
  else
    return state.parts();
}

/// Calls visit on every vector of the free parts, in order.
template <class State, class Visit>
void for_each_vector(State& state, Visit&& visit) {
  std::apply([&](auto&... part) { (for_each_block(part, visit), ...); }, free_parts(state));
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

/// The state of `method` on f of the shape of `like` with the given coordinates.
template <class Method, class P, class State, Field S>
[[nodiscard]] State with_coordinates(const Method& method, const P& f, State like, const Vector<S>& all) {
  Index at = 0;
  detail::for_each_vector(like, [&](Vector<S>& block) {
    block = all.segment(at, block.size());
    at += block.size();
  });
  return std::apply([&](const auto&... part) { return method.initial(f, part...); }, detail::free_parts(like));
}

}  // namespace touchstone::inline v0
