// The flags of every combinator: those that all parts have, and no others that its law could have.

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/combinators.hpp"
#include "tests/support.hpp"
#include "touchstone/compressors/scaled_sign.hpp"

namespace touchstone {
namespace {

using testing_support::all_combinators;
using testing_support::Combinator;
using testing_support::erased;
using testing_support::flag_count;
using testing_support::Flags;
using testing_support::flags_of;
using testing_support::Law;
using testing_support::q;
using testing_support::squared_distance;
using testing_support::vec;

/// All flags but one; all for missing = flag_count. What is not two-homogeneous is not homogeneous.
constexpr Flags all_but(std::size_t missing) {
  Flags flags;
  flags.fill(true);
  if (missing < flag_count) flags[missing] = false;
  flags[2] = flags[2] && flags[3];
  return flags;
}

template <class C, std::size_t missing>
struct Flagged : C {
  static constexpr bool linear = all_but(missing)[0];
  static constexpr bool odd = all_but(missing)[1];
  static constexpr bool homogeneous = all_but(missing)[2];
  static constexpr bool two_homogeneous = all_but(missing)[3];
  static constexpr bool deterministic = all_but(missing)[4];
  static constexpr bool attained_everywhere = all_but(missing)[5];
};

constexpr Flags both(const Flags& a, const Flags& b) {
  Flags flags{};
  for (std::size_t i = 0; i < flag_count; ++i) flags[i] = a[i] && b[i];
  return flags;
}

constexpr Flags without(std::size_t flag, Flags flags) {
  flags[flag] = false;
  return flags;
}

constexpr std::size_t deterministic = 4;
constexpr std::size_t attained_everywhere = 5;

template <std::size_t i, std::size_t j>
constexpr bool flags_are_what_the_parts_have() {
  using Q = Flagged<RandK, i>;
  using P = Flagged<RandK, j>;
  using C = Flagged<RandKUnscaled, j>;
  constexpr Flags one = all_but(i);
  constexpr Flags two = both(one, all_but(j));
  return flags_of<Scaled<Q>> == one && flags_of<Averaged<Q>> == one &&
         flags_of<Participation<Q>> == without(deterministic, one) &&
         flags_of<Block<Q>> == without(attained_everywhere, one) && flags_of<ConvexCombination<C>> == all_but(j) &&
         flags_of<Composed<C, Q>> == two && flags_of<ComposedOnKept<C, Q>> == two &&
         flags_of<ComposedUnbiased<P, Q>> == two && flags_of<Induced<C, Q>> == two &&
         flags_of<ConvexCombination<Flagged<RandKUnscaled, i>, C>> == without(attained_everywhere, two);
}

template <std::size_t... n>
constexpr bool flags_follow(std::index_sequence<n...> /*pairs*/) {
  return (flags_are_what_the_parts_have<n / (flag_count + 1), n % (flag_count + 1)>() && ...);
}
static_assert(flags_follow(std::make_index_sequence<(flag_count + 1) * (flag_count + 1)>()));

std::vector<Vector<Rational>> vectors_of_four() {
  return {vec({1, q(-2, 3), 5, 0}), vec({q(1, 7), -3, q(5, 4), 3}), vec({2, 2, -2, 2}),
          vec({0, 0, q(-3, 2), 0}), vec({3, 6, q(1, 2), 1}),        vec({-1, 1, 1, 1})};
}

bool commutes_with(const Combinator& c, const Rational& factor) {
  return std::ranges::all_of(vectors_of_four(), [&](const Vector<Rational>& x) {
    Law scaled = c.law(x);
    for (auto& [p, y] : scaled) y *= factor;
    const Law of_scaled = c.law(Vector<Rational>(factor * x));
    return std::ranges::is_permutation(of_scaled, scaled);
  });
}

/// The same draws for x, y and x + y.
bool is_additive(const Combinator& c) {
  const auto sent = [&c](const Vector<Rational>& x, std::uint64_t seed) {
    Seeded random(seed);
    return c.sent(x, random);
  };
  for (const Vector<Rational>& x : vectors_of_four())
    for (const Vector<Rational>& y : vectors_of_four())
      for (std::uint64_t seed = 0; seed < 8; ++seed)
        if (sent(Vector<Rational>(x + y), seed) != sent(x, seed) + sent(y, seed)) return false;
  return true;
}

bool draws_nothing(const Combinator& c) {
  return std::ranges::all_of(vectors_of_four(), [&](const Vector<Rational>& x) {
    Seeded random(1);
    static_cast<void>(c.sent(x, random));
    return random.place().draw == 0;
  });
}

bool is_attained_everywhere(const Combinator& c) {
  return std::ranges::all_of(vectors_of_four(), [&](const Vector<Rational>& x) {
    Rational error = 0;
    for (const auto& [p, y] : c.law(x)) error += p * squared_distance(y, x);
    return error == c.error * x.squaredNorm();
  });
}

/// "<=>": each flag that a combinator of the list lacks is one that it cannot have.
TEST(AnyCombinator, HasTheFlagsThatItsLawHas) {
  int number = 0;
  for (const Combinator& c : all_combinators()) {
    SCOPED_TRACE(++number);
    const bool homogeneous = commutes_with(c, 3) && commutes_with(c, q(5, 7));
    const bool two_homogeneous = commutes_with(c, 2) && commutes_with(c, q(1, 8));
    EXPECT_EQ(c.flags, (Flags{is_additive(c), commutes_with(c, -1), homogeneous, two_homogeneous, draws_nothing(c),
                              is_attained_everywhere(c)}));
  }
}

TEST(AnyCombinator, IsNotOddWhereAPartIsNot) {
  using SignOrTop = ConvexCombination<ScaledSign<1>, TopK>;
  static_assert(!SignOrTop::odd && SignOrTop::homogeneous);
  const Combinator c = erased(SignOrTop{{1, 1}, {{}, {1}}});
  EXPECT_FALSE(commutes_with(c, -1));
  EXPECT_TRUE(commutes_with(c, 3));
  EXPECT_TRUE(commutes_with(erased(ConvexCombination<ScaledSign<0>, TopK>{{1, 1}, {{}, {1}}}), -1));
}

}  // namespace
}  // namespace touchstone
