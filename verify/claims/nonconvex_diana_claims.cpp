// What one step of DIANA does to its shifts where gradients move.
#include "touchstone/theory/marina/diana_nonconvex.hpp"
#include "verify/claims/marina_wrong.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/step_lines.hpp"

namespace touchstone::inline v0::registry::nonconvex_diana {

namespace {

using PlainDiana = Diana<Rational, RandK>;
using proofs::kernel::Point;
using Vectors = std::vector<Vector<Rational>>;

/// What the lines are made too good by.
struct Factors {
  Rational omega = 1, rho = 1, move = 1;
};

Rational shift_error(const Quadratic<Rational>& f, const PlainDiana::State& s) {
  Rational H(0);
  for (Index i = 0; i < f.workers(); ++i)
    H += (f.gradient(i, s.x) - s.h[static_cast<std::size_t>(i)]).squaredNorm() / Rational(f.workers());
  return H;
}

std::vector<StudiedCase<PlainDiana>> diana_cases(Seeded& random) {
  std::vector<StudiedCase<PlainDiana>> all;
  for (const EstimatorInstance& on : whole_instances(random)) {
    const Index d = on.f.dimension();
    for (const Rational& share : {Rational(1), Rational(1, 3)})
      for (const Rational& gamma : {Rational(1, 10), Rational(3)}) {
        // Below 1, as the kernel's argument has it, also where K = d.
        const Rational alpha = share * ratio<Rational>(1, std::max<Index>(d, 2));
        const PlainDiana method{{1}, gamma, alpha};
        const auto add = [&](const Vector<Rational>& x, const Vectors& h, const std::string& what) {
          all.push_back({on, method, method.initial(on.f, x, h),
                         fmt::format("{} alpha={} gamma={}, {}", on.name, alpha.str(), gamma.str(), what)});
        };
        Vectors h, gradients;
        const Vector<Rational> x = random_vector(random, d);
        for (Index i = 0; i < on.f.workers(); ++i) {
          h.push_back(random_vector(random, d));
          gradients.push_back(on.f.gradient(i, x));
        }
        add(x, h, "random state");
        add(x, gradients, "h_i = grad f_i(x)");
      }
  }
  // Young's inequality is attained: gamma L = alpha^2/(2 (1 - alpha)) and h = grad f(x)/(1 - alpha), alpha = 1/(1 + omega).
  const EstimatorInstance bowl = isotropic_instance(2, {{1}});
  const PlainDiana method{{1}, ratio<Rational>(1, 4), ratio<Rational>(1, 2)};
  const Vector<Rational> x = Vector<Rational>::Constant(2, 3);  // not where the gradient vanishes
  all.push_back({bowl, method, method.initial(bowl.f, x, {Vector<Rational>(2 * bowl.f.gradient(0, x))}),
                 "the row of H attained"});
  return all;
}

template <class Step>
StepLines lines_of(const StudiedCase<PlainDiana>& at, const Factors& factors, bool shared) {
  const Quadratic<Rational>& f = at.on.f;
  const auto omega = at.method.compressor.omega<Rational>(f.dimension());
  const Vector<Rational> q = full_gradient<Rational>(f, at.state.x);
  StepLines all{at.where, Vector<Rational>::Zero(f.dimension()), q, {}};
  Rational V(0), next_H(0);
  for_each_step<Step>(at, shared, [&](const Rational& probability, const Vector<Rational>& g, const auto& next) {
    all.mean_g += probability * g;
    V += probability * (g - q).squaredNorm();
    next_H += probability * shift_error(f, next);
  });
  const Rational H = shift_error(f, at.state);
  const NonconvexShifts<Rational> row = diana_nonconvex_shifts<Rational>(at.on.facts.L_squared, at.method.alpha);
  const Rational moved = at.method.gamma * at.method.gamma * (q.squaredNorm() + V);
  all.lines = {{"V", V, factors.omega * omega / Rational(f.workers()) * H, true},
               {"next H", next_H, (1 - factors.rho * row.rho) * H + factors.move * row.move * moved}};
  return all;
}

template <class Step>
StepLines only(const StudiedCase<PlainDiana>& at, const Factors& factors, bool shared, std::size_t which) {
  StepLines all = lines_of<Step>(at, factors, shared);
  all.lines = {all.lines[which]};
  return all;
}
template <class Step>
StepLines variance_of(const StudiedCase<PlainDiana>& at, const Factors& factors, bool shared) {
  return only<Step>(at, factors, shared, 0);
}
template <class Step>
StepLines shifts_of(const StudiedCase<PlainDiana>& at, const Factors& factors, bool shared) {
  return only<Step>(at, factors, shared, 1);
}

std::vector<KernelCase> diana_kernel_cases(Seeded& random) {
  std::vector<KernelCase> all;
  for (const StudiedCase<PlainDiana>& at : diana_cases(random)) {
    const Quadratic<Rational>& f = at.on.f;
    Vectors old_gradients, differences;
    for (Index i = 0; i < f.workers(); ++i) {
      old_gradients.push_back(f.gradient(i, at.state.x));
      differences.push_back(old_gradients.back() - at.state.h[static_cast<std::size_t>(i)]);
    }
    const std::vector<Vectors> noises = joint_noises(at.method.compressor, differences);
    std::vector<Vectors> next_gradients;
    for (const Vectors& noise : noises) {
      Vector<Rational> g = full_gradient<Rational>(f, at.state.x);
      for (const Vector<Rational>& one : noise) g += one / Rational(f.workers());
      const Vector<Rational> next_x = at.state.x - at.method.gamma * g;
      next_gradients.emplace_back();
      for (Index i = 0; i < f.workers(); ++i) next_gradients.back().push_back(f.gradient(i, next_x));
    }
    proofs::kernel::Model model;
    model.uniform_variable("i", static_cast<std::size_t>(f.workers()));
    model.uniform_variable("xi", noises.size());
    model.scalar("n", Rational(f.workers()));
    model.scalar("omega", at.method.compressor.omega<Rational>(f.dimension()));
    model.scalar("alpha", at.method.alpha);
    model.scalar("gamma", at.method.gamma);
    model.scalar("L^2", at.on.facts.L_squared);
    model.scalar("L_i^2", [L_i = f.constants().L_i](const Point& point) {
      return Rational(L_i[point.at("i")] * L_i[point.at("i")]);
    });
    model.vector("g_i", [old_gradients](const Point& point) { return old_gradients[point.at("i")]; });
    model.vector("h_i", [h = at.state.h](const Point& point) { return h[point.at("i")]; });
    model.vector("N_i", [noises](const Point& point) { return noises[point.at("xi")][point.at("i")]; });
    model.vector("g+_i",
                 [next_gradients](const Point& point) { return next_gradients[point.at("xi")][point.at("i")]; });
    const StepLines lines = lines_of<PlainDiana>(at, {}, false);
    all.push_back({std::move(model),
                   {{"variance", lines.lines[0].left, lines.lines[0].right},
                    {"next H", lines.lines[1].left, lines.lines[1].right}},
                   at.where});
  }
  return all;
}

/// The server takes the shifts as they are, without what has been learned from the message.
struct MessagesAlone : PlainDiana {
  template <class P, class R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Vector<Rational> x = s.x;
    Vector<Rational> h = Vector<Rational>::Zero(x.size());
    for (const Vector<Rational>& h_i : s.h) h += h_i / Rational(f.workers());
    s = PlainDiana::step(f, std::move(s), random);
    s.x += gamma * h;
    return s;
  }
};

struct ShiftsDoNotLearn : PlainDiana {
  template <class P, class R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Vectors h = s.h;
    s = PlainDiana::step(f, std::move(s), random);
    s.h = h;
    return s;
  }
};

}  // namespace

