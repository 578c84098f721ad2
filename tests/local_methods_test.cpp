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
#include "touchstone/methods/unified_sgd/sgd_star.hpp"
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

TEST(Schedule, SynchronizesAfterItsGapsInTurn) {
  const DeterministicSchedule schedule({2, 1, 3});
  EXPECT_EQ(schedule.tau(), 3);
  EXPECT_EQ(schedule.period(), 6);
  EXPECT_EQ(schedule.frequency<Q>(), half);
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
  EXPECT_THROW(DeterministicSchedule::every(0), precondition_error);
}

}  // namespace
}  // namespace touchstone
