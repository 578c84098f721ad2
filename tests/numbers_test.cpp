// Number types: what each can do, what it must refuse, and that conversions and enclosures are what they say.

#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/support.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/numbers/convert.hpp"
#include "touchstone/problems/quadratic.hpp"
#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone {
namespace {

using testing_support::error_of;
using testing_support::q;

// The ladder of concepts.
static_assert(OrderedField<double> && FieldWithSqrt<double> && !is_exact<double>);
static_assert(OrderedField<float> && FieldWithSqrt<float> && !is_exact<float>);
static_assert(OrderedField<Rational> && !FieldWithSqrt<Rational> && is_exact<Rational>);
static_assert(OrderedField<Real<50>> && FieldWithSqrt<Real<50>> && !is_exact<Real<50>>);
static_assert(Field<Interval<50>> && !OrderedField<Interval<50>> && FieldWithSqrt<Interval<50>>);
static_assert(Field<Polynomial> && !OrderedField<Polynomial> && !FieldWithSqrt<Polynomial> && is_exact<Polynomial>);
static_assert(!Field<std::string> && !std::constructible_from<Polynomial, double>);

// What must not compile.
using Enumerator = Exhaustive<Rational>;
template <class C, class S>
concept Compresses = requires(const C& c, const Vector<S>& x, Enumerator& random) {
  c.compress(x, random);
};
static_assert(Compresses<TopK, double> && Compresses<TopK, Rational>);
static_assert(!Compresses<TopK, Interval<50>>, "an interval does not decide which coordinate is larger");
static_assert(!Compresses<TopK, Polynomial>, "a polynomial has no size");
static_assert(Compresses<RandK, Interval<50>> && Compresses<RandK, Polynomial>);

template <class Method, class S>
concept Steps = requires(const Method& method, const Quadratic<S>& f, typename Method::State s,
                         Enumerator& random) {
  method.step(f, s, random);
};
static_assert(Steps<Diana<Rational, RandK>, Rational> && !Steps<Diana<Rational, TopK>, Rational>);
static_assert(Steps<EcGd<Rational, TopK>, Rational> && !Steps<EcGd<Rational, RandK>, Rational>);
static_assert(!Steps<EcGd<Interval<50>, TopK>, Interval<50>>);
static_assert(Steps<Diana<Polynomial, RandK>, Polynomial>);

template <class S>
concept HasLogistic = requires(const S& z) {
  logistic_of_minus(z);
};
static_assert(HasLogistic<double> && HasLogistic<Interval<50>> && !HasLogistic<Rational> &&
              !HasLogistic<Polynomial>);

/// Fractions of all sizes and signs.
Rational random_rational(std::mt19937_64& words) {
  const Index numerator = static_cast<Index>(words() >> (2 + words() % 60)) - static_cast<Index>(words() % 1000);
  return ratio<Rational>(numerator, static_cast<Index>(1 + (words() >> (2 + words() % 60))));
}

TEST(Ratio, IsTheCorrectlyRoundedQuotientOfTheIntegers) {
  EXPECT_EQ(ratio<double>(1, 10), 0.1);
  EXPECT_EQ(ratio<float>(1, 10), 0.1F);
  EXPECT_EQ(ratio<Rational>(2, 20), Rational(1) / 10);
  EXPECT_EQ(ratio<Polynomial>(1, 3) * Polynomial(3), Polynomial(1));
  EXPECT_EQ(ratio<Real<50>>(1, 10), Real<50>("0.1"));
}

TEST(Ratio, EnclosesInIntervals) {
  const Interval<50> tenth = ratio<Interval<50>>(1, 10);
  EXPECT_TRUE(encloses(tenth, q(1, 10)));
  EXPECT_LT(lower_end(tenth), upper_end(tenth));
}

TEST(DecimalLiterals, MeanAnotherNumber) {
  EXPECT_NE(convert<Rational>(2.3), q(23, 10));
  EXPECT_FALSE(encloses(Interval<50>(2.3), q(23, 10)));
  EXPECT_TRUE(encloses(ratio<Interval<50>>(23, 10), q(23, 10)));
  EXPECT_FALSE(encloses(ratio<Interval<50>>(23, 10), convert<Rational>(2.3)));
}

/// `a` is a number of its type nearest to x: no neighbour is nearer.
template <class S, class Next>
bool is_nearest(const S& a, const Rational& x, Next next) {
  using boost::multiprecision::abs;
  const Rational error = abs(Rational(Rational(a) - x));
  return error <= abs(Rational(Rational(next(a, +1)) - x)) && error <= abs(Rational(Rational(next(a, -1)) - x));
}

template <class F>
F neighbour(F a, int direction) {
  return std::nextafter(a, F(direction) * std::numeric_limits<F>::infinity());
}

TEST(Convert, RoundsARationalToTheNearestNumber) {
  const auto next_real = [](Real<50> a, int direction) {
    direction > 0 ? mpfr_nextabove(a.backend().data()) : mpfr_nextbelow(a.backend().data());
    return a;
  };
  EXPECT_EQ(convert<double>(q(1, 10)), 0.1);
  EXPECT_EQ(convert<float>(q(1, 10)), 0.1F);
  std::mt19937_64 words(1);
  for (int trial = 0; trial < 200; ++trial) {
    const Rational x = random_rational(words);
    EXPECT_TRUE(is_nearest(convert<double>(x), x, neighbour<double>)) << x;
    EXPECT_TRUE(is_nearest(convert<float>(x), x, neighbour<float>)) << x;
    EXPECT_TRUE(is_nearest(convert<Real<50>>(x), x, next_real)) << x;
  }
  EXPECT_FALSE(is_nearest(std::nextafter(0.1, 1), q(1, 10), neighbour<double>));
}

TEST(Convert, RoundsOutwardIntoAnIntervalOfAdjacentNumbers) {
  std::mt19937_64 words(2);
  for (int trial = 0; trial < 200; ++trial) {
    const Rational x = random_rational(words);
    const auto enclosure = convert<Interval<50>>(x);
    EXPECT_TRUE(encloses(enclosure, x)) << x;
    Real<50> above = lower_end(enclosure);
    mpfr_nextabove(above.backend().data());
    EXPECT_LE(upper_end(enclosure), above) << x;
  }
  const auto quarter = convert<Interval<50>>(q(1, 4));
  EXPECT_EQ(lower_end(quarter), upper_end(quarter)) << "what the type holds exactly stays a point";
}

TEST(Convert, IsExactFromDoubleWhereTheTypeAllows) {
  const double a = 2.3;
  const Rational exact = convert<Rational>(a);
  EXPECT_EQ(convert<double>(exact), a);
  EXPECT_EQ(convert<Polynomial>(a), Polynomial(exact));
  EXPECT_EQ(Rational(convert<Real<50>>(a)), exact);
  EXPECT_EQ(Rational(lower_end(convert<Interval<50>>(a))), exact);
  EXPECT_EQ(Rational(upper_end(convert<Interval<50>>(a))), exact);
  EXPECT_EQ(convert<float>(a), 2.3F);
  Vector<double> v(2);
  v << 0.5, -3;
  EXPECT_EQ(convert<Rational>(v), testing_support::vec({q(1, 2), -3}));
}

TEST(Interval, EnclosesTheExactValueOfEveryExpression) {
  std::mt19937_64 words(3);
  Rational exact = 1;
  Interval<50> enclosure = 1;
  int caught = 0;
  for (int trial = 0; trial < 300; ++trial) {
    Rational x = random_rational(words);
    if (x == 0) x = 1;
    const auto x_enclosure = convert<Interval<50>>(x);
    switch (words() % 4) {
      case 0:
        exact += x;
        enclosure += x_enclosure;
        break;
      case 1:
        exact -= x;
        enclosure -= x_enclosure;
        break;
      case 2:
        exact *= x;
        enclosure *= x_enclosure;
        break;
      default:
        exact /= x;
        enclosure /= x_enclosure;
        break;
    }
    ASSERT_TRUE(encloses(enclosure, exact)) << trial;
    const Rational width = Rational(upper_end(enclosure)) - Rational(lower_end(enclosure));
    caught += encloses(enclosure, Rational(exact + 2 * width)) ? 0 : 1;
    if (trial % 20 == 19) {  // the fractions grow
      exact = x;
      enclosure = x_enclosure;
    }
  }
  EXPECT_GE(caught, 250) << "an enclosure that takes in everything would prove nothing";
}

TEST(Interval, OrderIsDecidedOnlyWhereItIsCertain) {
  const Interval<50> low(1);
  const Interval<50> high(2);
  EXPECT_TRUE(certainly_less_equal(low, high));
  EXPECT_TRUE(certainly_less_equal(low, low));
  EXPECT_FALSE(certainly_less_equal(high, low));
  const Interval<50> third = ratio<Interval<50>>(1, 3);
  EXPECT_FALSE(certainly_less_equal(third, third)) << "two numbers of one interval are in no known order";
}

TEST(Interval, AnUnboundedOneEnclosesEverythingAndIsNotFinite) {
  const Interval<50> third = ratio<Interval<50>>(1, 3);
  const Interval<50> unbounded = Interval<50>(1) / (third - third);
  EXPECT_FALSE(is_finite(unbounded));
  EXPECT_TRUE(is_finite(third));
  EXPECT_TRUE(encloses(unbounded, q(-7, 3)));
}

TEST(Polynomial, ObeysTheLawsOfACommutativeRing) {
  const auto v = variables("x", 3);
  const Polynomial &a = v[0], &b = v[1], &c = v[2];
  EXPECT_EQ((a + b) * (a + b), a * a + Polynomial(2) * a * b + b * b);
  EXPECT_EQ((a + b) * c, c * a + c * b);
  EXPECT_EQ((a - b) * (a + b), a * a - b * b);
  EXPECT_NE((a - b) * (a - b), a * a - b * b);
  EXPECT_EQ(a - a, Polynomial(0));
  EXPECT_EQ((a * b) / Polynomial(2) + (b * a) / Polynomial(2), a * b);
}

TEST(Polynomial, IsUpdatedFromItselfLikeANumber) {
  const Polynomial a = Polynomial::variable("a") + Polynomial(2) * Polynomial::variable("b");
  Polynomial p = a;
  EXPECT_EQ(p += p, Polynomial(2) * a);
  EXPECT_EQ(p *= p, Polynomial(4) * a * a);
  EXPECT_EQ(p -= p, Polynomial(0));
}

TEST(Polynomial, IsDividedByNonzeroConstantsOnly) {
  const Polynomial a = Polynomial::variable("a");
  const auto divided_by = [&](const Polynomial& divisor) {
    return error_of<std::domain_error>([&] { static_cast<void>(a / divisor); });
  };
  EXPECT_EQ(divided_by(a), "a polynomial can be divided by a nonzero constant only");
  EXPECT_EQ(divided_by(a + Polynomial(1)), "a polynomial can be divided by a nonzero constant only");
  EXPECT_EQ(divided_by(Polynomial(0)), "a polynomial can be divided by a nonzero constant only");
  EXPECT_EQ(divided_by(Polynomial(2)), "nothing thrown");
}

template <class S>
class AddProduct : public testing::Test {};
using Scalars = testing::Types<double, float, Rational, Real<50>, Interval<50>>;
TYPED_TEST_SUITE(AddProduct, Scalars, );

TYPED_TEST(AddProduct, IsTheSumAndTheProduct) {
  std::mt19937_64 words(4);
  for (int trial = 0; trial < 100; ++trial) {
    const auto sum = convert<TypeParam>(random_rational(words));
    const auto a = convert<TypeParam>(random_rational(words));
    const auto b = convert<TypeParam>(random_rational(words));
    TypeParam in_place = sum;
    add_product(in_place, a, b);
    EXPECT_EQ(in_place, TypeParam(sum + TypeParam(a * b)));
    TypeParam of_itself = a;
    add_product(of_itself, of_itself, of_itself);
    EXPECT_EQ(of_itself, TypeParam(a + TypeParam(a * a)));
  }
}

TEST(LargerMagnitude, SeesNumbersWhoseSquaresUnderflow) {
  EXPECT_TRUE(larger_magnitude(-2e-200, 1e-200));
  EXPECT_FALSE(larger_magnitude(1e-200, -2e-200));
  EXPECT_FALSE(larger_magnitude(1e-200, -1e-200)) << "a tie is not larger";
  EXPECT_EQ(2e-200 * 2e-200, 1e-200 * 1e-200) << "squares cannot tell them apart";
  Real<50> tiny = 1;
  mpfr_set_ui_2exp(tiny.backend().data(), 1, mpfr_get_emin(), MPFR_RNDN);
  EXPECT_TRUE(larger_magnitude(Real<50>(-2 * tiny), tiny));
  EXPECT_TRUE(larger_magnitude(q(-2, 3), q(1, 2)));
}

TEST(IsFinite, KnowsInfinityAndNaN) {
  EXPECT_TRUE(is_finite(1.0) && is_finite(1.0F) && is_finite(q(1)) && is_finite(Real<50>(1)));
  EXPECT_FALSE(is_finite(std::numeric_limits<double>::quiet_NaN()));
  EXPECT_FALSE(is_finite(-std::numeric_limits<float>::infinity()));
  EXPECT_FALSE(is_finite(Real<50>(Real<50>(1) / Real<50>(0))));
  EXPECT_FALSE(is_finite(Real<50>(std::numeric_limits<double>::quiet_NaN())));
}

TEST(Logistic, DoesNotOverflow) {
  EXPECT_EQ(logistic_of_minus(1000.0), 0.0);
  EXPECT_EQ(logistic_of_minus(-1000.0), 1.0);
  EXPECT_EQ(softplus_of_minus(-1000.0), 1000.0);
  EXPECT_EQ(softplus_of_minus(1000.0), 0.0);
}

TEST(Logistic, IntervalsEncloseTheValuesToManyDigits) {
  for (const int numerator : {-7, -1, 0, 1, 5}) {
    const auto z = ratio<Interval<50>>(numerator, 3);
    const auto fine = ratio<Real<200>>(numerator, 3);
    EXPECT_TRUE(encloses(logistic_of_minus(z), Rational(logistic_of_minus(fine))));
    EXPECT_TRUE(encloses(softplus_of_minus(z), Rational(softplus_of_minus(fine))));
    EXPECT_FALSE(encloses(logistic_of_minus(z), Rational(Rational(logistic_of_minus(fine)) + q(1, 1000000000))));
  }
}

}  // namespace
}  // namespace touchstone
