#pragma once
/// \file
/// DIANA on an instance: what its claims and those of DIANA with one node share.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"
#include "verify/claims/row_instances.hpp"
#include "verify/claims/row_reductions.hpp"
#include "verify/claims/row_study.hpp"

namespace touchstone::inline v0 {

/// (1/n) sum_i E|ghat_i - grad f_i(x)|^2 at x.
template <class Method>
[[nodiscard]] Rational gradient_variance(const Method& diana, const Quadratic<Rational>& f,
                                         const Vector<Rational>& x) {
  using Oracle = std::decay_t<decltype(diana.oracle)>;
  if constexpr (std::is_same_v<Oracle, SampledComponent>)
    return sampling_variance(f, x);
  else if constexpr (std::is_same_v<Oracle, AdditiveNoise<Rational>>)
    return diana.oracle.total_second_moment() / f.workers();
  else
    return Rational(0);
}

/// alpha = 1/(1 + omega), the largest stepsize and its regularizer; the compressor and the oracle as given.
template <class Method>
[[nodiscard]] Method with_theory(Method diana, const NamedQuadratic& on) {
  const auto omega = omega_bound<Rational>(diana.compressor, on.f.dimension());
  diana.gamma = diana_stepsize(on.f.constants().largest_L_i(), omega, Rational(on.f.workers()));
  diana.alpha = diana_shift_stepsize(omega);
  diana.regularizer = regularizer_of<decltype(Method::regularizer)>();
  return diana;
}

/// The same with RandK.
template <class Method>
[[nodiscard]] Method with_theory(Method diana, const NamedQuadratic& on, Index K) {
  diana.compressor = {K};
  return with_theory(std::move(diana), on);
}

/// At x and h, with the row for gradients of bounded variance.
template <class Method>
[[nodiscard]] RowCase<Method> diana_case(const NamedQuadratic& on, const Method& diana, const Vector<Rational>& x,
                                         const std::vector<Vector<Rational>>& h, const std::string& state) {
  const Rational n(on.f.workers());
  const auto omega = omega_bound<Rational>(diana.compressor, on.f.dimension());
  const Rational variance = gradient_variance(diana, on.f, on.x_star);
  return {on.f,
          on.x_star,
          diana,
          diana.initial(on.f, x, h),
          diana.initial(on.f, on.x_star, worker_gradients(on.f, on.x_star)),
          diana_constants(on.f.constants().largest_L_i(), omega, n, diana.alpha, variance),
          diana_lyapunov_weight(omega, n, diana.alpha),
          fmt::format("{} omega={}, {}", on.name, omega.str(), state)};
}

/// h_i - grad f_i(x*) = -(grad f_i(x) - grad f_i(x*)) at x* + away: the messages are as large as can be.
template <class Method>
[[nodiscard]] RowCase<Method> diana_opposite_shifts(const NamedQuadratic& on, const Method& diana,
                                                    const Vector<Rational>& away) {
  const Vector<Rational> x = on.x_star + away;
  std::vector<Vector<Rational>> h = worker_gradients(on.f, on.x_star);
  for (Index i = 0; i < on.f.workers(); ++i) {
    Vector<Rational>& h_i = h[static_cast<std::size_t>(i)];
    h_i = 2 * h_i - on.f.gradient(i, x);
  }
  return diana_case(on, diana, x, h, "h - h* = h* - grad");
}

/// The same at x* + (1, ..., 1).
template <class Method>
[[nodiscard]] RowCase<Method> diana_opposite_shifts(const NamedQuadratic& on, const Method& diana) {
  return diana_opposite_shifts(on, diana, Vector<Rational>(Vector<Rational>::Ones(on.f.dimension())));
}

/// Random states and the corners.
template <class Method>
void add_diana_states(std::vector<RowCase<Method>>& all, Seeded& random, const NamedQuadratic& on,
                      const Method& diana) {
  const Index d = on.f.dimension();
  const Index n = on.f.workers();
  const std::vector<Vector<Rational>> star = worker_gradients(on.f, on.x_star);
  const auto add = [&](const Vector<Rational>& x, const std::vector<Vector<Rational>>& h, const char* state) {
    all.push_back(diana_case(on, diana, x, h, state));
  };
  for (int repeat = 0; repeat < 2; ++repeat)
    add(random_vector(random, d), random_vectors(random, n, d), "random state");
  add(on.x_star, random_vectors(random, n, d), "x = x*");
  add(random_vector(random, d), star, "h = h*");
  add(on.x_star, star, "solution");
}

/// With u_i = grad f_i(x) - grad f_i(x*), w_i = h_i - grad f_i(x*), s = the variance of the gradients at x, U, W, X the
/// means of |u_i|^2, |w_i|^2, <u_i, w_i> and Y = U - 2X + W + s:
/// E|g - grad f(x*)|^2 = |mean u|^2 + (omega Y + s)/n,   E sigma+^2 = W + 2 alpha (X - W) + alpha^2 (1 + omega) Y.
template <class Method>
[[nodiscard]] std::pair<Rational, Rational> diana_closed_forms(const RowCase<Method>& at) {
  const Index n = at.f.workers();
  const std::vector<Vector<Rational>> now = worker_gradients(at.f, at.state.x);
  const std::vector<Vector<Rational>> star = worker_gradients(at.f, at.x_star);
  Rational U(0);
  Rational W(0);
  Rational X(0);
  Vector<Rational> mean = Vector<Rational>::Zero(at.f.dimension());
  for (std::size_t i = 0; i < now.size(); ++i) {
    const Vector<Rational> u = now[i] - star[i];
    const Vector<Rational> w = at.state.h[i] - star[i];
    U += u.squaredNorm() / n;
    W += w.squaredNorm() / n;
    X += u.dot(w) / n;
    mean += u / Rational(n);
  }
  const Rational s = gradient_variance(at.method, at.f, at.state.x);
  const Rational Y = U - 2 * X + W + s;
  const auto omega = at.method.compressor.template omega<Rational>(at.f.dimension());
  const Rational& alpha = at.method.alpha;
  return {Rational(mean.squaredNorm() + (omega * Y + s) / n),
          Rational(W + 2 * alpha * (X - W) + alpha * alpha * (1 + omega) * Y)};
}

/// For every worker the choices of its gradient, then a K-subset of d; noise with as many values for every worker.
template <class Method>
[[nodiscard]] DrawLists diana_draws(const RowCase<Method>& at) {
  const Index d = at.f.dimension();
  const Index K = at.method.compressor.K;
  using Oracle = std::decay_t<decltype(at.method.oracle)>;
  std::vector<std::string> list;
  for (Index i = 0; i < at.f.workers(); ++i) {
    const std::string who = fmt::format("worker {}: ", i);
    if constexpr (std::is_same_v<Oracle, SampledComponent>)
      if (at.f.components(i) > 1) list.push_back(who + fmt::format("choose({})", at.f.components(i)));
    if constexpr (std::is_same_v<Oracle, AdditiveNoise<Rational>>)
      list.push_back(who + pick_question(at.method.oracle.laws[static_cast<std::size_t>(i)].probabilities));
    if (K < d) list.push_back(who + fmt::format("subset({}, {})", d, K));
  }
  return {list};
}

template <class Method>
[[nodiscard]] Mutant<RowVariation<Method>> shifts_never_learn() {
  return {"shifts never learn", {.alter = [](const auto&, const auto& s, auto& next) { next.h = s.h; }}};
}

/// The message without its factor: h+ - h = alpha m, and g = mean h + mean m.
template <class Method>
[[nodiscard]] Mutant<RowVariation<Method>> diana_without_scale() {
  return {"d/K forgotten", {.alter = [](const RowCase<Method>& at, const auto& s, auto& next) {
            const Rational factor = ratio<Rational>(at.method.compressor.K, at.f.dimension());
            Vector<Rational> mean_h = Vector<Rational>::Zero(at.f.dimension());
            for (std::size_t i = 0; i < s.h.size(); ++i) {
              mean_h += s.h[i] / Rational(at.f.workers());
              next.h[i] = s.h[i] + factor * (next.h[i] - s.h[i]);
            }
            const Vector<Rational> g = (s.x - next.x) / at.method.gamma;
            next.x = s.x - at.method.gamma * (mean_h + factor * (g - mean_h));
          }}};
}

template <class Method>
[[nodiscard]] Mutant<RowVariation<Method>> diana_new_shifts() {
  return {"the estimator uses the new shifts", {.alter = [](const RowCase<Method>& at, const auto& s, auto& next) {
            for (std::size_t i = 0; i < s.h.size(); ++i)
              next.x -= at.method.gamma / Rational(at.f.workers()) * (next.h[i] - s.h[i]);
          }}};
}

/// The gradient is compressed, not its difference to the shift.
template <class Method>
struct CompressesGradients : Method {
  template <class P, class R>
  auto step(const P& f, typename Method::State s, R& random) const {
    const typename Method::State before = s;
    for (Vector<Rational>& h_i : s.h) h_i.setZero();
    auto next = Method::step(f, std::move(s), random);
    for (std::size_t i = 0; i < next.h.size(); ++i) next.h[i] += before.h[i];
    return next;
  }
};

template <class Method>
[[nodiscard]] std::vector<Mutant<RowVariation<Method>>> diana_update_mutants() {
  return {diana_without_scale<Method>(),
          diana_new_shifts<Method>(),
          {"alpha = 1 in the shifts", {.change = [](auto& at) { at.method.alpha = 1; }}}};
}

template <class Method>
[[nodiscard]] std::vector<Mutant<RowVariation<Method>>> diana_row_mutants() {
  return {{"A = 9/10 of the row's", {.change = [](auto& at) { at.row.A *= ratio<Rational>(9, 10); }}},
          {"B = 0", {.change = [](auto& at) { at.row.B = 0; }}},
          {"C = 9/10 of the row's", {.change = [](auto& at) { at.row.C *= ratio<Rational>(9, 10); }}},
          {"rho = 11/10 alpha", {.change = [](auto& at) { at.row.rho *= ratio<Rational>(11, 10); }}}};
}

/// With the identity as the compressor, beside gradient descent with `share` of the stepsize.
template <class Uncompressed, class Method>
[[nodiscard]] std::vector<Reduction> diana_without_compression(const RowCases<Method>& runs,
                                                               const Rational& share) {
  return {{"identity: gradient descent",
           with_method(
               runs,
               [](const auto& at) {
                 return Uncompressed{{}, at.method.gamma, at.method.alpha};
               },
               [](const Uncompressed& method, const auto& f, const auto& state) {
                 return method.initial(f, state.x, state.h);
               }),
           gradient_descent_beside(runs, share)}};
}

}  // namespace touchstone::inline v0
