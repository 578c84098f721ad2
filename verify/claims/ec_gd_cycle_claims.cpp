#include <fmt/format.h>

#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd_star.hpp"
#include "touchstone/theory/error_feedback/ec_gd.hpp"
#include "verify/claims/error_feedback_golden.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/scheme_theorem.hpp"
#include "verify/engine/error_feedback.hpp"

namespace touchstone::inline v0::registry::ec_gd_cycle {

namespace {

using Plain = EcGd<Rational, TopK>;
using Star = EcGdStar<Rational, TopK>;

const Rational half(1, 2);

Vector<Rational> solution() {
  return point({1, -1});
}

SchemeTheorem theorem_at(const ErrorCompensationConstants<Rational>& row, const Rational& gamma) {
  return {.row = row,
          .kind = ErrorKind::compensated,
          .L = 3,
          .mu = ratio<Rational>(3, 2),
          .gamma = gamma,
          .delta = half};
}

template <class State>
Rational lyapunov(const SchemeTheorem& theorem, const State& s) {
  return theorem.lyapunov(
      {(virtual_iterate(s, theorem.gamma) - solution()).squaredNorm(), 0, 0, mean_square(s.e), {}});
}

/// What a mutant of the cycle changes.
struct Cycle {
  Rational radius{1, 2};  ///< x - x* = -radius gamma (1, 1)
  Rational decay{1, 2};   ///< e_1 = (0, -gamma + decay gamma^2), e_2 = (-gamma + decay gamma^2, 0)
  bool star = false;      ///< EC-GDstar in place of EC-GD
};

/// Two steps from the state of the cycle lead to it again.
void inspect_cycle(Inspection& inspection, const Cycle& cycle, const Rational& gamma) {
  const Quadratic<Rational> f = diagonal_workers();
  const Rational radius = cycle.radius * gamma;
  const Rational e = -gamma + cycle.decay * gamma * gamma;
  Star method{{{1}}, gamma, StarShift<Rational>::of(f, solution())};
  if (!cycle.star)
    for (Vector<Rational>& gradient : method.shift.gradients_at_solution) gradient.setZero();
  const Vector<Rational> below = solution() - Vector<Rational>::Constant(2, radius);
  const Vector<Rational> above = solution() + Vector<Rational>::Constant(2, radius);
  std::vector<Vector<Rational>> errors = zero_vectors<Rational>(2, 2);
  errors[0][1] = errors[1][0] = e;
  const Star::State start = method.initial(f, below, errors);
  const auto where = [&](const char* what) { return fmt::format("gamma={} {}", gamma.str(), what); };
  inspection.equal(state_after(1, method, f, start).x, above, [&] { return where("one step from x* - r (1, 1)"); });
  const Star::State again = state_after(2, method, f, start);
  inspection.equal(again.x, start.x, [&] { return where("x two steps later"); });
  inspection.equal(again.e[0], start.e[0], [&] { return where("e_1 two steps later"); });
  inspection.equal(again.e[1], start.e[1], [&] { return where("e_2 two steps later"); });
}

Finding cycles(const CheckContext& /*context*/, const Cycle& cycle) {
  Inspection inspection;
  for (const Rational& gamma : {Rational(1, 1000), Rational(1, 64), Rational(1, 48), Rational(1, 10)})
    inspect_cycle(inspection, cycle, gamma);
  const Rational gamma(1, 64);
  const SchemeTheorem theorem = theorem_at(ec_gd_constants<Rational>(3, 2), gamma);
  const Rational distance = gamma * gamma / 2;
  inspection.less_equal(distance,
                        Rational((1 + 1 / error_weight(theorem.errors(), gamma)) * theorem.noise() / theorem.gap()),
                        [] { return std::string("|x - x*|^2 <= (1 + 1/N) noise/eta"); });
  return inspection.finding(
      fmt::format("gamma = 1/1000, 1/64, 1/48, 1/10; for gamma = 1/64 |x - x*|^2 = {}", distance.str()));
}

/// From (3, 2) with gamma = 1/64: |x^k - x*|^2 for k = 600, ..., 619 differs from 1/8192 by less than a hundredth of it.
Finding approach(const CheckContext& /*context*/, const bool& star) {
  const Quadratic<Rational> f = diagonal_workers();
  const Rational gamma(1, 64);
  Star method{{{1}}, gamma, StarShift<Rational>::of(f, solution())};
  if (!star)
    for (Vector<Rational>& gradient : method.shift.gradients_at_solution) gradient.setZero();
  const Rational radius = gamma * gamma / 2;
  Inspection inspection;
  Star::State s = state_after(600, method, f, point({3, 2}));
  for (Index k = 600; k < 620 && !inspection.failed(); ++k) {
    const Rational distance = (s.x - solution()).squaredNorm();
    const auto where = [&] { return fmt::format("|x^{} - x*|^2", k); };
    inspection.less_equal(Rational(radius * Rational(99, 100)), distance, where);
    inspection.less_equal(distance, Rational(radius * Rational(101, 100)), where);
    s = state_after(1, method, f, s);
  }
  return inspection.finding("x^0 = (3, 2), gamma = 1/64, k = 600, ..., 619: within 1 % of 1/8192");
}

/// EC-GDstar on the same instance at gamma = 1/48, along the run.
struct Optimum {
  bool star = true;
  Rational eta_factor = 1;
};

Finding optimum(const CheckContext& /*context*/, const Optimum& of) {
  constexpr Index steps = 400;
  const Quadratic<Rational> f = diagonal_workers();
  const Rational gamma(1, 48);
  const SchemeTheorem theorem = theorem_at(ec_gd_star_constants<Rational>(3), gamma);
  Star method{{{1}}, gamma, StarShift<Rational>::of(f, solution())};
  if (!of.star)
    for (Vector<Rational>& gradient : method.shift.gradients_at_solution) gradient.setZero();
  Inspection inspection;
  Star::State s = method.initial(f, point({3, 2}));
  Rational V = lyapunov(theorem, s);
  Rational bound = V;
  for (Index k = 1; k <= steps && !inspection.failed(); ++k) {
    const Rational gap = f.value(s.x) - f.value(solution());
    s = state_after(1, method, f, s);
    const Rational next = lyapunov(theorem, s);
    bound *= Rational(1 - of.eta_factor * theorem.gap());
    inspection.less_equal(next, theorem.one_step_bound(V, gap), [&] { return fmt::format("one step to k={}", k); });
    inspection.less_equal(next, bound, [&] { return fmt::format("V^{}", k); });
    V = next;
  }
  inspection.less_equal(Rational((s.x - solution()).squaredNorm()), ratio<Rational>(1, 100'000),
                        [&] { return fmt::format("|x^{} - x*|^2", steps); });
  return inspection.finding(fmt::format("{} steps; |x^{} - x*|^2 = {:.3g}", steps, steps,
                                        static_cast<double>((s.x - solution()).squaredNorm())));
}

}  // namespace

std::vector<Claim> claims() {
  const std::string instance = "H_1 = diag(2, 1), H_2 = diag(1, 3), x* = (1, -1), grad f_1(x*) = (1, -1), Top1";
  return {{"error-feedback/ec-gd/cycle",
           "EC-GD reaches only a neighbourhood: it ends in a cycle around the solution",
           "x = x* - (gamma/2)(1, 1), e_1 = (0, -gamma + gamma^2/2), e_2 = (-gamma + gamma^2/2, 0): x+ = x* + "
           "(gamma/2)(1, 1), and "
           "two steps lead back: |x^k - x*|^2 = gamma^2/2 for ever. The run from (3, 2) ends there",
           {instance, "gamma = 1/1000, 1/64, 1/48, 1/10"},
           "slide 50, row 2 (EC-SGD) with full gradients; derived",
           {make_check<Cycle>(Layer::run, Level::exact, cycles, {},
                              {{"EC-GDstar", {.star = true}},
                               {"a smaller radius", {.radius = {1, 3}}},
                               {"errors -gamma + gamma^2", {.decay = 1}}}),
            make_check<bool>(Layer::run, Level::exact, approach, false, {{"EC-GDstar", true}})}},
          {"error-feedback/ec-gd-star/optimum",
           "EC-GDstar converges to the solution where EC-GD does not",
           "gamma = 1/48, x^0 = (3, 2): V^k <= (63/64)^k 13, and the one-step inequality at every step",
           {instance},
           "slide 50, row 3 (EC-GDstar, Algorithm 21)",
           {make_check<Optimum>(Layer::run, Level::exact, optimum, {},
                                {{"EC-GD", {.star = false}}, {"eta eight times as large", {.eta_factor = 8}}})}}};
}

}  // namespace touchstone::inline v0::registry::ec_gd_cycle
