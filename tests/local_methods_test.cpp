// The methods of chapter 4: a scripted path, the schedules, invariants over all outcomes, fixed points, reductions of one method to
// another, what is refused.

#include <map>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "tests/instances.hpp"
#include "touchstone/methods/local/local_sgd.hpp"
#include "touchstone/methods/local/local_svrg.hpp"
#include "touchstone/methods/local/s_local_svrg.hpp"
#include "touchstone/methods/local/s_star_local_sgd.hpp"
#include "touchstone/methods/local/s_star_local_sgd_star.hpp"
#include "touchstone/methods/local/ss_local_sgd.hpp"
#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/randomness/seeded.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace)
using Q = Rational;
using Random = RandomSchedule<Q>;

/// Answers written down beforehand, one list of indices and one of coins.
class Scripted : public Choices<Scripted> {
 public:
  Scripted(Indices samples, std::vector<bool> coins) : samples_(std::move(samples)), coins_(std::move(coins)) {}
  Index draw_index(Index /*n*/) { return samples_.at(sample_++); }
  Indices draw_subset(Index /*n*/, Index /*k*/) { throw std::logic_error("no subset is scripted"); }
  Indices draw_permutation(Index /*n*/) { throw std::logic_error("no permutation is scripted"); }
  bool draw_bernoulli(const Q& /*p*/) { return coins_.at(coin_++); }
  Index draw_category(const std::vector<Q>& /*weights*/) { throw std::logic_error("no category is scripted"); }
  [[nodiscard]] bool exhausted() const { return sample_ == samples_.size() && coin_ == coins_.size(); }

 private:
  Indices samples_;
  std::vector<bool> coins_;
  std::size_t sample_ = 0, coin_ = 0;
};

QuadraticForm<Q> on_the_line(int A, int b) {
  return {Matrix<Q>::Constant(1, 1, Q(A)), vec({b})};
}

/// d = 1, A = (1, 3; 2, 6), b = (1, -1; 3, 5): x* = 2/3.
Quadratic<Q> line() {
  return {{{on_the_line(1, 1), on_the_line(3, -1)}, {on_the_line(2, 3), on_the_line(6, 5)}},
          {3, 3, {2, 4}, {{1, 3}, {2, 6}}}};
}

/// In the plane, two workers with two components: x* = (1/2, 1/2), f has the Hessian 2 I.
Quadratic<Q> plane() {
  const std::vector<QuadraticForm<Q>> first{{matrix2(2, 1, 1, 2), vec({1, 0})},
                                            {matrix2(3, 0, 0, 1), vec({-1, 2})}};
  const std::vector<QuadraticForm<Q>> second{{matrix2(2, -1, -1, 2), vec({0, 3})},
                                             {matrix2(1, 0, 0, 3), vec({4, -1})}};
  return {{first, second}, {2, 2, {q(677, 250), q(677, 250)}, {{3, 3}, {3, 3}}}};
}

const Q half(1, 2);
const Q sixteenth(1, 16);
const RefreshCoin<Q> coin = RefreshCoin<Q>::independent(half);

std::string text(const Vector<Q>& v) {
  std::string all;
  for (const Q& entry : v) all += (all.empty() ? "" : ",") + entry.str();
  return all;
}
std::string text(const std::vector<Vector<Q>>& vectors) {
  std::string all;
  for (const Vector<Q>& v : vectors) all += (all.empty() ? "" : " ") + text(v);
  return all;
}

/// "x_1 x_2" and, after a bar, what the method remembers, after each of four iterations.
template <class Method, class P, class Remembered>
std::vector<std::string> scripted_path(const Method& method, const P& f, typename Method::State s, Scripted random,
                                       const Remembered& remembered) {
  std::vector<std::string> path;
  for (Index k = 0; k < 4; ++k) {
    random.begin_iteration(k);
    s = method.step(f, std::move(s), random);
    const std::string memory = remembered(s);
    path.push_back(text(s.x) + (memory.empty() ? "" : " | " + memory));
  }
  EXPECT_TRUE(random.exhausted());
  return path;
}

const auto nothing = [](const auto& /*s*/) { return std::string(); };
const auto reference = [](const auto& s) { return text(s.w); };
const auto shifts = [](const auto& s) { return text(s.h); };

