#pragma once
/// \file
/// Moshpit SGD with something wrong in it.

#include <stdexcept>
#include <utility>

#include "touchstone/methods/moshpit/moshpit_sgd.hpp"
#include "touchstone/numbers/rational.hpp"

namespace touchstone::inline v0 {

enum class MoshpitSgdMistake {
  none,
  averages_too_early,  ///< where k mod tau = 0
  shared_noise,        ///< the draw of the first peer is that of all
  never_averages,
};

namespace detail {

/// Departures at the synchronizations, the y_i as they are.
struct NoAverage {
  template <Field S, Randomness<S> R>
  [[nodiscard]] PeerVectors<S> average(PeerVectors<S> x, R& /*random*/) const {
    return x;
  }
};

/// grad f(x_i) plus a noise drawn beforehand.
struct DrawnNoise {
  Vector<Rational> e;

  template <Field S, class P, class R>
  [[nodiscard]] Vector<S> gradient(const P& f, Index i, const Vector<S>& x, R& /*random*/) const {
    return f.gradient(i, x) + e;
  }
};

}  // namespace detail

/// A step of a method with additive noise, rightly or with a mistake.
template <class Averaging, class Departures, class P, class R>
[[nodiscard]] MoshpitSgdState<Rational> moshpit_sgd_step(
    const MoshpitSgd<Rational, AdditiveNoise<Rational>, Averaging, Departures>& method, const P& f,
    MoshpitSgdState<Rational> s, R& random, MoshpitSgdMistake mistake) {
  switch (mistake) {
    case MoshpitSgdMistake::none:
      return method.step(f, std::move(s), random);
    case MoshpitSgdMistake::averages_too_early:
      s.schedule.position = (s.schedule.position + method.schedule.tau() - 1) % method.schedule.tau();
      return method.step(f, std::move(s), random);
    case MoshpitSgdMistake::shared_noise: {
      const detail::DrawnNoise noise{method.estimator.laws.front().draw(random)};
      const MoshpitSgd<Rational, detail::DrawnNoise, Averaging, Departures> shared{
          method.gamma, method.schedule, noise, method.averaging, method.departures};
      return shared.step(f, std::move(s), random);
    }
    case MoshpitSgdMistake::never_averages: {
      const MoshpitSgd<Rational, AdditiveNoise<Rational>, detail::NoAverage, Departures> alone{
          method.gamma, method.schedule, method.estimator, {}, method.departures};
      return alone.step(f, std::move(s), random);
    }
  }
  throw std::logic_error("a mistake without a step");
}

}  // namespace touchstone::inline v0
