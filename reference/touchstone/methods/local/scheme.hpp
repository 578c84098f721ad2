#pragma once
/// \file
/// The scheme of chapter 4: what all local methods have in common. Every worker steps from an iterate of its own; from time
/// to time the iterates are averaged.
///
///     worker i   ghat_i with E ghat_i = grad f_i(x_i)           estimator    methods/gradient_oracle.hpp, sampling.hpp,
///                                                                            loopless_reference.hpp, local/reference.hpp
///                g_i = ghat_i - b_i with sum_i b_i = 0          shift        methods/shift.hpp, local/shift.hpp
///                xhat_i = x_i - gamma g_i
///     all        x_i <- (1/n) sum_l xhat_l if synchronized,     schedule     local/schedule.hpp
///                       xhat_i      otherwise
///     all        reference points and shifts are refreshed from the x_i of before the step
///
/// Every method is a choice of the three parts; its own file has its page and its name.
///
/// Thesis     slides 66-76
/// Problem    min f(x), f = (1/n) sum_i f_i; every f_i L-smooth and quasi-strongly convex with a common x*
/// State      x_1, ..., x_n in R^d, equal at the start, and what the parts remember: reference points w or w_i, shifts h_i,
///            the position in a deterministic schedule
/// Draws      for i = 1..n: those of ghat_i, and where reference points have coins of their own that coin; then by the server,
///            as participant n + 1: the coin of the schedule, that of the reference point or the shifts; then for i = 1..n the
///            samples of a shift, by participant n + 1 + i
/// Sends      d scalars of every worker, and back, in a synchronization; refreshes: see the parts
/// Theory     theory/local/assumption.hpp
/// Invariant  the average (1/n) sum_i x_i obeys x <- x - gamma (1/n) sum_i g_i, synchronized or not

#include <tuple>
#include <utility>
#include <vector>

#include "touchstone/methods/local/reference.hpp"
#include "touchstone/methods/local/schedule.hpp"
#include "touchstone/methods/local/shift.hpp"
#include "touchstone/methods/memory.hpp"
#include "touchstone/methods/shift.hpp"

namespace touchstone::inline v0 {

template <Field S, class Schedule, class Estimator, class Shift = NoShift<S>>
struct LocalMethod {
  using State = ComposedState<std::vector<Vector<S>>, MemoryOf<Estimator>, MemoryOf<Shift>, MemoryOf<Schedule>>;

  S gamma;  ///< stepsize
  Schedule schedule;
  Estimator estimator{};
  Shift shift{};

  /// x_i = x, reference points at x, h_i = grad f_i(x), the schedule at its beginning. Throws precondition_error unless x has
  /// length d.
  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    require_dimension(x, f.dimension());
    State s;
    s.x.assign(static_cast<std::size_t>(f.workers()), x);
    if constexpr (Remembers<Estimator>) memory<Estimator>(s) = estimator.memory(f, x);
    if constexpr (Remembers<Shift>) memory<Shift>(s) = shift.memory(f, x);
    if constexpr (Remembers<Schedule>) memory<Schedule>(s) = schedule.memory();
    return s;
  }

  /// From what the state is free in, in this order: x_1, ..., x_n, reference points, shifts, the position in the schedule,
  /// where the method has them. Throws precondition_error unless all sizes fit.
  template <DistributedProblem<S> P, class... Parts>
  [[nodiscard]] State initial(const P& f, const std::vector<Vector<S>>& x, Parts... parts) const {
    State s = initial(f, Vector<S>(Vector<S>::Zero(f.dimension())));
    const State expected = s;
    s.free_parts() = std::tuple<std::vector<Vector<S>>, Parts...>(x, std::move(parts)...);
    require_shape_of(s, expected);
    if constexpr (Remembers<Estimator>) estimator.remember(f, memory<Estimator>(s));
    return s;
  }

  template <DistributedProblem<S> P, Randomness<S> R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Index n = f.workers();
    const Vector<S> mean = mean_shift(s);
    std::vector<Vector<S>> next;
    next.reserve(s.x.size());
    for (Index i = 0; i < n; ++i) {
      R& own = random.worker(i);
      const Vector<S>& x_i = s.x[static_cast<std::size_t>(i)];
      next.push_back(x_i - gamma * estimate(f, s, i, mean, own));
      if constexpr (requires { estimator.refresh(f, i, x_i, s, own); })
        estimator.refresh(f, i, x_i, memory<Estimator>(s), own);
    }
    R& server = random.worker(n);
    const bool synchronized = schedule.synchronizes(memory<Schedule>(s), server);
    refresh(estimator, f, synchronized, s, server);
    refresh(shift, f, synchronized, s, server);
    if (synchronized) next.assign(next.size(), average(next));
    s.x = std::move(next);
    return s;
  }

  /// h = (1/n) sum_i h_i; empty where the estimate does not ask for it.
  [[nodiscard]] Vector<S> mean_shift(const State& s) const {
    if constexpr (requires { shift.mean(s); })
      return shift.mean(s);
    else
      return {};
  }

  /// g_i. `mean` is mean_shift from before the step.
  template <DistributedProblem<S> P, Randomness<S> R>
  [[nodiscard]] Vector<S> estimate(const P& f, const State& s, Index i, const Vector<S>& mean, R& own) const {
    return shift.estimate(s, i, gradient_of(f, i, s, own), mean, own);
  }

  /// What all workers send when they synchronize.
  template <DistributedProblem<S> P>
  [[nodiscard]] Index synchronization_bits(const P& f, Index scalar_bits) const {
    return f.workers() * f.dimension() * scalar_bits;
  }

  /// What all workers send when reference points or shifts are refreshed.
  template <DistributedProblem<S> P>
  [[nodiscard]] Index refresh_bits(const P& f, Index scalar_bits) const {
    Index scalars = 0;
    if constexpr (requires { estimator.refresh_scalars(f.dimension()); })
      scalars += estimator.refresh_scalars(f.dimension());
    if constexpr (requires { shift.refresh_scalars(f.dimension()); })
      scalars += shift.refresh_scalars(f.dimension());
    return f.workers() * scalars * scalar_bits;
  }

 private:
  template <class Part>
  [[nodiscard]] static MemoryOf<Part>& memory(State& s) {
    return s;
  }

  template <class P, class R>
  [[nodiscard]] Vector<S> gradient_of(const P& f, Index i, const State& s, R& own) const {
    const Vector<S>& x_i = s.x[static_cast<std::size_t>(i)];
    if constexpr (Remembers<Estimator>)
      return estimator.gradient(f, i, x_i, s, own);
    else
      return estimator.gradient(f, i, x_i, own);
  }

  /// s.x are still the iterates before the step.
  template <class Part, class P, class R>
  static void refresh(const Part& part, const P& f, bool synchronized, State& s, R& server) {
    if constexpr (requires { part.refresh_together(f, s.x, synchronized, s, server); })
      part.refresh_together(f, s.x, synchronized, memory<Part>(s), server);
  }
};

}  // namespace touchstone::inline v0
