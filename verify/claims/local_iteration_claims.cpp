#include <fmt/format.h>

#include "touchstone/methods/local/s_local_svrg.hpp"
#include "touchstone/theory/local/s_local_svrg.hpp"
#include "verify/claims/local_golden.hpp"
#include "verify/claims/local_models.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::local_iteration {

namespace {

using Complete = SLocalSvrg<Rational, EitherSchedule>;

const Rational half = ratio<Rational>(1, 2);

/// p = q = 1/2, gamma = 1/305 on the golden instance, from x^0 = 1.
std::vector<LocalCase<Complete>> golden_case(const Rational& claimed_mu) {
  const NamedQuadratic on = two_on_the_line();
  LocalMethodOn<Complete> of{
      on,
      {0, RandomSchedule<Rational>{half}, {RefreshCoin<Rational>::independent(half)}},
      local_theorem(on, with_probability(half), s_local_svrg_constants<Rational>(4, 6, 2, half))};
  of.theorem.mu_factor = claimed_mu;
  return {local_case<Complete>(of, ratio<Rational>(1, 305),
                               of.method.initial(on.f, Vector<Rational>(Vector<Rational>::Ones(1))), "run")};
}

/// An accuracy and the least K for which the theorem's bound is below it.
struct Iterations {
  Rational accuracy;
  Index K;
};

/// What is claimed: the constants, and the iterations that the bound asks for.
struct IterationBound {
  Rational claimed_mu = 1;
  Rational Phi{6818014, 30642435};
  std::vector<Iterations> iterations{{ratio<Rational>(1, 10), 991}, {ratio<Rational>(1, 100), 1341}};
};

Finding iteration_bound(const CheckContext& /*context*/, const IterationBound& claimed) {
  const LocalCase<Complete> at = golden_case(claimed.claimed_mu).front();
  const LocalTheorem& theorem = at.theorem;
  const DiscrepancyBound<Rational> bound = theorem.discrepancy();
  const LocalQuantities start = quantities_at(at, at.state);
  const auto initial = local_initial_term<Rational>(theorem.row, bound, theorem.L, theorem.gamma,
                                                    start.squared_distance, {start.s1, start.s2});
  Inspection inspection;
  inspection.holds(theorem.admissible(), [] { return std::string("(S1) to (S4)"); });
  inspection.equal(theorem.eta(), ratio<Rational>(2, 305), [] { return std::string("eta"); });
  inspection.equal(local_lyapunov_weights<Rational>(theorem.row).sampling, ratio<Rational>(8, 3),
                   [] { return std::string("M"); });
  inspection.equal(bound.H.sampling, ratio<Rational>(256, 93025), [] { return std::string("H"); });
  inspection.equal(initial, claimed.Phi, [] { return std::string("2 T^0 + 4 L gamma H s^0"); });
  inspection.equal(local_neighbourhood<Rational>(theorem.row, bound, theorem.L, theorem.gamma), Rational(0),
                   [] { return std::string("neighbourhood"); });
  const Rational keep = 1 - theorem.eta();
  const auto after = [&](Index K) {
    Rational value = initial / theorem.gamma;
    for (Index k = 0; k <= K; ++k) value *= keep;
    return value;
  };
  for (const auto& [accuracy, K] : claimed.iterations) {
    inspection.less_equal(after(K), accuracy, [&, at_K = K] { return fmt::format("bound at K = {}", at_K); });
    inspection.less_equal(accuracy, after(K - 1),
                          [&, at_K = K] { return fmt::format("bound at K = {}", at_K - 1); });
  }
  return inspection.finding(
      "gamma = 1/305, eta = 2/305, M = 8/3, H = 256/93025: accuracy 1/10 at K = 991, 1/100 at K = 1341");
}

}  // namespace

std::vector<Claim> claims() {
  const auto run = [](const Rational& claimed_mu) {
    return local_instances<Complete>([=](Seeded& /*random*/) { return golden_case(claimed_mu); });
  };
  IterationBound fast;
  fast.iterations.front().K = 990;
  return {{"local/s-local-svrg/iterations",
           "how many iterations S-Local-SVRG needs on the golden instance, from its theorem",
           "(1 - eta)^{K+1} (2 T^0 + 4 L gamma H s^0)/gamma <= epsilon for K >= 991 with epsilon = 1/10, K >= 1341 "
           "with "
           "epsilon = 1/100; E f(xbar^K) - f(x*) keeps the bound for every K <= 1341",
           {"two workers on the line, L = 4, component_L = 6, mu = 2, p = q = 1/2, x^0 = 1"},
           "slide 76, row 11 (Algorithm 32); constants derived",
           {make_check<IterationBound>(Layer::exact, Level::exact, iteration_bound, {},
                                       {{"one iteration less", fast}, {"4 mu in place of mu", {.claimed_mu = 4}}}),
            local_run_check(run(1), {{"rate with 8 mu", run(8)}}, 1341)}}};
}

}  // namespace touchstone::inline v0::registry::local_iteration
