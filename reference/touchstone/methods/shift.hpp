#pragma once
/// \file
/// What a worker takes off its gradient ghat_i, where it learns nothing.
///
///     NoShift     g_i = ghat_i
///     StarShift   g_i = ghat_i - grad f_i(x*)      the gradients at the solution are assumed known
///
/// Draws nothing.

#include <utility>
#include <vector>

#include "touchstone/problems/problem.hpp"
#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct NoShift {
  template <class R>
  static constexpr bool accepts = true;

  template <class Memory, Randomness<S> R>
  [[nodiscard]] Vector<S> estimate(Memory& /*none*/, Index /*i*/, Vector<S> gradient, const Vector<S>& /*mean*/,
                                   R& /*random*/) const {
    return gradient;
  }
  [[nodiscard]] Index estimate_bits(Index d, Index scalar_bits) const { return d * scalar_bits; }
  [[nodiscard]] Index extra_bits(Index /*d*/, Index /*scalar_bits*/) const { return 0; }
};

template <Field S>
struct StarShift {
  template <class R>
  static constexpr bool accepts = true;

  std::vector<Vector<S>> gradients_at_solution;  ///< grad f_i(x*), n vectors of length d

  template <DistributedProblem<S> P>
  [[nodiscard]] static StarShift of(const P& f, const Vector<S>& x_star) {
    StarShift shift;
    for (Index i = 0; i < f.workers(); ++i) shift.gradients_at_solution.push_back(f.gradient(i, x_star));
    return shift;
  }
  template <class Memory, Randomness<S> R>
  [[nodiscard]] Vector<S> estimate(Memory& /*none*/, Index i, Vector<S> gradient, const Vector<S>& /*mean*/,
                                   R& /*random*/) const {
    gradient -= gradients_at_solution[static_cast<std::size_t>(i)];
    return gradient;
  }
  [[nodiscard]] Index estimate_bits(Index d, Index scalar_bits) const { return d * scalar_bits; }
  [[nodiscard]] Index extra_bits(Index /*d*/, Index /*scalar_bits*/) const { return 0; }
};

}  // namespace touchstone::inline v0
