#pragma once
/// \file
/// What the theory of chapter 3 speaks of at one state of a method, by enumeration of one step: both sides of every line of
/// the parametric assumption, and the expectation of whatever is asked of the next state.

#include <string>
#include <utility>
#include <vector>

#include "touchstone/problems/problem.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/theory/error_feedback/assumption.hpp"

namespace touchstone::inline v0 {

template <class State>
concept RemembersErrors = requires(const State& s) {
  s.e;
};
template <class State>
concept RemembersDelayed = requires(const State& s) {
  s.delayed;
};
template <class State>
concept LearnsShifts = requires(const State& s) {
  s.h;
};
template <class State>
concept RemembersReferences = requires(const State& s) {
  s.w;
};

/// (1/n) sum_i |v_i|^2
template <Field S>
[[nodiscard]] S mean_square(const std::vector<Vector<S>>& vectors) {
  S sum(0);
  for (const Vector<S>& v : vectors) sum += v.squaredNorm();
  return S(sum / integer<S>(static_cast<Index>(vectors.size())));
}

/// xt = x - (1/n) sum_i e_i, of a delayed method x - gamma times the sum of the delayed means, otherwise x.
template <Field S, class State>
[[nodiscard]] Vector<S> virtual_iterate(const State& s, const S& gamma) {
  Vector<S> xt = s.x;
  if constexpr (RemembersErrors<State>)
    for (const Vector<S>& e_i : s.e) xt -= e_i / integer<S>(static_cast<Index>(s.e.size()));
  if constexpr (RemembersDelayed<State>)
    for (const Vector<S>& g : s.delayed) xt -= gamma * g;
  return xt;
}

/// s1 = (1/n) sum_i |h_i - grad f_i(x*)|^2; 0 without shifts.
template <Field S, class P, class State>
[[nodiscard]] S shift_variance(const P& f, const State& s, const Vector<S>& x_star) {
  S sum(0);
  if constexpr (LearnsShifts<State>)
    for (Index i = 0; i < f.workers(); ++i)
      sum += (s.h[static_cast<std::size_t>(i)] - f.gradient(i, x_star)).squaredNorm() / integer<S>(f.workers());
  return sum;
}

/// s2 = (1/n) sum_i (1/m_i) sum_j |grad f_ij(w_i) - grad f_ij(x*)|^2; 0 without reference points.
template <Field S, class P, class State>
[[nodiscard]] S reference_variance(const P& f, const State& s, const Vector<S>& x_star) {
  S sum(0);
  if constexpr (RemembersReferences<State>)
    for (Index i = 0; i < f.workers(); ++i)
      for (Index j = 0; j < f.components(i); ++j) {
        const Vector<S> r =
            f.component_gradient(i, j, s.w[static_cast<std::size_t>(i)]) - f.component_gradient(i, j, x_star);
        sum += r.squaredNorm() / integer<S>(f.workers() * f.components(i));
      }
  return sum;
}

/// The estimates g_i of the workers at a state.
template <Field S>
struct EstimateMoments {
  Vector<S> mean;     ///< (1/n) sum_i E g_i
  S worker_mean;      ///< (1/n) sum_i |E g_i|^2
  S worker_variance;  ///< (1/n) sum_i E|g_i - E g_i|^2
};

template <Field S, class Method, class P>
[[nodiscard]] EstimateMoments<S> estimate_moments(const Method& method, const P& f,
                                                  const typename Method::State& state) {
  const S n = integer<S>(f.workers());
  EstimateMoments<S> moments{Vector<S>::Zero(f.dimension()), S(0), S(0)};
  const Vector<S> mean_shift = method.mean_shift(state);
  for (Index i = 0; i < f.workers(); ++i) {
    Vector<S> mean = Vector<S>::Zero(f.dimension());
    S second(0);
    for_each_outcome<S>(
        [&](auto& random) {
          typename Method::State scratch = state;
          return method.estimate(f, scratch, i, mean_shift, random.worker(i));
        },
        [&](const S& probability, const Vector<S>& g_i) {
          mean += probability * g_i;
          second += probability * g_i.squaredNorm();
        });
    moments.mean += mean / n;
    moments.worker_mean += mean.squaredNorm() / n;
    moments.worker_variance += S(second - mean.squaredNorm()) / n;
  }
  return moments;
}

}  // namespace touchstone::inline v0
