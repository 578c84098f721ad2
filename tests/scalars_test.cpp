// One transcript, many number types: the same run in double, float, MPFR, intervals and rationals; initial states;
// steps that update in place.

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "tests/instances.hpp"
#include "tests/tracked.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/methods/unified_sgd/saga.hpp"
#include "touchstone/numbers/convert.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "touchstone/randomness/transcript.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace)

constexpr Index steps = 8;

template <class S>
using SampledDiana = Diana<S, RandK, SampledComponent>;

template <class S>
SampledDiana<S> diana() {
  return {RandK{1}, ratio<S>(1, 12), ratio<S>(1, 2)};
}

/// Eight steps of DIANA from x = (1, 2) in S. Every number that enters is an integer, a half or a fraction formed
/// by `ratio`.
template <class S, class R>
DianaState<S> run(R& random) {
  const auto f = two_noisy_workers().map<S>([](const Rational& q) {
    return S(integer<S>(Rational(numerator(q)).convert_to<int>()) /
             integer<S>(Rational(denominator(q)).convert_to<int>()));
  });
  Vector<S> x(2);
  x << integer<S>(1), integer<S>(2);
  const auto method = diana<S>();
  return after(steps, method, f, method.initial(f, x), random);
}

class OneTranscript : public testing::Test {
 protected:
  OneTranscript() {
    Seeded seeded(11);
    Recorder recorder(seeded);
    exact_ = run<Rational>(recorder);
    transcript_ = recorder.transcript();
  }

  /// The same run in S; every choice of the transcript is used.
  template <class S>
  [[nodiscard]] DianaState<S> replay() const {
    Replayed replayed(transcript_);
    DianaState<S> s = run<S>(replayed);
    EXPECT_TRUE(replayed.exhausted());
    return s;
  }

  /// Calls check(number in s, exact number) for every number of the state.
  template <class S, class Check>
  void for_each_number(const DianaState<S>& s, Check check) const {
    for (Index c = 0; c < 2; ++c) {
      check(s.x[c], exact_.x[c]);
      for (std::size_t i = 0; i < 2; ++i) check(s.h[i][c], exact_.h[i][c]);
    }
  }

  Transcript transcript_;
  DianaState<Rational> exact_;
};

TEST_F(OneTranscript, IsLongAndMovesTheState) {
  EXPECT_EQ(transcript_.size(), static_cast<std::size_t>(steps * 2 * 2));
  EXPECT_NE(exact_.x, tabulated_start);
}

TEST_F(OneTranscript, IntervalsEncloseTheExactState) {
  const auto state = replay<Interval<50>>();
  for_each_number(state, [](const Interval<50>& a, const Rational& exact) {
    EXPECT_TRUE(encloses(a, exact));
    EXPECT_FALSE(encloses(a, Rational(exact + q(1, 1'000'000'000'000)))) << "and hardly anything else";
  });
}

/// The run in F stays within the bound that the run in Tracked<F> derives, and does the same operations.
template <class F, unsigned Precision>
void expect_within_derived_bounds(const DianaState<F>& rounded, const DianaState<Tracked<F, Precision>>& tracked,
                                  const DianaState<Rational>& exact, const Rational& useful) {
  const auto check = [&](const F& a, const Tracked<F, Precision>& t, const Rational& e) {
    EXPECT_EQ(a, t.value) << "the same operations in the same order";
    EXPECT_TRUE(boost::multiprecision::abs(Rational(Rational(a) - e)) <= t.error) << a;
    EXPECT_TRUE(t.error <= useful) << "a bound that tells nothing: " << static_cast<double>(t.error);
  };
  for (Index c = 0; c < 2; ++c) {
    check(rounded.x[c], tracked.x[c], exact.x[c]);
    for (std::size_t i = 0; i < 2; ++i) check(rounded.h[i][c], tracked.h[i][c], exact.h[i][c]);
  }
}

TEST_F(OneTranscript, DoubleFloatAndMpfrStayWithinDerivedBounds) {
  expect_within_derived_bounds(replay<double>(), replay<Tracked<double, 53>>(), exact_, q(1, 1'000'000'000'000));
  expect_within_derived_bounds(replay<float>(), replay<Tracked<float, 24>>(), exact_, q(1, 1000));
  const auto precision = static_cast<unsigned>(mpfr_get_prec(Real<50>().backend().data()));
  ASSERT_GE(precision, 167U) << "50 digits";
  expect_within_derived_bounds(replay<Real<50>>(), replay<Tracked<Real<50>, 167>>(), exact_,
                               ratio<Rational>(1, 1'000'000'000'000'000'000));
}