/// Samples of the workers, 1-based as in the table.
const Indices samples{0, 1, 1, 0, 0, 0, 1, 1};
const std::vector<bool> synchronized{false, true, false, false};
/// Coins of schedule and reference in turn.
const std::vector<bool> both_coins{false, true, true, false, false, false, false, true};

using Path = std::vector<std::string>;

TEST(LocalMethods, FollowTheScriptedPath) {
  const auto f = line();
  const Vector<Q> x = vec({1});
  const Vector<Q> x_star = vec({q(2, 3)});
  const auto star = StarShift<Q>::of(f, x_star);
  const Random schedule{half};

  const LocalSgd<Q, Random> plain{sixteenth, schedule};
  EXPECT_EQ(scripted_path(plain, f, plain.initial(f, x), {samples, synchronized}, nothing),
            (Path{"1 15/16", "225/256 225/256", "3631/4096 1959/2048", "43107/65536 14915/16384"}));

  const LocalSvrgSharedCoin<Q, Random> reduced{sixteenth, schedule, {coin}};
  EXPECT_EQ(scripted_path(reduced, f, reduced.initial(f, x), {samples, both_coins}, reference),
            (Path{"7/8 1 | 1 1", "227/256 227/256 | 1 1", "3149/4096 1845/2048 | 1 1",
                  "45033/65536 15369/16384 | 3149/4096 1845/2048"}));

  const SStarLocalSgd<Q, Random> shifted{sixteenth, schedule, {}, star};
  EXPECT_EQ(scripted_path(shifted, f, shifted.initial(f, x), {samples, synchronized}, nothing),
            (Path{"13/12 41/48", "673/768 673/768", "11887/12288 5351/6144", "158627/196608 12673/16384"}));

  const SsLocalSgd<Q, Random> learned{sixteenth, schedule, {}, {coin, 1, {}}};
  Scripted first({0, 1}, {});
  const auto start = learned.initial(f, std::vector<Vector<Q>>{x, x}, learned.shift.draw(f, x, first));
  EXPECT_EQ(scripted_path(learned, f, start, {{0, 1, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0}, both_coins}, shifts),
            (Path{"31/32 31/32 | 0 -1", "901/1024 901/1024 | 0 -1", "15051/16384 7587/8192 | 0 -1",
                  "187471/262144 56367/65536 | 123443/32768 -18927/16384"}));

  const SStarLocalSgdStar<Q, Random> both{sixteenth, schedule, StarReference<Q>::of(f, x_star), star};
  EXPECT_EQ(scripted_path(both, f, both.initial(f, x), {samples, synchronized}, nothing),
            (Path{"47/48 7/8", "453/512 453/512", "21409/24576 10537/12288", "327469/393216 77261/98304"}));

  const SLocalSvrg<Q, Random> complete{sixteenth, schedule, {coin}};
  EXPECT_EQ(scripted_path(complete, f, complete.initial(f, x), {samples, both_coins}, reference),
            (Path{"15/16 15/16 | 1", "453/512 453/512 | 1", "6795/8192 3427/4096 | 1",
                  "104719/131072 27375/32768 | 13649/16384"}));

  const SLocalSvrg<Q, Random> in_the_plane{q(1, 8), schedule, {coin}};
  const auto g = plane();
  EXPECT_EQ(
      scripted_path(in_the_plane, g, in_the_plane.initial(g, vec({1, -1})), {samples, both_coins}, reference),
      (Path{"7/8,-5/8 7/8,-5/8 | 1,-1", "13/16,-21/64 13/16,-21/64 | 1,-1",
            "333/512,-25/256 419/512,-37/256 | 1,-1", "2689/4096,337/2048 2933/4096,-185/2048 | 47/64,-31/256"}));
}

