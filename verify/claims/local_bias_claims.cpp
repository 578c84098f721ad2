// What different workers do to local methods: without shifts a bias, with shifts none.
#include <fmt/format.h>

#include "touchstone/methods/local/local_sgd.hpp"
#include "touchstone/methods/local/local_svrg.hpp"
#include "touchstone/methods/local/s_local_svrg.hpp"
#include "touchstone/methods/local/s_star_local_sgd.hpp"
#include "touchstone/methods/local/s_star_local_sgd_star.hpp"
#include "touchstone/methods/local/ss_local_sgd.hpp"
#include "touchstone/problems/huber_sum.hpp"
#include "verify/claims/local_models.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::local_bias {

namespace {

using Fixed = DeterministicSchedule;
using Coin = RandomSchedule<Rational>;
using LocalGd = LocalSgd<Rational, Fixed, FullGradient>;
using Points = std::vector<Vector<Rational>>;

Vector<Rational> real(const Rational& value) {
  return Vector<Rational>::Constant(1, value);
}

/// f_i = (a_i/2)(x - c_i)^2 with c = (1, -1).
Quadratic<Rational> two_parabolas(int a1, int a2) {
  const auto form = [](int a, int c) {
    return QuadraticForm<Rational>{Matrix<Rational>::Constant(1, 1, Rational(a)), real(Rational(a * c))};
  };
  const Rational mean(ratio<Rational>(a1 + a2, 2));
  const std::vector<QuadraticForm<Rational>> forms{form(a1, 1), form(a2, -1)};
  return {forms, {mean, mean, {a1, a2}, {{a1}, {a2}}}};
}

/// From x a round of tau steps ends at x again, and a round from elsewhere ends closer to x.
struct Round {
  Index tau;
  Rational gamma, x;
};

/// Rounds of a method made(gamma, schedule) on f.
template <class P, class Made>
void inspect_rounds(Inspection& seen, const P& f, const Made& made, const std::vector<Round>& rounds) {
  for (const Round& round : rounds) {
    const auto method = made(round.gamma, Fixed::every(round.tau));
    const auto after = [&](const Rational& x) {
      Exhaustive<Rational> none;
      auto s = method.initial(f, real(x));
      for (Index k = 0; k < round.tau; ++k) {
        none.begin_iteration(k);
        s = method.step(f, std::move(s), none);
      }
      return Rational(s.x.front()[0]);
    };
    const auto where = [&] { return fmt::format("tau = {}, gamma = {}", round.tau, round.gamma.str()); };
    seen.equal(after(round.x), round.x, where);
    const Rational beside = round.x + ratio<Rational>(1, 100);
    seen.less_equal(abs(Rational(after(beside) - round.x)), Rational(beside - round.x), where);
  }
}

LocalGd plain(const Rational& gamma, const Fixed& schedule) {
  return {gamma, schedule};
}

/// What is run in place of Local-GD.
enum class BiasFault { none, star_shift, equal_hessians, solution };

const Rational half = ratio<Rational>(1, 2);

Finding bias_on_parabolas(const CheckContext& /*context*/, const BiasFault& fault) {
  const Quadratic<Rational> f = fault == BiasFault::equal_hessians ? two_parabolas(2, 2) : two_parabolas(1, 3);
  std::vector<Round> rounds;
  for (const auto& [gamma, list] :
       {std::pair{ratio<Rational>(1, 36),
                  std::vector<Rational>{-half, ratio<Rational>(-68, 139), ratio<Rational>(-3469, 7250)}},
        {ratio<Rational>(1, 12), {-half, ratio<Rational>(-20, 43), ratio<Rational>(-301, 698)}},
        {ratio<Rational>(1, 6), {-half, ratio<Rational>(-8, 19), ratio<Rational>(-7, 20)}}})
    for (std::size_t i = 0; i < list.size(); ++i)
      rounds.push_back({static_cast<Index>(i) + 1, gamma, fault == BiasFault::solution ? -half : list[i]});
  Inspection inspection;
  if (fault == BiasFault::star_shift)
    inspect_rounds(
        inspection, f,
        [&f](const Rational& gamma, const Fixed& schedule) {
          return SStarLocalSgd<Rational, Fixed, FullGradient>{
              gamma, schedule, {}, StarShift<Rational>::of(f, real(-half))};
        },
        rounds);
  else
    inspect_rounds(inspection, f, plain, rounds);
  return inspection.finding(
      fmt::format("{} rounds of Local-GD, x* = -1/2: fixed point -68/139 for tau = 2, gamma = "
                  "1/36, attracting",
                  rounds.size()));
}

/// The mean of the iterates is stationary, with synchronizations at random.
Finding bias_of_the_mean(const CheckContext& /*context*/, const bool& at_solution) {
  const Quadratic<Rational> f = two_parabolas(1, 3);
  Inspection inspection;
  for (const auto& [gamma, first, second] :
       {std::tuple{ratio<Rational>(1, 36), ratio<Rational>(-11, 25), ratio<Rational>(-13, 25)},
        {ratio<Rational>(1, 6), ratio<Rational>(-1, 5), ratio<Rational>(-3, 5)}}) {
    const LocalSgd<Rational, Coin, FullGradient> method{gamma, {half}};
    const Points start = at_solution ? Points{real(-half), real(-half)} : Points{real(first), real(second)};
    Points mean{real(0), real(0)};
    for_each_outcome<Rational>([&](auto& random) { return method.step(f, method.initial(f, start), random).x; },
                               [&](const Rational& p, const Points& x) {
                                 for (std::size_t i = 0; i < x.size(); ++i) mean[i] += p * x[i];
                               });
    for (std::size_t i = 0; i < mean.size(); ++i)
      inspection.equal(mean[i], start[i], [&, at = gamma] { return fmt::format("p = 1/2, gamma = {}", at.str()); });
  }
  return inspection.finding("p = 1/2: means (-11/25, -13/25) for gamma = 1/36, average -12/25, x* = -1/2");
}

/// f_i = phi + c_i x, phi'' = 1 on [-1, 1] and 1/4 beyond, c = (3, -1, -2): x* = 0, no two f_i differ in their Hessians.
HuberSum<Rational> bent_parabolas() {
  std::vector<QuadraticForm<Rational>> forms;
  for (const int c : {3, -1, -2})
    forms.push_back({Matrix<Rational>::Constant(1, 1, ratio<Rational>(1, 4)), real(Rational(-c))});
  const Rational quarter = ratio<Rational>(1, 4);
  const std::vector<HuberTerm<Rational>> bend{{ratio<Rational>(3, 4), real(Rational(1)), Rational(0)}};
  return {{forms, {quarter, quarter, {quarter, quarter, quarter}, {{quarter}, {quarter}, {quarter}}}},
          {{bend}, {bend}, {bend}}};
}

Finding bias_with_bounded_differences(const CheckContext& /*context*/, const bool& at_solution) {
  const Rational quarter = ratio<Rational>(1, 4);
  std::vector<Round> rounds{{3, quarter, ratio<Rational>(-5, 139)}, {4, quarter, ratio<Rational>(-223, 2449)}};
  if (at_solution)
    for (Round& round : rounds) round.x = 0;
  Inspection inspection;
  inspect_rounds(inspection, bent_parabolas(), plain, rounds);
  return inspection.finding(
      "gamma = 1/4: fixed point -5/139 for tau = 3, -223/2449 for tau = 4, attracting; x* = 0");
}

/// A method, as it is made on an instance, and where its state is at the solution.
template <class Made>
void inspect_fixed_point(Inspection& seen, const NamedQuadratic& on, const Made& made, const char* name) {
  const auto method = made(on);
  const auto start = local_solution(method, on);
  for_each_outcome<Rational>([&](auto& random) { return method.step(on.f, start, random).x; },
                             [&](const Rational& /*p*/, const Points& x) {
                               for (const Vector<Rational>& x_i : x)
                                 seen.equal(x_i, on.x_star, [&] { return on.name + " " + name; });
                             });
}

const Rational tenth = ratio<Rational>(1, 10);
const Rational third = ratio<Rational>(1, 3);
const RefreshCoin<Rational> refresh = RefreshCoin<Rational>::independent(third);

SStarLocalSgd<Rational, Coin, FullGradient> star_on(const NamedQuadratic& on) {
  return {tenth, {half}, {}, StarShift<Rational>::of(on.f, on.x_star)};
}
SStarLocalSgdStar<Rational, Coin> both_stars_on(const NamedQuadratic& on) {
  return {tenth, {half}, StarReference<Rational>::of(on.f, on.x_star), StarShift<Rational>::of(on.f, on.x_star)};
}
SsLocalSgd<Rational, Coin, FullGradient> learned_on(const NamedQuadratic& /*on*/) {
  return {tenth, {half}, {}, {refresh, 2, {}}};
}
SLocalSvrg<Rational, Coin> complete_on(const NamedQuadratic& /*on*/) {
  return {tenth, {half}, {refresh}};
}
SLocalSvrgOwnReferences<Rational, Coin> own_references_on(const NamedQuadratic& /*on*/) {
  return {tenth, {half}, {third}};
}
LocalSgd<Rational, Coin, FullGradient> unshifted_on(const NamedQuadratic& /*on*/) {
  return {tenth, {half}};
}
LocalSvrg<Rational, Coin> unshifted_svrg_on(const NamedQuadratic& /*on*/) {
  return {tenth, {half}, {third}};
}

/// What is looked at besides the shifted methods.
enum class Besides { nothing, local_gd, local_svrg };

Finding fixed_points(const CheckContext& context, const Besides& besides) {
  Seeded random = context.random("instances");
  Inspection inspection;
  for (const NamedQuadratic& on : local_instances_of(random)) {
    inspect_fixed_point(inspection, on, star_on, "S*-Local-SGD, full gradients");
    inspect_fixed_point(inspection, on, both_stars_on, "S*-Local-SGD*");
    inspect_fixed_point(inspection, on, learned_on, "SS-Local-SGD, full gradients");
    inspect_fixed_point(inspection, on, complete_on, "S-Local-SVRG");
    inspect_fixed_point(inspection, on, own_references_on, "S-Local-SVRG, own references");
    if (besides == Besides::local_gd) inspect_fixed_point(inspection, on, unshifted_on, "Local-GD");
    if (besides == Besides::local_svrg) inspect_fixed_point(inspection, on, unshifted_svrg_on, "Local-SVRG");
  }
  return inspection.finding(
      fmt::format("{} iterates after one step from x*, all outcomes", inspection.comparisons()));
}

/// f_i + <c_i, .> with sum_i c_i = 0, the same for all components of a worker.
NamedQuadratic tilted(const NamedQuadratic& on, const Points& c) {
  std::vector<std::vector<QuadraticForm<Rational>>> components;
  for (Index i = 0; i < on.f.workers(); ++i) {
    components.emplace_back();
    for (Index j = 0; j < on.f.components(i); ++j)
      components.back().push_back(
          {on.f.form(i, j).A, Vector<Rational>(on.f.form(i, j).b - c[static_cast<std::size_t>(i)])});
  }
  return {{std::move(components), on.f.constants()}, on.x_star, on.name + " tilted"};
}

constexpr Index tilted_steps = 8;

/// The iterates of a seeded run on both instances are the same.
template <class Made>
void inspect_immunity(Inspection& seen, const NamedQuadratic& on, const NamedQuadratic& other, const Made& made,
                      const Vector<Rational>& x, const char* name) {
  const auto run = [&](const NamedQuadratic& of) {
    const auto method = made(of);
    Seeded random(17);
    auto s = method.initial(of.f, x);
    for (Index k = 0; k < tilted_steps; ++k) {
      random.begin_iteration(k);
      s = method.step(of.f, std::move(s), random);
    }
    return s.x;
  };
  const Points first = run(on);
  const Points second = run(other);
  for (std::size_t i = 0; i < first.size(); ++i)
    seen.equal(first[i], second[i], [&] { return on.name + " " + name; });
}

Finding immunity(const CheckContext& context, const Besides& besides) {
  Seeded random = context.random("instances");
  Inspection inspection;
  for (const NamedQuadratic& on : local_instances_of(random)) {
    Points c = random_vectors(random, on.f.workers(), on.f.dimension());
    const Vector<Rational> mean = average(c);
    for (Vector<Rational>& c_i : c) c_i -= mean;
    const NamedQuadratic other = tilted(on, c);
    const Vector<Rational> x = random_vector(random, on.f.dimension());
    inspect_immunity(inspection, on, other, star_on, x, "S*-Local-SGD, full gradients");
    inspect_immunity(inspection, on, other, both_stars_on, x, "S*-Local-SGD*");
    inspect_immunity(inspection, on, other, learned_on, x, "SS-Local-SGD, full gradients");
    inspect_immunity(inspection, on, other, complete_on, x, "S-Local-SVRG");
    inspect_immunity(inspection, on, other, own_references_on, x, "S-Local-SVRG, own references");
    if (besides == Besides::local_gd) inspect_immunity(inspection, on, other, unshifted_on, x, "Local-GD");
    if (besides == Besides::local_svrg) inspect_immunity(inspection, on, other, unshifted_svrg_on, x, "Local-SVRG");
  }
  return inspection.finding(fmt::format("{} iterates after {} steps", inspection.comparisons(), tilted_steps));
}

}  // namespace

