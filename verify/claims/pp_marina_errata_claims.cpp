// PP-MARINA whose workers with two slots send one message: the smallest case where its row fails.
#include <fmt/format.h>

#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/methods/marina/pp_marina.hpp"
#include "touchstone/problems/quadratic.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/theory/marina/pp_marina.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::pp_marina_errata {

namespace {

using Method = PpMarina<Rational, Bernoulli>;
using Source = Exhaustive<Rational>;

/// The step of PP-MARINA, but a message counts as often as its worker holds a slot.
Method::State reused(const Method& method, const Quadratic<Rational>& f, const Method::State& s, Source& random) {
  const Vector<Rational> next_x = s.x - method.gamma * s.g;
  if (random.bernoulli(method.p)) return {next_x, full_gradient<Rational>(f, next_x)};
  const Indices drawn = method.slots.draw(f.workers(), random);
  Method::State next{next_x, s.g};
  for (std::size_t t = 0; t < drawn.size();) {
    const Index i = drawn[t];
    const Vector<Rational> message =
        method.compressor.compress(Vector<Rational>(f.gradient(i, next_x) - f.gradient(i, s.x)), random.worker(i));
    for (; t < drawn.size() && drawn[t] == i; ++t) next.g += message / Rational(method.slots.size);
  }
  return next;
}

/// f_1 = x^2/2 - x, f_2 = -x^2/2 - x, a step from 0 to 1: the gradients change by 1 and -1, and g = grad f(x).
Finding two_slots(const CheckContext& /*context*/, const bool& reuse) {
  const auto form = [](const Rational& curvature) {
    return QuadraticForm<Rational>{Matrix<Rational>::Constant(1, 1, curvature), Vector<Rational>::Ones(1)};
  };
  const Quadratic<Rational> f(std::vector<QuadraticForm<Rational>>{form(1), form(-1)}, {1, 0, {1, 1}, {{1}, {1}}});
  const Method method{{1, 2}, 1, ratio<Rational>(1, 2), {2}};
  const Method::State start = method.initial(f, Vector<Rational>(Vector<Rational>::Zero(1)));
  Rational next_G(0);
  for_each_outcome<Rational>(
      [&](Source& random) { return reuse ? reused(method, f, start, random) : method.step(f, start, random); },
      [&](const Rational& probability, const Method::State& next) {
        next_G += probability * (next.g - full_gradient<Rational>(f, next.x)).squaredNorm();
      });
  const Rational omega(1);
  const Rational row =
      method.p * pp_marina_lambda_squared<Rational>(pp_marina_constants<Rational>(omega, 2), 1, method.p);
  const Rational with_reuse = (1 - method.p) * pp_marina_reused_constants<Rational>(omega, 2, 2).A;
  Inspection inspection;
  inspection.holds(next_G > row, [] { return std::string("E G+ is above the row"); });
  inspection.equal(next_G, with_reuse, [] { return std::string("E G+ with one message"); });
  return inspection.finding(
      fmt::format("n = r = 2, half-dropout, p = 1/2, G = 0, gradients that change by 1 and -1: E G+ = {}, the row "
                  "allows {}",
                  next_G.str(), row.str()));
}

}  // namespace

std::vector<Claim> claims() {
  return {{"marina/pp-marina/one-message-for-two-slots",
           "PP-MARINA's row holds where a worker that holds two slots sends one message, counted twice",
           "E G+ <= (1 - p) G + (1 - p)(1 + omega) L^2/r |x+ - x|^2",
           {"slots drawn with replacement", "one message of a worker, however many slots it holds"},
           "derived; the sources leave open whether the message is drawn anew",
           {make_check<bool>(Layer::exact, Level::refuted, two_slots, true, {{"a message for every slot", false}})},
           "marina/pp-marina/estimator"}};
}

}  // namespace touchstone::inline v0::registry::pp_marina_errata
