#pragma once
/// \file
/// What the parts of a method remember between iterations, and the state that is made of it.

#include <tuple>
#include <utility>
#include <vector>

#include "touchstone/problems/problem.hpp"

namespace touchstone::inline v0 {

/// A part that remembers something says what.
template <class Part>
concept Remembers = requires {
  typename Part::Memory;
};

namespace detail {

/// Named by the part: a state may hold several.
template <class Part>
struct NoMemory {
  [[nodiscard]] auto parts() const { return std::tuple<>(); }
  bool operator==(const NoMemory&) const = default;
};

template <class Part>
struct MemoryOf {
  using type = NoMemory<Part>;
};
template <Remembers Part>
struct MemoryOf<Part> {
  using type = typename Part::Memory;
};

}  // namespace detail

template <class Part>
using MemoryOf = typename detail::MemoryOf<Part>::type;

/// The model and all memories, side by side: s.x, s.e, s.h, s.w.
template <class Model, class... Memories>
struct ComposedState : Memories... {
  Model x;
  [[nodiscard]] auto parts() { return std::tuple_cat(std::tie(x), Memories::parts()...); }
  [[nodiscard]] auto parts() const { return std::tuple_cat(std::tie(x), Memories::parts()...); }
  [[nodiscard]] auto free_parts() { return std::tuple_cat(std::tie(x), free_parts_of<Memories>(*this)...); }
  [[nodiscard]] auto free_parts() const { return std::tuple_cat(std::tie(x), free_parts_of<Memories>(*this)...); }
  bool operator==(const ComposedState&) const = default;

 private:
  template <class Memory, class Self>
  static auto free_parts_of(Self& self) {
    if constexpr (requires { self.Memory::free_parts(); })
      return self.Memory::free_parts();
    else
      return self.Memory::parts();
  }
};

namespace detail {

template <class T>
void require_same_shape(const Vector<T>& found, const Vector<T>& expected) {
  require_dimension(found, expected.size());
}
template <class T>
void require_same_shape(const std::vector<Vector<T>>& found, const std::vector<Vector<T>>& expected) {
  require(found.size() == expected.size(), "a state needs a vector for each worker or delay (found, expected)",
          found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) require_same_shape(found[i], expected[i]);
}
inline void require_same_shape(const Index& /*found*/, const Index& /*expected*/) {}

}  // namespace detail

/// Throws precondition_error unless the free parts of a state have the sizes of those of another.
template <class State>
void require_shape_of(const State& found, const State& expected) {
  const auto parts = found.free_parts();
  const auto shapes = expected.free_parts();
  [&]<std::size_t... at>(std::index_sequence<at...>) {
    (detail::require_same_shape(std::get<at>(parts), std::get<at>(shapes)), ...);
  }
  (std::make_index_sequence<std::tuple_size_v<decltype(parts)>>());
}

template <Field S>
[[nodiscard]] std::vector<Vector<S>> zero_vectors(Index count, Index d) {
  const Vector<S> zero = Vector<S>::Zero(d);
  return std::vector<Vector<S>>(static_cast<std::size_t>(count), zero);
}

}  // namespace touchstone::inline v0