std::vector<Claim> claims() {
  const auto study = [](LinesOf<PlainDiana, Factors> lines, const Factors& factors = {}, bool shared = false) {
    return lines_study<PlainDiana, Factors>(diana_cases, lines, factors, shared);
  };
  const std::string source = "slides \"DIANA\"; constants derived";
  const std::string H = "H = (1/n) sum_i |grad f_i(x) - h_i|^2, V = E|g - grad f(x)|^2";
  const std::string contract =
      "E|Q(y) - y|^2 = omega |y|^2, as for RandK, else V <= (omega/n) H; compressors independent across workers";
  const Rational less = ratio<Rational>(999, 1000);
  return {
      with_kernel({"marina/diana/estimator",
                   "DIANA's estimator is unbiased, and as exact as its shifts",
                   "E g = grad f(x), V = (omega/n) H",
                   {H, contract},
                   source,
                   {step_lines_check(
                       study(&variance_of<PlainDiana>),
                       {{"the shifts that have learned are used in g", study(&variance_of<LearnedShiftsUsed>)},
                        {"the shifts are left out of g", study(&variance_of<MessagesAlone>)},
                        {"all workers share their choices", study(&variance_of<PlainDiana>, {}, true)},
                        {"0.999 omega in V", study(&variance_of<PlainDiana>, {.omega = less})}})}},
                  diana_kernel_cases),
      with_kernel({"marina/diana/shifts",
                   "DIANA's shifts follow gradients that move",
                   "E H+ <= (1 - alpha/2) H + (2/alpha - 1) L^2 gamma^2 (|grad f(x)|^2 + V)",
                   {"every f_i is L_i-smooth, L^2 = (1/n) sum_i L_i^2", H, contract,
                    "0 < alpha <= 1/(1 + omega), alpha < 1"},
                   source,
                   {step_lines_check(
                       study(&shifts_of<PlainDiana>),
                       {{"the shifts do not learn", study(&shifts_of<ShiftsDoNotLearn>)},
                        {"1.001 of the decay", study(&shifts_of<PlainDiana>, {.rho = ratio<Rational>(1001, 1000)})},
                        {"0.999 of what moving adds", study(&shifts_of<PlainDiana>, {.move = less})}})}},
                  diana_kernel_cases)};
}

}  // namespace touchstone::inline v0::registry::nonconvex_diana
