#pragma once
/// \file
/// Moshpit All-Reduce as its claims run it: with all orders, with mistakes, with groups that can be looked at.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "touchstone/methods/moshpit/all_reduce.hpp"
#include "touchstone/numbers/rational.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "touchstone/theory/moshpit/random_split.hpp"

namespace touchstone::inline v0 {

enum class GridMistake {
  none,
  mean_over_M,           ///< the sum of a group is divided by M, not by its size
  counts_vanished,       ///< ... by the size of the group, peers that dropped out included
  failed_contributes,    ///< the vector of a peer that dropped out is averaged with the others
  ranks_before_order,    ///< ranks are those from before the group was put in order
  rank_in_front,         ///< the rank takes the place of the entry that is dropped, at the front of the key
  mirrored_key,          ///< no mistake: the rank is put in front, and the last entry dropped
  key_kept,              ///< where a peer ends in its group does not enter its key
  groups_of_last_round,  ///< the table is read at the round before
};

using GridState = MoshpitState<Rational>;

namespace detail {

inline GridKey mistaken_key(const GridKey& key, Index rank, GridMistake mistake) {
  if (mistake == GridMistake::key_kept || key.empty()) return key;
  GridKey next = next_key(key, rank);
  if (mistake == GridMistake::rank_in_front || mistake == GridMistake::mirrored_key) {
    const Index kept = mistake == GridMistake::rank_in_front ? 1 : 0;
    next = {rank};
    next.insert(next.end(), key.begin() + kept, key.end() - 1 + kept);
  }
  return next;
}

inline void average_mistakenly(const Indices& group, const RoundConduct& conduct, Index M, GridMistake mistake,
                               GridState& s) {
  const auto of = [&](Index i) { return conduct[static_cast<std::size_t>(i)]; };
  Vector<Rational> sum = Vector<Rational>::Zero(s.x.front().size());
  Index contributions = 0;
  for (const Index i : group) {
    if (of(i) == Conduct::aborts) return;
    if (!contributes(of(i)) && mistake != GridMistake::failed_contributes) continue;
    sum += s.x[static_cast<std::size_t>(i)];
    ++contributions;
  }
  const Index divisor = mistake == GridMistake::mean_over_M       ? M
                        : mistake == GridMistake::counts_vanished ? static_cast<Index>(group.size())
                                                                  : contributions;
  for (const Index i : group)
    if (of(i) == Conduct::takes_part) s.x[static_cast<std::size_t>(i)] = sum / Rational(divisor);
}

}  // namespace detail

/// A round, rightly or with a mistake.
template <class Order, class R>
[[nodiscard]] GridState grid_round(const MoshpitAllReduce<Rational, Order>& method, GridState s,
                                   const RoundConduct& conduct, R& random, GridMistake mistake) {
  if (mistake == GridMistake::none) return method.step(std::move(s), conduct, random);
  for (std::size_t i = 0; i < s.x.size(); ++i)
    if (registers(conduct[i])) s.table.add(s.keys[i], s.round, static_cast<Index>(i));
  const Index read = mistake == GridMistake::groups_of_last_round ? std::max<Index>(0, s.round - 1) : s.round;
  for (const GridKey& key : s.table.keys(read)) {
    const Indices entered = s.table.get(key, read);
    const Indices group = method.order.arranged(entered, random);
    detail::average_mistakenly(group, conduct, method.M, mistake, s);
    const Indices& ranked = mistake == GridMistake::ranks_before_order ? entered : group;
    for (std::size_t rank = 0; rank < ranked.size(); ++rank)
      s.keys[static_cast<std::size_t>(ranked[rank])] = detail::mistaken_key(key, static_cast<Index>(rank), mistake);
  }
  ++s.round;
  return s;
}

/// Without faults.
template <class Order, class R>
[[nodiscard]] GridState grid_round(const MoshpitAllReduce<Rational, Order>& method, GridState s, R& random,
                                   GridMistake mistake) {
  const RoundConduct conduct = all_take_part(static_cast<Index>(s.x.size()));
  return grid_round(method, std::move(s), conduct, random, mistake);
}

/// x_i = 2^i on the line: no two sets of peers have the same sum.
[[nodiscard]] inline PeerVectors<Rational> powers_of_two(Index n) {
  PeerVectors<Rational> x;
  for (Index i = 0; i < n; ++i) x.push_back(Vector<Rational>::Constant(1, nth_power(Rational(2), i)));
  return x;
}

/// x_i = e_i in R^n: after any linear averaging x_i is row i of its matrix.
[[nodiscard]] inline PeerVectors<Rational> unit_vectors(Index n) {
  PeerVectors<Rational> x;
  for (Index i = 0; i < n; ++i) x.push_back(Vector<Rational>::Unit(n, i));
  return x;
}

/// n vectors of length d with small fractions.
[[nodiscard]] inline PeerVectors<Rational> random_vectors(Index n, Index d, Seeded& random) {
  PeerVectors<Rational> x;
  for (Index i = 0; i < n; ++i) {
    Vector<Rational> v(d);
    for (Index c = 0; c < d; ++c) v[c] = ratio<Rational>(random.choose(41) - 20, 1 + random.choose(6));
    x.push_back(std::move(v));
  }
  return x;
}

/// The matrix whose row i is x_i.
[[nodiscard]] inline Matrix<Rational> rows_of(const PeerVectors<Rational>& x) {
  Matrix<Rational> A(static_cast<Index>(x.size()), x.front().size());
  for (Index i = 0; i < A.rows(); ++i) A.row(i) = x[static_cast<std::size_t>(i)].transpose();
  return A;
}

[[nodiscard]] inline bool all_equal(const PeerVectors<Rational>& x) {
  return std::all_of(x.begin(), x.end(), [&](const Vector<Rational>& x_i) { return x_i == x.front(); });
}

[[nodiscard]] inline bool all_are(const PeerVectors<Rational>& x, const Vector<Rational>& mean) {
  return x.front() == mean && all_equal(x);
}

/// The groups of a round, in the order of their keys.
[[nodiscard]] inline std::vector<Indices> groups_of(const RoundTable& table, Index round) {
  std::vector<Indices> groups;
  for (const GridKey& key : table.keys(round)) groups.push_back(table.get(key, round));
  return groups;
}

struct Grid {
  Index M, N;
  [[nodiscard]] std::string name() const { return fmt::format("M={} N={}", M, N); }
};

}  // namespace touchstone::inline v0
