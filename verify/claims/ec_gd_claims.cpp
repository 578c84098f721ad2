#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd_star.hpp"
#include "touchstone/numbers/root_bound.hpp"
#include "touchstone/problems/top1_counterexample.hpp"
#include "touchstone/theory/error_feedback/ec_gd.hpp"
#include "verify/claims/certificate_check.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_instances.hpp"
#include "verify/engine/error_compensation.hpp"

namespace touchstone::inline v0::registry::ec_gd {

namespace {

using Setting = ErrorCompensationSetting<Rational>;

template <class Method>
struct EcCase {
  Quadratic<Rational> f;
  Vector<Rational> x_star;
  Method method;
  typename Method::State state;
  Setting setting;
  std::string where;
};

template <class Method>
struct EcVariation {
  std::function<void(EcCase<Method>&)> change{};
  using State = typename Method::State;
  std::function<void(const EcCase<Method>&, const State& before, State& after)> alter{};
};

using Plain = EcGd<Rational, TopK>;
using Star = EcGdStar<Rational, TopK>;

template <class Method>
ErrorCompensationConstants<Rational> constants_of(const NamedQuadratic& on, const Rational& L) {
  if constexpr (std::is_same_v<Method, Star>)
    return ec_gd_star_constants(L);
  else
    return ec_gd_constants(L, mean_square(worker_gradients(on.f, on.x_star)));
}

/// The largest stepsize with theta >= 0, up to a rounded square root.
Rational largest_stepsize(const ErrorCompensationConstants<Rational>& constants, const Rational& L,
                          const Rational& delta) {
  const Rational half = ratio<Rational>(1, 2);
  const Rational t =
      square_root_upper_bound(stepsize_radicand(constants, compensated_errors(constants, L, delta), half));
  return error_feedback_stepsize(constants, t, half);
}

/// At the largest stepsize with theta >= 0, times `share`.
template <class Method>
EcCase<Method> at_state(const NamedQuadratic& on, Index K, const Rational& share, const Vector<Rational>& x,
                        const std::vector<Vector<Rational>>& e, const std::string& where) {
  const Rational L = on.f.constants().largest_L_i();
  const ErrorCompensationConstants<Rational> constants = constants_of<Method>(on, L);
  const TopK compressor{K};
  const auto delta = compressor.delta<Rational>(on.f.dimension());
  const Rational gamma = share * largest_stepsize(constants, L, delta);
  Method method{{compressor}, gamma};
  if constexpr (std::is_same_v<Method, Star>) method.shift = StarShift<Rational>::of(on.f, on.x_star);
  return {on.f,
          on.x_star,
          method,
          method.initial(on.f, x, e),
          Setting{constants, L, on.f.constants().mu, gamma, delta},
          fmt::format("{} K={}, {}", on.name, K, where)};
}

template <class Method>
std::vector<EcCase<Method>> cases(Seeded& random) {
  std::vector<EcCase<Method>> all;
  for (const NamedQuadratic& on : random_instances(random, {{1, 2, 1}, {2, 3, 1}, {3, 2, 1}, {4, 2, 1}}))
    for (Index K = 1; K <= on.f.dimension(); ++K) {
      const Index d = on.f.dimension();
      const Index n = on.f.workers();
      const std::vector<Vector<Rational>> none(static_cast<std::size_t>(n), Vector<Rational>::Zero(d));
      // With delta = 1 the theorem keeps no error: e = 0 is its state space.
      const bool exact = K == d;
      for (const Rational& share : {Rational(1, 3), Rational(1), Rational(4)}) {  // holds for every gamma > 0
        const Vector<Rational> x = random_vector(random, d);
        const std::vector<Vector<Rational>> e = exact ? none : random_vectors(random, n, d);
        all.push_back(at_state<Method>(on, K, share, x, e, "random state"));
        all.push_back(at_state<Method>(on, K, share, on.x_star, e, "x = x*"));
        all.push_back(at_state<Method>(on, K, share, x, none, "e = 0"));
        all.push_back(at_state<Method>(on, K, share, on.x_star, none, "solution"));
      }
    }
  // All |x_i| equal: Top1 attains its delta.
  const NamedQuadratic isotropic = scalar_pair({2, 1, 1});
  const std::vector<Vector<Rational>> none{Vector<Rational>::Zero(2)};
  all.push_back(at_state<Method>(isotropic, 1, Rational(4),
                                 Vector<Rational>(isotropic.x_star + Vector<Rational>::Ones(2)), none, "e = 0"));
  return all;
}

template <class Method>
typename Method::State step_of(const EcCase<Method>& at, const EcVariation<Method>& variation,
                               const typename Method::State& before) {
  Exhaustive<Rational> none;  // TopK draws nothing
  typename Method::State after = at.method.step(at.f, before, none);
  if (variation.alter) variation.alter(at, before, after);
  return after;
}

/// V+ <= (1 - eta) V - gamma theta Delta + noise at every case.
template <class Method>
Check one_step_check(std::vector<Mutant<EcVariation<Method>>> mutants) {
  const auto run = [](const CheckContext& context, const EcVariation<Method>& variation) {
    Seeded random = context.random("one step");
    Inspection inspection;
    for (EcCase<Method>& at : cases<Method>(random)) {
      if (variation.change) variation.change(at);
      const auto next = step_of(at, variation, at.state);
      inspection.less_equal(error_compensation_lyapunov(at.setting, next, at.x_star),
                            error_compensation_bound(at.setting, at.f, at.state, at.x_star),
                            [&] { return at.where; });
    }
    return inspection.finding(fmt::format("{} states", inspection.comparisons()));
  };
  return make_check<EcVariation<Method>>(Layer::exact, Level::exact, run, {}, std::move(mutants));
}

/// xt+ = xt - gamma mean g_i, exactly, at every case.
template <class Method>
Check virtual_iterate_check(std::vector<Mutant<EcVariation<Method>>> mutants) {
  const auto run = [](const CheckContext& context, const EcVariation<Method>& variation) {
    Seeded random = context.random("virtual iterate");
    Inspection inspection;
    for (EcCase<Method>& at : cases<Method>(random)) {
      const auto next = step_of(at, variation, at.state);
      const Vector<Rational> expected =
          virtual_iterate(at.state, at.method.gamma) - at.method.gamma * full_gradient<Rational>(at.f, at.state.x);
      inspection.equal(virtual_iterate(next, at.method.gamma), expected, [&] { return at.where; });
    }
    return inspection.finding(fmt::format("{} states", inspection.comparisons()));
  };
  return make_check<EcVariation<Method>>(Layer::exact, Level::exact, run, {}, std::move(mutants));
}

/// The one-step inequality and the closed form along exact runs from e = 0.
template <class Method>
Check run_check(std::function<std::vector<EcCase<Method>>(Seeded&)> runs, Index steps,
                std::vector<Mutant<EcVariation<Method>>> mutants) {
  const auto run = [runs, steps](const CheckContext& context, const EcVariation<Method>& variation) {
    Seeded random = context.random("run");
    Inspection inspection;
    const std::vector<EcCase<Method>> all = runs(random);
    for (EcCase<Method> at : all) {
      if (variation.change) variation.change(at);
      const Rational q = at.setting.contraction();
      const Rational initial_V = error_compensation_lyapunov(at.setting, at.state, at.x_star);
      inspection.holds(at.setting.theta() >= 0, [&] { return at.where + ": theta >= 0"; });
      Rational power(1);
      for (Index k = 1; k <= steps && !inspection.failed(); ++k) {
        const Rational one_step = error_compensation_bound(at.setting, at.f, at.state, at.x_star);
        at.state = step_of(at, variation, at.state);
        power *= q;
        const Rational V = error_compensation_lyapunov(at.setting, at.state, at.x_star);
        inspection.less_equal(V, one_step, [&] { return fmt::format("{} one step to k={}", at.where, k); });
        const Rational promised = power * initial_V + at.setting.noise() * (1 - power) / (1 - q);
        inspection.follow(at.where, "V^k", k, V, promised);
        inspection.less_equal(V, promised, [&] { return fmt::format("{} V^{}", at.where, k); });
      }
    }
    return inspection.finding(fmt::format("{} runs of {} steps", all.size(), steps));
  };
  return make_check<EcVariation<Method>>(Layer::run, Level::exact, run, {}, std::move(mutants));
}

template <class Method>
std::vector<EcCase<Method>> random_runs(Seeded& random) {
  std::vector<EcCase<Method>> all;
  for (const NamedQuadratic& on : random_instances(random, {{2, 2, 1}, {3, 2, 1}}))
    for (const bool solved : {false, true}) {
      const Vector<Rational> x = solved ? on.x_star : random_vector(random, on.f.dimension());
      all.push_back(at_state<Method>(on, 1, Rational(1), x, zero_vectors<Rational>(on.f.workers(), x.size()),
                                     solved ? "from x*" : "run"));
    }
  // L = mu and a small stepsize: no rate beyond (1 - gamma mu)^2.
  const NamedQuadratic isotropic = scalar_pair({2, 2, 1});
  const Vector<Rational> five = Vector<Rational>::Constant(2, 5);
  all.push_back(at_state<Method>(isotropic, 1, Rational(1, 3), five, zero_vectors<Rational>(2, 2), "run"));
  return all;
}

/// The instance on which Top1 without memory diverges; gamma L = 3/50.
std::vector<EcCase<Plain>> repaired_runs(Seeded& /*random*/) {
  const Quadratic<Rational> f = top1_counterexample<Rational>();
  const NamedQuadratic on{f, Vector<Rational>::Zero(3), "Top1 counterexample"};
  std::vector<EcCase<Plain>> all;
  for (const Rational& t : {Rational(1), Rational(-7, 3)}) {
    const Vector<Rational> x = Vector<Rational>::Constant(3, t);
    const auto none = zero_vectors<Rational>(3, 3);
    EcCase<Plain> at = at_state<Plain>(on, 1, Rational(1), x, none, fmt::format("t={}", t.str()));
    at.setting.constants = ec_gd_star_constants(at.setting.L);  // grad f_i(x*) = 0
    at.setting.gamma = ratio<Rational>(3, 50) / at.setting.L;
    at.method.gamma = at.setting.gamma;
    all.push_back(std::move(at));
  }
  return all;
}

/// n = 3, d = 2, f_i = |x|^2/2 + <c_i, x>, Top1, gamma = 1/4: from x* = 0, e = 0 one step leads to (0, 1/6).
Finding fixed_point(const CheckContext& /*context*/, const bool& star) {
  std::vector<QuadraticForm<Rational>> forms;
  for (const auto& [p, q] : {std::pair{2, 1}, std::pair{-2, 1}, std::pair{0, -2}}) {
    Vector<Rational> minus_c(2);
    minus_c << Rational(-p), Rational(-q);
    forms.push_back({Matrix<Rational>::Identity(2, 2), minus_c});
  }
  const Rational one(1);
  const Quadratic<Rational> f(forms, {one, one, {one, one, one}, {{one}, {one}, {one}}});
  const Vector<Rational> x_star = f.minimizer();
  const Rational gamma = ratio<Rational>(1, 4);
  Exhaustive<Rational> none;
  const Plain plain{{{1}}, gamma};
  const Star with_star{{{1}}, gamma, StarShift<Rational>::of(f, x_star)};
  const Vector<Rational> next = star ? with_star.step(f, with_star.initial(f, x_star), none).x
                                     : plain.step(f, plain.initial(f, x_star), none).x;
  Inspection inspection;
  inspection.holds(next != x_star, [] { return std::string("the witness violates the statement"); });
  return inspection.finding(fmt::format("c = (2,1), (-2,1), (0,-2), Top1, gamma = 1/4: x* = 0 -> ({}, {})",
                                        next[0].str(), next[1].str()));
}

/// The symbols of the perturbed iterate's argument; EC-GD draws nothing, so xi has one point.
std::vector<KernelCase> perturbed_iterates(Seeded& random) {
  std::vector<KernelCase> all;
  for (const EcCase<Plain>& at : cases<Plain>(random)) {
    const auto& [constants, L, mu, gamma, delta] = at.setting;
    const Vector<Rational> u = at.state.x - at.x_star;
    const Vector<Rational> e = at.state.x - virtual_iterate(at.state, at.method.gamma);
    const Vector<Rational> q = full_gradient<Rational>(at.f, at.state.x);
    const Rational gap = at.f.value(at.state.x) - at.f.value(at.x_star);
    proofs::kernel::Model model;
    model.uniform_variable("xi", 1);
    model.scalar("L", L);
    model.scalar("mu", mu);
    model.scalar("gamma", gamma);
    model.scalar("gap", gap);
    for (const auto& [name, vector] : {std::pair{"u", u}, {"e", e}, {"q", q}, {"g", q}}) model.vector(name, vector);
    const auto next = step_of(at, {}, at.state);
    all.push_back(
        {std::move(model),
         {{"perturbed iterate", Rational((virtual_iterate(next, at.method.gamma) - at.x_star).squaredNorm()),
           Rational((1 - gamma * mu / 2) * (u - e).squaredNorm() - gamma * gap + 3 * L * gamma * e.squaredNorm() +
                    gamma * gamma * q.squaredNorm())}},
         at.where});
  }
  return all;
}

template <class Method>
Mutant<EcVariation<Method>> forgotten_error() {
  return {"e dropped from the new error", {.alter = [](const auto&, const auto& s, auto& next) {
            for (std::size_t i = 0; i < s.e.size(); ++i) next.e[i] -= s.e[i];
          }}};
}

template <class Method>
Mutant<EcVariation<Method>> summed() {
  return {"messages summed, not averaged", {.alter = [](const auto&, const auto& s, auto& next) {
            next.x = s.x + (next.x - s.x) * Rational(static_cast<Index>(s.e.size()));
          }}};
}

template <class Method>
Mutant<EcVariation<Method>> flipped() {
  return {"sign of the error", {.alter = [](const auto&, const auto&, auto& next) {
            for (Vector<Rational>& e_i : next.e) e_i = -e_i;
          }}};
}

}  // namespace

std::vector<Claim> claims() {
  const std::vector<std::string> hypotheses = {"every f_i is convex and L-smooth", "f is mu-quasi-strongly convex",
                                               "C is contractive with delta"};
  const auto double_delta = [](auto& at) {
    at.setting.delta = std::min(Rational(1), Rational(at.setting.delta * 2));
  };
  const auto eightfold_mu = [](auto& at) { at.setting.mu *= 8; };
  const auto no_shift = [](auto& at) {
    for (Vector<Rational>& gradient : at.method.shift.gradients_at_solution) gradient.setZero();
  };
  const std::string one_step =
      "E V+ <= (1 - eta) V - gamma theta (f(x) - f(x*)) + noise, eta = min{gamma mu/2, delta/4}";
  return {
      {"error-feedback/ec-gd/virtual-iterate",
       "the virtual iterate of EC-GD takes gradient steps",
       "xt = x - (1/n) sum_i e_i: xt+ = xt - gamma grad f(x)",
       {},
       "chapter 3, the perturbed iterate",
       {virtual_iterate_check<Plain>({forgotten_error<Plain>(), summed<Plain>(), flipped<Plain>()})}},
      with_kernel({"error-feedback/ec-gd/perturbed-iterate",
                   "one step of the perturbed iterate of error feedback",
                   "E|xt+ - x*|^2 <= (1 - gamma mu/2)|xt - x*|^2 - gamma (f(x) - f(x*)) + 3 L gamma |e|^2 + "
                   "gamma^2 E|g|^2 for e = (1/n) sum_i e_i, g = (1/n) sum_i g_i",
                   {"f is convex and L-smooth", "f is mu-quasi-strongly convex", "E g = grad f(x)"},
                   "chapter 3, the perturbed iterate (EF-DESC)",
                   {}},
                  perturbed_iterates),
      {"error-feedback/ec-gd/lyapunov",
       "the one-step Lyapunov theorem for EC-GD",
       one_step,
       hypotheses,
       "derived; the theorem of arXiv:2010.12292 in one-step form",
       {proof_check(), one_step_check<Plain>(
                           {{"C and delta twice too good", {.change = double_delta}},
                            summed<Plain>(),
                            {"no noise", {.change = [](auto& at) { at.setting.constants.worker_mean.D = 0; }}}})}},
      {"error-feedback/ec-gd/rate",
       "EC-GD converges linearly to a neighbourhood",
       "theta >= 0: V^k <= (1 - eta)^k V^0 + noise (1 - (1 - eta)^k)/eta",
       hypotheses,
       "derived",
       {run_check<Plain>(random_runs<Plain>, 60,
                         {{"rate with 8 mu", {.change = eightfold_mu}},
                          {"no noise", {.change = [](auto& at) { at.setting.constants.worker_mean.D = 0; }}}})}},
      {"error-feedback/ec-gd/stepsize",
       "the stated stepsize makes theta nonnegative and delta/4 no restriction",
       "gamma <= 2c/(A' + t), t^2 >= A'^2 + 48 c L k A/delta imply theta >= 1 - 2c and gamma mu/2 <= delta/4",
       {"0 < mu <= L", "0 < delta <= 1"},
       "derived",
       {proof_check()}},
      {"error-feedback/ec-gd/repairs-top1",
       "error compensation repairs the counterexample of Top1",
       "on the Top1 counterexample, gamma L = 3/50: V^k <= (1 - gamma mu/2)^k V^0",
       {"grad f_i(x*) = 0"},
       "slide 45 (\"error-compensation\"); rate derived",
       {run_check<Plain>(repaired_runs, 60,
                         {forgotten_error<Plain>(),
                          {"no memory",
                           {.alter = [](const auto& at, const auto&,
                                        auto& next) { next.e = at.method.initial(at.f, next.x).e; }}}})}},
      {"error-feedback/ec-gd/fixed-point",
       "x* is a fixed point of EC-GD",
       "x = x*, e = 0 implies x+ = x*",
       hypotheses,
       "error compensation \"fixes\" biased compression (slide 45), read as convergence to x*",
       {make_check<bool>(Layer::exact, Level::refuted, fixed_point, false, {{"EC-GDstar", true}})},
       "error-feedback/ec-gd-star/rate"},
      {"error-feedback/ec-gd-star/lyapunov",
       "the one-step Lyapunov theorem for EC-GDstar",
       one_step + ", noise = 0",
       hypotheses,
       "slide 50, row 3 (EC-GDstar); derived in one-step form",
       {proof_check(),
        one_step_check<Star>(
            {{"C and delta twice too good", {.change = double_delta}}, summed<Star>(), forgotten_error<Star>()})}},
      {"error-feedback/ec-gd-star/rate",
       "EC-GDstar converges linearly to the solution",
       "theta >= 0: V^k <= (1 - eta)^k V^0",
       hypotheses,
       "slide 50, row 3 (EC-GDstar, Algorithm 21)",
       {run_check<Star>(random_runs<Star>, 60,
                        {{"rate with 8 mu", {.change = eightfold_mu}}, {"shifts forgotten", {.change = no_shift}}}),
        certificate_check()}},
      {"error-feedback/ec-gd-star/tight-rate",
       "the best rate of EC-GDstar where every f_i is strongly convex",
       "s = sqrt(1 - delta), gamma = 2/(L + mu) (1 - s)/(1 + s), q^2 = (L - mu)/(L + mu) (1 - s) q + s: "
       "V+ <= q^2 V for V = |xt - x*|^2 + (1/s) (1/n) sum_i |e_i|^2, and no V, gamma give less",
       {"every f_i is mu-strongly convex and L-smooth", "C is contractive with delta",
        "L = 1 and (mu, delta) = (10/81, 3/4) or (3/5, 8/9), where s and q are rational"},
       "derived; for n = 1 the setting of arXiv:2506.05271",
       {certificate_check()}},
  };
}

}  // namespace touchstone::inline v0::registry::ec_gd