/// Calls visit(name, method) for every method with the schedule, as it is on f.
template <class Schedule, class Visit>
void for_each_local_method(const Quadratic<Q>& f, const Schedule& schedule, Visit&& visit) {
  const Q gamma = q(1, 20);
  const Vector<Q> x_star = f.minimizer();
  const auto star = StarShift<Q>::of(f, x_star);
  visit("Local-SGD", LocalSgd<Q, Schedule>{gamma, schedule});
  visit("Local-SVRG", LocalSvrg<Q, Schedule>{gamma, schedule, {half}});
  visit("Local-SVRG, one coin", LocalSvrgSharedCoin<Q, Schedule>{gamma, schedule, {coin}});
  visit("S*-Local-SGD", SStarLocalSgd<Q, Schedule>{gamma, schedule, {}, star});
  visit("SS-Local-SGD", SsLocalSgd<Q, Schedule>{gamma, schedule, {}, {coin, 1, {}}});
  visit("S*-Local-SGD*", SStarLocalSgdStar<Q, Schedule>{gamma, schedule, StarReference<Q>::of(f, x_star), star});
  visit("S-Local-SVRG", SLocalSvrg<Q, Schedule>{gamma, schedule, {coin}});
  visit("S-Local-SVRG, own references", SLocalSvrgOwnReferences<Q, Schedule>{gamma, schedule, {half}});
}

const Vector<Q> plane_start = vec({3, 2});

/// A state in the middle of a run, before a synchronization.
template <class Method>
typename Method::State between(const Method& method, const Quadratic<Q>& f) {
  Seeded random(5);
  return after(2, method, f, method.initial(f, plane_start), random);
}

TEST(LocalMethods, TheAverageTakesTheMeanLocalGradientInTheMean) {
  const auto f = plane();
  for_each_local_method(f, DeterministicSchedule::every(4), [&](const char* name, const auto& method) {
    const auto s = between(method, f);
    EXPECT_NE(s.x.front(), s.x.back()) << name;
    const Vector<Q> next = expected(1, method, f, s, [](const auto& then) { return average(then.x); });
    Vector<Q> gradient = f.gradient(0, s.x[0]) + f.gradient(1, s.x[1]);
    EXPECT_EQ(next, Vector<Q>(average(s.x) - method.gamma * gradient / Q(2))) << name;
  });
}

TEST(LocalMethods, ASynchronizationMovesTheIteratesToTheirAverageAndNothingElse) {
  const auto f = plane();
  for_each_local_method(f, DeterministicSchedule::every(4), [&](const char* name, const auto& method) {
    auto now = method;
    now.schedule = DeterministicSchedule::every(1);
    const auto s = between(method, f);
    auto at_once = s;
    at_once.position = 0;
    Seeded one(7);
    Seeded same(7);
    const auto apart = method.step(f, s, one);
    const auto together = now.step(f, at_once, same);
    EXPECT_EQ(together.x.front(), average(apart.x)) << name;
    EXPECT_EQ(together.x.back(), average(apart.x)) << name;
  });
}

TEST(LocalMethods, ARunIsTwoRunsThatMeetInASynchronization) {
  const auto f = plane();
  for_each_local_method(f, DeterministicSchedule({2, 1}), [&](const char* name, const auto& method) {
    Seeded random(3);
    Seeded again(3);
    const auto whole = after(6, method, f, method.initial(f, plane_start), random);
    auto half_way = after(3, method, f, method.initial(f, plane_start), again);
    EXPECT_EQ(half_way.position, 0) << name;
    for (Index k = 3; k < 6; ++k) {
      again.begin_iteration(k);
      half_way = method.step(f, half_way, again);
    }
    EXPECT_TRUE(whole == half_way) << name;
  });
}

/// The probability of every list of iterates after some steps.
using LawOfIterates = std::map<std::string, Q>;

template <class Method, class State>
LawOfIterates law_of_iterates(Index steps, const Method& method, const Quadratic<Q>& f, const State& s) {
  LawOfIterates law;
  Exhaustive<Q> random;
  do {
    const auto x = after(steps, method, f, s, random).x;
    law[text(x)] += random.probability();
  } while (random.advance());
  return law;
}
template <class Method>
LawOfIterates law_of_iterates(Index steps, const Method& method, const Quadratic<Q>& f) {
  return law_of_iterates(steps, method, f, method.initial(f, plane_start));
}

/// The components of the two workers on one.
Quadratic<Q> plane_on_one_worker() {
  const auto f = plane();
  std::vector<std::vector<QuadraticForm<Q>>> forms(1);
  for (Index i = 0; i < 2; ++i)
    for (Index j = 0; j < 2; ++j) forms.front().push_back(f.form(i, j));
  return {forms, {2, 2, {2}, {{3, 3, 3, 3}}}};
}

