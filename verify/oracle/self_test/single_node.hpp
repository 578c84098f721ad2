#pragma once
/// \file
/// Gradient descent, and the methods of one node: SGD, SAGA, SVRG, L-SVRG, SEGA.

#include <algorithm>

#include "verify/oracle/self_test/method.hpp"

namespace touchstone::inline v0::oracle::self_test::single_node {

enum class Fault {
  none,
  gamma_sign,
  gamma_twice,
  linear_part_forgotten,
  sum_of_workers,
  worker_skipped,
  worker_twice,
  last_never_drawn,
  full_gradient,  ///< the gradient of all components where one is to be drawn
  scaled_by_m,
  step_from_zero,  ///< x <- -gamma g
  row_not_replaced,
  row_replaced_first,  ///< the row is replaced before the difference is taken
  row_of_new_iterate,
  mean_not_updated,
  mean_after_row,    ///< the mean is updated after the row is replaced: not at all
  mean_before_step,  ///< the new mean is used in the step
  mean_by_one,       ///< the change of the mean is not divided by m
  mean_left_out,     ///< g = grad f_j(x) - T_j
  correction_sign,
  drawn_twice,      ///< the two gradients of the difference are of different components
  reference_stale,  ///< w moves, grad f(w) does not
  reference_of_component,
  point_stale,  ///< grad f(w) moves, w does not
  coin_flipped,
  coin_is_index,  ///< refreshed where component 0 is drawn
  refreshed_always,
  refreshed_never,
  refreshed_before_stale,  ///< w <- x before the gradient, grad f(w) after it
  without_d,
  shift_first,  ///< h is updated before g is made of it
  shift_by_d,
  shift_not_updated,
  no_difference  ///< delta is the derivative, without h
};

struct Variant {
  Fault fault = Fault::none;
  bool refresh_after_step = false;  ///< of L-SVRG: w takes the x from after the step
  bool fused = false;               ///< fused multiply and add
  bool backward = false;            ///< workers added up from the last
};

template <class T>
struct Steps {
  explicit Steps(const Variant& chosen) : variant(chosen) {}

  Variant variant;

  [[nodiscard]] bool is(Fault fault) const { return variant.fault == fault; }

  void descend(const Task<T>& task, Vec<T>& x, const Vec<T>& g) const {
    T gamma = is(Fault::gamma_sign) ? -task.gamma : task.gamma;
    if (is(Fault::gamma_twice)) gamma *= task.gamma;
    if (is(Fault::step_from_zero)) std::fill(x.begin(), x.end(), T(0));
    for (Size c = 0; c < x.size(); ++c) x[c] = variant.fused ? std::fma(-gamma, g[c], x[c]) : x[c] - gamma * g[c];
  }

  [[nodiscard]] Size drawn(const Task<T>& task, Choices& random) const {
    const Size m = task.f.components(0);
    return random.choose(is(Fault::last_never_drawn) && m > 1 ? m - 1 : m);
  }

  [[nodiscard]] Vec<T> whole_gradient(const Task<T>& task, const Vec<T>& x) const {
    QuadraticProblem<T> f = task.f;
    if (is(Fault::linear_part_forgotten)) f.forget_linear_part();
    const Size n = f.workers();
    Vec<T> sum(x.size(), T(0));
    for (Size k = 0; k < (is(Fault::worker_skipped) && n > 1 ? n - 1 : n); ++k)
      add(sum, T(1), f.gradient(variant.backward ? n - 1 - k : k, x));
    if (is(Fault::worker_twice)) add(sum, T(1), f.gradient(n - 1, x));
    if (!is(Fault::sum_of_workers)) scale(sum, T(1) / T(n));
    return sum;
  }
};

template <class T>
struct Gd : Steps<T> {
  using Steps<T>::Steps;

  void step(const Task<T>& task, MethodState<T>& s, Choices& /*random*/) const {
    this->descend(task, s["x"][0], this->whole_gradient(task, s["x"][0]));
  }
};

template <class T>
struct Sgd : Steps<T> {
  using Steps<T>::Steps;

  void step(const Task<T>& task, MethodState<T>& s, Choices& random) const {
    Vec<T>& x = s["x"][0];
    const Size j = this->drawn(task, random);
    QuadraticProblem<T> f = task.f;
    if (this->is(Fault::linear_part_forgotten)) f.forget_linear_part();
    Vec<T> g = this->is(Fault::full_gradient) ? f.gradient(0, x) : f.component_gradient(0, j, x);
    if (this->is(Fault::scaled_by_m)) scale(g, T(f.components(0)));
    this->descend(task, x, g);
  }
};

template <class T>
struct Saga : Steps<T> {
  using Steps<T>::Steps;

