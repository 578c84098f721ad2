#pragma once
/// \file
/// Methods with error memory: EC-GD, EC-SGD, EC-GD-DIANA, EC-SGD-DIANA, EC-LSVRG, EC-LSVRG-DIANA.

#include <algorithm>

#include "verify/oracle/self_test/method.hpp"

namespace touchstone::inline v0::oracle::self_test::compensated {

enum class Fault {
  none,
  memory_not_kept,
  memory_sign,
  memory_of_uncompressed,  ///< e = y
  memory_shared,           ///< worker 0's memory serves for all
  memory_decayed,
  compressed_before,  ///< v = C(gamma g) + e
  uncompressed_step,  ///< the server subtracts y
  gamma_twice,
  gamma_forgotten,  ///< y = e + g
  gradient_twice,
  sum_of_workers,
  worker_skipped,
  shift_mean_left_out,
  shift_mean_after,  ///< of the shifts after this step
  shift_left_out,
  shift_of_uncompressed,
  shift_not_updated,
  shift_by_message,  ///< h moves by alpha v/gamma, the message of C
  alpha_one,
  index_shared,
  coin_shared,  ///< worker 0's coin serves for all
  coin_flipped,
  point_stale,
  reference_stale,
  reference_left_out,
  correction_sign,
  drawn_twice
};

struct Variant {
  Fault fault = Fault::none;
  bool memory_without_gamma = false;  ///< e is in units of gradients: y = e + g, v = gamma C(y)
  bool shift_last = false;            ///< draws those of Q after those of C
};

/// Where a method of the family differs from EC-GD.
enum class Kind { plain, shifted, loopless, loopless_shifted };

template <class T>
struct ErrorCompensated {
  ErrorCompensated(const Variant& chosen, Kind which) : variant(chosen), kind(which) {}

  Variant variant;
  Kind kind;

  void step(const Task<T>& task, MethodState<T>& s, Choices& random) const {
    const Size n = task.f.workers();
    const Vecs<T> shifts = shifted() ? s["h"] : Vecs<T>{};
    Vecs<T> estimates;
    Vecs<T> sent;
    Drawn drawn;
    for (Size i = 0; i < n; ++i) {
      random.worker(static_cast<int>(i));
      Vec<T> g = estimate(task, s, i, drawn, random);
      if (shifted()) {
        const Vec<T> difference = minus(g, s["h"][i]);
        if (!variant.shift_last) learn(task, s["h"][i], difference, random);
        if (!is(Fault::shift_left_out)) g = difference;
        if (!is(Fault::shift_mean_left_out)) add(g, T(1), mean_of(is(Fault::shift_mean_after) ? s["h"] : shifts));
        sent.push_back(message(task, s, i, g, random));
        if (variant.shift_last) learn(task, s["h"][i], difference, random);
        if (is(Fault::shift_by_message)) s["h"][i] = plus(shifts[i], task.alpha / task.gamma, sent.back());
      } else {
        sent.push_back(message(task, s, i, g, random));
      }
      if (loopless()) refresh(task, s, i, drawn, random);
    }
    Vec<T> sum(s["x"][0].size(), T(0));
    for (Size i = 0; i < (is(Fault::worker_skipped) && n > 1 ? n - 1 : n); ++i) add(sum, T(1), sent[i]);
    add(s["x"][0], is(Fault::sum_of_workers) ? T(-1) : T(-1) / T(n), sum);
  }

 private:
  /// What a worker drew that others use by mistake.
  struct Drawn {
    Size index = 0;
    bool coin = false;
  };

  [[nodiscard]] bool is(Fault which) const { return variant.fault == which; }
  [[nodiscard]] bool shifted() const { return kind == Kind::shifted || kind == Kind::loopless_shifted; }
  [[nodiscard]] bool loopless() const { return kind == Kind::loopless || kind == Kind::loopless_shifted; }

  [[nodiscard]] Vec<T> estimate(const Task<T>& task, MethodState<T>& s, Size i, Drawn& drawn,
                                Choices& random) const {
    const Vec<T>& x = s["x"][0];
    const Size m = task.f.components(i);
    if (!loopless() && !task.sampled) return task.f.gradient(i, x);
    if (i == 0 || !is(Fault::index_shared)) drawn.index = random.choose(m);
    const Size j = drawn.index % m;
    Vec<T> g = task.f.component_gradient(i, j, x);
    if (!loopless()) return g;
    const T sign = is(Fault::correction_sign) ? T(-1) : T(1);
    add(g, -sign, task.f.component_gradient(i, is(Fault::drawn_twice) ? random.choose(m) : j, s["w"][i]));
    if (!is(Fault::reference_left_out)) add(g, sign, s["reference_gradients"][i]);
    return g;
  }

