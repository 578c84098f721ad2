#pragma once
/// \file
/// Small exact problems with known answers, and how a method's expectations over its first steps are taken.

#include <utility>
#include <vector>

#include "tests/support.hpp"
#include "touchstone/problems/quadratic.hpp"
#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone::testing_support {

inline Matrix<Rational> matrix2(const Rational& a, const Rational& b, const Rational& c, const Rational& d) {
  Matrix<Rational> A(2, 2);
  A << a, b, c, d;
  return A;
}

/// The two functions f_1, f_2 in the plane on which the methods' first steps are tabulated. f = (f_1 + f_2)/2 has
/// mu = 3/2, L = 2; L_1 = 3, L_2 = 2; x* = (-1/3, 1/3).
inline std::vector<QuadraticForm<Rational>> tabulated_forms() {
  return {{matrix2(2, 1, 1, 2), vec({1, 0})}, {matrix2(q(3, 2), q(-1, 2), q(-1, 2), q(3, 2)), vec({-2, 1})}};
}

inline const Vector<Rational> tabulated_start = vec({1, 2});

/// Both functions are components of one worker.
inline Quadratic<Rational> one_worker() {
  return {std::vector<std::vector<QuadraticForm<Rational>>>{tabulated_forms()}, {2, q(3, 2), {2}, {{3, 2}}}};
}

/// One function on each of two workers.
inline Quadratic<Rational> two_workers() {
  return {tabulated_forms(), {2, q(3, 2), {3, 2}, {{3}, {2}}}};
}

/// A component of `form` whose gradient is off by the constant vector e.
inline QuadraticForm<Rational> with_noise(const QuadraticForm<Rational>& form, const Vector<Rational>& e) {
  return {form.A, Vector<Rational>(form.b - e)};
}

/// Two workers whose sampled gradients carry additive noise: worker 1 (1, 0) or (-1, 0), each 1/2; worker 2 (0, 2)
/// with probability 1/3, (0, -1) with 2/3. The variance (1/n) sum_i E|ghat_i - grad f_i|^2 is 3/2 at every x.
inline Quadratic<Rational> two_noisy_workers() {
  const auto f = tabulated_forms();
  return {{{with_noise(f[0], vec({1, 0})), with_noise(f[0], vec({-1, 0}))},
           {with_noise(f[1], vec({0, 2})), with_noise(f[1], vec({0, -1})), with_noise(f[1], vec({0, -1}))}},
          {2, q(3, 2), {3, 2}, {{3, 3}, {2, 2, 2}}}};
}

/// Two workers on which error-compensated methods with Top1 meet no tie: H_1 = diag(2, 1), H_2 = diag(1, 3),
/// b_1 = (1, 0), b_2 = (2, -4). x* = (1, -1), grad f_1(x*) = (1, -1), L = 3 for both, mu = 3/2.
inline Quadratic<Rational> diagonal_workers() {
  const std::vector<QuadraticForm<Rational>> forms{{matrix2(2, 0, 0, 1), vec({1, 0})},
                                                   {matrix2(1, 0, 0, 3), vec({2, -4})}};
  return {forms, {2, q(3, 2), {2, 3}, {{2}, {3}}}};
}

/// The state after `steps` steps from s.
template <class Method, class P, class State, class R>
State after(Index steps, const Method& method, const P& f, State s, R& random) {
  for (Index k = 0; k < steps; ++k) {
    random.begin_iteration(k);
    s = method.step(f, std::move(s), random);
  }
  return s;
}

/// The state after `steps` steps of a method that draws nothing.
template <class Method, class P, class State>
State after(Index steps, const Method& method, const P& f, State s) {
  Exhaustive<Rational> random;
  s = after(steps, method, f, std::move(s), random);
  require(random.place().draw == 0, "a method that draws nothing");
  return s;
}

/// E value(state after `steps` steps), exactly.
template <class Method, class P, class State, class Value>
auto expected(Index steps, const Method& method, const P& f, const State& start, Value value) {
  return expectation<Rational>([&](auto& random) { return value(after(steps, method, f, start, random)); });
}

}  // namespace touchstone::testing_support
