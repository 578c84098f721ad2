#include "verify/oracle/self_test/method.hpp"

namespace touchstone::inline v0::oracle::self_test {

/// Methods with error memory: EC-GD, EC-SGD, EC-GD-DIANA, EC-SGD-DIANA, EC-LSVRG, EC-LSVRG-DIANA.
namespace compensated {

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

using Parts = std::vector<StatePartOf>;

MethodLibraryOptions options(const char* reference, Parts parts, const char* dtype = "float64") {
  MethodLibraryOptions made;
  made.subject.reference = reference;
  made.subject.dtype = dtype;
  made.parts = std::move(parts);
  return made;
}

template <template <class> class M>
void add_method(Specimens& list, const char* name, const Parts& parts,
                std::initializer_list<std::tuple<const char*, const char*, Fault>> faults) {
  for (const auto& [id, fault, which] : faults)
    list.push_back(method_specimen<M>(fmt::format("{}/{}", name, id), fault, Variant{which}, options(name, parts)));
  for (const char* dtype : {"float64", "float32"})
    list.push_back(
        method_specimen<M>(fmt::format("{}/correct/{}", name, dtype), "", Variant{}, options(name, parts, dtype)));
}

}  // namespace compensated

Specimens compensated_specimens() {
  using namespace compensated;  // NOLINT(google-build-using-namespace): its own part of this file
  Specimens list;
  const Parts plain = {{"x", true}, {"e", false}};
  const Parts shifted = {{"x", true}, {"e", false}, {"h", false}};
  const Parts loopless = {{"x", true}, {"e", false}, {"w", false}, {"reference_gradients", false, true}};
  const Parts both = {{"x", true}, {"e", false}, {"h", false}, {"w", false}, {"reference_gradients", false, true}};
  add_method<Plain>(
      list, "ec-gd", plain,
      {{"memory-not-kept", "what is not sent is forgotten", Fault::memory_not_kept},
       {"memory-sign", "the memory has the wrong sign", Fault::memory_sign},
       {"memory-of-uncompressed", "what is sent is not taken from the memory", Fault::memory_of_uncompressed},
       {"memory-shared", "worker 0's memory serves for all", Fault::memory_shared},
       {"memory-decayed", "the memory is multiplied by 0.9", Fault::memory_decayed},
       {"compressed-before-adding", "the gradient is compressed alone, the memory sent beside it",
        Fault::compressed_before},
       {"uncompressed-step", "the server steps along what was to be compressed", Fault::uncompressed_step},
       {"gamma-twice", "gamma is multiplied in twice", Fault::gamma_twice},
       {"gamma-forgotten", "gamma is left out", Fault::gamma_forgotten},
       {"gradient-twice", "the gradient is added twice", Fault::gradient_twice},
       {"sum-of-workers", "the messages are summed", Fault::sum_of_workers},
       {"worker-skipped", "the last worker is left out", Fault::worker_skipped}});
  add_method<PlainSampled>(list, "ec-sgd", plain,
                           {{"index-shared", "one component for all workers", Fault::index_shared},
                            {"memory-sign", "the memory has the wrong sign", Fault::memory_sign}});
  add_method<ShiftedFull>(
      list, "ec-gd-diana", shifted,
      {{"shift-mean-left-out", "the mean of the shifts is left out", Fault::shift_mean_left_out},
       {"shift-mean-after", "the mean is that of the new shifts", Fault::shift_mean_after},
       {"shift-left-out", "the shift is not subtracted", Fault::shift_left_out},
       {"shift-of-uncompressed", "the shift moves by the difference itself", Fault::shift_of_uncompressed},
       {"shift-not-updated", "the shifts stay", Fault::shift_not_updated},
       {"shift-by-message", "the shift learns from the message of C", Fault::shift_by_message},
       {"alpha-one", "the shifts take alpha = 1", Fault::alpha_one},
       {"memory-not-kept", "what is not sent is forgotten", Fault::memory_not_kept}});
  add_method<Shifted>(list, "ec-sgd-diana", shifted,
                      {{"index-shared", "one component for all workers", Fault::index_shared},
                       {"shift-mean-after", "the mean is that of the new shifts", Fault::shift_mean_after}});
  add_method<Loopless>(
      list, "ec-lsvrg", loopless,
      {{"coin-shared", "worker 0's coin serves for all", Fault::coin_shared},
       {"coin-flipped", "refreshed with probability 1-p", Fault::coin_flipped},
       {"point-stale", "grad f_i(w_i) moves, w_i stays", Fault::point_stale},
       {"reference-stale", "w_i moves, grad f_i(w_i) stays", Fault::reference_stale},
       {"reference-left-out", "grad f_i(w_i) is left out", Fault::reference_left_out},
       {"correction-sign", "the correction has the wrong sign", Fault::correction_sign},
       {"drawn-twice", "the gradients of the difference are of different components", Fault::drawn_twice},
       {"index-shared", "one component for all workers", Fault::index_shared}});
  add_method<LooplessShifted>(
      list, "ec-lsvrg-diana", both,
      {{"coin-shared", "worker 0's coin serves for all", Fault::coin_shared},
       {"shift-mean-after", "the mean is that of the new shifts", Fault::shift_mean_after},
       {"shift-of-uncompressed", "the shift moves by the difference itself", Fault::shift_of_uncompressed},
       {"memory-shared", "worker 0's memory serves for all", Fault::memory_shared}});
  list.push_back(method_specimen<Plain>("ec-gd/correct/memory-without-gamma", "", Variant{Fault::none, true},
                                        options("ec-gd", plain)));
  list.push_back(method_specimen<ShiftedFull>("ec-gd-diana/correct/shift-drawn-last", "",
                                              Variant{Fault::none, false, true}, options("ec-gd-diana", shifted)));
  return list;
}

}  // namespace touchstone::inline v0::oracle::self_test
