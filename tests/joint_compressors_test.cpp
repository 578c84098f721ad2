// Compressors with a choice that the workers share: the law of the average; and the joint constants of independent ones.

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "tests/support.hpp"
#include "touchstone/compressors/perm_k.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/shared_rand_k.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "touchstone/theory/compressors/joint_constants.hpp"

namespace touchstone {
namespace {

using testing_support::error_of;
using testing_support::q;
using testing_support::vec;

/// E|(1/n) sum Q_i(a_i) - a|^2 and A (1/n) sum |a_i|^2 - B |a|^2.
template <class C>
std::pair<Rational, Rational> joint_sides(const C& c, const std::vector<Vector<Rational>>& a) {
  const auto n = static_cast<Index>(a.size());
  Vector<Rational> average = Vector<Rational>::Zero(a.front().size());
  Rational squares = 0;
  for (const Vector<Rational>& a_i : a) {
    average += a_i / Rational(n);
    squares += a_i.squaredNorm() / n;
  }
  const auto error = expectation<Rational>([&](auto& random) {
    Vector<Rational> sum = Vector<Rational>::Zero(average.size());
    for (const Vector<Rational>& sent : c.compress_all(a, random)) sum += sent;
    return Rational(Vector<Rational>(sum / Rational(n) - average).squaredNorm());
  });
  const JointConstants<Rational> k = c.template joint_constants<Rational>(n, average.size());
  return {error, k.A * squares - k.B * average.squaredNorm()};
}

// Wrong on purpose: workers that do not share their permutation.
struct UnsharedPermK : PermK {
  template <class S, class R>
  std::vector<Vector<S>> compress_all(const std::vector<Vector<S>>& a, R& random) const {
    std::vector<Vector<S>> sent;
    for (std::size_t i = 0; i < a.size(); ++i) sent.push_back(PermK::compress_all(a, random)[i]);
    return sent;
  }
};

template <class C>
void expect_joint_contract(const C& c, Index n, Index d) {
  std::vector<Vector<Rational>> a;
  for (Index i = 0; i < n; ++i) {
    Vector<Rational> a_i(d);
    for (Index j = 0; j < d; ++j) a_i[j] = q((3 * i * i + 5 * j + i * j) % 7 - 3, 1 + (i + 2 * j) % 4);
    a.push_back(a_i);
  }
  const auto [error, bound] = joint_sides(c, a);
  EXPECT_EQ(error, bound) << n << ' ' << d;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto of_one = [&](auto& random) { return c.compress_all(a, random)[i]; };
    EXPECT_EQ(expectation<Rational>(of_one), a[i]);
    EXPECT_EQ(expectation<Rational>(
                  [&](auto& random) { return Rational(Vector<Rational>(of_one(random) - a[i]).squaredNorm()); }),
              Rational(c.template omega<Rational>(n, d) * a[i].squaredNorm()));
  }
}

TEST(PermK, JointAndSingleContractsAreEqualities) {
  static_assert(JointCompressor<PermK, Rational, Seeded> && JointCompressor<SharedRandK, double, Seeded>);
  for (const auto& [n, d] : {std::pair<Index, Index>{1, 3}, {2, 4}, {3, 3}, {4, 2}, {6, 3}, {5, 1}})
    expect_joint_contract(PermK{}, n, d);
}

TEST(PermK, ReproducesEqualInputsAndRefusesOtherSizes) {
  const std::vector<Vector<Rational>> a(2, vec({1, -2, 3, q(1, 2)}));
  EXPECT_EQ(joint_sides(PermK{}, a).first, 0);
  Exhaustive<Rational> random;
  EXPECT_EQ(error_of<precondition_error>(
                [&] { static_cast<void>(PermK{}.compress_all(std::vector<Vector<Rational>>(3, a[0]), random)); }),
            "PermK needs d = q n or n = q d (n, d); found 3, 4");
  EXPECT_EQ(random.place().draw, 0);
  EXPECT_EQ(PermK{}.message_bits(2, 4, 32), 64);
  EXPECT_EQ(PermK{}.message_bits(8, 4, 32), 32);
}

TEST(SharedRandK, JointAndSingleContractsAreEqualities) {
  for (Index K = 1; K <= 3; ++K) expect_joint_contract(SharedRandK{K}, 2, 3);
  EXPECT_EQ(SharedRandK{2}.message_bits(7, 5, 32), 64);
}

TEST(AnyJointCompressor, SendsScalarsOnly) {
  Vector<float> x(4);
  x << 1, -2, 0.1F, -0.0F;
  Seeded random(1);
  const Indices mine = PermK{}.shared_choice(2, 4, random)[1];
  const auto message = PermK{}.message(x, 2, mine);
  BitWriter out;
  PermK{}.write(message, 4, out);
  EXPECT_EQ(out.size(), PermK{}.message_bits(2, 4, 32));
  BitReader in(out);
  EXPECT_EQ(PermK{}.read<float>(mine, in), message);
}

TEST(PermK, ItsIdentityRejectsAPermutationThatIsNotShared) {
  const std::vector<Vector<Rational>> a{vec({1, 2}), vec({q(1, 2), -3})};
  const auto [error, bound] = joint_sides(UnsharedPermK{}, a);
  EXPECT_NE(error, bound);
}

/// E|(1/r) sum of what the slots send - a|^2 against the constants; slots(random) are the workers of the slots.
template <class Slots>
bool is_joint_identity(Index n, Index d, const JointConstants<Rational>& k, const Slots& slots,
                       bool shared = false) {
  std::vector<Vector<Rational>> a;
  Vector<Rational> average = Vector<Rational>::Zero(d);
  Rational squares = 0;
  for (Index i = 0; i < n; ++i) {
    Vector<Rational> a_i(d);
    for (Index j = 0; j < d; ++j) a_i[j] = q((3 * i * i + 5 * j + i * j) % 7 - 3, 1 + (i + 2 * j) % 4);
    average += a_i / Rational(n);
    squares += a_i.squaredNorm() / n;
    a.push_back(a_i);
  }
  const auto error = expectation<Rational>([&](auto& random) {
    const Indices workers = slots(random);
    Vector<Rational> sum = Vector<Rational>::Zero(d);
    Index same = 0;
    if (shared) same = random.choose(d);
    for (const Index i : workers) {
      const Vector<Rational>& a_i = a[static_cast<std::size_t>(i)];
      if (shared)
        sum[same] += d * a_i[same];
      else
        sum += RandK{1}.compress(a_i, random);
    }
    return Rational(Vector<Rational>(sum / Rational(static_cast<Index>(workers.size())) - average).squaredNorm());
  });
  return error == k.A * squares - k.B * average.squaredNorm();
}

TEST(JointConstants, AreIdentitiesForRandK) {
  for (Index n = 1; n <= 4; ++n)
    for (Index d = 1; d <= 4; ++d) {
      const Rational omega = d - 1;
      const auto all = [n](auto& random) { return random.subset(n, n); };
      EXPECT_TRUE(is_joint_identity(n, d, independent_joint_constants<Rational>(n, omega), all));
      if (n > 1 && d > 1) {
        EXPECT_FALSE(is_joint_identity(n, d, independent_joint_constants<Rational>(n, omega), all, true));
      }
      for (Index r = 1; r <= n && r <= 3; ++r) {
        const auto with = [n, r](auto& random) {
          Indices workers;
          for (Index t = 0; t < r; ++t) workers.push_back(random.choose(n));
          return workers;
        };
        const auto without = [n, r](auto& random) { return random.subset(n, r); };
        const auto with_k = sampled_with_replacement_joint_constants<Rational>(r, omega);
        EXPECT_TRUE(is_joint_identity(n, d, with_k, with));
        if (n < 2) continue;
        const auto without_k = sampled_without_replacement_joint_constants<Rational>(n, r, omega);
        EXPECT_TRUE(is_joint_identity(n, d, without_k, without));
        EXPECT_EQ(is_joint_identity(n, d, without_k, with), r == 1) << "the two samplings differ";
      }
    }
}

}  // namespace
}  // namespace touchstone
