#pragma once
/// \file
/// How a worker obtains its gradient by loopless variance reduction: from a reference point of its own, which a coin of its
/// own refreshes.
///
///     draw j uniformly from 1, ..., m_i
///     ghat_i = grad f_ij(x) - grad f_ij(w_i) + grad f_i(w_i)
///     ...                                                        what the worker does with ghat_i
///     draw c with P(c = 1) = p;   w_i <- x if c = 1              the x from before this step
///
/// State      w_i in R^d; grad f_i(w_i), kept so that it is computed only when w_i changes
/// Parameters 0 < p <= 1
/// Draws      j; at the end of the worker's turn c

#include <tuple>
#include <vector>

#include "touchstone/methods/memory.hpp"
#include "touchstone/problems/problem.hpp"
#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct ReferenceMemory {
  std::vector<Vector<S>> w;                    ///< n reference points, length d each
  std::vector<Vector<S>> reference_gradients;  ///< grad f_i(w_i)
  [[nodiscard]] auto parts() { return std::tie(w, reference_gradients); }
  [[nodiscard]] auto parts() const { return std::tie(w, reference_gradients); }
  [[nodiscard]] auto free_parts() { return std::tie(w); }
  [[nodiscard]] auto free_parts() const { return std::tie(w); }
  bool operator==(const ReferenceMemory&) const = default;
};

template <Field S>
struct LooplessReference {
  using Memory = ReferenceMemory<S>;

  S p;  ///< probability of refreshing a reference point

  /// w_i = x
  template <FiniteSumProblem<S> P>
  [[nodiscard]] Memory memory(const P& f, const Vector<S>& x) const {
    Memory memory{std::vector<Vector<S>>(static_cast<std::size_t>(f.workers()), x), {}};
    remember(f, memory);
    return memory;
  }
  /// What follows from the reference points.
  template <FiniteSumProblem<S> P>
  void remember(const P& f, Memory& memory) const {
    memory.reference_gradients.clear();
    for (Index i = 0; i < f.workers(); ++i)
      memory.reference_gradients.push_back(f.gradient(i, memory.w[static_cast<std::size_t>(i)]));
  }

  template <FiniteSumProblem<S> P, Randomness<S> R>
  [[nodiscard]] Vector<S> gradient(const P& f, Index i, const Vector<S>& x, const Memory& memory, R& random) const {
    const Index j = random.choose(f.components(i));
    const auto at = static_cast<std::size_t>(i);
    return f.component_gradient(i, j, x) - f.component_gradient(i, j, memory.w[at]) +
           memory.reference_gradients[at];
  }

  template <FiniteSumProblem<S> P, Randomness<S> R>
  void refresh(const P& f, Index i, const Vector<S>& x, Memory& memory, R& random) const {
    if (!random.bernoulli(p)) return;
    const auto at = static_cast<std::size_t>(i);
    memory.w[at] = x;
    memory.reference_gradients[at] = f.gradient(i, x);
  }
};

}  // namespace touchstone::inline v0
