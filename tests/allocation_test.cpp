// A step allocates nothing that grows with the data, and copies no table that it does not change.
//
// Eigen takes its memory from malloc, not from operator new, so malloc is what is counted: this program replaces it
// by one that adds up the bytes asked for. (MPFR's exponential allocates scratch of its own on every call, which is
// why the counts are those of double.)

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/methods/unified_sgd/saga.hpp"
#include "touchstone/problems/logistic_regression.hpp"
#include "touchstone/problems/quadratic.hpp"
#include "touchstone/randomness/seeded.hpp"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TOUCHSTONE_FOREIGN_MALLOC
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || !defined(__GLIBC__)
#define TOUCHSTONE_FOREIGN_MALLOC
#endif

namespace {
std::size_t allocated = 0;  // bytes, since the program began
}

#ifndef TOUCHSTONE_FOREIGN_MALLOC
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming): the names glibc gives its own
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* malloc(std::size_t size) {
  allocated += size;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  allocated += count * size;
  return __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size) {
  allocated += size;
  return __libc_realloc(old, size);
}
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
#endif

namespace touchstone {
namespace {

class Allocation : public testing::Test {
 protected:
  void SetUp() override {
#ifdef TOUCHSTONE_FOREIGN_MALLOC
    GTEST_SKIP() << "malloc belongs to a sanitizer or another C library";
#endif
  }
};

constexpr Index d = 30;

LogisticRegression<double> logistic(Index M, Index n) {
  SparseData data{"ones", SparseRows<double>(M, d), {}};
  Seeded random(1);
  for (Index r = 0; r < M; ++r) {
    random.begin_iteration(r);
    for (const Index c : random.subset(d, 5)) data.rows.insert(r, c) = 1;
    data.labels.push_back(r % 2 == 0 ? 1 : -1);
  }
  return {data, n, 0x1p-6};
}

Quadratic<double> quadratic(Index m) {
  const QuadraticForm<double> form{Matrix<double>::Identity(d, d), Vector<double>::Ones(d)};
  const auto count = static_cast<std::size_t>(m);
  const std::vector<std::vector<QuadraticForm<double>>> components(1,
                                                                   std::vector<QuadraticForm<double>>(count, form));
  return {components, {1, 1, {1}, {std::vector<double>(count, 1)}}};
}

/// Bytes asked for in ten steps.
template <class Method, class P>
std::size_t bytes(const Method& method, const P& f) {
  Seeded random(1);
  auto s = method.initial(f, Vector<double>::Zero(d));
  const std::size_t before = allocated;
  for (Index k = 0; k < 10; ++k) {
    random.begin_iteration(k);
    s = method.step(f, std::move(s), random);
  }
  return allocated - before;
}

TEST_F(Allocation, IsCounted) {
  const std::size_t before = allocated;
  const Vector<double> v = Vector<double>::Zero(1000);
  EXPECT_GE(allocated - before, 8000U);
  EXPECT_EQ(v[999], 0);
}

TEST_F(Allocation, OfDistributedStepsDoesNotGrowWithTheRows) {
  constexpr Index n = 4;
  const auto small = logistic(200, n);
  const auto large = logistic(3200, n);
  const auto same = [&](const auto& method) {
    const std::size_t of_small = bytes(method, small);
    EXPECT_EQ(bytes(method, large), of_small);
    // Nothing but vectors of d scalars and index lists: below ten of them for a worker in each of the ten steps.
    EXPECT_LE(of_small, 10 * (n + 1) * 10 * d * sizeof(double));
  };
  same(Gd<double>{0x1p-3});
  same(Diana<double, RandK>{{3}, 0x1p-4, 0x1p-4});
  same(EcGd<double, TopK>{{{3}}, 0x1p-4});
}

TEST_F(Allocation, OfVarianceReducedStepsDoesNotGrowWithTheComponents) {
  const auto same = [](const auto& method) {
    const std::size_t of_quadratic = bytes(method, quadratic(50));
    EXPECT_EQ(bytes(method, quadratic(800)), of_quadratic);
    const std::size_t of_logistic = bytes(method, logistic(50, 1));
    EXPECT_EQ(bytes(method, logistic(800, 1)), of_logistic);
    EXPECT_LE(std::max(of_quadratic, of_logistic), sizeof(double) * d * 10 * 10);
  };
  same(Saga<double>{0x1p-5});
  same(LSvrg<double>{0x1p-5, 0x1p-3});
}

/// Where the numbers of these vectors lie.
std::vector<const double*> addresses(const std::vector<Vector<double>>& vectors) {
  std::vector<const double*> where;
  where.reserve(vectors.size());
  for (const Vector<double>& v : vectors) where.push_back(v.data());
  return where;
}

TEST(InPlace, SagaKeepsItsTableWhereItIs) {
  const auto f = logistic(40, 1);
  const Saga<double> method{0x1p-5};
  Seeded random(1);
  auto s = method.initial(f, Vector<double>::Zero(d));
  const auto before = addresses(s.table);
  s = method.step(f, std::move(s), random);
  EXPECT_EQ(addresses(s.table), before);
}

TEST(InPlace, DianaAndEcGdKeepTheirVectorsWhereTheyAre) {
  const auto f = logistic(40, 4);
  Seeded random(1);
  const Diana<double, RandK> diana{{3}, 0x1p-4, 0x1p-4};
  auto s = diana.initial(f, Vector<double>::Zero(d));
  const auto shifts = addresses(s.h);
  s = diana.step(f, std::move(s), random);
  EXPECT_EQ(addresses(s.h), shifts);
  const EcGd<double, TopK> ec_gd{{{3}}, 0x1p-4};
  auto t = ec_gd.initial(f, Vector<double>::Zero(d));
  const auto errors = addresses(t.e);
  random.begin_iteration(1);
  t = ec_gd.step(f, std::move(t), random);
  EXPECT_EQ(addresses(t.e), errors);
}

}  // namespace
}  // namespace touchstone
