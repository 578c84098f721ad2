#pragma once
/// \file
/// How the peers of Moshpit SGD average: routines with which a number of peers, whichever it is now, get nearer to their mean.
///
///     ExactAverage    all get the mean                                          parameter_server.hpp, ring_all_reduce.hpp
///     GridAverage     T rounds of Moshpit All-Reduce, from the first keys       all_reduce.hpp
///     SplitAverage    T rounds of averaging in random groups                    random_split.hpp
///     GossipAverage   T steps of gossip                                         gossip.hpp
///
/// All keep the mean; what is left of the dispersion is delta_aq^2 in theory/moshpit/moshpit_sgd.hpp.
///
/// Draws      those of the routine, round by round

#include "touchstone/methods/average.hpp"
#include "touchstone/methods/moshpit/all_reduce.hpp"
#include "touchstone/methods/moshpit/gossip.hpp"
#include "touchstone/methods/moshpit/random_split.hpp"

namespace touchstone::inline v0 {

template <class T, class S, class R>
concept PeerAveraging = requires(const T& averaging, PeerVectors<S> x, R& random) {
  { averaging.average(x, random) } -> std::same_as<PeerVectors<S>>;
};

struct ExactAverage {
  template <Field S, Randomness<S> R>
  [[nodiscard]] PeerVectors<S> average(PeerVectors<S> x, R& /*random*/) const {
    require_peers(x);
    x.assign(x.size(), touchstone::average(x));
    return x;
  }
};

template <class Order = AscendingOrder>
struct GridAverage {
  Index M, N;
  Index rounds;  ///< T
  Order order{};

  template <Field S, Randomness<S> R>
  [[nodiscard]] PeerVectors<S> average(PeerVectors<S> x, R& random) const {
    require(rounds >= 1, "averaging takes T >= 1 rounds (T)", rounds);
    const MoshpitAllReduce<S, Order> method{M, N, order};
    MoshpitState<S> s = method.initial(std::move(x));
    for (Index t = 0; t < rounds; ++t) s = method.step(std::move(s), random);
    return std::move(s.x);
  }
};

template <class Split>
struct SplitAverage {
  Split split;
  Index rounds;  ///< T

  template <Field S, Randomness<S> R>
  [[nodiscard]] PeerVectors<S> average(PeerVectors<S> x, R& random) const {
    require(rounds >= 1, "averaging takes T >= 1 rounds (T)", rounds);
    const RandomSplit<Split> one_round{split};
    for (Index t = 0; t < rounds; ++t) x = one_round.average(std::move(x), random);
    return x;
  }
};

template <Field S>
struct GossipAverage {
  Gossip<S> gossip;
  Index rounds;  ///< T

  template <Randomness<S> R>
  [[nodiscard]] PeerVectors<S> average(PeerVectors<S> x, R& /*random*/) const {
    require(rounds >= 1, "averaging takes T >= 1 rounds (T)", rounds);
    for (Index t = 0; t < rounds; ++t) x = gossip.average(x).x;
    return x;
  }
};

}  // namespace touchstone::inline v0
