#include <array>

#include <fmt/format.h>

#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd_diana.hpp"
#include "touchstone/methods/error_feedback/ec_gd_star.hpp"
#include "verify/claims/data_sets.hpp"
#include "verify/claims/registry.hpp"
#include "verify/experiment/facts.hpp"

namespace touchstone::inline v0::registry::enclosed_comparison {

namespace {

constexpr unsigned digits = 100;  // a step of EC-GD-DIANA costs a third of one
using S = Interval<digits>;

constexpr Index workers = 20;
constexpr Index steps = 150;
constexpr Index tenth = steps / 10;

/// Top1 where the intervals decide which entry is the largest. Throws undecided_error where they do not.
struct DecidedTop1 : TopK {
  template <Field T, Randomness<T> R>
  [[nodiscard]] Vector<T> compress(const Vector<T>& x, R& /*random*/) const {
    Index largest = 0;
    for (Index c = 1; c < x.size(); ++c)
      if (Operations<T>::less(absolute(x[largest]), absolute(x[c]))) largest = c;
    Vector<T> kept = Vector<T>::Zero(x.size());
    kept[largest] = x[largest];
    return kept;
  }

 private:
  static S absolute(const S& a) {
    S value;
    mpfi_abs(value.backend().data(), a.backend().data());
    return value;
  }
};
constexpr DecidedTop1 top1{{1}};

struct Stage {
  LogisticRegression<S> f;
  Vector<S> x_star;  ///< enclosed
  S gamma;
};

const Stage& stage() {
  static const Stage on = [] {
    const SparseData& data = solved_data().front().data;
    const Rational lambda(SolvedData::lambda);
    const Rational L(LogisticRegression<double>(data, workers, SolvedData::lambda).constants().L);
    return Stage{LogisticRegression<S>(data, workers, convert<S>(lambda)),
                 enclosure(certified_solution<digits>(data, lambda)), convert<S>(Rational(1 / (2 * L)))};
  }();
  return on;
}

/// The gaps at the ends of the tenths of a run, and that at the start.
struct Gaps {
  S start;
  std::array<S, 10> tenths;
};

/// Not from zero, where the gradients of this data set have entries that are equal.
Vector<S> start() {
  Vector<S> x(stage().f.dimension());
  for (Index c = 0; c < x.size(); ++c) x[c] = ratio<S>(c + 1, 16);
  return x;
}

template <class Method>
Gaps gaps_of(const Method& method, bool memory = true) {
  const LogisticRegression<S>& f = stage().f;
  const S minimum = f.value(stage().x_star);
  const auto gap = [&](const Vector<S>& x) { return S(f.value(x) - minimum); };
  auto state = method.initial(f, start());
  Gaps gaps{gap(state.x), {}};
  Seeded none(0);
  for (Index k = 1; k <= steps; ++k) {
    none.begin_iteration(k - 1);
    state = method.step(f, std::move(state), none);
    if (!memory)
      for (Vector<S>& e_i : state.e) e_i.setZero();
    if (k % tenth == 0) gaps.tenths[static_cast<std::size_t>(k / tenth - 1)] = gap(state.x);
  }
  return gaps;
}

/// Every run is made once; checks and mutants share it.
using Run = const Gaps& (*)();

const Gaps& plain() {
  static const Gaps gaps = gaps_of(EcGd<S, DecidedTop1>{{top1}, stage().gamma});
  return gaps;
}

EcGdStar<S, DecidedTop1> star_method() {
  return {{top1}, stage().gamma, StarShift<S>::of(stage().f, stage().x_star)};
}
const Gaps& star() {
  static const Gaps gaps = gaps_of(star_method());
  return gaps;
}
const Gaps& star_without_memory() {
  static const Gaps gaps = gaps_of(star_method(), false);
  return gaps;
}

/// Q = identity, for which 1/(1 + omega) = 1.
EcGdDiana<S, DecidedTop1, Identity> diana_method(Index alpha) {
  return {{top1}, stage().gamma, {{}, integer<S>(alpha)}};
}
const Gaps& diana() {
  static const Gaps gaps = gaps_of(diana_method(1));
  return gaps;
}
const Gaps& diana_with_fixed_shifts() {
  static const Gaps gaps = gaps_of(diana_method(0));
  return gaps;
}

/// The criteria of experiment/course.hpp, for all values enclosed.
void converges(const Gaps& gaps, Inspection& inspection) {
  for (std::size_t w = 1; w < gaps.tenths.size(); ++w)
    inspection.less_equal(S(2 * gaps.tenths[w]), gaps.tenths[w - 1],
                          [&] { return fmt::format("twice tenth {} against tenth {}", w + 1, w); });
}
void stalls(const Gaps& gaps, Inspection& inspection) {
  const auto& t = gaps.tenths;
  const S before = S(t[2] + t[3] + t[4]) / integer<S>(3);
  const S after = S(t[5] + t[6] + t[7] + t[8] + t[9]) / integer<S>(5);
  inspection.less_equal(S(2 * after), gaps.start, [] { return "twice the second half against the start"; });
  inspection.less_equal(before, S(2 * after), [] { return "tenths 3 to 5 against twice the second half"; });
  inspection.less_equal(after, S(2 * before), [] { return "the second half against twice tenths 3 to 5"; });
  std::size_t rising = 3;
  for (std::size_t w = 4; w < t.size(); ++w)
    if (upper_end(S(t[w] / t[w - 1])) > upper_end(S(t[rising] / t[rising - 1]))) rising = w;
  inspection.less_equal(S(ratio<S>(99, 100) * t[rising - 1]), t[rising],
                        [&] { return fmt::format("0.99 of tenth {} against tenth {}", rising, rising + 1); });
}

Check check_that(const std::string& name, void (*criterion)(const Gaps&, Inspection&), Run run,
                 std::vector<Mutant<Run>> mutants) {
  const auto decide = [=](const CheckContext& /*context*/, const Run& of) {
    const Gaps& gaps = of();
    Inspection inspection;
    criterion(gaps, inspection);
    return inspection.finding(fmt::format("{}: {} steps, enclosed by intervals with {} digits; last gap {}", name,
                                          steps, digits, upper_end(gaps.tenths.back()).str(3)));
  };
  return make_check<Run>(Layer::certified, Level::certified, decide, run, std::move(mutants));
}

}  // namespace

std::vector<Claim> claims() {
  return {{"error-feedback/comparison/deterministic",
           "of the deterministic methods EC-GD stalls on heart_scale, EC-GDstar and EC-GD-DIANA find the solution",
           "EC-GD stalls, EC-GDstar and EC-GD-DIANA with Q = identity, alpha = 1 converge linearly, as "
           "experiment/course.hpp decides from the gaps at the ends of the tenths of a run",
           {"logistic regression on heart_scale, lambda = 1/8, 20 workers, Top1; x^0 = (1, 2, ..., 13)/16",
            "gamma = 1/(2L), tuned: the theorems do not cover it"},
           "slides 51-54",
           {check_that("EC-GD stalls", stalls, plain, {{"grad f_i(x*) subtracted", star}}),
            check_that("EC-GDstar converges", converges, star,
                       {{"grad f_i(x*) not subtracted", plain}, {"nothing remembered", star_without_memory}}),
            check_that("EC-GD-DIANA converges", converges, diana, {{"alpha = 0", diana_with_fixed_shifts}})}}};
}

}  // namespace touchstone::inline v0::registry::enclosed_comparison