  void step(const Task<T>& task, MethodState<T>& s, Choices& random) const {
    Vec<T>& x = s["x"][0];
    Vec<T>& mean = s["table_mean"][0];
    const Size j = this->drawn(task, random);
    const Size m = task.f.components(0);
    Vec<T>& row = s["table"][j];
    Vec<T> gradient = task.f.component_gradient(0, j, x);
    if (this->is(Fault::row_replaced_first)) row = gradient;
    const Vec<T> change = minus(gradient, row);
    const T share = this->is(Fault::mean_by_one) ? T(1) : T(1) / T(m);
    if (this->is(Fault::mean_before_step)) add(mean, share, change);
    Vec<T> g = change;
    if (this->is(Fault::correction_sign)) scale(g, T(-1));
    if (!this->is(Fault::mean_left_out)) add(g, T(1), mean);
    this->descend(task, x, g);
    if (this->is(Fault::row_of_new_iterate)) gradient = task.f.component_gradient(0, j, x);
    const Vec<T> learned = this->is(Fault::row_of_new_iterate) ? minus(gradient, row) : change;
    const bool kept =
        this->is(Fault::mean_not_updated) || this->is(Fault::mean_after_row) || this->is(Fault::mean_before_step);
    if (!kept) add(mean, share, learned);
    if (!this->is(Fault::row_not_replaced)) row = gradient;
    if (this->is(Fault::mean_after_row)) add(mean, share, minus(gradient, row));
  }
};

template <class T>
struct Svrg : Steps<T> {
  explicit Svrg(const Variant& chosen, bool with_coin = false) : Steps<T>(chosen), loopless(with_coin) {}

  bool loopless;

  void step(const Task<T>& task, MethodState<T>& s, Choices& random) const {
    Vec<T>& x = s["x"][0];
    Vec<T>& w = s["w"][0];
    Vec<T>& reference = s["reference_gradient"][0];
    const Size j = this->drawn(task, random);
    if (loopless && this->is(Fault::refreshed_before_stale)) return early(task, s, j, random);
    const Size other = this->is(Fault::drawn_twice) ? random.choose(task.f.components(0)) : j;
    const T sign = this->is(Fault::correction_sign) ? T(-1) : T(1);
    Vec<T> g = task.f.component_gradient(0, j, x);
    if (this->is(Fault::full_gradient)) g = task.f.gradient(0, x);
    add(g, -sign, task.f.component_gradient(0, other, w));
    if (!this->is(Fault::mean_left_out)) add(g, sign, reference);
    const Vec<T> before = x;
    this->descend(task, x, g);
    if (refreshes(task, j, random)) refresh(task, s, this->variant.refresh_after_step ? x : before, j);
  }

 private:
  [[nodiscard]] bool refreshes(const Task<T>& task, Size j, Choices& random) const {
    if (this->is(Fault::refreshed_always)) return true;
    if (!loopless || this->is(Fault::refreshed_never)) return false;
    if (this->is(Fault::coin_is_index)) return j == 0;
    return random.bernoulli(this->is(Fault::coin_flipped) ? 1 - task.p : task.p);
  }

  void refresh(const Task<T>& task, MethodState<T>& s, const Vec<T>& at, Size j) const {
    if (!this->is(Fault::point_stale)) s["w"][0] = at;
    if (this->is(Fault::reference_of_component))
      s["reference_gradient"][0] = task.f.component_gradient(0, j, at);
    else if (!this->is(Fault::reference_stale))
      s["reference_gradient"][0] = task.f.gradient(0, at);
  }

  void early(const Task<T>& task, MethodState<T>& s, Size j, Choices& random) const {
    Vec<T>& x = s["x"][0];
    const bool refreshed = random.bernoulli(task.p);
    const Vec<T> before = x;
    if (refreshed) s["w"][0] = x;
    Vec<T> g = minus(task.f.component_gradient(0, j, x), task.f.component_gradient(0, j, s["w"][0]));
    add(g, T(1), s["reference_gradient"][0]);
    if (refreshed) s["reference_gradient"][0] = task.f.gradient(0, before);
    this->descend(task, x, g);
  }
};

template <class T>
struct LSvrg : Svrg<T> {
  explicit LSvrg(const Variant& chosen) : Svrg<T>(chosen, true) {}
};

template <class T>
struct Sega : Steps<T> {
  using Steps<T>::Steps;

  void step(const Task<T>& task, MethodState<T>& s, Choices& random) const {
    Vec<T>& x = s["x"][0];
    Vec<T>& h = s["h"][0];
    const Size d = x.size();
    const Size c = random.choose(this->is(Fault::last_never_drawn) && d > 1 ? d - 1 : d);
    const T derivative = this->whole_gradient(task, x)[c];
    const T delta = this->is(Fault::no_difference) ? derivative : derivative - h[c];
    const T step_of_h = this->is(Fault::shift_by_d) ? T(d) * delta : delta;
    if (this->is(Fault::shift_first)) h[c] += step_of_h;
    Vec<T> g = h;
    g[c] += this->is(Fault::without_d) ? delta : T(d) * delta;
    if (!this->is(Fault::shift_first) && !this->is(Fault::shift_not_updated)) h[c] += step_of_h;
    this->descend(task, x, g);
  }
};

}  // namespace touchstone::inline v0::oracle::self_test::single_node
