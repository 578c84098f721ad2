#pragma once
/// \file
/// Methods of several workers without error memory: QSGD, DIANA, VR-DIANA, MARINA, delayed SGD.

#include <algorithm>

#include "verify/oracle/self_test/method.hpp"

namespace touchstone::inline v0::oracle::self_test::shifted {

enum class Fault {
  none,
  sum_of_workers,
  worker_skipped,
  worker_twice,
  gamma_sign,
  gamma_twice,
  uncompressed,         ///< the server receives what was to be compressed
  mask_shared,          ///< worker 0's choices serve for all workers
  mean_compressed,      ///< the mean is compressed, once
  compressed_twice,     ///< another draw for the shift than for the message
  gradient_compressed,  ///< the gradient in the place of the difference
  shift_sign,           ///< Q(g + h)
  alpha_one,
  alpha_is_gamma,         ///< alpha and gamma exchanged
  shift_of_uncompressed,  ///< h moves by the difference, not by its message
  shift_not_updated,
  shift_first,     ///< the server adds the new shifts
  shift_left_out,  ///< the server averages the messages alone
  shift_of_mean,   ///< all shifts move by the mean of the messages
  index_shared,    ///< one component index for all workers
  row_not_replaced,
  mean_not_updated,
  mean_by_one,
  mean_left_out,
  coin_flipped,
  coin_of_each_worker,
  new_gradient_compressed,  ///< of MARINA: Q(grad f_i(x+))
  old_gradient_stale,       ///< of MARINA: the gradients kept are never renewed
  old_gradient_forgotten,   ///< of MARINA: the difference to zero where the coin falls
  estimator_kept,           ///< of MARINA: g grows by the full gradient
  estimator_dropped,        ///< of MARINA: g is the mean of the messages alone
  step_after,               ///< of MARINA: the step is made with the new g
  delay_one_less,
  no_delay,
  newest_first  ///< the youngest of the delayed estimates is applied
};

template <class T>
struct Steps {
  explicit Steps(Fault chosen) : fault(chosen) {}

  Fault fault;

  [[nodiscard]] bool is(Fault which) const { return fault == which; }

  [[nodiscard]] Vec<T> message(const Task<T>& task, const Vec<T>& of, Choices& random) const {
    if (is(Fault::uncompressed)) return of;
    return task.compressed(task.compressor, of, random);
  }

  /// The mean over the workers, and the step along it.
  void descend(const Task<T>& task, Vec<T>& x, Vecs<T> vectors) const {
    const Size n = vectors.size();
    if (is(Fault::worker_skipped) && n > 1) vectors.pop_back();
    if (is(Fault::worker_twice)) vectors.push_back(vectors.back());
    Vec<T> g = mean_of(vectors);
    scale(g, T(vectors.size()) / (is(Fault::sum_of_workers) ? T(1) : T(n)));
    T gamma = is(Fault::gamma_sign) ? -task.gamma : is(Fault::alpha_is_gamma) ? task.alpha : task.gamma;
    if (is(Fault::gamma_twice)) gamma *= task.gamma;
    add(x, -gamma, g);
  }

  /// The compressor's choices made by worker 0, for a linear compressor: kept and scaled as the ones are.
  [[nodiscard]] Vecs<T> masked(const Task<T>& task, Vecs<T> vectors, Choices& random) const {
    random.worker(0);
    const Vec<T> mask = task.compressed(task.compressor, Vec<T>(vectors[0].size(), T(1)), random);
    for (Vec<T>& vector : vectors)
      for (Size c = 0; c < vector.size(); ++c) vector[c] *= mask[c];
    return vectors;
  }
};

template <class T>
struct Qsgd : Steps<T> {
  using Steps<T>::Steps;

  void step(const Task<T>& task, MethodState<T>& s, Choices& random) const {
    Vecs<T> gradients;
    Vecs<T> messages;
    for (Size i = 0; i < task.f.workers(); ++i) {
      random.worker(static_cast<int>(i));
      gradients.push_back(task.gradient(i, s["x"][0], random));
      if (!this->is(Fault::mean_compressed) && !this->is(Fault::mask_shared))
        messages.push_back(this->message(task, gradients.back(), random));
    }
    if (this->is(Fault::mean_compressed))
      messages.assign(gradients.size(), this->message(task, mean_of(gradients), random));
    if (this->is(Fault::mask_shared)) messages = this->masked(task, gradients, random);
    this->descend(task, s["x"][0], messages);
  }
};

template <class T>
struct Diana : Steps<T> {
  using Steps<T>::Steps;

  void step(const Task<T>& task, MethodState<T>& s, Choices& random) const {
    Vecs<T> gradients;
    Vecs<T> messages;
    Size shared = 0;
    for (Size i = 0; i < task.f.workers(); ++i) {
      random.worker(static_cast<int>(i));
      if (this->is(Fault::index_shared) && task.sampled) {
        if (i == 0) shared = random.choose(task.f.components(0));
        gradients.push_back(task.f.component_gradient(i, shared % task.f.components(i), s["x"][0]));
      } else {
        gradients.push_back(task.gradient(i, s["x"][0], random));
      }
      add(gradients.back(),
          this->is(Fault::gradient_compressed) ? T(0)
          : this->is(Fault::shift_sign)        ? T(1)
                                               : T(-1),
          s["h"][i]);
      if (!this->is(Fault::mask_shared)) messages.push_back(this->message(task, gradients.back(), random));
    }
    if (this->is(Fault::mask_shared)) messages = this->masked(task, gradients, random);
    finish(task, s, gradients, messages, random);
  }

