#pragma once
/// \file
/// Wrong on purpose: methods of chapter 5 with a usual mistake in their step, and starts that are not the theorems'.

#include <utility>

#include "verify/claims/descent_methods.hpp"

namespace touchstone::inline v0 {

using PlainMarina = Marina<Rational, RandK>;

/// Q(grad f_i(x+)) - Q(grad f_i(x)), drawn twice.
struct DifferenceOfMessages : PlainMarina {
  template <class P, class R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    s.x -= gamma * s.g;
    if (random.bernoulli(p)) {
      s.g = full_gradient<Rational>(f, s.x);
    } else {
      Vector<Rational> sum = Vector<Rational>::Zero(f.dimension());
      for (Index i = 0; i < f.workers(); ++i) {
        R& own = random.worker(i);
        sum += compressor.compress(f.gradient(i, s.x), own);
        sum -= compressor.compress(s.gradients[static_cast<std::size_t>(i)], own);
      }
      s.g += sum / Rational(f.workers());
    }
    return initial(f, s.x, s.g);
  }
};

struct NewGradientCompressed : PlainMarina {
  template <class P, class R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    for (Vector<Rational>& old_gradient : s.gradients) old_gradient.setZero();
    return PlainMarina::step(f, std::move(s), random);
  }
};

/// The gradients that are subtracted are those where the model goes, not where it comes from.
struct OldGradientsOfTheNewPoint : PlainMarina {
  template <class P, class R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Vector<Rational> next_x = s.x - gamma * s.g;
    for (Index i = 0; i < f.workers(); ++i) s.gradients[static_cast<std::size_t>(i)] = f.gradient(i, next_x);
    return PlainMarina::step(f, std::move(s), random);
  }
};

struct CoinInverted : PlainMarina {
  template <class P, class R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    return PlainMarina{compressor, gamma, Rational(1 - p)}.step(f, std::move(s), random);
  }
};

/// Every worker tosses a coin of its own.
struct OwnCoins : PlainMarina {
  template <class P, class R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    s.x -= gamma * s.g;
    Vector<Rational> sum = Vector<Rational>::Zero(f.dimension());
    for (Index i = 0; i < f.workers(); ++i) {
      const Vector<Rational> gradient = f.gradient(i, s.x);
      const Vector<Rational> difference = gradient - s.gradients[static_cast<std::size_t>(i)];
      R& own = random.worker(i);
      if (own.bernoulli(p))
        sum += gradient;
      else
        sum += s.g + compressor.compress(difference, own);
    }
    return initial(f, s.x, Vector<Rational>(sum / Rational(f.workers())));
  }
};

/// The batches of the two points are drawn apart.
template <class Gradient>
struct BatchesApart : VrMarina<Rational, RandK, WithReplacement, Gradient> {
  using Base = VrMarina<Rational, RandK, WithReplacement, Gradient>;
  using State = typename Base::State;
  template <class P, class R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    Vector<Rational> next_x = s.x - this->gamma * s.g;
    Vector<Rational> sum = Vector<Rational>::Zero(f.dimension());
    if (random.bernoulli(this->p)) {
      for (Index i = 0; i < f.workers(); ++i) sum += this->gradient.gradient(f, i, next_x, random.worker(i));
      s.g.setZero();
    } else {
      for (Index i = 0; i < f.workers(); ++i) {
        R& own = random.worker(i);
        const Indices there = this->batch.draw(f.components(i), own);
        const Indices here = this->batch.draw(f.components(i), own);
        const Vector<Rational> difference =
            batch_gradient<Rational>(f, i, there, next_x) - batch_gradient<Rational>(f, i, here, s.x);
        sum += this->compressor.compress(difference, own);
      }
    }
    s.g += sum / Rational(f.workers());
    s.x = std::move(next_x);
    return s;
  }
};

/// A worker that holds several slots sends one message, which counts as many times.
struct MessageReused : PpMarina<Rational, RandK> {
  template <class P, class R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Vector<Rational> next_x = s.x - gamma * s.g;
    if (random.bernoulli(p)) return {next_x, full_gradient<Rational>(f, next_x)};
    const Indices drawn = slots.draw(f.workers(), random);
    for (std::size_t t = 0; t < drawn.size();) {
      const Index i = drawn[t];
      const Vector<Rational> difference = f.gradient(i, next_x) - f.gradient(i, s.x);
      const Vector<Rational> message = compressor.compress(difference, random.worker(i));
      for (; t < drawn.size() && drawn[t] == i; ++t) s.g += message / Rational(slots.size);
    }
    return {next_x, s.g};
  }
};

/// Slots' messages are divided by the number of workers.
template <class Slots>
struct DividedByWorkers : PpMarina<Rational, RandK, Slots> {
  using Base = PpMarina<Rational, RandK, Slots>;
  using State = typename Base::State;
  template <class P, class R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Vector<Rational> next_x = s.x - this->gamma * s.g;
    if (random.bernoulli(this->p)) return {next_x, full_gradient<Rational>(f, next_x)};
    for (const Index i : this->slots.draw(f.workers(), random)) {
      const Vector<Rational> difference = f.gradient(i, next_x) - f.gradient(i, s.x);
      s.g += this->compressor.compress(difference, random.worker(i)) / Rational(f.workers());
    }
    return {next_x, s.g};
  }
};

/// DIANA whose estimator takes the shifts after they have learned.
struct LearnedShiftsUsed : Diana<Rational, RandK> {
  template <class P, class R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const State before = s;
    s = Diana::step(f, std::move(s), random);
    for (std::size_t i = 0; i < s.h.size(); ++i)
      s.x -= gamma * (s.h[i] - before.h[i]) / Rational(static_cast<Index>(s.h.size()));
    return s;
  }
};

/// A case with another step of the same form.
template <class Wrong, class Method, class P>
[[nodiscard]] DescentCase<Wrong, P> with_step(const DescentCase<Method, P>& at) {
  return {at.f, at.facts, Wrong{at.method}, at.state, at.theorem, at.where};
}

}  // namespace touchstone::inline v0
