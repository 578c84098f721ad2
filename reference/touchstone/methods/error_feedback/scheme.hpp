#pragma once
/// \file
/// The scheme of chapter 3: what all methods with error feedback, delayed updates or neither have in common.
///
///     worker i   ghat_i with E ghat_i = grad f_i(x)            gradient      methods/gradient_oracle.hpp, methods/sampling.hpp,
///                                                                            loopless_reference.hpp
///                g_i made from ghat_i                          shift         shift.hpp
///                v_i made from gamma g_i, what is sent         feedback      feedback.hpp
///     server     x <- x - (1/n) sum_i v_i
///
/// Every method is a choice of the three parts; its own file has its page and its name.
///
/// Thesis     slides 46-49
/// Problem    min f(x), f = (1/n) sum_i f_i; every f_i convex and L-smooth
/// State      x in R^d and what the parts remember: errors e_i or delayed estimates; shifts h_i; reference points w_i
/// Draws      for i = 1..n: those of ghat_i, those of g_i, those of v_i, the coin of the reference point
/// Theory     theory/error_feedback/assumption.hpp

#include <tuple>
#include <utility>
#include <vector>

#include "touchstone/methods/error_feedback/feedback.hpp"
#include "touchstone/methods/error_feedback/shift.hpp"
#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/methods/loopless_reference.hpp"

namespace touchstone::inline v0 {

template <Field S, class Feedback, class Shift = NoShift<S>, class Gradient = FullGradient>
struct ErrorFeedback {
  using State = ComposedState<Vector<S>, MemoryOf<Feedback>, MemoryOf<Shift>, MemoryOf<Gradient>>;

  Feedback feedback;
  S gamma;  ///< stepsize
  Shift shift{};
  Gradient gradient{};

  /// From zero errors, nothing delayed, zero shifts, w_i = x. Throws precondition_error unless x fits.
  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    require_dimension(x, f.dimension());
    State s;
    s.x = x;
    if constexpr (Remembers<Feedback>) memory<Feedback>(s) = feedback.memory(f.workers(), f.dimension());
    if constexpr (Remembers<Shift>) memory<Shift>(s) = shift.memory(f.workers(), f.dimension());
    if constexpr (Remembers<Gradient>) memory<Gradient>(s) = gradient.memory(f, x);
    return s;
  }

  /// From what the state is free in, in this order: errors or delayed estimates, shifts, reference points, where the
  /// method has them. Throws precondition_error unless all sizes fit.
  template <DistributedProblem<S> P, class... Parts>
  requires(sizeof...(Parts) > 0) [[nodiscard]] State initial(const P& f, const Vector<S>& x, Parts... parts) const {
    State s = initial(f, x);
    const State expected = s;
    s.free_parts() = std::tuple<Vector<S>, Parts...>(x, std::move(parts)...);
    require_shape_of(s, expected);
    if constexpr (Remembers<Gradient>) gradient.remember(f, memory<Gradient>(s));
    return s;
  }

  template <DistributedProblem<S> P, Randomness<S> R>
  requires(Feedback::template accepts<R>&& Shift::template accepts<R>) [[nodiscard]] State
      step(const P& f, State s, R& random) const {
    const Index n = f.workers();
    const Vector<S> mean = mean_shift(s);  // of the shifts before this step
    Vector<S> sum = Vector<S>::Zero(f.dimension());
    for (Index i = 0; i < n; ++i) {
      R& own = random.worker(i);
      Vector<S> g_i = estimate(f, s, i, mean, own);
      sum += feedback.message(memory<Feedback>(s), i, gamma, std::move(g_i), own);
      if constexpr (Remembers<Gradient>) gradient.refresh(f, i, s.x, memory<Gradient>(s), own);
    }
    feedback.apply(memory<Feedback>(s), s.x, gamma, Vector<S>(sum / integer<S>(n)));
    return s;
  }

  /// (1/n) sum_i h_i; empty where the estimate does not ask for it.
  [[nodiscard]] Vector<S> mean_shift(const State& s) const {
    if constexpr (requires { shift.mean(memory<Shift>(s), s.x.size()); })
      return shift.mean(memory<Shift>(s), s.x.size());
    else
      return {};
  }

  /// g_i, what worker i feeds back; its shift is updated. `mean` is mean_shift from before the step.
  template <DistributedProblem<S> P, Randomness<S> R>
  [[nodiscard]] Vector<S> estimate(const P& f, State& s, Index i, const Vector<S>& mean, R& own) const {
    return shift.estimate(memory<Shift>(s), i, gradient_of(f, i, s, own), mean, own);
  }

  template <DistributedProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& f, Index scalar_bits) const {
    const Index d = f.dimension();
    return f.workers() * (feedback.message_bits(d, scalar_bits, shift.estimate_bits(d, scalar_bits)) +
                          shift.extra_bits(d, scalar_bits));
  }

 private:
  template <class Part>
  [[nodiscard]] static MemoryOf<Part>& memory(State& s) {
    return s;
  }
  template <class Part>
  [[nodiscard]] static const MemoryOf<Part>& memory(const State& s) {
    return s;
  }

  template <class P, class R>
  [[nodiscard]] Vector<S> gradient_of(const P& f, Index i, const State& s, R& own) const {
    if constexpr (Remembers<Gradient>)
      return gradient.gradient(f, i, s.x, memory<Gradient>(s), own);
    else
      return gradient.gradient(f, i, s.x, own);
  }
};

}  // namespace touchstone::inline v0
