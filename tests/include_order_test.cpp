// What an operation means must not depend on whether the number type or the algorithm was included first. Here the
// algorithms come first.

#include "touchstone/compressors/top_k.hpp"
#include "touchstone/problems/logistic_regression.hpp"
#include "touchstone/randomness/seeded.hpp"

// The number types.
#include "touchstone/numbers/interval.hpp"
#include "touchstone/numbers/real.hpp"

#include <gtest/gtest.h>

namespace touchstone {
namespace {

TEST(IncludeOrder, ACompressorRefusesNaNOfManyDigits) {
  Vector<Real<50>> x = Vector<Real<50>>::Ones(2);
  x[1] = Real<50>(0) / Real<50>(0);
  Seeded random(1);
  EXPECT_THROW((void)TopK{1}.compress(x, random), precondition_error);
}

TEST(IncludeOrder, TopKComparesMagnitudesWithoutRounding) {
  const Real<50> tiny(Real<50>(1) / pow(Real<50>(2), 160));
  Vector<Real<50>> x(2);
  x[0] = Real<50>(1);
  x[1] = Real<50>(-1) - tiny;  // the squares round to the same number
  Seeded random(1);
  EXPECT_EQ(TopK{1}.compress(x, random)[1], x[1]);
}

TEST(IncludeOrder, TheLossOfAHugeMarginIsEnclosed) {
  const Interval<50> loss = softplus_of_minus(Interval<50>(-1e30));
  EXPECT_TRUE(is_finite(loss));
  EXPECT_TRUE(encloses(loss, Rational(1e30)));
}

}  // namespace
}  // namespace touchstone