TEST(LocalMethods, OnOneWorkerAreTheirSerialMethods) {
  const auto f = plane_on_one_worker();
  const auto schedule = DeterministicSchedule::every(2);
  const Q gamma = q(1, 20);
  const LSvrg<Q> l_svrg{gamma, half};
  const LawOfIterates expected_law = law_of_iterates(3, l_svrg, f);
  EXPECT_EQ(law_of_iterates(3, LocalSvrg<Q, DeterministicSchedule>{gamma, schedule, {half}}, f), expected_law);
  EXPECT_EQ(law_of_iterates(3, SLocalSvrg<Q, DeterministicSchedule>{gamma, schedule, {coin}}, f), expected_law);
  const Vector<Q> x_star = f.minimizer();
  const LawOfIterates plain = law_of_iterates(2, LocalSgd<Q, DeterministicSchedule>{gamma, schedule}, f);
  EXPECT_EQ(law_of_iterates(
                2, SStarLocalSgd<Q, DeterministicSchedule>{gamma, schedule, {}, StarShift<Q>::of(f, x_star)}, f),
            plain);
  EXPECT_NE(plain, law_of_iterates(2, l_svrg, f));
}

/// Workers with one component each.
Quadratic<Q> one_component_each() {
  const std::vector<QuadraticForm<Q>> forms{plane().form(0, 0), plane().form(1, 1)};
  return {forms, {2, q(3, 2), {3, 3}, {{3}, {3}}}};
}

TEST(LocalMethods, WithOneComponentADrawIsTheFullGradient) {
  const auto f = one_component_each();
  const Random schedule{half};
  const Q gamma = q(1, 20);
  const auto star = StarShift<Q>::of(f, f.minimizer());
  const LawOfIterates local_gd = law_of_iterates(3, LocalSgd<Q, Random, FullGradient>{gamma, schedule}, f);
  EXPECT_EQ(law_of_iterates(3, LocalSvrgSharedCoin<Q, Random>{gamma, schedule, {coin}}, f), local_gd);
  EXPECT_EQ(law_of_iterates(
                3, SStarLocalSgdStar<Q, Random>{gamma, schedule, StarReference<Q>::of(f, f.minimizer()), star}, f),
            law_of_iterates(3, SStarLocalSgd<Q, Random, FullGradient>{gamma, schedule, {}, star}, f));
  EXPECT_EQ(law_of_iterates(3, SsLocalSgd<Q, Random, FullGradient>{gamma, schedule, {}, {coin, 1, {}}}, f),
            law_of_iterates(3, SLocalSvrg<Q, Random>{gamma, schedule, {coin}}, f));
  EXPECT_NE(local_gd, law_of_iterates(3, SLocalSvrg<Q, Random>{gamma, schedule, {coin}}, f));
}

TEST(LocalMethods, WithReferencesAtTheSolutionAreTheStarredOnes) {
  const auto f = plane();
  const Random schedule{half};
  const Q gamma = q(1, 20);
  const Vector<Q> x_star = f.minimizer();
  const auto star = StarShift<Q>::of(f, x_star);
  const RefreshCoin<Q> never = RefreshCoin<Q>::independent(Q(0));
  const std::vector<Vector<Q>> x{plane_start, plane_start};
  const SLocalSvrg<Q, Random> complete{gamma, schedule, {never}};
  EXPECT_EQ(
      law_of_iterates(2, complete, f, complete.initial(f, x, x_star)),
      law_of_iterates(2, SStarLocalSgdStar<Q, Random>{gamma, schedule, StarReference<Q>::of(f, x_star), star}, f));
  const SsLocalSgd<Q, Random> learned{gamma, schedule, {}, {never, 1, {}}};
  EXPECT_EQ(law_of_iterates(2, learned, f, learned.initial(f, x, star.gradients_at_solution)),
            law_of_iterates(2, SStarLocalSgd<Q, Random>{gamma, schedule, {}, star}, f));
}

