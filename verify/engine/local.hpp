#pragma once
/// \file
/// What the theory of chapter 4 speaks of at a state of a local method.

#include <vector>

#include "touchstone/methods/local/reference.hpp"
#include "verify/engine/error_feedback.hpp"

namespace touchstone::inline v0 {

/// V = (1/n) sum_i |x_i - x|^2, x the average of the x_i.
template <Field S>
[[nodiscard]] S discrepancy(const std::vector<Vector<S>>& iterates) {
  const Vector<S> x = average(iterates);
  S sum(0);
  for (const Vector<S>& x_i : iterates) sum += (x_i - x).squaredNorm();
  return S(sum / integer<S>(static_cast<Index>(iterates.size())));
}

/// (1/n) sum_i grad f_i(x_i)
template <Field S, class P>
[[nodiscard]] Vector<S> mean_local_gradient(const P& f, const std::vector<Vector<S>>& iterates) {
  Vector<S> sum = f.gradient(0, iterates.front());
  for (Index i = 1; i < f.workers(); ++i) sum += f.gradient(i, iterates[static_cast<std::size_t>(i)]);
  return sum / integer<S>(f.workers());
}

template <class State>
concept HasOneReference = requires(const State& s) {
  s.w.squaredNorm();
};

/// The state of a local method with its reference points as a list, one for each worker.
template <Field S>
struct LocalMemories {
  std::vector<Vector<S>> h, w;  ///< empty where there are none
};

/// h_i: those that are kept, or the gradients at the reference points where there are no others.
template <Field S, class State>
[[nodiscard]] LocalMemories<S> local_memories(const State& s) {
  LocalMemories<S> all;
  if constexpr (LearnsShifts<State>)
    all.h = s.h;
  else if constexpr (requires { s.reference_gradients; })
    all.h = s.reference_gradients;
  if constexpr (HasOneReference<State>)
    all.w.assign(s.x.size(), s.w);
  else if constexpr (RemembersReferences<State>)
    all.w = s.w;
  return all;
}

/// s1 = (1/n) sum_i |h_i - grad f_i(x*)|^2; 0 without shifts.
template <Field S, class P, class State>
[[nodiscard]] S local_shift_variance(const P& f, const State& s, const Vector<S>& x_star) {
  const LocalMemories<S> memories = local_memories<S>(s);
  if (memories.h.empty()) return S(0);
  return shift_variance(f, memories, x_star);
}

/// s2 = (1/n) sum_i (1/m_i) sum_j |grad f_ij(w_i) - grad f_ij(x*)|^2; 0 without reference points.
template <Field S, class P, class State>
[[nodiscard]] S local_reference_variance(const P& f, const State& s, const Vector<S>& x_star) {
  const LocalMemories<S> memories = local_memories<S>(s);
  if (memories.w.empty()) return S(0);
  return reference_variance(f, memories, x_star);
}

}  // namespace touchstone::inline v0
