#pragma once
/// \file
/// How a worker of a local method obtains its gradient from a reference point that is refreshed by a coin which the workers
/// have in common, or that never changes. With a coin of every worker's own: methods/loopless_reference.hpp.
///
///     CommonReference     ghat_i = grad f_ij(x_i) - grad f_ij(w) + grad f_i(w)          w   <- (1/n) sum_l x_l if c = 1
///     SharedCoinReference ghat_i = grad f_ij(x_i) - grad f_ij(w_i) + grad f_i(w_i)      w_i <- x_i             if c = 1
///     StarReference       ghat_i = grad f_ij(x_i) - grad f_ij(x*) + grad f_i(x*)        the solution is assumed known
///
/// with the x_i from before the step, j uniform on 1, ..., m_i.
///
/// State      w or the w_i in R^d, and the gradients grad f_i there, kept so that they are computed only when they change
/// Parameters the coin c
/// Draws      j; after the workers, the server: c

#include <tuple>
#include <utility>
#include <vector>

#include "touchstone/methods/average.hpp"
#include "touchstone/methods/loopless_reference.hpp"

namespace touchstone::inline v0 {

/// A coin that may know whether the iteration ends with a synchronization: P(c = 1) given that it does, and that it does not.
template <Field S>
struct RefreshCoin {
  S synchronizing, otherwise;

  /// P(c = 1) = q, whatever the schedule does.
  [[nodiscard]] static RefreshCoin independent(const S& q) { return {q, q}; }
  /// P(c = 1) = q, and only together with a synchronization, which has probability p >= q.
  [[nodiscard]] static RefreshCoin when_synchronizing(const S& q, const S& p) { return {S(q / p), S(0)}; }

  template <Randomness<S> R>
  [[nodiscard]] bool toss(bool synchronized, R& random) const {
    return random.bernoulli(synchronized ? synchronizing : otherwise);
  }
};

template <Field S>
struct CommonReferenceMemory {
  Vector<S> w;                                 ///< reference point, length d
  std::vector<Vector<S>> reference_gradients;  ///< grad f_i(w)
  [[nodiscard]] auto parts() { return std::tie(w, reference_gradients); }
  [[nodiscard]] auto parts() const { return std::tie(w, reference_gradients); }
  [[nodiscard]] auto free_parts() { return std::tie(w); }
  [[nodiscard]] auto free_parts() const { return std::tie(w); }
  bool operator==(const CommonReferenceMemory&) const = default;
};

template <Field S>
struct CommonReference {
  using Memory = CommonReferenceMemory<S>;

  RefreshCoin<S> coin;

  /// w = x
  template <FiniteSumProblem<S> P>
  [[nodiscard]] Memory memory(const P& f, const Vector<S>& x) const {
    Memory memory{x, {}};
    remember(f, memory);
    return memory;
  }
  /// What follows from the reference point.
  template <FiniteSumProblem<S> P>
  void remember(const P& f, Memory& memory) const {
    memory.reference_gradients.clear();
    for (Index i = 0; i < f.workers(); ++i) memory.reference_gradients.push_back(f.gradient(i, memory.w));
  }

  template <FiniteSumProblem<S> P, Randomness<S> R>
  [[nodiscard]] Vector<S> gradient(const P& f, Index i, const Vector<S>& x_i, const Memory& memory,
                                   R& random) const {
    const Index j = random.choose(f.components(i));
    Vector<S> g = f.component_gradient(i, j, x_i);
    g += memory.reference_gradients[static_cast<std::size_t>(i)] - f.component_gradient(i, j, memory.w);
    return g;
  }

  /// `x` are the iterates before the step.
  template <FiniteSumProblem<S> P, Randomness<S> R>
  void refresh_together(const P& f, const std::vector<Vector<S>>& x, bool synchronized, Memory& memory,
                        R& server) const {
    if (!coin.toss(synchronized, server)) return;
    memory.w = average(x);
    remember(f, memory);
  }
  /// Scalars that a worker sends when w changes: x_i.
  [[nodiscard]] Index refresh_scalars(Index d) const { return d; }
};

template <Field S>
struct SharedCoinReference {
  using Memory = ReferenceMemory<S>;

  RefreshCoin<S> coin;

  /// w_i = x
  template <FiniteSumProblem<S> P>
  [[nodiscard]] Memory memory(const P& f, const Vector<S>& x) const {
    return own().memory(f, x);
  }
  template <FiniteSumProblem<S> P>
  void remember(const P& f, Memory& memory) const {
    own().remember(f, memory);
  }
  template <FiniteSumProblem<S> P, Randomness<S> R>
  [[nodiscard]] Vector<S> gradient(const P& f, Index i, const Vector<S>& x_i, const Memory& memory,
                                   R& random) const {
    return own().gradient(f, i, x_i, memory, random);
  }
  /// `x` are the iterates before the step.
  template <FiniteSumProblem<S> P, Randomness<S> R>
  void refresh_together(const P& f, const std::vector<Vector<S>>& x, bool synchronized, Memory& memory,
                        R& server) const {
    if (!coin.toss(synchronized, server)) return;
    memory.w = x;
    remember(f, memory);
  }

 private:
  [[nodiscard]] static LooplessReference<S> own() { return {S(0)}; }
};

template <Field S>
struct StarReference {
  Vector<S> x_star;
  std::vector<Vector<S>> gradients_at_solution;  ///< grad f_i(x*), n vectors of length d

  template <DistributedProblem<S> P>
  [[nodiscard]] static StarReference of(const P& f, const Vector<S>& x_star) {
    StarReference reference{x_star, {}};
    for (Index i = 0; i < f.workers(); ++i) reference.gradients_at_solution.push_back(f.gradient(i, x_star));
    return reference;
  }
  template <FiniteSumProblem<S> P, Randomness<S> R>
  [[nodiscard]] Vector<S> gradient(const P& f, Index i, const Vector<S>& x_i, R& random) const {
    const Index j = random.choose(f.components(i));
    Vector<S> g = f.component_gradient(i, j, x_i);
    g += gradients_at_solution[static_cast<std::size_t>(i)] - f.component_gradient(i, j, x_star);
    return g;
  }
};

}  // namespace touchstone::inline v0
