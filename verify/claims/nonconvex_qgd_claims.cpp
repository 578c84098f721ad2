// The second moment of what QGD moves along.
#include "touchstone/theory/marina/qgd.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/step_lines.hpp"

namespace touchstone::inline v0::registry::nonconvex_qgd {

namespace {

using Qgd = Dqgd<Rational, RandK>;
using proofs::kernel::Point;
using Vectors = std::vector<Vector<Rational>>;

/// What the lines are made too good by.
struct Factors {
  Rational A = 1, C = 1;
};

/// Convex workers with minimizers of their own; inf f and inf f_i are those.
std::vector<StudiedCase<Qgd>> qgd_cases(Seeded& random) {
  std::vector<StudiedCase<Qgd>> all;
  const SaddleInstance parabolas = disagreeing_parabolas();
  const auto add = [&](const NonconvexFacts& facts, const Quadratic<Rational>& f, const std::string& name) {
    const Qgd method{{1}, ratio<Rational>(1, 8)};
    for (const Vector<Rational>& x : {random_vector(random, f.dimension()), f.minimizer()})
      all.push_back({{f, facts, {}, name}, method, method.initial(f, x), name});
  };
  add(parabolas.facts, parabolas.f, parabolas.name);
  // f_i = (L/2)|x - c_i|^2 attains the bound of the gradient.
  std::vector<QuadraticForm<Rational>> forms;
  NonconvexFacts facts{};
  facts.L_max = 2;
  for (Index i = 0; i < 3; ++i)
    forms.push_back({Matrix<Rational>(Matrix<Rational>::Identity(2, 2) * facts.L_max), random_vector(random, 2)});
  const Quadratic<Rational> f(forms, {2, 2, {2, 2, 2}, {{2}, {2}, {2}}});
  facts.f_low = f.value(f.minimizer());
  facts.difference = facts.f_low;
  for (const QuadraticForm<Rational>& form : forms)
    facts.difference += form.b.squaredNorm() / (2 * facts.L_max * Rational(3));
  add(facts, f, "isotropic parabolas");
  return all;
}

template <class Step>
StepLines lines_of(const StudiedCase<Qgd>& at, const Factors& factors, bool shared) {
  const Quadratic<Rational>& f = at.on.f;
  const NonconvexFacts& facts = at.on.facts;
  const auto omega = at.method.compressor.omega<Rational>(f.dimension());
  const Rational n(f.workers());
  const Vector<Rational> q = full_gradient<Rational>(f, at.state.x);
  StepLines all{at.where, Vector<Rational>::Zero(f.dimension()), q, {}};
  Rational second(0), mean_square(0);
  for_each_step<Step>(at, shared,
                      [&](const Rational& probability, const Vector<Rational>& g, const auto& /*next*/) {
                        all.mean_g += probability * g;
                        second += probability * g.squaredNorm();
                      });
  for (Index i = 0; i < f.workers(); ++i) mean_square += f.gradient(i, at.state.x).squaredNorm() / n;
  const GradientMoment<Rational> row = qgd_constants<Rational>(facts.L_max, omega, n, facts.difference);
  const Rational gap = f.value(at.state.x) - facts.f_low;
  all.lines = {
      {"E|g|^2, closed form", second, q.squaredNorm() + omega / n * mean_square, true},
      {"second moment", second, 2 * factors.A * row.A * gap + row.B * q.squaredNorm() + factors.C * row.C}};
  return all;
}

std::vector<KernelCase> qgd_kernel_cases(Seeded& random) {
  std::vector<KernelCase> all;
  for (const StudiedCase<Qgd>& at : qgd_cases(random)) {
    const Quadratic<Rational>& f = at.on.f;
    const NonconvexFacts& facts = at.on.facts;
    Vectors gradients;
    std::vector<Rational> values, next_values, minima;
    for (Index i = 0; i < f.workers(); ++i) {
      const QuadraticForm<Rational>& form = f.form(i);
      gradients.push_back(f.gradient(i, at.state.x));
      values.push_back(form.value(at.state.x));
      next_values.push_back(form.value(Vector<Rational>(at.state.x - gradients.back() / facts.L_max)));
      minima.push_back(form.value(Vector<Rational>(form.A.partialPivLu().solve(form.b))));
    }
    const std::vector<Vectors> noises = joint_noises(at.method.compressor, gradients);
    const auto own = [](const auto& family) {
      return [family](const Point& point) { return family[point.at("i")]; };
    };
    proofs::kernel::Model model;
    model.uniform_variable("i", static_cast<std::size_t>(f.workers()));
    model.uniform_variable("xi", noises.size());
    model.scalar("n", Rational(f.workers()));
    model.scalar("omega", at.method.compressor.omega<Rational>(f.dimension()));
    model.scalar("L_max", facts.L_max);
    model.scalar("f(x)", f.value(at.state.x));
    model.scalar("inf f", facts.f_low);
    model.scalar("Delta*", facts.difference);
    model.scalar("f_i(x)", own(values));
    model.scalar("f_i(y)", own(next_values));
    model.scalar("inf f_i", own(minima));
    model.vector("x", at.state.x);
    model.vector("g_i", own(gradients));
    model.vector("N_i", [noises](const Point& point) { return noises[point.at("xi")][point.at("i")]; });
    const StepLine line = lines_of<Qgd>(at, {}, false).lines.back();
    all.push_back({std::move(model), {{line.name, line.left, line.right}}, at.where});
  }
  return all;
}

/// Messages are added up, not averaged.
struct Summed : Qgd {
  template <class P, class R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    return Qgd{compressor, gamma * Rational(f.workers())}.step(f, std::move(s), random);
  }
};

/// K/d of what is kept, unscaled.
struct UnscaledMessages : Qgd {
  template <class P, class R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    return Qgd{compressor, gamma * ratio<Rational>(compressor.K, f.dimension())}.step(f, std::move(s), random);
  }
};

}  // namespace

std::vector<Claim> claims() {
  const auto study = [](LinesOf<Qgd, Factors> lines, const Factors& factors = {}, bool shared = false) {
    return lines_study<Qgd, Factors>(qgd_cases, lines, factors, shared);
  };
  const Rational less = ratio<Rational>(999, 1000);
  return {with_kernel({"marina/qgd/estimator",
                       "the second moment of QGD's estimator",
                       "E g = grad f(x), E|g|^2 = |grad f(x)|^2 + (omega/n)(1/n) sum_i |grad f_i(x)|^2 <= 2A (f(x) "
                       "- inf f) + B |grad "
                       "f(x)|^2 + C",
                       {"every f_i is L_max-smooth and bounded below", "A = omega L_max/n, B = 1, C = 2 A Delta*",
                        "Delta* = inf f - (1/n) sum_i inf f_i",
                        "E|Q(y) - y|^2 = omega |y|^2, as for RandK; independent compressors"},
                       "slides \"Quantized Gradient Descent\"; derived",
                       {step_lines_check(study(&lines_of<Qgd>),
                                         {{"messages summed, not averaged", study(&lines_of<Summed>)},
                                          {"d/K forgotten", study(&lines_of<UnscaledMessages>)},
                                          {"all workers share their choices", study(&lines_of<Qgd>, {}, true)},
                                          {"0.999 A", study(&lines_of<Qgd>, {.A = less})},
                                          {"0.999 C", study(&lines_of<Qgd>, {.C = less})}})}},
                      qgd_kernel_cases)};
}

}  // namespace touchstone::inline v0::registry::nonconvex_qgd
