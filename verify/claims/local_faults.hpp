#pragma once
/// \file
/// Local methods that do one thing wrong.

#include "verify/claims/local_models.hpp"

namespace touchstone::inline v0 {

/// Every worker tosses a coin of its own whether it takes the average.
template <class Method>
struct CoinPerWorker : Method {
  Rational p;

  template <class P, class R>
  [[nodiscard]] typename Method::State step(const P& f, typename Method::State s, R& random) const {
    Method alone = *this;
    alone.schedule = RandomSchedule<Rational>{Rational(0)};
    s = alone.step(f, std::move(s), random);
    const Vector<Rational> mean = average(s.x);
    const Index n = f.workers();
    for (Index i = 0; i < n; ++i)
      if (random.worker(2 * n + 1 + i).bernoulli(p)) s.x[static_cast<std::size_t>(i)] = mean;
    return s;
  }
};

/// The common reference point goes elsewhere: to where(iterates before the step, iterates after it).
template <class Method>
struct OtherReference : Method {
  using Where = Vector<Rational> (*)(const std::vector<Vector<Rational>>& before,
                                     const std::vector<Vector<Rational>>& after);
  Where where;

  template <class P, class R>
  [[nodiscard]] typename Method::State step(const P& f, typename Method::State s, R& random) const {
    Method frozen = *this;
    frozen.estimator.coin = RefreshCoin<Rational>::independent(Rational(0));
    const std::vector<Vector<Rational>> before = s.x;
    s = frozen.step(f, std::move(s), random);
    if (this->estimator.coin.toss(false, random)) {
      s.w = where(before, s.x);
      this->estimator.remember(f, s);
    }
    return s;
  }
};

inline Vector<Rational> average_after_the_step(const std::vector<Vector<Rational>>& /*before*/,
                                               const std::vector<Vector<Rational>>& after) {
  return average(after);
}
inline Vector<Rational> first_worker(const std::vector<Vector<Rational>>& before,
                                     const std::vector<Vector<Rational>>& /*after*/) {
  return before.front();
}

/// g_i = ghat_i - h_i: the shifts do not sum to zero.
struct ShiftWithoutMean : ReferenceShift<Rational> {
  template <class State, class R>
  [[nodiscard]] Vector<Rational> estimate(const State& s, Index i, const Vector<Rational>& gradient,
                                          const Vector<Rational>& mean, R& random) const {
    return ReferenceShift::estimate(s, i, gradient, mean, random) - mean;
  }
};

/// g_i = ghat_i + h_i - h.
struct ShiftOfWrongSign : ReferenceShift<Rational> {
  template <class State, class R>
  [[nodiscard]] Vector<Rational> estimate(const State& s, Index i, const Vector<Rational>& gradient,
                                          const Vector<Rational>& mean, R& random) const {
    return 2 * gradient - ReferenceShift::estimate(s, i, gradient, mean, random);
  }
};

}  // namespace touchstone::inline v0