  /// h <- h + alpha Q(difference)
  void learn(const Task<T>& task, Vec<T>& h, const Vec<T>& difference, Choices& random) const {
    const Vec<T> learned = task.compressed(task.shift_compressor, difference, random);
    if (is(Fault::shift_not_updated)) return;
    add(h, is(Fault::alpha_one) ? T(1) : task.alpha, is(Fault::shift_of_uncompressed) ? difference : learned);
  }

  /// What worker i sends; its memory takes the rest.
  [[nodiscard]] Vec<T> message(const Task<T>& task, MethodState<T>& s, Size i, Vec<T> g, Choices& random) const {
    Vec<T>& e = s["e"][is(Fault::memory_shared) ? 0 : i];
    const bool bare = variant.memory_without_gamma || is(Fault::gamma_forgotten);
    scale(g, bare ? T(1) : is(Fault::gamma_twice) ? task.gamma * task.gamma : task.gamma);
    if (is(Fault::gradient_twice)) scale(g, T(2));
    const Vec<T> y = plus(g, is(Fault::compressed_before) ? T(0) : T(1), e);
    Vec<T> v = task.compressed(task.compressor, y, random);
    const Vec<T> before = e;
    e = is(Fault::memory_of_uncompressed) ? y : is(Fault::memory_sign) ? minus(v, y) : minus(y, v);
    if (is(Fault::memory_not_kept)) std::fill(e.begin(), e.end(), T(0));
    if (is(Fault::memory_decayed)) scale(e, T(0.9));
    if (is(Fault::compressed_before)) add(v, T(1), before);
    if (is(Fault::uncompressed_step)) v = y;
    if (variant.memory_without_gamma) scale(v, task.gamma);
    return v;
  }

  void refresh(const Task<T>& task, MethodState<T>& s, Size i, Drawn& drawn, Choices& random) const {
    if (i == 0 || !is(Fault::coin_shared))
      drawn.coin = random.bernoulli(is(Fault::coin_flipped) ? 1 - task.p : task.p);
    if (!drawn.coin) return;
    if (!is(Fault::point_stale)) s["w"][i] = s["x"][0];
    if (!is(Fault::reference_stale)) s["reference_gradients"][i] = task.f.gradient(i, s["x"][0]);
  }
};

/// EC-GD and EC-GD-DIANA: never sampled. EC-SGD: always.
template <class T, bool sampled>
struct Fixed : ErrorCompensated<T> {
  using ErrorCompensated<T>::ErrorCompensated;
  void step(Task<T> task, MethodState<T>& s, Choices& random) const {
    task.sampled = sampled;
    ErrorCompensated<T>::step(task, s, random);
  }
};

template <class T>
struct Plain : Fixed<T, false> {
  explicit Plain(const Variant& chosen) : Fixed<T, false>(chosen, Kind::plain) {}
};

template <class T>
struct PlainSampled : Fixed<T, true> {
  explicit PlainSampled(const Variant& chosen) : Fixed<T, true>(chosen, Kind::plain) {}
};

template <class T>
struct ShiftedFull : Fixed<T, false> {
  explicit ShiftedFull(const Variant& chosen) : Fixed<T, false>(chosen, Kind::shifted) {}
};

template <class T>
struct Shifted : ErrorCompensated<T> {
  explicit Shifted(const Variant& chosen) : ErrorCompensated<T>(chosen, Kind::shifted) {}
};

template <class T>
struct Loopless : ErrorCompensated<T> {
  explicit Loopless(const Variant& chosen) : ErrorCompensated<T>(chosen, Kind::loopless) {}
};

template <class T>
struct LooplessShifted : ErrorCompensated<T> {
  explicit LooplessShifted(const Variant& chosen) : ErrorCompensated<T>(chosen, Kind::loopless_shifted) {}
};

}  // namespace touchstone::inline v0::oracle::self_test::compensated
