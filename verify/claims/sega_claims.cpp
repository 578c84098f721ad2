#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/unified_sgd/diana_single.hpp"
#include "touchstone/methods/unified_sgd/n_sega.hpp"
#include "touchstone/theory/unified_sgd/n_sega.hpp"
#include "verify/claims/golden_values.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_claims.hpp"
#include "verify/claims/row_models.hpp"
#include "verify/claims/row_reductions.hpp"
#include "verify/claims/row_study.hpp"

namespace touchstone::inline v0::registry::sega {

namespace {

template <class Prox>
using Plain = Sega<Rational, FullGradient, Prox>;
template <class Prox>
using Noisy = NSega<Rational, Prox>;
using None = NoRegularizer;
using L2 = SquaredNorm<Rational>;
using L1 = L1Norm<Rational>;
using Clip = Box<Rational>;

template <class Method>
inline constexpr bool is_noisy = requires(const Method& sega) {
  sega.oracle.laws;
};

/// At x and h, with the noise if the method has any.
template <class Method>
RowCase<Method> sega_case(const NamedQuadratic& on, const Method& sega, const Vector<Rational>& x,
                          const Vector<Rational>& h, const std::string& state) {
  const Rational L = on.f.constants().L;
  const Rational d(on.f.dimension());
  ParametricConstants<Rational> row = sega_constants(L, d);
  if constexpr (is_noisy<Method>) row = n_sega_constants(L, d, sega.oracle.total_second_moment());
  return {on.f,
          on.x_star,
          sega,
          sega.initial(on.f, x, h),
          sega.initial(on.f, on.x_star, full_gradient<Rational>(on.f, on.x_star)),
          row,
          sega_lyapunov_weight(d),
          on.name + ", " + state};
}

template <class Method>
Method method_on(const NamedQuadratic& on, Seeded& random) {
  Method sega{};
  sega.gamma = sega_stepsize(on.f.constants().L, Rational(on.f.dimension()));
  sega.regularizer = regularizer_of<decltype(Method::regularizer)>();
  if constexpr (is_noisy<Method>)
    for (Index c = 0; c < on.f.dimension(); ++c) sega.oracle.laws.push_back(random_noise(random, 1));
  return sega;
}

/// Random ones, and an isotropic one: there the sharper row is attained.
std::vector<NamedQuadratic> sega_instances(Seeded& random, const std::vector<QuadraticShape>& shapes) {
  std::vector<NamedQuadratic> all = random_instances(random, shapes);
  all.push_back(scalar_pair({2, 2, 1}));
  return all;
}

template <class Method>
std::vector<RowCase<Method>> states(Seeded& random) {
  std::vector<RowCase<Method>> all;
  for (const NamedQuadratic& on :
       with_and_without_regularizer(sega_instances(random, {{1, 1, 1}, {2, 1, 1}, {2, 2, 1}, {3, 1, 1}}))) {
    const Index d = on.f.dimension();
    const Method method = method_on<Method>(on, random);
    const Vector<Rational> star = full_gradient<Rational>(on.f, on.x_star);
    const auto add = [&](const Vector<Rational>& x, const Vector<Rational>& h, const char* state) {
      all.push_back(sega_case(on, method, x, h, state));
    };
    add(random_vector(random, d), random_vector(random, d), "random state");
    add(random_vector(random, d), random_vector(random, d), "random state");
    add(on.x_star, random_vector(random, d), "x = x*");
    add(random_vector(random, d), star, "h = grad f(x*)");
    add(on.x_star, star, "solution");
    const Vector<Rational> x = random_vector(random, d);
    add(x, Vector<Rational>(2 * star - full_gradient<Rational>(on.f, x)), "h - h* = h* - grad f(x)");
  }
  return all;
}

/// Twenty runs.
template <class Method>
std::vector<RowCase<Method>> runs(Seeded& random) {
  std::vector<RowCase<Method>> all;
  for (int repeat = 0; repeat < 5; ++repeat)
    for (const NamedQuadratic& plain : random_instances(random, {{1, 1, 1}, {2, 1, 1}})) {
      const NamedQuadratic on = regularized<decltype(Method::regularizer)>(plain);
      const Index d = on.f.dimension();
      all.push_back(
          sega_case(on, method_on<Method>(on, random), random_vector(random, d), random_vector(random, d), "run"));
    }
  return all;
}

/// u = grad f(x) - grad f(x*), w = h - grad f(x*); the noise adds d variance and variance/d.
template <class Method>
std::pair<Rational, Rational> closed_forms(const RowCase<Method>& at) {
  const Rational d(at.f.dimension());
  const Vector<Rational> star = full_gradient<Rational>(at.f, at.x_star);
  const Vector<Rational> u = full_gradient<Rational>(at.f, at.state.x) - star;
  const Vector<Rational> w = at.state.h - star;
  Rational variance(0);
  if constexpr (is_noisy<Method>) variance = at.method.oracle.total_second_moment();
  return {Rational((d - 1) * w.squaredNorm() - 2 * (d - 1) * u.dot(w) + d * u.squaredNorm() + d * variance),
          Rational((1 - 1 / d) * w.squaredNorm() + (u.squaredNorm() + variance) / d)};
}

template <class Method>
DrawLists draws(const RowCase<Method>& at) {
  const Index d = at.f.dimension();
  DrawLists all;
  for (Index c = 0; c < d; ++c) {
    std::vector<std::string> list;
    if (d > 1) list.push_back(fmt::format("server: choose({})", d));
    if constexpr (is_noisy<Method>)
      list.push_back("server: " + pick_question(at.method.oracle.laws[static_cast<std::size_t>(c)].probabilities));
    if (std::find(all.begin(), all.end(), list) == all.end()) all.push_back(list);
  }
  return all;
}

/// h takes d delta in place of delta.
template <class Method>
struct ScaledMemory : Method {
  template <class P, class R>
  auto step(const P& f, typename Method::State s, R& random) const {
    auto next = Method::step(f, s, random);
    next.h = s.h + integer<Rational>(f.dimension()) * (next.h - s.h);
    return next;
  }
};

/// The memory's coordinate is drawn anew.
struct TwoCoordinates : Plain<None> {
  template <class P, class R>
  auto step(const P& f, State s, R& random) const {
    State next = Plain<None>::step(f, s, random);
    const Index c = random.choose(f.dimension());
    next.h = s.h;
    next.h[c] = full_gradient<Rational>(f, s.x)[c];
    return next;
  }
};

template <class Method>
std::vector<Mutant<RowVariation<Method>>> row_constants() {
  return {{"A = (2d - 2)L", {.change = [](auto& at) { at.row.A = (at.row.B - 2) * at.f.constants().L; }}},
          {"A and B half of the row's",
           {.change =
                [](auto& at) {
                  at.row.A /= 2;
                  at.row.B /= 2;
                }}},
          {"C = 99L/(100d)", {.change = [](auto& at) { at.row.C *= ratio<Rational>(99, 100); }}},
          {"rho = 101/(100d)", {.change = [](auto& at) { at.row.rho *= ratio<Rational>(101, 100); }}}};
}

template <class Method>
std::vector<Mutant<RowVariation<Method>>> updates() {
  return {{"factor d missing",
           {.alter =
                [](const RowCase<Method>& at, const auto& s, auto& next) {
                  const Rational d(at.f.dimension());
                  next.x = s.x -
                           at.method.gamma * (s.h + (Vector<Rational>((s.x - next.x) / at.method.gamma) - s.h) / d);
                }}},
          {"memory never written", {.alter = [](const auto&, const auto& s, auto& next) { next.h = s.h; }}}};
}

template <class Method>
std::vector<Mutant<RowVariation<Method>>> rates() {
  return joined(faster<Method>(6), {{"memory never written",
                                     {.alter = [](const auto&, const auto& s, auto& next) { next.h = s.h; }}}});
}

template <class Method>
std::vector<Mutant<RowVariation<Method>>> less_of_everything() {
  return {{"A = 99/100 of the row's", {.change = [](auto& at) { at.row.A *= ratio<Rational>(99, 100); }}},
          {"B = 99/100 of the row's", {.change = [](auto& at) { at.row.B *= ratio<Rational>(99, 100); }}}};
}

/// At the kink of R, or at its bound.
template <class Method>
std::vector<RowCase<Method>> kinked_runs(Seeded& random) {
  std::vector<RowCase<Method>> all;
  for (const NamedQuadratic& plain : random_instances(random, {{2, 1, 1}})) {
    const NamedQuadratic on = regularized<decltype(Method::regularizer)>(plain);
    all.push_back(
        sega_case(on, method_on<Method>(on, random), random_vector(random, 2), random_vector(random, 2), "run"));
  }
  return all;
}

template <class Prox>
Check noisy_tree_check() {
  using Method = Noisy<Prox>;
  return tree_check<Method>(and_from_solution<Method>(kinked_runs<Method>), theorem_without_noise<Method>(), 4);
}

/// Against gradient descent for d = 1, and DIANA with one node and Rand1, the whole state; `wrong` halves DIANA's alpha.
std::vector<Reduction> sega_reductions(bool wrong) {
  const RowCases<Plain<None>> line = [](Seeded& random) {
    std::vector<RowCase<Plain<None>>> all;
    for (const NamedQuadratic& on : random_instances(random, {{1, 2, 1}}))
      all.push_back(sega_case(on, method_on<Plain<None>>(on, random), random_vector(random, 1),
                              random_vector(random, 1), "d = 1"));
    return all;
  };
  using Node = DianaSingle<Rational, RandK>;
  const RowInstances diana = with_method(
      RowCases<Plain<None>>(runs<Plain<None>>),
      [wrong](const auto& at) {
        return Node{{1}, at.method.gamma, ratio<Rational>(1, at.f.dimension() * (wrong ? 2 : 1))};
      },
      [](const Node& method, const auto& f, const auto& state) { return method.initial(f, state.x, {state.h}); });
  return {{"d = 1: gradient descent", row_instances<Plain<None>>(line), gradient_descent_beside(line)},
          {"DIANA with one node", row_instances<Plain<None>>(runs<Plain<None>>), diana, true}};
}

/// +-1 with probability 1/2 each; 2 with probability 1/3, -1 with 2/3.
AdditiveNoise<Rational> golden_coordinate_noise() {
  const auto one = [](const Rational& a) { return Vector<Rational>(Vector<Rational>::Constant(1, a)); };
  const auto half = ratio<Rational>(1, 2);
  return {{{{half, half}, {one(1), one(-1)}}, {{ratio<Rational>(1, 3), ratio<Rational>(2, 3)}, {one(2), one(-1)}}}};
}

/// LIT-1: d = 3, noise +-1 in every partial derivative, x = x*, h = 0; the row's variance is that of one of them. `total`:
/// it is that of all.
Finding coordinate_variance(const CheckContext& /*context*/, const bool& total) {
  constexpr Index d = 3;
  const NamedQuadratic on = scalar_pair({d, 2, 1});
  const auto half = ratio<Rational>(1, 2);
  const NoiseLaw<Rational> sign{{half, half},
                                {Vector<Rational>::Ones(1), Vector<Rational>(-Vector<Rational>::Ones(1))}};
  const Noisy<None> sega{sega_stepsize(on.f.constants().L, Rational(d)), {{sign, sign, sign}}, {}};
  RowCase<Noisy<None>> at = sega_case(on, sega, on.x_star, Vector<Rational>::Zero(d), "x = x*, h = 0");
  if (!total) at.row.D1 = 2 * d;  // 2d variance, arXiv:1905.11261
  if (!total) at.row.D2 = ratio<Rational>(1, d);
  const AssumptionSides<Rational> sides = sides_at(at, {});
  Inspection inspection;
  inspection.holds(
      sides.second_moment > sides.second_moment_bound && sides.next_sigma_squared > sides.next_sigma_bound,
      [] { return "the witness violates the row"; });
  return inspection.finding(
      fmt::format("d = 3, noise +-1 in each coordinate, x = x*, h = 0: E|g|^2 = {} > {}, E sigma+^2 = "
                  "{} > {}",
                  sides.second_moment.str(), sides.second_moment_bound.str(), sides.next_sigma_squared.str(),
                  sides.next_sigma_bound.str()));
}

/// The method at the golden start.
template <class Method>
RowInstances golden_instance(bool regularized) {
  return row_instances<Method>([regularized](Seeded&) {
    const NamedQuadratic on = golden_problem({2, 1, 2}, regularized);
    Method sega{};
    sega.gamma = sega_stepsize<Rational>(on.f.constants().L, 2);
    if constexpr (is_noisy<Method>) sega.oracle = golden_coordinate_noise();
    sega.regularizer = regularizer_of<decltype(Method::regularizer)>();
    return std::vector{sega_case(on, sega, golden_start(), golden_shifts()[0], "golden")};
  });
}

template <template <class> class Of>
std::vector<GoldenCase> golden_cases(const std::string& row) {
  return {{row, "0", golden_instance<Of<None>>(false), golden_instance<Of<None>>(false)},
          {row, "l2sq", golden_instance<Of<None>>(true), golden_instance<Of<L2>>(true)}};
}

template <class Prox>
using ScaledPlain = ScaledMemory<Plain<Prox>>;
template <class Prox>
using ScaledNoisy = ScaledMemory<Noisy<Prox>>;

}  // namespace

std::vector<Claim> claims() {
  const RowPage page{.id = "unified-sgd/sega",
                     .name = "SEGA",
                     .row = "A = 2dL, B = 2d, rho = 1/d, C = L/d, D1 = D2 = 0",
                     .moments =
                         "E|g - grad f(x*)|^2 = (d-1)|w|^2 - 2(d-1)<u, w> + d|u|^2,  E sigma+^2 = (1 - 1/d)|w|^2 + "
                         "|u|^2/d, with u = grad f(x) - grad f(x*), w = h - grad f(x*)",
                     .corollary = "M = 4d^2, gamma = 1/(6dL): E V^k <= (1 - gamma mu)^k V^0",
                     .conditions = "gamma mu <= 1/(2d), gamma (A + CM) <= 1, M rho > B, rho - B/M = 1/(2d)",
                     .hypotheses = {"f is convex and L-smooth"},
                     .source = "Table 2.1, Algorithm 7; constants of arXiv:1905.11261"};
  using Method = Plain<None>;
  const RowCases<Method> at_states = states<Method>;
  const Expected<Method> expected{closed_forms<Method>, draws<Method>};
  const RowCases<Method> sharper = [](Seeded& random) {
    auto all = states<Method>(random);
    for (RowCase<Method>& at : all) at.row = sega_sharper_constants(at.f.constants().L, Rational(at.f.dimension()));
    return all;
  };
  const RowInstances as_stated = row_instances<Method>(at_states, {}, expected);
  const Mutant<RowInstances> scaled =
      altered<ScaledMemory<Method>, Method>("memory takes d delta", at_states, expected);
  const Mutant<RowInstances> twice =
      altered<TwoCoordinates, Method>("memory's coordinate drawn anew", at_states, expected);
  RowMutants of_moments = row_mutants<Method>(at_states, updates<Method>(), expected);
  of_moments.push_back(scaled);
  Claim assumption = row_assumption_claim(
      page, {assumption_check<Method>(at_states, joined(row_constants<Method>(), updates<Method>())),
             all_states_check<Method>(at_states, row_constants<Method>())});
  Claim sharper_assumption =
      row_assumption_claim(page, {assumption_check<Method>(sharper, less_of_everything<Method>()),
                                  all_states_check<Method>(sharper, less_of_everything<Method>())});
  sharper_assumption.id += "-sharper";
  sharper_assumption.title = "SEGA satisfies the key assumption with a smaller row, which is attained";
  sharper_assumption.statement = "A = (2d - 1)L, B = 2(d - 1), rho = 1/d, C = L/d, D1 = D2 = 0";
  sharper_assumption.source = "derived";
  return {
      with_kernel(std::move(assumption), kernel_cases<Method>(at_states)),
      with_kernel(std::move(sharper_assumption), kernel_cases<Method>(sharper)),
      row_moments_claim(page, {closed_form_check(as_stated, of_moments)}),
      row_golden_claim(page, {golden_check(golden_cases<Plain>("sega"),
                                           {{"memory takes d delta", golden_cases<ScaledPlain>("sega")}})}),
      row_rate_claim(page, {rate_check<Method>(runs<Method>, rates<Method>()),
                            rate_check<Plain<L2>>(runs<Plain<L2>>, rates<Plain<L2>>()),
                            tree_check<Plain<L1>>(kinked_runs<Plain<L1>>, faster<Plain<L1>>(6), 5),
                            tree_check<Plain<Clip>>(kinked_runs<Plain<Clip>>, faster<Plain<Clip>>(6), 5)}),
      row_draws_claim(page, "the coordinate, uniformly from d", {draws_check(as_stated, {twice})}),
      row_reductions_claim(page,
                           "d = 1: gradient descent; DIANA with one node, Rand1, alpha = 1/d: the same states",
                           {reduction_check(sega_reductions(false), {{"alpha = 1/(2d)", sega_reductions(true)}})}),
      row_stepsize_claim(page),
  };
}

std::vector<Claim> n_sega_claims() {
  using Method = Noisy<None>;
  const RowPage page{
      .id = "unified-sgd/n-sega",
      .name = "N-SEGA",
      .row = "A = 2dL, B = 2d, rho = 1/d, C = L/d, D1 = d variance, D2 = variance/d",
      .moments = "SEGA's plus d variance and variance/d",
      .corollary = "M = 4d^2, gamma = 1/(6dL): E V^k <= (1 - gamma mu)^k V^0 + 5d variance gamma/mu",
      .conditions = "gamma mu <= 1/(2d), gamma (A + CM) <= 1, M rho > B, noise/(gamma mu) = 5d variance gamma/mu",
      .hypotheses = {"f is convex and L-smooth", "noise of mean zero, variance >= sum_c E e_c^2"},
      .source = "Table 2.1, Algorithm 8; D1 and D2 derived, half of arXiv:1905.11261's D1"};
  const RowCases<Method> at_states = states<Method>;
  const Expected<Method> expected{closed_forms<Method>, draws<Method>};
  const RowInstances as_stated = row_instances<Method>(at_states, {}, expected);
  const std::vector<Mutant<RowVariation<Method>>> noise = {
      {"D1 = 99/100 of the row's", {.change = [](auto& at) { at.row.D1 *= ratio<Rational>(99, 100); }}},
      {"D2 = 99/100 of the row's", {.change = [](auto& at) { at.row.D2 *= ratio<Rational>(99, 100); }}}};
  const std::vector<Mutant<RowVariation<Method>>> noiseless = theorem_without_noise<Method>();
  RowMutants of_moments = row_mutants<Method>(at_states, updates<Method>(), expected);
  of_moments.push_back(altered<ScaledMemory<Method>, Method>("memory takes d delta", at_states, expected));
  return {
      with_kernel(row_assumption_claim(
                      page, {assumption_check<Method>(
                                 at_states, joined(joined(row_constants<Method>(), noise), updates<Method>())),
                             all_states_check<Method>(at_states, joined(row_constants<Method>(), noise))}),
                  kernel_cases<Method>(at_states)),
      row_moments_claim(page, {closed_form_check(as_stated, of_moments)}),
      row_golden_claim(page, {golden_check(golden_cases<Noisy>("n-sega"),
                                           {{"memory takes d delta", golden_cases<ScaledNoisy>("n-sega")}})}),
      row_rate_claim(page, {rate_check<Method>(runs<Method>, joined(noiseless, rates<Method>())),
                            rate_check<Noisy<L2>>(runs<Noisy<L2>>, rates<Noisy<L2>>()), noisy_tree_check<L1>(),
                            noisy_tree_check<Clip>()}),
      row_neighbourhood_claim(page, {neighbourhood_check<Method>(runs<Method>, noiseless)}),
      row_draws_claim(
          page, "the coordinate, uniformly from d, then its noise",
          {draws_check(as_stated, {altered<DrawsOnceMore<Method>, Method>("a choice more", at_states, expected)})}),
      row_stepsize_claim(page),
      {"unified-sgd/n-sega/coordinate-variance",
       "N-SEGA's row with the variance of a single partial derivative",
       "D1 = 2d variance, D2 = variance/d with variance >= E e_c^2 for every c",
       page.hypotheses,
       "arXiv:1905.11261, read with variance for each coordinate; with D1 = d^2 variance, D2 = variance it holds",
       {make_check<bool>(Layer::exact, Level::refuted, coordinate_variance, false,
                         {{"the variance of all", true}})},
       "unified-sgd/n-sega/assumption"},
  };
}

}  // namespace touchstone::inline v0::registry::sega
