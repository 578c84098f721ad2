// Seeded randomness: the streams are Philox's, a place determines its draw, draws follow their definition exactly.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/support.hpp"
#include "touchstone/randomness/seeded.hpp"

namespace touchstone {
namespace {

using testing_support::error_of;
using testing_support::q;

// The known answers that come with Random123.
TEST(Philox, GivesItsAuthorsKnownAnswers) {
  using Counter = r123::Philox4x64::ctr_type;
  using Key = r123::Philox4x64::key_type;
  const r123::Philox4x64 philox;
  const std::uint64_t ones = ~std::uint64_t{0};
  EXPECT_EQ(philox(Counter{{0, 0, 0, 0}}, Key{{0, 0}}),
            (Counter{{0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b}}));
  EXPECT_EQ(philox(Counter{{ones, ones, ones, ones}}, Key{{ones, ones}}),
            (Counter{{0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0}}));
  EXPECT_EQ(philox(Counter{{0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89}},
                   Key{{0x452821e638d01377, 0xbe5466cf34e90c6c}}),
            (Counter{{0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6}}));
}

TEST(PhiloxWords, AreTheBlocksOfTheDocumentedCounter) {
  PhiloxWords words(7, 3, {.iteration = 11, .worker = 2, .draw = 5});
  for (std::uint64_t b = 1; b <= 3; ++b) {
    const auto block = r123::Philox4x64()({{b, 5, 2 + 1, 11}}, {{7, 3}});
    for (const std::uint64_t word : block) EXPECT_EQ(words.next(), word);
  }
}

TEST(Seeded, TheSamePlaceGivesTheSameDraw) {
  Seeded once(1);
  Seeded again(1);
  Seeded other_seed(2);
  Seeded other_stream(1, 1);
  int seed_differs = 0;
  int stream_differs = 0;
  for (Index k = 0; k < 20; ++k) {
    for (Seeded* random : {&once, &again, &other_seed, &other_stream}) random->begin_iteration(k);
    const Index drawn = once.worker(3).choose(1000);
    EXPECT_EQ(again.worker(3).choose(1000), drawn);
    seed_differs += other_seed.worker(3).choose(1000) == drawn ? 0 : 1;
    stream_differs += other_stream.worker(3).choose(1000) == drawn ? 0 : 1;
  }
  EXPECT_GE(seed_differs, 15);
  EXPECT_GE(stream_differs, 15);
}

TEST(Seeded, WorkersMayDrawInAnyOrderWithObjectsOfTheirOwn) {
  Seeded serial(9);
  std::vector<Indices> expected;
  for (Index k = 0; k < 3; ++k) {
    serial.begin_iteration(k);
    for (Index i = 0; i < 4; ++i) {
      serial.worker(i).choose(17);
      expected.push_back(serial.subset(30, 4));
    }
  }
  for (Index k = 2; k >= 0; --k)
    for (Index i = 3; i >= 0; --i) {
      Seeded own(9);
      own.begin_iteration(k);
      own.worker(i).choose(17);
      EXPECT_EQ(own.subset(30, 4), expected[static_cast<std::size_t>(4 * k + i)]);
    }
}

TEST(Seeded, AChoiceThatIsNoneConsumesNothing) {
  Seeded random(1);
  random.worker(0);
  EXPECT_EQ(random.choose(1), 0);
  EXPECT_EQ(random.subset(4, 0), Indices{});
  EXPECT_EQ(random.subset(4, 4), (Indices{0, 1, 2, 3}));
  EXPECT_EQ(random.permutation(0), Indices{});
  EXPECT_EQ(random.permutation(1), Indices{0});
  EXPECT_FALSE(random.bernoulli(q(0)));
  EXPECT_TRUE(random.bernoulli(1.0));
  EXPECT_EQ(random.pick<Rational>({0, 0, 1, 0}), 2);
  EXPECT_EQ(random.place().draw, 0);
  random.choose(2);
  EXPECT_EQ(random.place().draw, 1);
}

TEST(Seeded, RefusesImpossibleQuestions) {
  Seeded random(1);
  const auto line = [&](auto ask) { return error_of<precondition_error>([&] { ask(random); }); };
  EXPECT_EQ(line([](auto& r) { r.choose(0); }), "choose(n) needs n >= 1; found 0");
  EXPECT_EQ(line([](auto& r) { r.subset(3, 4); }), "subset(n, k) needs 0 <= k <= n; found 3, 4");
  EXPECT_EQ(line([](auto& r) { r.subset(3, -1); }), "subset(n, k) needs 0 <= k <= n; found 3, -1");
  EXPECT_EQ(line([](auto& r) { r.permutation(-1); }), "permutation(n) needs n >= 0; found -1");
  EXPECT_EQ(line([](auto& r) { r.bernoulli(q(3, 2)); }), "bernoulli(p) needs 0 <= p <= 1; found 3/2");
  EXPECT_EQ(line([](auto& r) { r.bernoulli(std::numeric_limits<double>::quiet_NaN()); }),
            "bernoulli(p) needs 0 <= p <= 1; found nan");
  EXPECT_EQ(line([](auto& r) {
              r.template pick<Rational>({q(1, 2), q(1, 3)});
            }),
            "pick(w) needs weights that sum to 1; found 5/6");
  EXPECT_EQ(line([](auto& r) {
              r.template pick<Rational>({q(3, 2), q(-1, 2)});
            }),
            "pick(w) needs w[i] >= 0; found 1, -1/2");
  EXPECT_EQ(line([](auto& r) { r.template pick<double>({0.0, 0.0}); }), "pick(w) needs a positive weight; found 2");
  EXPECT_EQ(line([](auto& r) { r.worker(2).worker(1); }),
            "within an iteration workers choose in ascending order, and begin_iteration(k) starts the next one "
            "(worker, worker before it); found 1, 2");
  EXPECT_EQ(random.place().draw, 0) << "nothing was drawn";
}

TEST(Seeded, AnswersLieInTheirRangeAndAllOccur) {
  Seeded random(4);
  std::set<Index> chosen;
  std::set<Indices> subsets;
  std::set<Indices> permutations;
  std::set<Index> picked;
  for (Index k = 0; k < 400; ++k) {
    random.begin_iteration(k);
    chosen.insert(random.choose(5));
    subsets.insert(random.subset(5, 2));
    permutations.insert(random.permutation(3));
    picked.insert(random.pick<double>({0.25, 0, 0.5, 0.25}));
  }
  EXPECT_EQ(chosen, (std::set<Index>{0, 1, 2, 3, 4}));
  EXPECT_EQ(picked, (std::set<Index>{0, 2, 3}));
  EXPECT_EQ(permutations.size(), 6U);
  EXPECT_EQ(subsets.size(), 10U);
  for (const Indices& subset : subsets) {
    ASSERT_EQ(subset.size(), 2U);
    EXPECT_TRUE(0 <= subset[0] && subset[0] < subset[1] && subset[1] < 5);
  }
  for (Indices permutation : permutations) {
    std::sort(permutation.begin(), permutation.end());
    EXPECT_EQ(permutation, (Indices{0, 1, 2}));
  }
}

/// The number u/2^64.
Rational fraction(std::uint64_t u) {
  Rational numerator = static_cast<unsigned long long>(u);
  for (int i = 0; i < 64; ++i) numerator /= 2;
  return numerator;
}

TEST(Seeded, ACoinComparesTheUniformNumberExactly) {
  const Rational unit = fraction(1);
  for (Index k = 0; k < 50; ++k) {
    PhiloxWords words(6, 0, {.iteration = k, .worker = Place::server, .draw = 0});
    const Rational first = fraction(words.next());
    const Rational both = first + unit * fraction(words.next());
    const auto coin = [k](const auto& p) {
      Seeded random(6);
      random.begin_iteration(k);
      return random.bernoulli(p);
    };
    EXPECT_FALSE(coin(first)) << "U >= u_1/2^64";
    EXPECT_TRUE(coin(Rational(first + unit))) << "U < (u_1 + 1)/2^64";
    EXPECT_FALSE(coin(both)) << "the first words tie, the second decide";
    EXPECT_TRUE(coin(Rational(both + unit * unit)));
    for (const Rational& p : {q(1, 3), q(1, 2), q(9, 10)}) EXPECT_EQ(coin(p), first < p);  // no tie at these
    EXPECT_EQ(coin(0.5), coin(q(1, 2)));
    EXPECT_EQ(coin(0.1), first < Rational(0.1));
    EXPECT_EQ(coin(0.7F), first < Rational(0.7F));
  }
}

TEST(Seeded, PickFollowsTheCumulativeWeights) {
  const std::vector<Rational> weights{q(1, 7), 0, q(2, 7), q(4, 7)};
  for (Index k = 0; k < 100; ++k) {
    Seeded random(8);
    random.begin_iteration(k);
    PhiloxWords words(8, 0, random.place());
    const Rational u = fraction(words.next());
    EXPECT_EQ(random.pick(weights), u < q(1, 7) ? 0 : u < q(3, 7) ? 2 : 3);
  }
}

std::string text(const Indices& answer) {
  std::string line;
  for (const Index i : answer) line += (line.empty() ? "" : ",") + std::to_string(i);
  return line;
}

/// Draws of all kinds at many places, in the format that tests/numpy_philox.py reads.
std::string draws() {
  std::string lines;
  for (const std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{20240229}, ~std::uint64_t{0}})
    for (const std::uint64_t stream : {std::uint64_t{0}, std::uint64_t{5}}) {
      Seeded random(seed, stream);
      for (const Index k : {0, 1, 1000000}) {
        random.begin_iteration(k);
        const auto note = [&](const std::string& question, auto ask) {
          const Place here = random.place();
          lines += std::to_string(seed) + ' ' + std::to_string(stream) + ' ' + std::to_string(here.iteration) +
                   ' ' + std::to_string(here.worker) + ' ' + std::to_string(here.draw) + ' ' + question + ' ';
          lines += text(ask()) + '\n';
        };
        for (const Index i : {Place::server, Index{0}, Index{1}, Index{41}}) {
          random.worker(i);
          note("choose:10", [&] { return Indices{random.choose(10)}; });
          note("choose:4294967297", [&] { return Indices{random.choose(4294967297)}; });
          note("subset:20:7", [&] { return random.subset(20, 7); });
          note("permutation:12", [&] { return random.permutation(12); });
          note("bernoulli:1/3", [&] { return Indices{Index{random.bernoulli(q(1, 3))}}; });
          note("pick:1/6,1/2,1/3", [&] { return Indices{random.pick<Rational>({q(1, 6), q(1, 2), q(1, 3)})}; });
        }
      }
    }
  return lines;
}

bool numpy_draws_the_same(const std::string& lines) {
  const std::string call =
      std::string("'" TOUCHSTONE_PYTHON "' '" TOUCHSTONE_SOURCE "/tests/numpy_philox.py' 2>&1");
  std::FILE* python = popen(call.c_str(), "w");
  if (python == nullptr) return false;
  const bool written = std::fputs(lines.c_str(), python) >= 0;
  return pclose(python) == 0 && written;
}

TEST(Seeded, NumpyReproducesEveryDraw) {
  EXPECT_TRUE(numpy_draws_the_same(draws()));
}

TEST(Seeded, NumpySeesOneChangedDraw) {
  std::string lines = draws();
  ASSERT_EQ(lines.back(), '\n');
  char& digit = lines[lines.size() - 2];
  digit = digit == '0' ? '1' : '0';
  EXPECT_FALSE(numpy_draws_the_same(lines));
}

}  // namespace
}  // namespace touchstone
