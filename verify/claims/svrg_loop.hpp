#pragma once
/// \file
/// One outer loop of SVRG, where w is a constant and x alone the state: exact second moments of its iterates and of their sum,
/// and what may be claimed of them instead of the main theorem.

#include "touchstone/methods/unified_sgd/svrg.hpp"
#include "verify/claims/row_instances.hpp"
#include "verify/claims/row_study.hpp"

namespace touchstone::inline v0 {

[[nodiscard]] inline Rational squared_distance(const Vector<Rational>& z) {
  return Rational(z.squaredNorm());
}

template <class Prox>
struct SvrgLoop {
  NamedQuadratic on;
  Svrg<Rational, Prox> method;
  Vector<Rational> x, w;  ///< x^0 and the reference point

  /// x^0 - x*
  [[nodiscard]] Vector<Rational> start() const { return x - on.x_star; }

  /// sigma^2, the same in all of the loop
  [[nodiscard]] Rational sigma_squared() const {
    return method.sigma_squared(on.f, method.initial(on.f, x, w), on.x_star);
  }

  /// f(x* + z) - f(x*), where grad f(x*) = 0
  [[nodiscard]] Rational gap(const Vector<Rational>& z) const { return Rational(z.dot(on.f.form().A * z) / 2); }

  /// z -> the outcomes of z+, z = x - x*.
  [[nodiscard]] OutcomesOf outcomes() const {
    return [loop = *this](const Vector<Rational>& z) {
      const auto state = loop.method.initial(loop.on.f, Vector<Rational>(loop.on.x_star + z), loop.w);
      std::vector<std::pair<Rational, Vector<Rational>>> law;
      for_each_outcome<Rational>([&](auto& source) { return loop.method.step(loop.on.f, state, source); },
                                 [&](const Rational& p, const auto& next) {
                                   law.emplace_back(p, Vector<Rational>(next.x - loop.on.x_star));
                                 });
      return law;
    };
  }

  /// E V(x^k - x*)
  [[nodiscard]] SecondMoments moments(const QuadraticFunction& V, Seeded& random) const {
    const Index d = on.f.dimension();
    return {outcomes(), V, d, {random_vector(random, d), random_vector(random, d)}};
  }

  /// E V(sum_{k<K} (x^k - x*)): the state is x^k - x* and the sum of those before it.
  [[nodiscard]] SecondMoments moments_of_sum(const QuadraticFunction& V, Seeded& random) const {
    const Index d = on.f.dimension();
    const OutcomesOf with_sum = [d, of_x = outcomes()](const Vector<Rational>& z) {
      std::vector<std::pair<Rational, Vector<Rational>>> law;
      for (const auto& [p, x_next] : of_x(z.head(d))) {
        Vector<Rational> next(2 * d);
        next << x_next, Vector<Rational>(z.tail(d) + z.head(d));
        law.emplace_back(p, std::move(next));
      }
      return law;
    };
    const QuadraticFunction of_sum = [d, V](const Vector<Rational>& z) { return V(z.tail(d)); };
    return {with_sum, of_sum, 2 * d, {random_vector(random, 2 * d), random_vector(random, 2 * d)}};
  }
};

/// E r_k for k <= 500, with and without R = |x|^2/2.
[[nodiscard]] Check svrg_iterates_check();
/// The sum of the gaps and the gap of the average for K <= 200.
[[nodiscard]] Check svrg_sum_check();
/// The gap after a loop of up to 300 steps, of the average and of a random iterate.
[[nodiscard]] Check svrg_epoch_check();

}  // namespace touchstone::inline v0