TEST_F(OneTranscript, TheBoundsForDoubleAreTooSmallForFloat) {
  const auto single = replay<float>();
  const auto bounds = replay<Tracked<double, 53>>();
  EXPECT_GT(boost::multiprecision::abs(Rational(Rational(single.x[0]) - exact_.x[0])), bounds.x[0].error);
}

TEST(InitialState, RefusesWhatDoesNotFit) {
  const auto f = two_workers();
  const auto single = one_worker();
  const auto line = [](auto run) { return error_of<precondition_error>([&] { static_cast<void>(run()); }); };
  const auto d = diana<Rational>();
  const std::string dimension = "a point of the problem's dimension (dimension of the point, d); found ";
  EXPECT_EQ(line([&] { return d.initial(f, vec({1})); }), dimension + "1, 2");
  EXPECT_EQ(line([&] {
              return d.initial(f, vec({1, 2}), {vec({0, 0})});
            }),
            "DIANA needs n shifts (found, n); found 1, 2");
  EXPECT_EQ(line([&] { return d.initial(f, vec({1, 2}), {vec({0, 0}), vec({0, 0, 0})}); }), dimension + "3, 2");
  const Saga<Rational> saga{q(1, 18)};
  EXPECT_EQ(line([&] { return saga.initial(f, vec({1, 2})); }), "SAGA runs on one worker; found 2");
  EXPECT_EQ(line([&] {
              return saga.initial(single, vec({1, 2}), {vec({0, 0})});
            }),
            "SAGA needs a table of m vectors (found, m); found 1, 2");
  EXPECT_EQ(line([&] { return saga.initial(single, vec({1, 2}), {vec({0, 0}), vec({0})}); }), dimension + "1, 2");
  const LSvrg<Rational> l_svrg{q(1, 18), q(1, 2)};
  EXPECT_EQ(line([&] { return l_svrg.initial(f, vec({1, 2})); }), "L-SVRG runs on one worker; found 2");
  EXPECT_EQ(line([&] { return l_svrg.initial(single, vec({1, 2}), vec({1})); }), dimension + "1, 2");
  const EcGd<Rational, TopK> ec{{{1}}, q(1, 18)};
  EXPECT_EQ(line([&] { return ec.initial(f, vec({1, 2, 3})); }), dimension + "3, 2");
  EXPECT_EQ(line([&] { return ec.initial(f, vec({1, 2})); }), "nothing thrown");
}

/// The addresses of the numbers of a state's vectors and of its lists of vectors; not those of vectors that a step
/// replaces as a whole.
template <class State>
std::vector<const Rational*> addresses(const State& s) {
  std::vector<const Rational*> all{s.x.data()};
  const auto add = [&all](const std::vector<Vector<Rational>>& list) {
    for (const Vector<Rational>& v : list) all.push_back(v.data());
  };
  if constexpr (requires { s.h; }) add(s.h);
  if constexpr (requires { s.e; }) add(s.e);
  if constexpr (requires { s.table; }) add(s.table);
  if constexpr (requires { s.w; }) all.push_back(s.w.data());
  return all;
}

template <class Method, class P>
void expect_in_place(const Method& method, const P& f) {
  Seeded random(2);
  auto s = method.initial(f, tabulated_start);
  const auto before = addresses(s);
  const auto old = s;
  s = after(5, method, f, std::move(s), random);
  EXPECT_EQ(addresses(s), before);
  EXPECT_FALSE(s == old) << "something was updated";
  random.begin_iteration(5);
  const auto copy = method.step(f, s, random);
  EXPECT_NE(addresses(copy), before) << "a state that is not moved in is copied";
}

TEST(Steps, UpdateAMovedInStateInPlace) {
  expect_in_place(diana<Rational>(), two_noisy_workers());
  expect_in_place(EcGd<Rational, TopK>{{{1}}, q(1, 48)}, two_workers());
  expect_in_place(Saga<Rational>{q(1, 18)}, one_worker());
  expect_in_place(LSvrg<Rational>{q(1, 18), q(1, 2)}, one_worker());
}

}  // namespace
}  // namespace touchstone
