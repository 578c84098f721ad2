#include "verify/oracle/self_test/method.hpp"

namespace touchstone::inline v0::oracle::self_test {

/// Gradient descent, and the methods of one node: SGD, SAGA, SVRG, L-SVRG, SEGA.
namespace single_node {

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

}  // namespace single_node

Specimens single_node_specimens() {
  using namespace single_node;  // NOLINT(google-build-using-namespace): its own part of this file
  Specimens list;
  const Parts model = {{"x", true}};
  const Parts saga = {{"x", true}, {"table", false}, {"table_mean", true, true}};
  const Parts svrg = {{"x", true}, {"w", true}, {"reference_gradient", true, true}};
  add_method<Gd>(list, "gd", model,
                 {{"gamma-sign", "the step goes up the gradient", Fault::gamma_sign},
                  {"gamma-twice", "gamma is multiplied in twice", Fault::gamma_twice},
                  {"linear-part-forgotten", "the gradient is A x, without b", Fault::linear_part_forgotten},
                  {"sum-of-workers", "the workers' gradients are summed", Fault::sum_of_workers},
                  {"worker-skipped", "the last worker is left out", Fault::worker_skipped},
                  {"worker-twice", "the last worker counts twice", Fault::worker_twice},
                  {"step-from-zero", "x <- -gamma g", Fault::step_from_zero}});
  add_method<Sgd>(list, "sgd", model,
                  {{"gamma-twice", "gamma is multiplied in twice", Fault::gamma_twice},
                   {"last-never-drawn", "the last component is never drawn", Fault::last_never_drawn},
                   {"full-gradient", "the gradient of all components is taken", Fault::full_gradient},
                   {"scaled-by-m", "the gradient is multiplied by m", Fault::scaled_by_m},
                   {"linear-part-forgotten", "the gradient is A x, without b", Fault::linear_part_forgotten}});
  add_method<Saga>(
      list, "saga", saga,
      {{"row-not-replaced", "the row of the table stays", Fault::row_not_replaced},
       {"row-replaced-first", "the row is replaced before the difference is taken", Fault::row_replaced_first},
       {"row-of-new-iterate", "the row takes the gradient after the step", Fault::row_of_new_iterate},
       {"mean-not-updated", "the mean of the table stays", Fault::mean_not_updated},
       {"mean-after-row", "the mean is updated after the row is replaced", Fault::mean_after_row},
       {"mean-before-step", "the new mean is used in the step", Fault::mean_before_step},
       {"mean-by-one", "the change of the mean is not divided by m", Fault::mean_by_one},
       {"mean-left-out", "the mean is left out of the estimate", Fault::mean_left_out},
       {"correction-sign", "the correction has the wrong sign", Fault::correction_sign},
       {"gamma-sign", "the step goes up", Fault::gamma_sign}});
  add_method<Svrg>(
      list, "svrg", svrg,
      {{"drawn-twice", "the gradients of the difference are of different components", Fault::drawn_twice},
       {"correction-sign", "the correction has the wrong sign", Fault::correction_sign},
       {"reference-left-out", "grad f(w) is left out", Fault::mean_left_out},
       {"refreshed-always", "the reference point moves at every step", Fault::refreshed_always}});
  add_method<LSvrg>(
      list, "l-svrg", svrg,
      {{"reference-stale", "w moves, grad f(w) stays", Fault::reference_stale},
       {"reference-of-component", "grad f(w) becomes that of the component drawn", Fault::reference_of_component},
       {"point-stale", "grad f(w) moves, w stays", Fault::point_stale},
       {"coin-flipped", "refreshed with probability 1-p", Fault::coin_flipped},
       {"coin-is-index", "refreshed where component 0 is drawn", Fault::coin_is_index},
       {"refreshed-never", "the reference point never moves", Fault::refreshed_never},
       {"refreshed-before-stale", "w moves before the gradient, grad f(w) after it", Fault::refreshed_before_stale},
       {"drawn-twice", "the gradients of the difference are of different components", Fault::drawn_twice},
       {"correction-sign", "the correction has the wrong sign", Fault::correction_sign}});
  add_method<Sega>(list, "sega", {{"x", true}, {"h", true}},
                   {{"without-d", "the difference is not multiplied by d", Fault::without_d},
                    {"shift-first", "h is updated before g is made of it", Fault::shift_first},
                    {"shift-by-d", "h moves by d times the difference", Fault::shift_by_d},
                    {"shift-not-updated", "h stays", Fault::shift_not_updated},
                    {"no-difference", "h is not subtracted from the derivative", Fault::no_difference},
                    {"last-never-drawn", "the last coordinate is never drawn", Fault::last_never_drawn}});
  list.push_back(
      method_specimen<Gd>("gd/correct/fused", "", Variant{Fault::none, false, true}, options("gd", model)));
  list.push_back(method_specimen<Gd>("gd/correct/from-the-last-worker", "",
                                     Variant{Fault::none, false, false, true}, options("gd", model)));
  // Covered by the theorem with the same stepsize: seen from the coin on, g is made with the refreshed w, and the key
  // assumption holds with A = 2L(1+p), B = 2(1-p), rho = p, C = pL; with M = 4(1-p)/p, A + CM <= 6L.
  list.push_back(method_specimen<LSvrg>("l-svrg/correct/refreshed-after-the-step", "", Variant{Fault::none, true},
                                        options("l-svrg", svrg)));
  for (const char* name : {"saga", "l-svrg"}) {
    MethodLibraryOptions silent = options(name, name == std::string("saga") ? saga : svrg);
    silent.tells_derived = false;
    const std::string id = fmt::format("{}/correct/derived-not-told", name);
    list.push_back(name == std::string("saga") ? method_specimen<Saga>(id, "", Variant{}, silent)
                                               : method_specimen<LSvrg>(id, "", Variant{}, silent));
  }
  MethodLibraryOptions boxed = options("saga", saga);
  boxed.subject.ways = {"black-box"};
  list.push_back(method_specimen<Saga>("saga/correct/black-box", "", Variant{}, boxed));
  return list;
}

}  // namespace touchstone::inline v0::oracle::self_test
