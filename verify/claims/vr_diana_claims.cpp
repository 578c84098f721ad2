#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/methods/unified_sgd/saga.hpp"
#include "touchstone/methods/unified_sgd/vr_diana.hpp"
#include "touchstone/theory/unified_sgd/vr_diana.hpp"
#include "verify/claims/golden_values.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_claims.hpp"
#include "verify/claims/row_models.hpp"
#include "verify/claims/row_reductions.hpp"
#include "verify/claims/row_study.hpp"

namespace touchstone::inline v0::registry::vr_diana {

namespace {

using None = NoRegularizer;
using L2 = SquaredNorm<Rational>;
using Tables = std::vector<std::vector<Vector<Rational>>>;
using Shifts = std::vector<Vector<Rational>>;
constexpr auto saga = VrDianaVariant::saga;
constexpr auto loopless = VrDianaVariant::loopless;

/// Lazy compression serves in every dimension.
template <VrDianaVariant variant, class Prox = None>
using Lazy = VrDiana<Rational, Bernoulli, variant, Prox>;

Tables gradients_at(const Quadratic<Rational>& f, const Vector<Rational>& x) {
  Tables all;
  for (Index i = 0; i < f.workers(); ++i) {
    all.emplace_back();
    for (Index j = 0; j < f.components(i); ++j) all.back().push_back(f.component_gradient(i, j, x));
  }
  return all;
}

Shifts means_of(const Tables& tables) {
  Shifts all;
  for (const std::vector<Vector<Rational>>& own : tables) {
    all.push_back(own.front() / Rational(static_cast<Index>(own.size())));
    for (std::size_t j = 1; j < own.size(); ++j) all.back() += own[j] / Rational(static_cast<Index>(own.size()));
  }
  return all;
}

template <class Method>
RowCase<Method> vr_case(const NamedQuadratic& on, Method method, const Vector<Rational>& x, const Shifts& h,
                        const Tables& tables, const std::string& state) {
  const Rational L = on.f.constants().largest_L_ij();
  const Rational n(on.f.workers());
  const Rational m(on.f.components(0));
  const auto omega = method.compressor.template omega<Rational>(on.f.dimension());
  const std::vector<Rational> bounds = vr_diana_shift_stepsize_bounds(omega, m);
  method.alpha = *std::min_element(bounds.begin(), bounds.end());
  method.gamma = vr_diana_stepsize(L, omega, n, m, method.alpha);
  method.regularizer = regularizer_of<decltype(Method::regularizer)>();
  const Tables star = gradients_at(on.f, on.x_star);
  return {on.f,
          on.x_star,
          method,
          method.initial(on.f, x, h, tables),
          method.initial(on.f, on.x_star, means_of(star), star),
          vr_diana_constants(L, omega, n, m, method.alpha),
          vr_diana_lyapunov_weight(omega, n, method.alpha),
          fmt::format("{} omega={}, {}", on.name, omega.str(), state)};
}

Tables random_tables(Seeded& random, const Quadratic<Rational>& f) {
  Tables all;
  for (Index i = 0; i < f.workers(); ++i) all.push_back(random_vectors(random, f.components(i), f.dimension()));
  return all;
}

const std::vector<Fraction>& lazinesses() {
  static const std::vector<Fraction> all{{1, 1}, {1, 2}, {1, 3}};
  return all;
}

template <VrDianaVariant variant>
std::vector<RowCase<Lazy<variant>>> states(Seeded& random) {
  std::vector<NamedQuadratic> instances = random_instances(random, {{1, 1, 1}, {1, 2, 2}, {2, 1, 2}});
  instances.push_back(scalar_pair({1, 2, 2}));
  std::vector<RowCase<Lazy<variant>>> all;
  for (const NamedQuadratic& on : with_and_without_regularizer(instances))
    for (const Fraction& p : lazinesses()) {
      const Index d = on.f.dimension();
      const Tables star = gradients_at(on.f, on.x_star);
      const auto add = [&](const Vector<Rational>& x, const Shifts& h, const Tables& tables, const char* state) {
        all.push_back(
            vr_case<Lazy<variant>>(on, {.compressor = {p}, .gamma = {}, .alpha = {}}, x, h, tables, state));
      };
      const Vector<Rational> x = random_vector(random, d);
      const Shifts h = random_vectors(random, on.f.workers(), d);
      const Tables tables = random_tables(random, on.f);
      add(x, h, tables, "random state");
      add(on.x_star, h, star, "x = x*, w = x*");
      add(on.x_star, means_of(star), tables, "x = x*, h = h*");
      add(x, means_of(star), star, "h = h*, w = x*");
      add(on.x_star, h, tables, "x = x*");
      add(on.x_star, means_of(star), star, "solution");
    }
  return all;
}

/// Twenty-two runs, eighteen with a regularizer: two workers with two components each are slow.
template <class Method>
std::vector<RowCase<Method>> runs(Seeded& random) {
  using Prox = decltype(Method::regularizer);
  constexpr bool with_regularizer = !std::is_same_v<Prox, None>;
  std::vector<RowCase<Method>> all;
  for (const Fraction& p : lazinesses())
    for (const NamedQuadratic& plain : random_instances(random, {{1, 1, 2}, {1, 2, 1}, {1, 1, 3}, {1, 2, 2}})) {
      if (plain.f.workers() == 2 && plain.f.components(0) == 2 && (with_regularizer || p.denominator == 3))
        continue;
      const NamedQuadratic on = regularized<Prox>(plain);
      all.push_back(vr_case<Method>(on, {.compressor = {p}, .gamma = {}, .alpha = {}}, random_vector(random, 1),
                                    random_vectors(random, on.f.workers(), 1), random_tables(random, on.f), "run"));
    }
  return all;
}

/// At the kink of R, or at its bound.
template <VrDianaVariant variant, class Prox>
std::vector<RowCase<Lazy<variant, Prox>>> kinked_runs(Seeded& random) {
  std::vector<RowCase<Lazy<variant, Prox>>> all;
  for (const NamedQuadratic& plain : random_instances(random, {{2, 1, 2}})) {
    const NamedQuadratic on = regularized<Prox>(plain);
    all.push_back(vr_case<Lazy<variant, Prox>>(on, {.compressor = {{1, 2}}, .gamma = {}, .alpha = {}},
                                               random_vector(random, 2), random_vectors(random, 1, 2),
                                               random_tables(random, on.f), "run"));
  }
  return all;
}

/// With a_ij = grad f_ij(x) - grad f_ij(x*), b_ij = T_ij - grad f_ij(x*), u_i, bbar_i their means over j, w_i = h_i - grad
/// f_i(x*) and var_i = (1/m) sum_j |a_ij - b_ij|^2 - |u_i - bbar_i|^2.
template <class Method>
std::pair<Rational, Rational> vr_closed_forms(const RowCase<Method>& at) {
  const Rational n(at.f.workers());
  const Rational m(at.f.components(0));
  const auto omega = at.method.compressor.template omega<Rational>(at.f.dimension());
  const Rational& alpha = at.method.alpha;
  const Tables now = gradients_at(at.f, at.state.x);
  const Tables star = gradients_at(at.f, at.x_star);
  const Shifts star_means = means_of(star);
  Vector<Rational> mean = Vector<Rational>::Zero(at.f.dimension());
  Rational spread(0);
  Rational next_shifts(0);
  Rational next_tables(0);
  for (std::size_t i = 0; i < now.size(); ++i) {
    const Vector<Rational> u = means_of(now)[i] - star_means[i];
    const Vector<Rational> w = at.state.h[i] - star_means[i];
    const Vector<Rational> b_mean = means_of(at.state.table)[i] - star_means[i];
    Rational variance = -(u - b_mean).squaredNorm();
    for (std::size_t j = 0; j < now[i].size(); ++j) {
      const Vector<Rational> a = now[i][j] - star[i][j];
      const Vector<Rational> b = at.state.table[i][j] - star[i][j];
      variance += (a - b).squaredNorm() / m;
      next_tables += ((1 - 1 / m) * b.squaredNorm() + a.squaredNorm() / m) / (n * m);
    }
    mean += u / n;
    spread += omega * (u - w).squaredNorm() + (1 + omega) * variance;
    next_shifts += (w.squaredNorm() + 2 * alpha * w.dot(u - w) +
                    alpha * alpha * (1 + omega) * ((u - w).squaredNorm() + variance)) /
                   n;
  }
  return {Rational(mean.squaredNorm() + spread / (n * n)), Rational(next_shifts + next_tables)};
}

template <VrDianaVariant variant>
DrawLists vr_draws(const RowCase<Lazy<variant>>& at) {
  const Index m = at.f.components(0);
  std::vector<std::string> list;
  if (variant == loopless && m > 1) list.push_back(fmt::format("server: bernoulli(1/{})", m));
  for (Index i = 0; i < at.f.workers(); ++i) {
    if (m > 1) list.push_back(fmt::format("worker {}: choose({})", i, m));
    const auto p = at.method.compressor.p.template value<Rational>();
    if (p != 1) list.push_back(fmt::format("worker {}: bernoulli({})", i, p.str()));
  }
  return {list};
}

/// A step of the loopless variant without its coin: the SAGA variant's, with the tables left as they were.
template <class P, class R>
VrDianaState<Rational> without_coin(const Lazy<loopless>& method, const P& f, const VrDianaState<Rational>& s,
                                    R& random) {
  const Lazy<saga> inner{method.compressor, method.gamma, method.alpha, {}};
  VrDianaState<Rational> next = inner.step(f, s, random);
  next.table = s.table;
  next.table_mean = s.table_mean;
  return next;
}

struct RefreshesFirst : Lazy<loopless> {
  template <class P, class R>
  auto step(const P& f, State s, R& random) const {
    if (random.bernoulli(ratio<Rational>(1, f.components(0)))) s = initial(f, s.x, s.h, gradients_at(f, s.x));
    return without_coin(*this, f, s, random);
  }
};

struct CoinPerWorker : Lazy<loopless> {
  template <class P, class R>
  auto step(const P& f, State s, R& random) const {
    State next = without_coin(*this, f, s, random);
    Tables tables = next.table;
    const Tables fresh = gradients_at(f, s.x);
    for (std::size_t i = 0; i < tables.size(); ++i)
      if (random.bernoulli(ratio<Rational>(1, f.components(0)))) tables[i] = fresh[i];
    return initial(f, next.x, next.h, tables);
  }
};

template <class Method>
std::vector<Mutant<RowVariation<Method>>> vr_row_mutants() {
  return {{"A and B a third of the row's",
           {.change =
                [](auto& at) {
                  at.row.A /= 3;
                  at.row.B /= 3;
                }}},
          {"C half of the row's", {.change = [](auto& at) { at.row.C /= 2; }}},
          {"rho = 5/4 alpha", {.change = [](auto& at) { at.row.rho *= ratio<Rational>(5, 4); }}}};
}

template <class Method>
std::vector<Mutant<RowVariation<Method>>> vr_update_mutants() {
  return {{"alpha = 1 in the shifts", {.change = [](auto& at) { at.method.alpha = 1; }}},
          {"tables never written", {.alter = [](const auto&, const auto& s, auto& next) {
             next.table = s.table;
             next.table_mean = s.table_mean;
           }}}};
}

QuadraticForm<Rational> parabola(const Rational& h, const Rational& b) {
  return {Matrix<Rational>::Constant(1, 1, h), Vector<Rational>::Constant(1, b)};
}

/// d = 1, n = m = 2: f_ij = (h/2) x^2 - b x with (h, b) = (1, 1), (3, -1); (2, 0), (2, 2).
NamedQuadratic golden_line(bool regularized) {
  const Quadratic<Rational> f(std::vector<std::vector<QuadraticForm<Rational>>>{{parabola(1, 1), parabola(3, -1)},
                                                                                {parabola(2, 0), parabola(2, 2)}},
                              {Rational(2),
                               Rational(2),
                               {Rational(2), Rational(2)},
                               {{Rational(1), Rational(3)}, {Rational(2), Rational(2)}}});
  const NamedQuadratic on{f, f.minimizer(), "golden"};
  return regularized ? with_squared_norm(on, Rational(1)) : on;
}

template <class Method>
RowInstances golden_instance(bool regularized) {
  return row_instances<Method>([regularized](Seeded&) {
    const NamedQuadratic on = golden_line(regularized);
    const Vector<Rational> zero = Vector<Rational>::Zero(1);
    return std::vector{vr_case<Method>(on, {.compressor = {{1, 2}}, .gamma = {}, .alpha = {}},
                                       Vector<Rational>(Vector<Rational>::Ones(1)), {zero, zero},
                                       gradients_at(on.f, zero), "golden")};
  });
}

template <VrDianaVariant variant>
std::vector<GoldenCase> golden_cases(const std::string& row) {
  return {{row, "0", golden_instance<Lazy<variant>>(false), golden_instance<Lazy<variant>>(false)},
          {row, "l2sq", golden_instance<Lazy<variant>>(true), golden_instance<Lazy<variant, L2>>(true)}};
}

template <class Method>
RowCases<Method> reduction_runs(QuadraticShape shape, const Fraction& p) {
  return [shape, p](Seeded& random) {
    std::vector<RowCase<Method>> all;
    for (const NamedQuadratic& on : random_instances(random, {shape})) {
      const Vector<Rational> x = random_vector(random, shape.d);
      all.push_back(vr_case<Method>(on, {.compressor = {p}, .gamma = {}, .alpha = {}}, x,
                                    random_vectors(random, shape.n, shape.d), gradients_at(on.f, x), "run"));
    }
    return all;
  };
}

/// `wrong` halves SAGA's stepsize.
std::vector<Reduction> reductions(bool wrong) {
  const auto single = reduction_runs<Lazy<saga>>({2, 2, 1}, {1, 2});
  const auto as_saga = reduction_runs<Lazy<saga>>({2, 1, 3}, {1, 1});
  const auto as_l_svrg = reduction_runs<Lazy<loopless>>({2, 1, 3}, {1, 1});
  const auto diana = with_method(
      single,
      [](const auto& at) {
        return Diana<Rational, Bernoulli>{at.method.compressor, at.method.gamma, at.method.alpha};
      },
      [](const auto& method, const auto& f, const auto& state) { return method.initial(f, state.x, state.h); });
  const auto of_saga = with_method(
      as_saga, [wrong](const auto& at) { return Saga<Rational>{Rational(at.method.gamma / (wrong ? 2 : 1))}; },
      [](const auto& method, const auto& f, const auto& state) {
        return method.initial(f, state.x, state.table[0]);
      });
  const auto l_svrg = with_method(
      as_l_svrg,
      [](const auto& at) {
        return LSvrg<Rational>{at.method.gamma, ratio<Rational>(1, at.f.components(0))};
      },
      [](const auto& method, const auto& f, const auto& state) { return method.initial(f, state.x); });
  return {{"m = 1: DIANA with full gradients", row_instances<Lazy<saga>>(single), diana},
          {"n = 1, nothing compressed: SAGA", row_instances<Lazy<saga>>(as_saga), of_saga},
          {"n = 1, nothing compressed: L-SVRG with p = 1/m", row_instances<Lazy<loopless>>(as_l_svrg), l_svrg}};
}

/// n = 1, m = 2, omega = 0, f_1j = x^2/2 -+ x, x = x* = 0, h = 0, w = (1, -1). `bounded`: with alpha <= 1/(3m).
Finding large_alpha(const CheckContext& /*context*/, const bool& bounded) {
  const Quadratic<Rational> f(std::vector<std::vector<QuadraticForm<Rational>>>{{parabola(1, 1), parabola(1, -1)}},
                              {Rational(1), Rational(1), {Rational(1)}, {{Rational(1), Rational(1)}}});
  RowCase<Lazy<saga>> at = vr_case<Lazy<saga>>(
      {f, Vector<Rational>::Zero(1), "d=1 n=1 m=2"}, {.compressor = {{1, 1}}, .gamma = {}, .alpha = {}},
      Vector<Rational>::Zero(1), {Vector<Rational>::Zero(1)},
      {{Vector<Rational>::Zero(1), Vector<Rational>::Zero(1)}}, "w = (1, -1)");
  if (!bounded) {
    at.method.alpha = 1;
    at.row = vr_diana_constants<Rational>(1, 0, 1, 2, at.method.alpha);
  }
  const AssumptionSides<Rational> sides = sides_at(at, {});
  Inspection inspection;
  inspection.holds(sides.next_sigma_squared > sides.next_sigma_bound,
                   [] { return std::string("the witness violates the statement"); });
  return inspection.finding(fmt::format(
      "n = 1, m = 2, omega = 0, alpha = 1, f_1j = x^2/2 -+ x, x = x* = 0, h = 0, w = (1, -1): E sigma+^2 = {} "
      "> {} = right side",
      sides.next_sigma_squared.str(), sides.next_sigma_bound.str()));
}

}  // namespace

std::vector<Claim> claims() {
  const RowPage page{
      .id = "unified-sgd/vr-diana",
      .name = "VR-DIANA",
      .row = "A = (1 + (4 omega + 2)/n) L, B = 2 (omega + 1)/n, rho = alpha, C = (1/m + 2 alpha) L, D1 = D2 = 0",
      .moments =
          "E|g - grad f(x*)|^2 = |mean u|^2 + (1/n^2) sum_i (omega |u_i - w_i|^2 + (1 + omega) var_i),  E sigma+^2 "
          "= "
          "mean_i[|w_i|^2 + 2 alpha <w_i, u_i - w_i> + alpha^2 (1 + omega)(|u_i - w_i|^2 + var_i)] + (1 - 1/m) "
          "mean_ij|b_ij|^2 + mean_ij|a_ij|^2/m",
      .corollary =
          "M = 4 (1 + omega)/(n alpha), alpha = min{1/(3m), 1/(1 + omega)}, gamma = 1/(A + CM): E V^k <= max{1 - "
          "gamma "
          "mu, 1 - alpha/2}^k V^0",
      .conditions = "gamma mu <= 1, gamma (A + CM) <= 1, M rho > B, rho - B/M = alpha/2",
      .hypotheses = {"every f_ij is convex and L-smooth", "0 < alpha <= 1/(3m), alpha <= 1/(1 + omega)",
                     "compressors unbiased and independent across workers"},
      .source = "Table 2.1, Algorithm 14; constants of arXiv:1905.11261, C derived"};
  using Table = Lazy<saga>;
  using Loop = Lazy<loopless>;
  const RowCases<Table> at_table = states<saga>;
  const RowCases<Loop> at_loop = states<loopless>;
  const Expected<Table> table_expected{vr_closed_forms<Table>, vr_draws<saga>};
  const Expected<Loop> loop_expected{vr_closed_forms<Loop>, vr_draws<loopless>};
  const RowInstances table_as_stated = row_instances<Table>(at_table, {}, table_expected);
  const RowInstances loop_as_stated = row_instances<Loop>(at_loop, {}, loop_expected);
  RowMutants of_loop = row_mutants<Loop>(at_loop, vr_update_mutants<Loop>(), loop_expected);
  of_loop.push_back(altered<RefreshesFirst, Loop>("reference refreshed before use", at_loop, loop_expected));
  return {
      with_kernel(row_assumption_claim(page, {assumption_check<Table>(at_table, joined(vr_row_mutants<Table>(),
                                                                                       vr_update_mutants<Table>())),
                                              assumption_check<Loop>(at_loop, vr_update_mutants<Loop>()),
                                              all_states_check<Table>(at_table, vr_row_mutants<Table>()),
                                              all_states_check<Loop>(at_loop, vr_row_mutants<Loop>())}),
                  joined({kernel_cases<Table>(at_table), kernel_cases<Loop>(at_loop)})),
      {"unified-sgd/vr-diana/large-shift-stepsize",
       "VR-DIANA's row for alpha up to 1/(1 + omega)",
       "E sigma+^2 <= (1 - alpha) sigma^2 + 2 (1/m + 2 alpha) L D",
       {"every f_ij is convex and L-smooth", "0 < alpha <= 1/(1 + omega)"},
       "Table 2.1 without the bound alpha <= 1/(3m)",
       {make_check<bool>(Layer::exact, Level::refuted, large_alpha, false, {{"alpha <= 1/(3m)", true}})},
       "unified-sgd/vr-diana/assumption"},
      row_moments_claim(
          page, {closed_form_check(table_as_stated,
                                   row_mutants<Table>(at_table, vr_update_mutants<Table>(), table_expected)),
                 closed_form_check(loop_as_stated, of_loop)}),
      row_golden_claim(
          page, {golden_check(joined(golden_cases<saga>("vr-diana/saga"), golden_cases<loopless>("vr-diana/lsvrg")),
                              {{"the variants exchanged", golden_cases<saga>("vr-diana/lsvrg")}})}),
      row_rate_claim(
          page, {rate_check<Table>(runs<Table>, faster<Table>(3)), rate_check<Loop>(runs<Loop>, faster<Loop>(3)),
                 rate_check<Lazy<saga, L2>>(runs<Lazy<saga, L2>>, faster<Lazy<saga, L2>>(4)),
                 rate_check<Lazy<loopless, L2>>(runs<Lazy<loopless, L2>>, faster<Lazy<loopless, L2>>(4)),
                 tree_check<Lazy<saga, L1Norm<Rational>>>(kinked_runs<saga, L1Norm<Rational>>,
                                                          faster<Lazy<saga, L1Norm<Rational>>>(80), 4),
                 tree_check<Lazy<loopless, Box<Rational>>>(kinked_runs<loopless, Box<Rational>>,
                                                           faster<Lazy<loopless, Box<Rational>>>(80), 4)}),
      row_draws_claim(
          page, "loopless: the server's coin; for every worker its component, then the compressor's choices",
          {draws_check(table_as_stated,
                       {altered<DrawsOnceMore<Table>, Table>("a choice more", at_table, table_expected)}),
           draws_check(loop_as_stated,
                       {altered<CoinPerWorker, Loop>("a coin for every worker", at_loop, loop_expected)})}),
      row_reductions_claim(page, "m = 1: DIANA; n = 1 and nothing compressed: SAGA, or L-SVRG with p = 1/m",
                           {reduction_check(reductions(false), {{"half of SAGA's stepsize", reductions(true)}})}),
      row_stepsize_claim(page),
  };
}

}  // namespace touchstone::inline v0::registry::vr_diana
