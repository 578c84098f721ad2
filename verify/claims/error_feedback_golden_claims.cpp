#include <algorithm>

#include <fmt/format.h>

#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/d_sgd.hpp"
#include "touchstone/methods/error_feedback/ec_gd_diana.hpp"
#include "touchstone/methods/error_feedback/ec_gd_star.hpp"
#include "touchstone/problems/top1_counterexample.hpp"
#include "touchstone/theory/error_feedback/ec_gd.hpp"
#include "verify/claims/error_feedback_golden.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/scheme_theorem.hpp"
#include "verify/engine/error_feedback.hpp"

namespace touchstone::inline v0::registry::error_feedback_golden {

namespace {

using Star = EcGdStar<Rational, TopK>;
using Learned = EcGdDiana<Rational, TopK, Identity>;
using Delayed = DSgd<Rational>;

const std::string computed = "computed by a program of its own in another language";
const Rational tenth(1, 10);
const Rational hundredth(1, 100);

Vector<Rational> ones() {
  return Vector<Rational>::Ones(3);
}

/// f_i = |x|^2/2 + <c_i, x> with c = (2, 1), (-2, 1), (0, -2): x* = 0.
Quadratic<Rational> shifted_squares() {
  std::vector<QuadraticForm<Rational>> forms;
  for (const Vector<Rational>& c : {point({2, 1}), point({-2, 1}), point({0, -2})})
    forms.push_back({Matrix<Rational>::Identity(2, 2), Vector<Rational>(-c)});
  return {forms, {1, 1, {1, 1, 1}, {{1}, {1}, {1}}}};
}

/// The runs of EC-GD with Top1, lowest index first; of a mutant with its own memory or compressor.
template <class Feedback>
std::vector<GoldenValue> compensated_values(const Feedback& feedback) {
  using Method = ErrorFeedback<Rational, Feedback>;
  const Quadratic<Rational> f = top1_counterexample<Rational>();
  std::vector<GoldenValue> all;
  add_iterates(
      all, "Top1 counterexample, gamma = 1/10", Method{feedback, tenth}, f, ones(),
      {point({{71, 60}, {71, 60}, {71, 60}}), point({{317, 600}, {1027, 1200}, {71, 60}}),
       point({{8893, 7200}, {14839, 24000}, {361, 500}}), point({{8893, 7200}, {668983, 480000}, {18143, 36000}})});
  add_iterates(all, "Top1 counterexample, gamma = 1/100", Method{feedback, hundredth}, f, ones(),
               {point({{611, 600}, {611, 600}, {611, 600}}), point({{57467, 60000}, {118567, 120000}, {611, 600}}),
                point({{57467, 60000}, {22679539, 24000000}, {2778067, 3000000}})});
  add_iterates(all, "diagonal workers, gamma = 1/64", Method{feedback, Rational(1, 64)}, diagonal_workers(),
               point({3, 2}), {point({{379, 128}, {123, 64}}), point({{23941, 8192}, {15119, 8192}})});
  add_iterates(all, "shifted squares from x* = 0, gamma = 1/4", Method{feedback, Rational(1, 4)}, shifted_squares(),
               point({0, 0}), {point({0, {1, 6}})});
  return all;
}

/// Ties to the highest index.
struct LastTie : TopK {
  template <class S, class R>
  Vector<S> compress(const Vector<S>& x, R& random) const {
    return TopK::compress(Vector<S>(x.reverse()), random).reverse();
  }
};

/// What is wrong with a memory.
enum class Fault { sign, before_the_step, without_gamma, not_kept };

template <Fault fault>
struct WrongMemory : ErrorCompensation<Rational, TopK> {
  template <class R>
  Vector<Rational> message(Memory& memory, Index i, const Rational& gamma, const Vector<Rational>& g_i,
                           R& random) const {
    Vector<Rational>& e_i = memory.e[static_cast<std::size_t>(i)];
    const Vector<Rational> before = e_i;
    Vector<Rational> v_i = ErrorCompensation::message(memory, i, gamma, g_i, random);
    if constexpr (fault == Fault::sign) e_i = -e_i;
    if constexpr (fault == Fault::before_the_step) e_i -= gamma * g_i;
    if constexpr (fault == Fault::without_gamma) e_i += (1 - gamma) * g_i;
    if constexpr (fault == Fault::not_kept) e_i = before;
    return v_i;
  }
};

template <Fault fault>
GoldenValues wrong_memory() {
  return [] { return compensated_values(WrongMemory<fault>{{{1}}}); };
}

Claim compensated_golden() {
  const GoldenValues stated = [] {
    std::vector<GoldenValue> all = compensated_values(ErrorCompensation<Rational, TopK>{{1}});
    add_iterates(all, "ties to the highest index, gamma = 1/10", EcGd<Rational, LastTie>{{{{1}}}, tenth},
                 top1_counterexample<Rational>(), ones(),
                 {point({{71, 60}, {71, 60}, {71, 60}}), point({{71, 60}, {1027, 1200}, {317, 600}})});
    return all;
  };
  return golden_claim({"ec-gd", "EC-GD", computed}, stated,
                      {{"ties to the highest index",
                        [] { return compensated_values(ErrorCompensation<Rational, LastTie>{{{1}}}); }},
                       {"the error's sign", wrong_memory<Fault::sign>()},
                       {"the memory is that from before the step", wrong_memory<Fault::before_the_step>()},
                       {"the memory takes g without gamma", wrong_memory<Fault::without_gamma>()},
                       {"the error is not kept", wrong_memory<Fault::not_kept>()}});
}

/// EC-GDstar at gamma = 1/48: the constants of the theorem, three steps, V along them.
std::vector<GoldenValue> star_values(const StarShift<Rational>& star) {
  const Quadratic<Rational> f = diagonal_workers();
  const Vector<Rational> x_star = point({1, -1});
  const Rational L(3);
  const Rational gamma(1, 48);
  const TopK compressor{1};
  const SchemeTheorem theorem{.row = ec_gd_star_constants(L),
                              .kind = ErrorKind::compensated,
                              .L = L,
                              .mu = f.constants().mu,
                              .gamma = gamma,
                              .delta = compressor.delta<Rational>(2)};
  const ErrorModel<Rational> errors = theorem.errors();
  std::vector<GoldenValue> all{
      {"x*", f.minimizer(), x_star},
      {"grad f_1(x*)", f.gradient(0, x_star), point({1, -1})},
      {"N", scalar(error_weight(errors, gamma)), point({{3, 2}})},
      {"S", scalar(error_feedback_smoothness(theorem.row, errors, gamma)), point({{39, 4}})},
      {"theta", scalar(theorem.descent()), point({{19, 32}})},
      {"eta", scalar(theorem.gap()), point({{1, 64}})},
      {"noise", scalar(theorem.noise()), point({0})}};
  const Star method{{compressor}, gamma, star};
  add_iterates(all, "gamma = 1/48", method, f, point({3, 2}),
               {point({{71, 24}, {61, 32}}), point({{71, 24}, {449, 256}}), point({{1657, 576}, {13663, 8192}})});
  const std::vector<Rational> V{Rational(13), Rational(36937, 3072), Rational(19666979, 1769472)};
  for (Index k = 0; k < static_cast<Index>(V.size()); ++k) {
    const Star::State s = state_after(k, method, f, point({3, 2}));
    const LyapunovParts parts{(virtual_iterate(s, gamma) - x_star).squaredNorm(), 0, 0, mean_square(s.e), {}};
    all.push_back(
        {fmt::format("V^{}", k), scalar(theorem.lyapunov(parts)), scalar(V[static_cast<std::size_t>(k)])});
    if (k == 1) {
      all.push_back({"e_1^1", s.e[0], point({0, {1, 16}})});
      all.push_back({"e_2^1", s.e[1], point({{1, 24}, 0})});
    }
  }
  return all;
}

Claim star_golden() {
  const auto with = [](const auto& change) -> GoldenValues {
    return [change] {
      StarShift<Rational> star = StarShift<Rational>::of(diagonal_workers(), point({1, -1}));
      change(star.gradients_at_solution);
      return star_values(star);
    };
  };
  return golden_claim({"ec-gd-star", "EC-GDstar", computed}, with([](auto&) {}),
                      {{"the star gradient of another worker", with([](auto& all) { std::swap(all[0], all[1]); })},
                       {"EC-GD", with([](auto& all) {
                          std::fill(all.begin(), all.end(), point({0, 0}));
                        })}});
}

/// Q = identity. h^1 is the gradient at x^0 for alpha = 1.
std::vector<GoldenValue> learned_values(const Rational& alpha, const std::vector<Vector<Rational>>& h) {
  const Quadratic<Rational> f = diagonal_workers();
  const Learned method{{{1}}, Rational(1, 112), {{}, alpha}};
  const auto start = method.initial(f, point({3, 2}), zero_vectors<Rational>(2, 2), h);
  std::vector<GoldenValue> all;
  add_iterates(all, "gamma = 1/112", method, f, start,
               {point({{667, 224}, {219, 112}}), point({{667, 224}, {11877, 6272}})});
  const Learned::State s = state_after(1, method, f, start);
  for (const std::size_t i : {0U, 1U})
    all.push_back({fmt::format("h_{}^1", i + 1), s.h[i], f.gradient(static_cast<Index>(i), point({3, 2}))});
  return all;
}

Claim learned_golden() {
  const std::vector<Vector<Rational>> none = zero_vectors<Rational>(2, 2);
  return golden_claim({"ec-gd-diana", "EC-GD-DIANA", computed}, [none] { return learned_values(1, none); },
                      {{"alpha = 1/2", [none] { return learned_values(Rational(1, 2), none); }},
                       {"shifts start at (1, 0), (0, 0)", [] {
                          return learned_values(1, {point({1, 0}), point({0, 0})});
                        }}});
}

/// f = x^2/2 on one worker, from x^0 = 1, with tau + `off`.
std::vector<GoldenValue> delayed_values(Index off) {
  const Quadratic<Rational> f{{{Matrix<Rational>::Identity(1, 1), point({0})}}, {1, 1, {1}, {{1}}}};
  std::vector<GoldenValue> all;
  add_iterates(all, "tau = 1, gamma = 1/5", Delayed{{1 + off}, Rational(1, 5)}, f, point({1}),
               {point({1}), point({{4, 5}}), point({{3, 5}}), point({{11, 25}}), point({{8, 25}}),
                point({{29, 125}}), point({{21, 125}})});
  add_iterates(all, "tau = 2, gamma = 1/10", Delayed{{2 + off}, tenth}, f, point({1}),
               {point({1}), point({1}), point({{9, 10}}), point({{4, 5}}), point({{7, 10}}), point({{61, 100}}),
                point({{53, 100}})});
  return all;
}

}  // namespace

std::vector<Claim> claims() {
  return {compensated_golden(), star_golden(), learned_golden(),
          golden_claim({"d-sgd", "D-SGD", computed}, [] { return delayed_values(0); },
                       {{"the delay is one more", [] { return delayed_values(1); }},
                        {"the delay is one less", [] { return delayed_values(-1); }}})};
}

}  // namespace touchstone::inline v0::registry::error_feedback_golden
