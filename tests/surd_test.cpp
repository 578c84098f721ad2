// Exact numbers a + b sqrt(r).

#include <gtest/gtest.h>

#include "tests/support.hpp"
#include "touchstone/numbers/interval.hpp"
#include "touchstone/numbers/polynomial.hpp"
#include "touchstone/numbers/surd.hpp"

namespace touchstone {
namespace {

using testing_support::q;

static_assert(OrderedField<Surd> && !FieldWithSqrt<Surd> && is_exact<Surd> &&
              !std::constructible_from<Surd, double>);
static_assert(DecidingField<Interval<50>> && DecidingField<Surd> && !DecidingField<Polynomial>);

TEST(Surd, IsAnOrderedField) {
  const Surd root = Surd::root_of(2);
  EXPECT_EQ(root * root, Surd(2));
  EXPECT_EQ(Surd(1) / (root - Surd(1)), root + Surd(1));
  EXPECT_EQ(Surd::root_of(8), Surd(2) * root) << "one field";
  EXPECT_EQ(Surd::root_of(q(9, 4)), Surd(q(3, 2))) << "a rational number";
  EXPECT_LT(root, Surd(q(1414213563, 1000000000)));
  EXPECT_GT(root, Surd(q(1414213562, 1000000000)));
  EXPECT_LT(Surd::root_of(3) - Surd(2), root - Surd(1)) << "of different fields";
  EXPECT_GT(Surd(5) - Surd::root_of(3), Surd(2) + Surd::root_of(q(8, 5)));
  EXPECT_FALSE(Surd::root_of(3) == root);
  EXPECT_THROW(static_cast<void>(root + Surd::root_of(3)), precondition_error);
  EXPECT_THROW(static_cast<void>(Surd(1) / Surd(0)), std::domain_error);
}

}  // namespace
}  // namespace touchstone
