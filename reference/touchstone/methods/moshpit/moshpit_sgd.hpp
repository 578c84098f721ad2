#pragma once
/// \file
/// Moshpit SGD: peers that have one function in common run SGD, each on its own, and from time to time average by a routine that
/// need not be exact. Peers may vanish and others come.
///
///     peer i     y_i = x_i - gamma g_i with E g_i = grad f(x_i)
///     all        some peers leave
///                x_i <- averaging routine applied to the y_i if (k + 1) mod tau = 0, y_i otherwise
///                peers that come start at the mean of the others
///
/// Thesis     Algorithm 38
/// Problem    min f(x), the same for all peers: f lives on a single worker; f L-smooth and mu-strongly convex, mu >= 0
/// State      x_1, ..., x_n in R^d, equal at the start; n changes with the peers; the position in the schedule
/// Parameters gamma > 0; the schedule; how g_i is obtained; the averaging routine (averaging.hpp); departures (departures.hpp)
/// Draws      for i = 1..n: those of g_i; then as participant n + 1: who stays; those of the averaging routine
/// Sends      in a synchronization what the averaging routine sends
/// Theory     theory/moshpit/moshpit_sgd.hpp
/// Reductions ExactAverage, NoDepartures: Local-SGD on n equal functions; synchronized in every step as well: SGD with the mean of n
///            gradients; n = 1: SGD; full gradients: gradient descent on every peer

#include <tuple>
#include <utility>
#include <vector>

#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/methods/local/schedule.hpp"
#include "touchstone/methods/moshpit/averaging.hpp"
#include "touchstone/methods/moshpit/departures.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct MoshpitSgdState {
  PeerVectors<S> x;         ///< one of each peer, length d
  ScheduleMemory schedule;  ///< where in the schedule the step is
  [[nodiscard]] auto parts() { return std::tie(x, schedule.position); }
  [[nodiscard]] auto parts() const { return std::tie(x, schedule.position); }
  bool operator==(const MoshpitSgdState&) const = default;
};

template <Field S, class Gradient = SampledComponent, class Averaging = ExactAverage,
          class Departures = NoDepartures>
struct MoshpitSgd {
  using State = MoshpitSgdState<S>;

  S gamma;  ///< stepsize
  DeterministicSchedule schedule;
  Gradient estimator{};
  Averaging averaging{};
  Departures departures{};

  /// n peers at x. Throws precondition_error unless f has one worker, x its dimension, and n >= 1.
  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x, Index n) const {
    require_one_worker(f, "all peers of Moshpit SGD have one function: f is of one worker");
    require_dimension(x, f.dimension());
    require(n >= 1, "Moshpit SGD runs on n >= 1 peers (n)", n);
    return {PeerVectors<S>(static_cast<std::size_t>(n), x), schedule.memory()};
  }

  template <DistributedProblem<S> P, Randomness<S> R>
  requires PeerAveraging<Averaging, S, R> && PeerDepartures<Departures, R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Index n = static_cast<Index>(s.x.size());
    PeerVectors<S> y;
    for (Index i = 0; i < n; ++i) {
      const Vector<S>& x_i = s.x[static_cast<std::size_t>(i)];
      y.push_back(x_i - gamma * estimator.gradient(f, 0, x_i, random.worker(i)));
    }
    R& common = random.worker(n);
    const bool synchronized = schedule.synchronizes(s.schedule, common);
    PeerVectors<S> next;
    for (const Index i : departures.staying(n, synchronized, common))
      next.push_back(std::move(y[static_cast<std::size_t>(i)]));
    if (synchronized) next = averaging.average(std::move(next), common);
    const Index joining = departures.joining(n, static_cast<Index>(next.size()));
    if (joining > 0) next.insert(next.end(), static_cast<std::size_t>(joining), average(next));
    s.x = std::move(next);
    return s;
  }
};

}  // namespace touchstone::inline v0
