#pragma once
/// \file
/// Shifts of local methods that are learned and sum to zero: g_i = ghat_i - (h_i - h), h = (1/n) sum_l h_l. What is never
/// learned: methods/shift.hpp.
///
///     ReferenceShift   h_i = grad f_i(w) or grad f_i(w_i), which the reference point of the estimator keeps anyway
///     SampledShift     h_i <- the mean of r fresh gradients of worker i at (1/n) sum_l x_l if c = 1
///
/// with the x_l and h_l from before the step.
///
/// State      of a SampledShift h_1, ..., h_n in R^d
/// Parameters r >= 1; the coin c; how a fresh gradient is obtained
/// Draws      of a SampledShift by the server, after the workers: c; if c = 1 for i = 1..n the r gradients, by participant
///            n + 1 + i

#include <tuple>
#include <utility>
#include <vector>

#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/methods/local/reference.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct ReferenceShift {
  /// h
  template <class State>
  [[nodiscard]] Vector<S> mean(const State& s) const {
    return average(s.reference_gradients);
  }
  template <class State, Randomness<S> R>
  [[nodiscard]] Vector<S> estimate(const State& s, Index i, Vector<S> gradient, const Vector<S>& mean,
                                   R& /*random*/) const {
    gradient += mean - s.reference_gradients[static_cast<std::size_t>(i)];
    return gradient;
  }
  /// Scalars that a worker sends when its reference point has changed: h_i.
  [[nodiscard]] Index refresh_scalars(Index d) const { return d; }
};

template <Field S>
struct SampledShiftMemory {
  std::vector<Vector<S>> h;  ///< n shifts, length d each
  [[nodiscard]] auto parts() { return std::tie(h); }
  [[nodiscard]] auto parts() const { return std::tie(h); }
  bool operator==(const SampledShiftMemory&) const = default;
};

template <Field S, class Oracle = SampledComponent>
struct SampledShift {
  using Memory = SampledShiftMemory<S>;

  RefreshCoin<S> coin;
  Index r;  ///< gradients that a shift is the mean of
  Oracle oracle{};

  /// Shifts drawn at x, which all workers have in common: how a method starts.
  template <DistributedProblem<S> P, Randomness<S> R>
  [[nodiscard]] std::vector<Vector<S>> draw(const P& f, const Vector<S>& x, R& random) const {
    return draw(f, x, 0, random);
  }

  /// h_i = grad f_i(x)
  template <DistributedProblem<S> P>
  [[nodiscard]] Memory memory(const P& f, const Vector<S>& x) const {
    require(r >= 1, "a shift is the mean of a gradient or more (r)", r);
    Memory memory;
    for (Index i = 0; i < f.workers(); ++i) memory.h.push_back(f.gradient(i, x));
    return memory;
  }
  /// h
  [[nodiscard]] Vector<S> mean(const Memory& memory) const { return average(memory.h); }

  template <Randomness<S> R>
  [[nodiscard]] Vector<S> estimate(const Memory& memory, Index i, Vector<S> gradient, const Vector<S>& mean,
                                   R& /*random*/) const {
    gradient += mean - memory.h[static_cast<std::size_t>(i)];
    return gradient;
  }

  /// `x` are the iterates before the step.
  template <DistributedProblem<S> P, Randomness<S> R>
  void refresh_together(const P& f, const std::vector<Vector<S>>& x, bool synchronized, Memory& memory,
                        R& server) const {
    if (coin.toss(synchronized, server)) memory.h = draw(f, average(x), f.workers() + 1, server);
  }
  /// Scalars that a worker sends when the shifts change: x_i, then h_i.
  [[nodiscard]] Index refresh_scalars(Index d) const { return 2 * d; }

 private:
  template <class P, class R>
  [[nodiscard]] std::vector<Vector<S>> draw(const P& f, const Vector<S>& x, Index first, R& random) const {
    std::vector<Vector<S>> h;
    for (Index i = 0; i < f.workers(); ++i) {
      R& own = random.worker(first + i);
      Vector<S> sum = oracle.gradient(f, i, x, own);
      for (Index t = 1; t < r; ++t) sum += oracle.gradient(f, i, x, own);
      h.push_back(Vector<S>(sum / integer<S>(r)));
    }
    return h;
  }
};

}  // namespace touchstone::inline v0
