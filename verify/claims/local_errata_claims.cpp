// Statements of the slides on local methods that are false as they stand, with exact witnesses.
#include <fmt/format.h>

#include "touchstone/methods/local/s_local_svrg.hpp"
#include "touchstone/methods/local/ss_local_sgd.hpp"
#include "touchstone/numbers/definiteness.hpp"
#include "touchstone/theory/local/s_local_svrg.hpp"
#include "touchstone/theory/local/ss_local_sgd.hpp"
#include "verify/claims/local_models.hpp"
#include "verify/claims/registry.hpp"
#include "verify/engine/quadratic_form.hpp"

namespace touchstone::inline v0::registry::local_errata {

namespace {

Rational fraction(Index p, Index q) {
  return ratio<Rational>(p, q);
}

/// f on the line with f(0) = f'(0) = 0 and f'' = 1 but on [1, 2], where it is `bend`.
struct Bent {
  Rational bend;

  [[nodiscard]] Rational value(const Rational& x) const {
    if (x <= 1) return x * x / 2;
    const Rational in = std::min(x, Rational(2)) - 1;
    const Rational up_to_two = fraction(1, 2) + in + bend * in * in / 2;
    return x <= 2 ? up_to_two : Rational(up_to_two + (1 + bend) * (x - 2) + (x - 2) * (x - 2) / 2);
  }
  [[nodiscard]] Rational slope(const Rational& x) const {
    return x <= 1 ? x : x <= 2 ? Rational(1 + bend * (x - 1)) : Rational(1 + bend + x - 2);
  }
};

/// The points 1 and 2 are iterates with weights 1/2. f is quasi-strongly convex with mu = 1/16 and x* = 0: x f'(x) - f(x) - x^2/32
/// grows with x where f'' > 1/16 (x > 0) and falls where f'' < 1/16, so that 0 and 2 are where it may be least.
Finding averages_without_convexity(const CheckContext& /*context*/, const bool& convex) {
  const Bent f{convex ? fraction(1, 4) : fraction(-1, 4)};
  const auto quasi = [&](const Rational& x) { return Rational(x * f.slope(x) - f.value(x) - x * x / 32); };
  Inspection inspection;
  inspection.less_equal(Rational(0), quasi(0), [] { return std::string("mu-quasi-strong convexity at 0"); });
  inspection.less_equal(Rational(0), quasi(2), [] { return std::string("mu-quasi-strong convexity at 2"); });
  const Rational at_mean = f.value(fraction(3, 2));
  const Rational mean = (f.value(1) + f.value(2)) / 2;
  inspection.holds(at_mean > mean, [] { return std::string("f at the average is larger than the average of f"); });
  return inspection.finding(fmt::format(
      "f'' = 1, but -1/4 on [1, 2]: f(3/2) = {} > (f(1) + f(2))/2 = {}, mu = 1/16", at_mean.str(), mean.str()));
}

/// f = (x^2/2 - y^2)/2 + (5/8)[(y - x/4)_+^2 + (-y - x/4)_+^2] on one worker: 3/2-smooth, quasi-strongly convex with mu = 1/20, not
/// convex. `convex` has +y^2/2 in place of -y^2/2.
struct Saddle {
  bool convex;