std::vector<Claim> claims() {
  const std::vector<Mutant<Besides>> unshifted{{"Local-GD", Besides::local_gd},
                                               {"Local-SVRG", Besides::local_svrg}};
  return {
      {"local/local-sgd/bias",
       "Local-SGD without noise does not find the solution where the workers' Hessians differ",
       "x_inf = sum_i (1 - (1 - gamma a_i)^tau) c_i / sum_i (1 - (1 - gamma a_i)^tau) after every round; x_inf /= "
       "x* for "
       "tau > 1",
       {"f_i = (a_i/2)(x - c_i)^2, a = (1, 3), c = (1, -1)"},
       "derived",
       {make_check<BiasFault>(Layer::exact, Level::exact, bias_on_parabolas, BiasFault::none,
                              {{"with the star shift", BiasFault::star_shift},
                               {"equal Hessians", BiasFault::equal_hessians},
                               {"x* is said to be the fixed point", BiasFault::solution}}),
        make_check<bool>(Layer::exact, Level::exact, bias_of_the_mean, false,
                         {{"x* is said to be stationary in the mean", true}})}},
      {"local/local-sgd/bias-bounded",
       "Local-SGD without noise does not find the solution even where all workers have the same Hessian everywhere",
       "a round from x_inf ends at x_inf /= x*",
       {"f_i = phi + c_i x, phi'' = 1 on [-1, 1] and 1/4 beyond, c = (3, -1, -2), gamma = 1/4"},
       "derived",
       {make_check<bool>(Layer::exact, Level::exact, bias_with_bounded_differences, false,
                         {{"x* is said to be the fixed point", true}})}},
      {"local/shifted/fixed-point",
       "shifted local methods stay at the solution",
       "x_i = w = x*, h_i = grad f_i(x*): x_i+ = x* for every outcome",
       {"S*-Local-SGD and SS-Local-SGD with full gradients, S*-Local-SGD*, S-Local-SVRG"},
       "derived",
       {make_check<Besides>(Layer::exact, Level::exact, fixed_points, Besides::nothing, unshifted)}},
      {"local/shifted/immunity",
       "shifted local methods do not see how much the workers differ",
       "f_i + <c_i, .> with sum_i c_i = 0: the same iterates",
       {"S*-Local-SGD and SS-Local-SGD with full gradients, S*-Local-SGD*, S-Local-SVRG"},
       "derived",
       {make_check<Besides>(Layer::run, Level::exact, immunity, Besides::nothing, unshifted)}},
  };
}

}  // namespace touchstone::inline v0::registry::local_bias