TEST(LocalMethods, AlwaysSynchronizedOneCoinMakesLocalSvrgShifted) {
  const auto f = plane();
  const auto always = DeterministicSchedule::every(1);
  EXPECT_EQ(law_of_iterates(2, LocalSvrgSharedCoin<Q, DeterministicSchedule>{q(1, 20), always, {coin}}, f),
            law_of_iterates(2, SLocalSvrg<Q, DeterministicSchedule>{q(1, 20), always, {coin}}, f));
}

TEST(RefreshCoin, MayFallOnlyTogetherWithASynchronization) {
  const auto f = plane();
  const Q p = q(2, 3);
  const SLocalSvrg<Q, Random> coupled{q(1, 20), {p}, {RefreshCoin<Q>::when_synchronizing(half, p)}};
  const auto s = coupled.initial(f, {plane_start, vec({0, 1})}, vec({1, 1}));
  std::map<std::pair<bool, bool>, Q> law;
  for_each_outcome<Q>([&](auto& random) { return coupled.step(f, s, random); },
                      [&](const Q& probability, const auto& next) {
                        law[{next.x.front() == next.x.back(), next.w != s.w}] += probability;
                      });
  const std::map<std::pair<bool, bool>, Q> joint{
      {{true, true}, half}, {{true, false}, q(1, 6)}, {{false, false}, q(1, 3)}};
  EXPECT_EQ(law, joint);
}

TEST(LocalMethods, CountTheirBits) {
  const auto f = plane();
  const std::map<std::string, Index> refresh{{"Local-SGD", 0},
                                             {"Local-SVRG", 0},
                                             {"Local-SVRG, one coin", 0},
                                             {"S*-Local-SGD", 0},
                                             {"SS-Local-SGD", 256},
                                             {"S*-Local-SGD*", 0},
                                             {"S-Local-SVRG", 256},
                                             {"S-Local-SVRG, own references", 128}};
  for_each_local_method(f, DeterministicSchedule::every(2), [&](const char* name, const auto& method) {
    EXPECT_EQ(method.synchronization_bits(f, 32), 128) << name;
    EXPECT_EQ(method.refresh_bits(f, 32), refresh.at(name)) << name;
  });
}

TEST(LocalMethods, RefuseWhatDoesNotFit) {
  const auto f = plane();
  for_each_local_method(f, DeterministicSchedule::every(2), [&](const char* name, const auto& method) {
    EXPECT_THROW(static_cast<void>(method.initial(f, vec({1}))), precondition_error) << name;
  });
  const SLocalSvrg<Q, Random> complete{sixteenth, {half}, {coin}};
  const std::vector<Vector<Q>> one{plane_start};
  const std::vector<Vector<Q>> two{plane_start, plane_start};
  EXPECT_THROW(static_cast<void>(complete.initial(f, one, plane_start)), precondition_error);
  EXPECT_THROW(static_cast<void>(complete.initial(f, two, vec({1}))), precondition_error);
  const SsLocalSgd<Q, Random> without_samples{sixteenth, {half}, {}, {coin, 0, {}}};
  EXPECT_THROW(static_cast<void>(without_samples.initial(f, plane_start)), precondition_error);
  const LocalSgd<Q, Random> impossible{sixteenth, {Q(2)}};
  Seeded random(1);
  EXPECT_THROW(static_cast<void>(impossible.step(f, impossible.initial(f, plane_start), random)),
               precondition_error);
}

TEST(Schedule, SynchronizesAfterItsGapsInTurn) {
  const DeterministicSchedule schedule({2, 1, 3});
  EXPECT_EQ(schedule.tau(), 3);
  EXPECT_EQ(schedule.period(), 6);
  ScheduleMemory memory = schedule.memory();
  Exhaustive<Q> none;
  std::string bits;
  for (Index k = 0; k < 12; ++k) bits += schedule.synchronizes(memory, none) ? '1' : '0';
  EXPECT_EQ(bits, "011001011001");
  EXPECT_EQ(memory.position, 0);
}

TEST(Schedule, RefusesGapsThatAreNone) {
  EXPECT_THROW(DeterministicSchedule(Indices{}), precondition_error);
  EXPECT_THROW(DeterministicSchedule({2, 0}), precondition_error);
  EXPECT_THROW(static_cast<void>(DeterministicSchedule::every(0)), precondition_error);
}

}  // namespace
}  // namespace touchstone