  [[nodiscard]] Index workers() const { return 1; }
  [[nodiscard]] Index dimension() const { return 2; }
  [[nodiscard]] Vector<Rational> gradient(Index /*i*/, const Vector<Rational>& z) const {
    const Rational above = std::max(Rational(0), Rational(z[1] - z[0] / 4));
    const Rational below = std::max(Rational(0), Rational(-z[1] - z[0] / 4));
    Vector<Rational> g(2);
    g << z[0] / 2 - fraction(5, 16) * (above + below), (convex ? 1 : -1) * z[1] + fraction(5, 4) * (above - below);
    return g;
  }
  [[nodiscard]] Rational value(const Vector<Rational>& z) const { return gradient(0, z).dot(z) / 2; }
};

/// The quadratic form p x^2 + 2 q x y + r y^2 is nonnegative.
bool nonnegative(const Rational& p, const Rational& q, const Rational& r) {
  Matrix<Rational> F(2, 2);
  F << p, q, q, r;
  return is_positive_semidefinite(F);
}

/// Twice f - (mu/2)|z|^2, mu = 1/20, in the regions of the plane. f is homogeneous of degree 2, so that <grad f(z), z> = 2 f(z) and
/// quasi-strong convexity at 0 is f >= (mu/2)|z|^2.
void inspect_saddle(Inspection& seen) {
  const Rational x = fraction(1, 2) - fraction(1, 20);
  const Rational y = -1 - fraction(1, 20);
  const Rational a = fraction(5, 4);
  const auto holds = [&](const char* region, bool is) { seen.holds(is, [region] { return std::string(region); }); };
  holds("|y| <= x/4: f - (mu/2)|z|^2 - (x^2/16 - y^2)", nonnegative(x - fraction(1, 8), 0, y + 2));
  holds("y >= |x|/4", nonnegative(x + a / 16, -a / 4, y + a));
  holds("-y >= |x|/4", nonnegative(x + a / 16, a / 4, y + a));
  holds("|y| <= -x/4", nonnegative(x + a / 8, 0, y + 2 * a));
}

/// Two workers have this f and noise (0, +-1), one after the other a run of ten local steps: E V_10 = Var(x_10)/2 for independent
/// workers.
Finding drift_without_convexity(const CheckContext& /*context*/, const bool& convex) {
  const Saddle f{convex};
  constexpr Index steps = 10;
  const Rational gamma = fraction(1, 6);
  Vector<Rational> up(2);
  up << 0, 1;
  const AdditiveNoise<Rational> noise{{{{fraction(1, 2), fraction(1, 2)}, {up, Vector<Rational>(-up)}}}};
  const LocalMethod<Rational, DeterministicSchedule, AdditiveNoise<Rational>> method{
      gamma, DeterministicSchedule::every(steps + 1), noise};
  Vector<Rational> start(2);
  start << 1000, 0;
  Vector<Rational> mean = Vector<Rational>::Zero(2);
  Rational second(0);
  for_each_outcome<Rational>(
      [&](auto& random) {
        auto s = method.initial(f, start);
        for (Index k = 0; k < steps; ++k) {
          random.begin_iteration(k);
          s = method.step(f, std::move(s), random);
        }
        return s.x.front();
      },
      [&](const Rational& p, const Vector<Rational>& x) {
        mean += p * x;
        second += p * x.squaredNorm();
      });
  const Rational V = (second - mean.squaredNorm()) / 2;
  LocalConstants<Rational> row;
  row.worker_variance = uniform_local_variance<Rational>(1);
  const Rational bound =
      gamma * gamma *
      direct_discrepancy_bound<Rational>(row, Rational(steps + 1), amplification<Rational>(steps + 1), Rational(0))
          .D3;
  Inspection inspection;
  inspect_saddle(inspection);
  inspection.holds(V > bound, [] { return std::string("E V_10 is larger than the bound"); });
  return inspection.finding(
      fmt::format("two workers with one f that is not convex, gamma = 1/(4L), tau = 11: E V_10 = "
                  "{:.4f} > alpha (tau - 1) gamma^2 variance = {:.4f}",
                  static_cast<double>(V), static_cast<double>(bound)));
}

/// n = 1, m components (1 +- spread) x^2/2, half of each sign, with q = 1/m and the theorem's stepsize; two stand for all of them.
struct Components {
  Index spread, m;
};

Finding rate_without_convex_components(const CheckContext& context, const Components& of) {
  constexpr Index steps = 6000;
  using Enclosure = Interval<50>;
  const auto form = [](Index h) {
    return QuadraticForm<Rational>{Matrix<Rational>::Constant(1, 1, Rational(h)), Vector<Rational>::Zero(1)};
  };
  const Rational component_L(1 + of.spread);
  const std::vector<std::vector<QuadraticForm<Rational>>> forms{{form(1 + of.spread), form(1 - of.spread)}};
  const Quadratic<Rational> f(forms, {1, 1, {1}, {{component_L, component_L}}});
  const NamedQuadratic on{f, Vector<Rational>::Zero(1), "opposite components"};
  const Rational q = fraction(1, of.m);
  LocalMethodOn<SLocalSvrg<Rational, EitherSchedule>> method{
      on,
      {0, RandomSchedule<Rational>{1}, {RefreshCoin<Rational>::independent(q)}},
      local_theorem(on, with_probability(1), s_local_svrg_constants<Rational>(1, component_L, 1, q))};
  const Rational gamma = 1 / s_local_svrg_stepsize<Rational>(1, component_L, 1, 1).inverse.front();
  const auto start = method.method.initial(f, Vector<Rational>(Vector<Rational>::Ones(1)));
  const LocalInstance run = detail::local_instance(local_case(method, gamma, start, "run"), {});
  Seeded random = context.random("states");
  const std::vector<Vector<Rational>> states{random_vector(random, run.start.size())};
  const SecondMoments moments(
      run.phases, [&](const Vector<Rational>& z) { return run.quantities(z).gap; }, run.start.size(), states);
  const Enclosure gap = moments.enclosed<50>(run.start, steps).back();
  Inspection inspection;
  inspection.less_equal(Enclosure(1), gap, [] { return std::string("E f(x^6000) - f(x*) has grown"); });
  return inspection.finding(
      fmt::format("f_j = (1 +- {}) x^2/2, m = {}, n = 1, the theorem's stepsize: E f(x^6000) - f(x*) = {} from 1/2",
                  of.spread, of.m, lower_end(gap).str(3)));
}

/// Row 8 with r = 1: in the stationary state (V) does not hold with D3 = 72 (1 - p) variance/p. The mean of r gradients is
/// one with noise of 1/root_of_r.
Finding noisy_shifts(const CheckContext& context, const Index& root_of_r) {
  const Rational p = fraction(1, 1024);
  const auto form = [](int a) {
    return QuadraticForm<Rational>{Matrix<Rational>::Constant(1, 1, Rational(a)), Vector<Rational>::Zero(1)};
  };
  const std::vector<QuadraticForm<Rational>> forms{form(1), form(3)};
  const NamedQuadratic on{{forms, {2, 2, {1, 3}, {{1}, {3}}}}, Vector<Rational>::Zero(1), "a = (1, 3)"};
  const auto signs = [](const Rational& size) {
    const Vector<Rational> e = Vector<Rational>::Constant(1, size);
    const NoiseLaw<Rational> law{{fraction(1, 2), fraction(1, 2)}, {e, Vector<Rational>(-e)}};
    return AdditiveNoise<Rational>{{law, law}};
  };
  using Method = SsLocalSgd<Rational, EitherSchedule, AdditiveNoise<Rational>>;
  const Method method{0,
                      RandomSchedule<Rational>{p},
                      signs(1),
                      {RefreshCoin<Rational>::independent(p), 1, signs(fraction(1, root_of_r))}};
  const LocalMethodOn<Method> of{on, method, {.row = {}, .L = 3, .mu = 1, .tau = 1, .p = p}};
  const Rational gamma = p / 90;
  const LocalInstance run = detail::local_instance(local_case(of, gamma, local_solution(method, on), ""), {});
  Seeded random = context.random("states");
  const std::vector<Vector<Rational>> states{random_vector(random, run.start.size())};
  const auto stationary = [&](Rational LocalQuantities::*what) {
    return SecondMoments(
               run.phases, [&](const Vector<Rational>& z) { return run.quantities(z).*what; }, run.start.size(),
               states)
        .stationary();
  };
  const Rational V = stationary(&LocalQuantities::V);
  const Rational gap = stationary(&LocalQuantities::gap);
  const Rational bound = gap / 2 + 2 * 3 * gamma * gamma * 72 * (1 - p) / p;
  Inspection inspection;
  inspection.holds(2 * 3 * V > bound, [] { return std::string("(V) does not hold in the stationary state"); });
  return inspection.finding(
      fmt::format("a = (1, 3), variance 1, p = q = 1/1024, gamma = p/90: 2 L E V = {:.3g}, (V) allows "
                  "{:.3g}",
                  static_cast<double>(Rational(6 * V)), static_cast<double>(bound)));
}

}  // namespace

std::vector<Claim> claims() {
  const std::string slides = "slides 66-76";
  return {
      {"local/theorem/average-without-convexity",
       "for quasi-strongly convex f, f at the average of the iterates is at most the average of f",
       "f(xbar) <= sum_k w_k f(x^k)/W",
       {"f is smooth and quasi-strongly convex"},
       slides + ", where f is only asked to be strongly quasi-convex",
       {make_check<bool>(Layer::exact, Level::refuted, averages_without_convexity, false, {{"f convex", true}})},
       "local/s-local-svrg/theorem"},
      {"local/local-sgd/discrepancy-without-convexity",
       "with bounded differences between workers the discrepancy of Local-SGD is bounded for quasi-strongly convex "
       "f_i",
       "L gamma <= 1: E V_k <= gamma^2 alpha (tau - 1)(variance + (tau + 1) zeta)",
       {"every f_i is L-smooth and quasi-strongly convex, (1/n) sum_i |grad f_i(x) - grad f(x)|^2 <= zeta"},
       slides + ", where the f_i are only asked to be strongly quasi-convex",
       {make_check<bool>(Layer::exact, Level::refuted, drift_without_convexity, false, {{"f convex", true}})},
       "local/local-sgd-uniform-bounded/theorem"},
      {"local/s-local-svrg/components-not-convex",
       "S-Local-SVRG converges for smooth components that are not convex",
       "E f(x^k) - f(x*) -> 0 for gamma = 1/(4L + 40 component_L/(3n)), p = 1",
       {"f is smooth and strongly convex, every f_ij is component_L-smooth"},
       slides + ", whose rows with max L_ij ask nothing of the f_ij",
       {make_check<Components>(Layer::moments, Level::refuted, rate_without_convex_components, {1000, 1000},
                               {{"convex components", {1, 1000}}})},
       "local/s-local-svrg/theorem"},
      {"local/ss-local-sgd/one-gradient-a-shift",
       "the row of SS-Local-SGD with uniform variance holds with shifts that are one gradient",
       "(V) with H = 0, D3 = 72 (1 - p) variance/p in the stationary state",
       {"q = p, gamma = p/(30 L)"},
       slides + ", rows 8 and 9, where the number r of gradients is not named",
       {make_check<Index>(Layer::moments, Level::refuted, noisy_shifts, 1, {{"r = 1/p", 32}})},
       "local/ss-local-sgd-uniform/theorem"},
  };
}

}  // namespace touchstone::inline v0::registry::local_errata
