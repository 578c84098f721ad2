// Exhaustive randomness: every outcome once, in canonical order, with its exact probability.

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "tests/support.hpp"
#include "touchstone/numbers/polynomial.hpp"
#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone {
namespace {

using testing_support::error_of;
using testing_support::q;
using testing_support::vec;

using Law = std::vector<std::pair<Rational, Indices>>;

/// All outcomes of an experiment, in the order in which they are visited, none merged.
template <class Run>
Law outcomes(Run run) {
  Law law;
  for_each_outcome<Rational>(run,
                             [&law](const Rational& p, const Indices& answer) { law.emplace_back(p, answer); });
  return law;
}

TEST(Exhaustive, VisitsIndicesAscending) {
  EXPECT_EQ(outcomes([](auto& random) { return Indices{random.choose(3)}; }),
            (Law{{q(1, 3), {0}}, {q(1, 3), {1}}, {q(1, 3), {2}}}));
}

TEST(Exhaustive, VisitsNoBeforeYes) {
  EXPECT_EQ(outcomes([](auto& random) { return Indices{Index{random.bernoulli(q(1, 4))}}; }),
            (Law{{q(3, 4), {0}}, {q(1, 4), {1}}}));
}

TEST(Exhaustive, VisitsSubsetsInLexicographicOrder) {
  const Rational p = q(1, 6);
  EXPECT_EQ(outcomes([](auto& random) { return random.subset(4, 2); }),
            (Law{{p, {0, 1}}, {p, {0, 2}}, {p, {0, 3}}, {p, {1, 2}}, {p, {1, 3}}, {p, {2, 3}}}));
}

TEST(Exhaustive, VisitsPermutationsInLexicographicOrder) {
  const Rational p = q(1, 6);
  EXPECT_EQ(outcomes([](auto& random) { return random.permutation(3); }),
            (Law{{p, {0, 1, 2}}, {p, {0, 2, 1}}, {p, {1, 0, 2}}, {p, {1, 2, 0}}, {p, {2, 0, 1}}, {p, {2, 1, 0}}}));
}

TEST(Exhaustive, DoesNotVisitOutcomesOfProbabilityZero) {
  EXPECT_EQ(outcomes([](auto& random) {
              return Indices{random.template pick<Rational>({0, q(1, 3), 0, 0, q(2, 3), 0})};
            }),
            (Law{{q(1, 3), {1}}, {q(2, 3), {4}}}));
}

TEST(Exhaustive, AChoiceThatIsNoneSplitsNothing) {
  EXPECT_EQ(outcomes([](auto& random) {
              return Indices{random.choose(1), Index{random.bernoulli(q(1))}, random.subset(3, 3)[2],
                             random.template pick<Rational>({0, 1}), random.place().draw};
            }),
            (Law{{1, {0, 1, 2, 1, 0}}}));
}

TEST(Exhaustive, CountsAsManySubsetsAndPermutationsAsThereAre) {
  for (Index n = 1; n <= 6; ++n)
    for (Index k = 1; k < n; ++k)
      EXPECT_EQ(static_cast<Index>(outcomes([&](auto& random) { return random.subset(n, k); }).size()),
                factorial(n) / factorial(k) / factorial(n - k));
  EXPECT_EQ(outcomes([](auto& random) { return random.permutation(5); }).size(), 120U);
  EXPECT_EQ(binomial(60, 30), 118264581564861424);
}

TEST(Exhaustive, RefusesChoicesThatCannotBeCounted) {
  EXPECT_EQ(error_of<std::length_error>([] { static_cast<void>(binomial(100, 50)); }),
            "a choice of subset(100, 50) has too many outcomes");
  EXPECT_EQ(error_of<std::length_error>([] { static_cast<void>(factorial(30)); }),
            "a choice of permutation(30) has too many outcomes");
}

TEST(Exhaustive, FollowsNestedChoicesDepthFirst) {
  const auto nested = [](auto& random) {
    Indices path{random.choose(2)};
    if (path[0] == 1) path.push_back(Index{random.worker(0).bernoulli(q(1, 3))});
    return path;
  };
  EXPECT_EQ(outcomes(nested), (Law{{q(1, 2), {0}}, {q(1, 3), {1, 0}}, {q(1, 6), {1, 1}}}));
}

TEST(Exhaustive, DetectsHiddenState) {
  int calls = 0;
  const auto line = [&](auto run) {
    calls = 0;
    return error_of<std::logic_error>([&] { outcomes(run); });
  };
  EXPECT_EQ(line([&](auto& random) {
              random.choose(2);
              return Indices{random.choose(2 + calls++)};
            }),
            "iteration 0, server, draw 1: not a pure function of its choices: on the same path choose(2) became "
            "choose(3)");
  EXPECT_EQ(
      line([&](auto& random) { return Indices{Index{random.bernoulli(ratio<Rational>(1, 2 + calls++))}}; }),
      "iteration 0, server, draw 0: not a pure function of its choices: on the same path the probabilities of "
      "bernoulli(p) changed");
  EXPECT_EQ(
      line([&](auto& random) {
        Indices path{random.choose(2)};
        if (calls++ == 0) path.push_back(random.choose(2));
        return path;
      }),
      "iteration 0, server, draw 1: not a pure function of its choices: on the same path fewer questions were "
      "asked");
}

TEST(Exhaustive, StopsAtTheLimit) {
  const auto die = [](auto& random) { return random.choose(6); };
  const auto ignore = [](const Rational&, Index) {};
  EXPECT_EQ(for_each_outcome<Rational>(die, ignore, 6), 6U);
  EXPECT_EQ(error_of<std::length_error>([&] { for_each_outcome<Rational>(die, ignore, 5); }),
            "more than 5 outcomes");
}

}  // namespace

