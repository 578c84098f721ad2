// Statements of the slides on chapter 5 that are false as they stand, with exact witnesses; and what is surprising about MARINA.
#include <fmt/format.h>

#include "touchstone/compressors/bernoulli.hpp"
#include "verify/claims/descent_study.hpp"
#include "verify/claims/marina_wrong.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::marina_errata {

namespace {

using P = Quadratic<Rational>;

Vector<Rational> real(const Rational& x) {
  return Vector<Rational>::Constant(1, x);
}

/// f_i = x^2/2 - b_i x
P parabolas(const std::vector<Rational>& b) {
  std::vector<QuadraticForm<Rational>> forms;
  for (const Rational& b_i : b) forms.push_back({Matrix<Rational>::Identity(1, 1), real(b_i)});
  const std::vector<Rational> ones(b.size(), Rational(1));
  return {forms, {1, 1, ones, std::vector<std::vector<Rational>>(b.size(), {1})}};
}

/// E|grad f(x^k)|^2 for k = 0, ..., steps.
template <class Method>
std::vector<Rational> gradients_along(const P& f, const Method& method, const typename Method::State& start,
                                      Index steps) {
  const DescentInstance one = descent_instance(DescentCase<Method, P>{f, {}, method, start, {}, ""});
  std::vector<Rational> all;
  for (const DescentQuantities& at : expected_quantities(one, steps)) all.push_back(at.gradient);
  return all;
}

const Rational half(1, 2);

/// f_1 = x^2/2 - x, f_2 = x^2/2 + x from x^0 = 0, which is the solution: the theorem's bound is 0.
Finding own_coins(const CheckContext& /*context*/, const bool& common) {
  const P f = parabolas({1, -1});
  const Rational gamma = half;
  const PlainMarina method{{1}, gamma, half};
  const auto start = method.initial(f, real(0));
  const Rational second =
      common ? gradients_along(f, method, start, 2)[2] : gradients_along(f, OwnCoins{method}, start, 2)[2];
  Inspection inspection;
  inspection.equal(second, Rational(gamma * gamma / 8), [] { return std::string("E|grad f(x^2)|^2 = gamma^2/8"); });
  return inspection.finding(fmt::format(
      "f_1 = x^2/2 - x, f_2 = x^2/2 + x, p = 1/2, x^0 = x* = 0: E|grad f(x^2)|^2 = {} > 0", second.str()));
}

/// From x^0 = x* = 0: with f(x^0) = inf f the bound 2 (f(x^0) - inf f)/(gamma K) is 0.
Finding any_start(const CheckContext& /*context*/, const bool& gradient) {
  const P f = parabolas({0});
  const PlainMarina method{{1}, half, half};
  const auto start = gradient ? method.initial(f, real(0)) : method.initial(f, real(0), real(1));
  const Rational first = gradients_along(f, method, start, 1)[1];
  Inspection inspection;
  inspection.holds(first > 0, [] { return std::string("E|grad f(x^1)|^2 > 0"); });
  return inspection.finding(
      fmt::format("f = x^2/2, x^0 = 0, g^0 = 1, gamma = 1/2: |grad f(x^1)|^2 = {}", first.str()));
}

/// f = x^2/2 on one worker, half-dropout (omega = 1), gamma = 1/(L (1 + omega/sqrt(n))) = 1/2, from x^0 = 1: K times the promised
/// bound is 2 (f(x^0) - inf f)/gamma = 2.
Finding any_probability(const CheckContext& context, const Rational& p) {
  const P f = parabolas({0});
  const Marina<Rational, Bernoulli> method{{{1, 2}}, half, p};
  const DescentInstance one = descent_instance(
      DescentCase<Marina<Rational, Bernoulli>, P>{f, {}, method, method.initial(f, real(1)), {}, ""});
  constexpr Index K = 64;
  Seeded random = context.random("probability");
  Rational sum(0);
  for (const DescentQuantities& at : quantities_by_moments(one, K - 1, random)) sum += at.gradient;
  Inspection inspection;
  inspection.holds(sum > 2, [] { return std::string("the sum of E|grad f(x^k)|^2 exceeds 2 gap/gamma"); });
  return inspection.finding(
      fmt::format("f = x^2/2, omega = 1, n = 1, p = {}, gamma = 1/2, K = {}: sum of "
                  "E|grad f(x^k)|^2 = {:.4g} > 2 (f(x^0) - inf f)/gamma = 2",
                  p.str(), K, static_cast<double>(sum)));
}

/// The two parabolas of own_coins with zero shifts, where the slides' row for DIANA has (f(x^0) - inf f) alone.
Finding any_shifts(const CheckContext& /*context*/, const bool& gradients) {
  const P f = parabolas({1, -1});
  const Diana<Rational, Bernoulli> method{{{1, 2}}, Rational(1, 8), half};
  const auto zero = method.initial(f, real(0));
  const auto start =
      gradients ? method.initial(f, real(0), {f.gradient(0, real(0)), f.gradient(1, real(0))}) : zero;
  const Rational first = gradients_along(f, method, start, 1)[1];
  Inspection inspection;
  inspection.equal(first, Rational(1, 128), [] { return std::string("E|grad f(x^1)|^2 = gamma^2 omega/n"); });
  return inspection.finding(
      fmt::format("f_1 = x^2/2 - x, f_2 = x^2/2 + x, half-dropout, gamma = 1/8, x^0 = x* = 0, h_i^0 = 0: E|grad "
                  "f(x^1)|^2 = {} > 0",
                  first.str()));
}

/// f = x^2/2, half-dropout, p = gamma = 1/2, x^0 = 1: given x^2 = 1/2, E g^2 = 1/4, while grad f(x^2) = 1/2.
Finding biased(const CheckContext& /*context*/, const Rational& p) {
  const P f = parabolas({0});
  const Marina<Rational, Bernoulli> method{{{1, 2}}, half, p};
  Rational probability(0);
  Rational sum(0);
  Rational mean_error(0);
  for_each_outcome<Rational>(
      [&](auto& random) {
        auto s = method.initial(f, real(1));
        for (Index k = 0; k < 2; ++k) {
          random.begin_iteration(k);
          s = method.step(f, std::move(s), random);
        }
        return s;
      },
      [&](const Rational& chance, const auto& s) {
        mean_error += chance * (s.g[0] - s.x[0]);
        if (s.x[0] != half) return;
        probability += chance;
        sum += chance * s.g[0];
      });
  Inspection inspection;
  inspection.equal(mean_error, Rational(0), [] { return std::string("E (g^2 - grad f(x^2))"); });
  inspection.holds(probability > 0, [] { return std::string("x^2 = 1/2 can happen"); });
  if (probability > 0)
    inspection.equal(Rational(sum / probability), Rational(1, 4), [] { return std::string("E[g^2 | x^2 = 1/2]"); });
  return inspection.finding(
      "f = x^2/2, half-dropout, p = gamma = 1/2, x^0 = 1: E[g^2 | x^2 = 1/2] = 1/4, grad f(x^2) = 1/2");
}

}  // namespace

