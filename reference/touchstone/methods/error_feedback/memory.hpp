#pragma once
/// \file
/// What the parts of an error-feedback method remember between iterations, and the state that is made of it.

#include <tuple>
#include <vector>

#include "touchstone/numbers/scalar.hpp"

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
template <Field S, class... Memories>
struct ErrorFeedbackState : Memories... {
  Vector<S> x;  ///< model, length d
  [[nodiscard]] auto parts() { return std::tuple_cat(std::tie(x), Memories::parts()...); }
  [[nodiscard]] auto parts() const { return std::tuple_cat(std::tie(x), Memories::parts()...); }
  [[nodiscard]] auto free_parts() { return std::tuple_cat(std::tie(x), free_parts_of<Memories>(*this)...); }
  [[nodiscard]] auto free_parts() const { return std::tuple_cat(std::tie(x), free_parts_of<Memories>(*this)...); }
  bool operator==(const ErrorFeedbackState&) const = default;

 private:
  template <class Memory, class Self>
  static auto free_parts_of(Self& self) {
    if constexpr (requires { self.Memory::free_parts(); })
      return self.Memory::free_parts();
    else
      return self.Memory::parts();
  }
};

template <Field S>
[[nodiscard]] std::vector<Vector<S>> zero_vectors(Index count, Index d) {
  const Vector<S> zero = Vector<S>::Zero(d);
  return std::vector<Vector<S>>(static_cast<std::size_t>(count), zero);
}

}  // namespace touchstone::inline v0