/// Probabilities in a field that does not add up: 1/n is one half, whatever n.
struct Halves {
  Rational value;
  Halves() = default;
  explicit Halves(long long n) : value(n) {}
  explicit Halves(const Rational& v) : value(v) {}
  friend Halves operator+(const Halves& a, const Halves& b) { return Halves(Rational(a.value + b.value)); }
  friend Halves operator-(const Halves& a, const Halves& b) { return Halves(Rational(a.value - b.value)); }
  friend Halves operator*(const Halves& a, const Halves& b) { return Halves(Rational(a.value * b.value)); }
  friend Halves operator/(const Halves&, const Halves&) { return Halves(q(1, 2)); }
  friend Halves operator-(const Halves& a) { return Halves(Rational(-a.value)); }
  Halves& operator+=(const Halves& a) { return *this = *this + a; }
  bool operator==(const Halves&) const = default;
};

template <>
inline constexpr bool is_exact<Halves> = true;
namespace {

TEST(Exhaustive, ChecksThatProbabilitiesSumToOne) {
  const auto choose = [](Index n) {
    return [n] { for_each_outcome<Halves>([n](auto& random) { return random.choose(n); }, [](auto&&...) {}); };
  };
  EXPECT_EQ(error_of<std::logic_error>(choose(2)), "nothing thrown");
  EXPECT_EQ(error_of<std::logic_error>(choose(3)), "the probabilities of all outcomes do not sum to one");
}

TEST(Expectation, IsExact) {
  EXPECT_EQ(expectation<Rational>([](auto& random) { return integer<Rational>(random.choose(6) + 1); }), q(7, 2));
  EXPECT_EQ(expectation<Rational>([](auto& random) {
              Vector<Rational> e = Vector<Rational>::Zero(3);
              e[random.template pick<Rational>({q(1, 2), q(1, 3), q(1, 6)})] = 1;
              return e;
            }),
            vec({q(1, 2), q(1, 3), q(1, 6)}));
  EXPECT_EQ(expectation<Rational>([](auto&) { return q(5); }), 5) << "no choice, one outcome";
}

TEST(Expectation, TakesSymbolicProbabilities) {
  const Polynomial p = Polynomial::variable("p");
  const auto sum_of_coins = [&](auto& random) {
    const Polynomial first(Index{random.bernoulli(p)} == 1 ? 1 : 0);
    const Polynomial second(Index{random.bernoulli(p)} == 1 ? 1 : 0);
    return Polynomial((first + second) * (first + second));
  };
  EXPECT_EQ(expectation<Polynomial>(sum_of_coins), Polynomial(2) * p + Polynomial(2) * p * p);
  EXPECT_NE(expectation<Polynomial>(sum_of_coins), Polynomial(4) * p * p)
      << "the square of the mean is another number";
}

TEST(Distribution, MergesEqualOutcomesInTheOrderOfTheirFirstAppearance) {
  const auto run = [](auto& random) { return Indices{1 - random.choose(2) + random.choose(2)}; };
  EXPECT_EQ(distribution<Rational>(run), (Law{{q(1, 2), {1}}, {q(1, 4), {2}}, {q(1, 4), {0}}}));
  EXPECT_EQ(outcomes(run).size(), 4U);
}

}  // namespace
}  // namespace touchstone