std::vector<Claim> claims() {
  const std::string slide = "slides \"New Method: MARINA\"";
  const std::string bound = "(1/K) sum_{k < K} E|grad f(x^k)|^2 <= 2 (f(x^0) - inf f)/(gamma K)";
  return {{"marina/marina/own-coins",
           "MARINA's theorem holds where every worker draws its own coin",
           bound,
           {"g_i^k = grad f_i(x^k) with probability p, for every worker on its own"},
           slide + ", which define g_i^k worker by worker",
           {make_check<bool>(Layer::exact, Level::refuted, own_coins, false, {{"one coin for all", true}})},
           "marina/marina/rate"},
          {"marina/marina/any-start",
           "MARINA's theorem holds from any estimator g^0",
           bound,
           {"any g^0"},
           slide + ", which do not say what g^0 is",
           {make_check<bool>(Layer::exact, Level::refuted, any_start, false, {{"g^0 = grad f(x^0)", true}})},
           "marina/marina/rate"},
          {"marina/marina/any-probability",
           "MARINA's theorem holds with gamma = 1/(L (1 + omega/sqrt(n))) for every p",
           bound,
           {"any 0 < p <= 1"},
           slide + ", whose row has no p",
           {make_check<Rational>(Layer::moments, Level::refuted, any_probability, Rational(1, 10),
                                 {{"p = 1/(1 + omega)", half}})},
           "marina/marina/stepsize"},
          {"marina/diana/any-shifts",
           "DIANA's complexity holds from any shifts h_i^0",
           bound,
           {"any h_i^0"},
           "slides \"DIANA\", whose row has f(x^0) - inf f alone",
           {make_check<bool>(Layer::exact, Level::refuted, any_shifts, false, {{"h_i^0 = grad f_i(x^0)", true}})},
           "marina/diana/run"},
          {"marina/marina/biased",
           "MARINA's estimator is biased, although its error has mean zero",
           "E[g^k | x^k] differs from grad f(x^k) while E (g^k - grad f(x^k)) = 0",
           {"k = 2 on x^2/2 with half-dropout"},
           "derived",
           {make_check<Rational>(Layer::exact, Level::exact, biased, half, {{"p = 1", Rational(1)}})}}};
}

}  // namespace touchstone::inline v0::registry::marina_errata