 protected:
  /// From the differences and their messages.
  void finish(const Task<T>& task, MethodState<T>& s, const Vecs<T>& differences, const Vecs<T>& messages,
              Choices& random) const {
    Vecs<T>& h = s["h"];
    if (this->is(Fault::shift_first)) learn(task, h, differences, messages, random);
    Vecs<T> sums;
    for (Size i = 0; i < messages.size(); ++i)
      sums.push_back(plus(messages[i], this->is(Fault::shift_left_out) ? T(0) : T(1), h[i]));
    this->descend(task, s["x"][0], sums);
    if (!this->is(Fault::shift_first)) learn(task, h, differences, messages, random);
  }

 private:
  void learn(const Task<T>& task, Vecs<T>& h, const Vecs<T>& differences, const Vecs<T>& messages,
             Choices& random) const {
    if (this->is(Fault::shift_not_updated)) return;
    const T alpha = this->is(Fault::alpha_one) ? T(1) : this->is(Fault::alpha_is_gamma) ? task.gamma : task.alpha;
    for (Size i = 0; i < h.size(); ++i) {
      Vec<T> moved = this->is(Fault::shift_of_mean)           ? mean_of(messages)
                     : this->is(Fault::shift_of_uncompressed) ? differences[i]
                                                              : messages[i];
      if (this->is(Fault::compressed_twice)) {
        random.worker(static_cast<int>(i));
        moved = this->message(task, differences[i], random);
      }
      add(h[i], alpha, moved);
    }
  }
};

template <class T>
struct VrDiana : Diana<T> {
  using Diana<T>::Diana;

  void step(const Task<T>& task, MethodState<T>& s, Choices& random) const {
    Vecs<T> differences;
    Vecs<T> messages;
    Size first = 0;
    Size shared = 0;
    for (Size i = 0; i < task.f.workers(); ++i) {
      random.worker(static_cast<int>(i));
      const Size m = task.f.components(i);
      if (i == 0 || !this->is(Fault::index_shared)) shared = random.choose(m);
      const Size j = shared;
      Vec<T>& row = s["table"][first + j];
      Vec<T>& mean = s["table_mean"][i];
      const Vec<T> gradient = task.f.component_gradient(i, j, s["x"][0]);
      const Vec<T> change = minus(gradient, row);
      Vec<T> difference = minus(change, s["h"][i]);
      if (!this->is(Fault::mean_left_out)) add(difference, T(1), mean);
      messages.push_back(this->message(task, difference, random));
      differences.push_back(std::move(difference));
      if (!this->is(Fault::mean_not_updated)) add(mean, this->is(Fault::mean_by_one) ? T(1) : T(1) / T(m), change);
      if (!this->is(Fault::row_not_replaced)) row = gradient;
      first += m;
    }
    this->finish(task, s, differences, messages, random);
  }
};

template <class T>
struct Marina : Steps<T> {
  using Steps<T>::Steps;

  void step(const Task<T>& task, MethodState<T>& s, Choices& random) const {
    Vec<T>& x = s["x"][0];
    Vec<T>& g = s["g"][0];
    if (!this->is(Fault::step_after)) this->descend(task, x, {g});
    const double p = this->is(Fault::coin_flipped) ? 1 - task.p : task.p;
    const bool each = this->is(Fault::coin_of_each_worker);
    bool in_full = !each && random.bernoulli(p);
    Vecs<T> estimates;
    for (Size i = 0; i < task.f.workers(); ++i) {
      random.worker(static_cast<int>(i));
      if (each) in_full = random.bernoulli(p);
      const Vec<T> gradient = task.f.gradient(i, x);
      Vec<T>& old = s["gradients"][i];
      const Vec<T> difference = this->is(Fault::new_gradient_compressed) ? gradient : minus(gradient, old);
      const bool kept = in_full ? this->is(Fault::estimator_kept) : !this->is(Fault::estimator_dropped);
      estimates.push_back(in_full ? gradient : this->message(task, difference, random));
      if (kept) add(estimates.back(), T(1), g);
      if (!this->is(Fault::old_gradient_stale)) old = gradient;
      if (this->is(Fault::old_gradient_forgotten) && in_full) std::fill(old.begin(), old.end(), T(0));
    }
    g = mean_of(estimates);
    if (this->is(Fault::sum_of_workers)) scale(g, T(estimates.size()));
    if (this->is(Fault::step_after)) this->descend(task, x, {g});
  }
};

template <class T>
struct DelayedSgd : Steps<T> {
  using Steps<T>::Steps;

  void step(const Task<T>& task, MethodState<T>& s, Choices& random) const {
    Vecs<T> estimates;
    Size shared = 0;
    for (Size i = 0; i < task.f.workers(); ++i) {
      random.worker(static_cast<int>(i));
      if (i == 0 || !this->is(Fault::index_shared)) shared = random.choose(task.f.components(i));
      estimates.push_back(task.f.component_gradient(i, shared % task.f.components(i), s["x"][0]));
    }
    Vecs<T>& delayed = s["delayed"];
    delayed.push_back(mean_of(estimates));
    if (this->is(Fault::sum_of_workers)) scale(delayed.back(), T(estimates.size()));
    const Size last = delayed.size() - 1;
    Size arriving = 0;
    if (this->is(Fault::delay_one_less)) arriving = std::min<Size>(1, last);
    if (this->is(Fault::no_delay)) arriving = last;
    if (this->is(Fault::newest_first)) arriving = last > 0 ? last - 1 : 0;
    this->descend(task, s["x"][0], {delayed[arriving]});
    delayed.erase(delayed.begin());
  }
};

}  // namespace touchstone::inline v0::oracle::self_test::shifted
