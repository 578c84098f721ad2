#pragma once
/// \file
/// Every combinator, of parts with different flags, for what is asked of all of them.

#include <array>
#include <functional>
#include <vector>

#include "tests/laws.hpp"
#include "touchstone/compressors/averaged.hpp"
#include "touchstone/compressors/block.hpp"
#include "touchstone/compressors/composed.hpp"
#include "touchstone/compressors/composed_on_kept.hpp"
#include "touchstone/compressors/composed_unbiased.hpp"
#include "touchstone/compressors/convex_combination.hpp"
#include "touchstone/compressors/dithering.hpp"
#include "touchstone/compressors/exp_round.hpp"
#include "touchstone/compressors/exp_stochastic.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/induced.hpp"
#include "touchstone/compressors/natural.hpp"
#include "touchstone/compressors/one_of.hpp"
#include "touchstone/compressors/participation.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/scaled.hpp"
#include "touchstone/compressors/top_k.hpp"

namespace touchstone::testing_support {

/// For d = 4. Zeros stay zeros in all of them.
template <class Visit>
void for_each_combinator(const Visit& visit) {
  visit(Scaled<RandK>{{2}});
  visit(Scaled<Natural>{});
  visit(Scaled<ExpStochastic>{{{3, 1}}});
  visit(Scaled<Dithering>{{NormIndex::infinity, 2}});
  visit(Composed<RandKUnscaled, RandK>{{3}, {2}});
  visit(Composed<TopK, Natural>{{2}, {}});
  visit(Composed<ExpRound, Identity>{{{3, 1}}, {}});
  visit(ComposedOnKept<RandKUnscaled, RandK>{{3}, {2}});
  visit(ComposedOnKept<TopK, Natural>{{2}, {}});
  visit(ComposedOnKept<TopK, Identity>{{2}, {}});
  visit(ComposedUnbiased<RandK, RandK>{{2}, {3}});
  visit(ComposedUnbiased<RandK, Natural>{{2}, {}});
  visit(Induced<RandKUnscaled, RandK>{{1}, {2}});
  visit(Induced<TopK, RandK>{{1}, {2}});
  visit(Induced<TopK, ExpStochastic>{{1}, {{3, 1}}});
  visit(Participation<RandK>{{1, 2}, {2}});
  visit(Participation<Natural>{{1, 3}, {}});
  visit(Averaged<RandK>{3, {2}});
  visit(Averaged<Natural>{2, {}});
  visit(Block<RandK>{{3, 1}, {{2}, {1}}});
  visit(Block<TopK>{{3, 1}, {{2}, {1}}});
  visit(Block<Natural>{{2, 2}, {{}, {}}});
  visit(Block<OneOf<RandK, Natural>>{{3, 1}, {{RandK{2}}, {Natural{}}}});
  visit(Block<OneOf<TopK, ExpRound>>{{3, 1}, {{TopK{2}}, {ExpRound{{3, 1}}}}});
  visit(ConvexCombination<RandKUnscaled>{{2}, {{3}}});
  visit(ConvexCombination<TopK, RandKUnscaled>{{1, 2}, {{1}, {2}}});
  visit(ConvexCombination<TopK, Identity, ExpRound>{{1, 2, 3}, {{1}, {}, {{3, 1}}}});
}

constexpr std::size_t flag_count = 6;
using Flags = std::array<bool, flag_count>;

template <class C>
constexpr Flags flags_of{C::linear,          C::odd,           C::homogeneous,
                         C::two_homogeneous, C::deterministic, C::attained_everywhere};

/// The bound of the contract, of |x|^2.
template <class C>
Rational error_stated(const C& c) {
  if constexpr (Contractive<C>)
    return 1 - c.template delta<Rational>(4);
  else
    return c.template omega<Rational>(4);
}

/// A combinator without its type, which keeps what is compiled small.
struct Combinator {
  Flags flags;
  Rational error;
  std::function<Law(const Vector<Rational>&)> law;
  std::function<Vector<Rational>(const Vector<Rational>&, Seeded&)> sent;
  std::function<Vector<double>(const Vector<double>&, Seeded&)> sent_in_double;
};

template <class C>
Combinator erased(const C& c) {
  const auto compress = [c](const auto& x, Seeded& random) { return c.compress(x, random); };
  return {flags_of<C>, error_stated(c), [c](const Vector<Rational>& x) { return law(c, x); }, compress, compress};
}

inline std::vector<Combinator> all_combinators() {
  std::vector<Combinator> all;
  for_each_combinator([&all](const auto& c) { all.push_back(erased(c)); });
  return all;
}

}  // namespace touchstone::testing_support
