// The two ways to a value of a vector: each finds what is wrong.
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "tests/support.hpp"
#include "verify/oracle/catalog/compressors.hpp"
#include "verify/oracle/vectors/law_cases.hpp"
#include "verify/oracle/vectors/number_text.hpp"
#include "verify/oracle/vectors/step.hpp"

namespace touchstone::inline v0::oracle::vectors {
namespace {

using testing_support::error_of;

TEST(VectorNumbers, TheNearestDoubleIsRoundedToEven) {
  const Rational unit(std::numeric_limits<double>::epsilon());
  const double next = 1 + std::numeric_limits<double>::epsilon();
  EXPECT_EQ(nearest_double(Rational(1, 3)), 1.0 / 3.0);
  EXPECT_EQ(nearest_double(Rational(-2, 3)), -2.0 / 3.0);  // truncation would be wrong
  EXPECT_EQ(nearest_double(Rational(1 + unit / 2)), 1.0);
  EXPECT_EQ(nearest_double(Rational(1 + 3 * unit / 2)), next + std::numeric_limits<double>::epsilon());
  EXPECT_EQ(nearest_double(Rational(1 + unit / 2 + unit / 1000)), next);
  EXPECT_EQ(nearest_double(Rational(0)), 0.0);
  EXPECT_FALSE(std::signbit(nearest_double(Rational(0))));
}

TEST(VectorNumbers, TheNearestDoubleAtTheEndsOfTheRange) {
  using Limits = std::numeric_limits<double>;
  const Rational least(Limits::denorm_min());
  const Rational largest(Limits::max());
  const Rational half_a_digit(std::ldexp(1.0, 970));
  EXPECT_EQ(nearest_double(least / 2), 0.0);
  EXPECT_EQ(nearest_double(least * 3 / 4), Limits::denorm_min());
  EXPECT_EQ(nearest_double(least * 3 / 2), 2 * Limits::denorm_min());
  EXPECT_EQ(nearest_double(largest), Limits::max());
  EXPECT_EQ(nearest_double(largest + half_a_digit / 2), Limits::max());
  EXPECT_EQ(nearest_double(largest + half_a_digit), Limits::infinity());
  EXPECT_EQ(nearest_double(-largest * 2), -Limits::infinity());
}

TEST(VectorNumbers, HexadecimalTextIsExact) {
  EXPECT_EQ(hex_text(3.0), "0x1.8p+1");
  EXPECT_EQ(hex_text(-0.0), "-0x0p+0");
  EXPECT_EQ(hex_text(std::numeric_limits<double>::denorm_min()), "0x0.0000000000001p-1022");
  EXPECT_EQ(hex_text(std::numeric_limits<double>::infinity()), "inf");
}

CompressorLaw law_at(const std::string& compressor, const Vector<Rational>& x) {
  return exact_law(parse_compressor<Rational>("compressor", compressor), x);
}

TEST(VectorLaws, TheSecondOpinionRejectsAWrongLaw) {
  const Vector<Rational>& x = law_input("mixed").x;
  const CompressorLaw right = law_at("rand-k:2", x);
  require_second_opinion("id", "rand-k:2", x, right);
  CompressorLaw biased = right;
  for (auto& [probability, value] : biased) value /= Rational(2);
  EXPECT_EQ(error_of<std::logic_error>([&] { require_second_opinion("id", "rand-k:2", x, biased); }),
            "id: the law is not unbiased");
  EXPECT_EQ(error_of<std::logic_error>([&] { require_second_opinion("id", "rand-k:2", x, law_at("rand-k:1", x)); }),
            "id: the law exceeds omega");
  EXPECT_EQ(error_of<std::logic_error>([&] { require_second_opinion("id", "rand-k:2", x, law_at("rand-k:3", x)); }),
            "id: omega is not attained");
  EXPECT_EQ(error_of<std::logic_error>([&] {
              require_second_opinion("id", "top-k:2", x, {{1, Vector<Rational>(0 * x)}});
            }),
            "id: the law is less contractive than delta");
}

TEST(VectorSteps, TheSecondOpinionRejectsAWrongStep) {
  for (const MethodCase& one : method_cases()) {
    if (!one.minimal) continue;
    const NamedState<Rational> state = states_of(one).back().state;
    std::vector<StepOutcome> outcomes = outcomes_of(method_of_case<Rational>(one), state);
    require_step_opinion("id", one, state, outcomes);
    // By as little as a millionth; the estimator is what MARINA's mean is of.
    const char* part = one.name() == "marina" ? "g" : "x";
    find_part(outcomes.front().after, part)->vectors.front()[0] += Rational(1, 1'000'000);
    EXPECT_EQ(error_of<std::logic_error>([&] { require_step_opinion("id", one, state, outcomes); }),
              "id: the mean over the outcomes is not what the theory says")
        << one.id();
  }
}

TEST(VectorSteps, DoubleArithmeticRejectsAWrongMemory) {
  for (const MethodCase& one : method_cases()) {
    if (one.name() != "diana" || !one.minimal) continue;
    const NamedState<Rational> state = states_of(one).back().state;
    std::vector<StepOutcome> outcomes = outcomes_of(method_of_case<Rational>(one), state);
    find_part(outcomes.back().after, "h")->vectors.back()[1] += Rational(1, 1'000'000'000);
    EXPECT_EQ(error_of<std::logic_error>([&] { require_step_opinion("id", one, state, outcomes); }),
              "id: a step in double arithmetic gives another state");
  }
}

}  // namespace
}  // namespace touchstone::inline v0::oracle::vectors
