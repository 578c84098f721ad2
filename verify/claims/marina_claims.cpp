#include <fmt/format.h>

#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/marina/marina.hpp"
#include "touchstone/problems/rational_quadratic.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/theory/marina/marina.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/registry.hpp"
#include "verify/engine/studied_choices.hpp"

namespace touchstone::inline v0::registry::marina {

namespace {

using Method = Marina<Rational, RandK>;
using State = MarinaState<Rational>;
using Source = Exhaustive<Rational>;
using Forms = std::vector<QuadraticForm<Rational>>;

/// Workers f_i, in general indefinite, with L^2 = (1/n) sum_i L_i^2.
struct Instance {
  Quadratic<Rational> f;
  Rational L_squared;
  std::string name;
};

struct Case {
  Instance on;
  Method method;
  State state;
  std::string where;  ///< which instance and state, in a few words
};

struct Variation {
  std::function<State(const Case&, Source&)> step = [](const Case& at, Source& random) {
    return at.method.step(at.on.f, at.state, random);
  };
  Rational lambda_squared = 1;  ///< multiplies Lambda^2 in the row
};

Instance instance(const Forms& forms, const std::vector<Rational>& L_i, const std::string& name) {
  Rational L_squared(0);
  Rational largest(0);
  for (const Rational& L : L_i) {
    L_squared += L * L / Rational(static_cast<Index>(L_i.size()));
    largest = std::max(largest, L);
  }
  return {{forms, {largest, 0, L_i, {}}}, L_squared, name};
}

/// f_1 and f_2 are saddles, f = |x|^2/2 - <(1, 1), x>/2 is convex.
Instance two_saddles() {
  Forms forms(2, {Matrix<Rational>::Zero(2, 2), Vector<Rational>::Zero(2)});
  forms[0].A.diagonal() << 3, -2;
  forms[0].b << 1, 0;
  forms[1].A.diagonal() << -1, 4;
  forms[1].b << 0, 1;
  return instance(forms, {3, 4}, "two saddles");
}

/// A_i = lambda_i I: the gradients change by exactly L_i |x+ - x|, which attains the row.
Instance isotropic(Index d, const std::vector<Rational>& lambda) {
  Forms forms;
  std::vector<Rational> L_i;
  for (const Rational& l : lambda) {
    forms.push_back({Matrix<Rational>(Matrix<Rational>::Identity(d, d) * l),
                     Vector<Rational>::Constant(d, Rational(static_cast<Index>(forms.size())))});
    L_i.push_back(abs(l));
  }
  return instance(forms, L_i, fmt::format("d={} n={} isotropic", d, lambda.size()));
}

/// Q diag(spectrum) Q', the spectrum of either sign: L_i is its largest magnitude.
Instance random_saddles(Seeded& random, Index d, Index n) {
  Forms forms;
  std::vector<Rational> L_i;
  for (Index i = 0; i < n; ++i) {
    const Matrix<Rational> Q = random_orthogonal(random, d);
    const Vector<Rational> spectrum = random_vector(random, d);
    forms.push_back({Matrix<Rational>(Q * spectrum.asDiagonal() * Q.transpose()), random_vector(random, d)});
    L_i.push_back(spectrum.cwiseAbs().maxCoeff());
  }
  return instance(forms, L_i, fmt::format("d={} n={}", d, n));
}

/// The same f_i on every worker.
Instance equal_workers(const Instance& on, Index n) {
  const Forms forms(static_cast<std::size_t>(n), on.f.form(0));
  const std::vector<Rational> L_i(static_cast<std::size_t>(n), on.f.constants().L_i.front());
  return instance(forms, L_i, on.name + " equal workers");
}

void add_states(std::vector<Case>& all, Seeded& random, const Instance& on) {
  const Index d = on.f.dimension();
  const std::vector<Rational> coins{Rational(1, 2), Rational(1, 5), Rational(1)};
  for (Index K = 1; K <= d; ++K)
    for (const Rational& p : coins) {
      const Method marina{{K}, Rational(1, 7), p};
      const auto add = [&](const State& state, const std::string& what) {
        all.push_back({on, marina, state, fmt::format("{} K={} p={}, {}", on.name, K, p.str(), what)});
      };
      const Vector<Rational> x = random_vector(random, d);
      add(marina.initial(on.f, x, random_vector(random, d)), "random state");
      add(marina.initial(on.f, x), "g = grad f(x)");
    }
}

std::vector<Case> cases(Seeded& random) {
  std::vector<Case> all;
  const Instance saddles = two_saddles();
  add_states(all, random, saddles);
  for (const auto& [d, n] : {std::pair<Index, Index>{1, 2}, {2, 1}, {2, 3}, {3, 2}})
    add_states(all, random, random_saddles(random, d, n));
  add_states(all, random, isotropic(2, {3, -1}));
  add_states(all, random, isotropic(3, {-2, 1}));
  add_states(all, random, equal_workers(random_saddles(random, 2, 1), 2));
  const Method marina{{1}, Rational(1, 7), Rational(1, 2)};
  const Vector<Rational> stationary = Vector<Rational>::Constant(2, Rational(1, 2));
  all.push_back({saddles, marina, marina.initial(saddles.f, stationary), "two saddles, the solution"});
  all.push_back({saddles, marina, marina.initial(saddles.f, stationary, Vector<Rational>::Constant(2, 100)),
                 "two saddles, x = x*, g far off"});
  return all;
}

/// (1/n) sum_i |grad f_i(x+) - grad f_i(x)|^2
Rational change_of_gradients(const Case& at, const Vector<Rational>& next_x) {
  const Quadratic<Rational>& f = at.on.f;
  Rational sum(0);
  for (Index i = 0; i < f.workers(); ++i)
    sum += (f.gradient(i, next_x) - f.gradient(i, at.state.x)).squaredNorm() / Rational(f.workers());
  return sum;
}

/// What one step does to the error of the estimator.
struct Estimate {
  Vector<Rational> mean_error, mean_error_left;  ///< E (g+ - grad f(x+)) and (1 - p)(g - grad f(x)): to be equal
  Rational next_G, closed_form, row;             ///< E G+, equal to its closed form and at most the row's bound
};

Estimate estimate(const Case& at, const Variation& variation) {
  const Quadratic<Rational>& f = at.on.f;
  const Vector<Rational> next_x = at.state.x - at.method.gamma * at.state.g;
  const Vector<Rational> next_gradient = full_gradient<Rational>(f, next_x);
  Estimate e{.mean_error = Vector<Rational>::Zero(f.dimension()),
             .mean_error_left = {},
             .next_G = 0,
             .closed_form = {},
             .row = {}};
  for_each_outcome<Rational>([&](Source& random) { return variation.step(at, random); },
                             [&](const Rational& probability, const State& next) {
                               const Vector<Rational> error = next.g - next_gradient;
                               e.mean_error += probability * error;
                               e.next_G += probability * error.squaredNorm();
                             });

  const Vector<Rational> error = at.state.g - full_gradient<Rational>(f, at.state.x);
  const Rational& p = at.method.p;
  const Rational n(f.workers());
  const auto omega = at.method.compressor.omega<Rational>(f.dimension());
  const Rational G = error.squaredNorm();
  const Rational lambda_squared = variation.lambda_squared * marina_lambda_squared(at.on.L_squared, omega, n, p);
  e.mean_error_left = (1 - p) * error;
  e.closed_form = (1 - p) * (G + omega / n * change_of_gradients(at, next_x));
  e.row = (1 - p) * G + p * lambda_squared * (next_x - at.state.x).squaredNorm();
  return e;
}

void inspect(Inspection& inspection, const Case& at, const Variation& variation) {
  const Estimate e = estimate(at, variation);
  inspection.equal(e.mean_error, e.mean_error_left, [&] { return at.where + " E (g+ - grad f(x+))"; });
  inspection.equal(e.next_G, e.closed_form, [&] { return at.where + " E G+, closed form"; });
  inspection.less_equal(e.next_G, e.row, [&] { return at.where + " (R) E G+"; });
}

Finding estimator(const CheckContext& context, const Variation& variation) {
  Seeded random = context.random("estimator");
  Inspection inspection;
  const std::vector<Case> all = cases(random);
  for (const Case& at : all) inspect(inspection, at, variation);
  return inspection.finding(fmt::format("{} states; E G+ equals its closed form, the row is attained", all.size()));
}

using Vectors = std::vector<Vector<Rational>>;

/// N_i = Q(d_i) - d_i of all workers, for every joint outcome; for RandK these are equally likely.
std::vector<Vectors> joint_noises(const Case& at, const Vectors& differences) {
  std::vector<Vectors> outcomes;
  const auto noises = [&](Source& random) {
    Vectors all;
    for (std::size_t i = 0; i < differences.size(); ++i)
      all.push_back(at.method.compressor.compress(differences[i], random.worker(static_cast<Index>(i))) -
                    differences[i]);
    return all;
  };
  for_each_outcome<Rational>(noises,
                             [&](const Rational& /*probability*/, const Vectors& all) { outcomes.push_back(all); });
  return outcomes;
}

/// What the symbols of the kernel's argument are at a case.
proofs::kernel::Model model_of(const Case& at) {
  using proofs::kernel::Point;
  const Quadratic<Rational>& f = at.on.f;
  const auto workers = static_cast<std::size_t>(f.workers());
  const Vector<Rational> next_x = at.state.x - at.method.gamma * at.state.g;
  Vectors next;
  Vectors differences;
  for (Index i = 0; i < f.workers(); ++i) {
    next.push_back(f.gradient(i, next_x));
    differences.push_back(next.back() - f.gradient(i, at.state.x));
  }
  const std::vector<Vectors> noises = joint_noises(at, differences);
  proofs::kernel::Model model;
  model.uniform_variable("i", workers);
  model.uniform_variable("xi", noises.size());
  model.scalar("n", Rational(f.workers()));
  model.scalar("omega", at.method.compressor.omega<Rational>(f.dimension()));
  model.scalar("p", at.method.p);
  model.scalar("L^2", at.on.L_squared);
  model.scalar("L_i^2", [L_i = f.constants().L_i](const Point& point) {
    return Rational(L_i[point.at("i")] * L_i[point.at("i")]);
  });
  model.vector("dx", Vector<Rational>(next_x - at.state.x));
  model.vector("g", at.state.g);
  model.vector("g_i", [old = at.state.gradients](const Point& point) { return old[point.at("i")]; });
  model.vector("g+_i", [next](const Point& point) { return next[point.at("i")]; });
  model.vector("N_i", [noises](const Point& point) { return noises[point.at("xi")][point.at("i")]; });
  return model;
}

std::vector<KernelCase> kernel_states(Seeded& random) {
  std::vector<KernelCase> all;
  for (const Case& at : cases(random)) {
    const Estimate sides = estimate(at, {});
    all.push_back({model_of(at), {{"(R) estimator", sides.next_G, sides.row}}, at.where});
  }
  return all;
}

// Wrong on purpose.
struct Unscaled : RandK {
  template <Field S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return Vector<S>(RandK::compress(x, random) * ratio<S>(K, x.size()));
  }
};

State unscaled(const Case& at, Source& random) {
  return Marina<Rational, Unscaled>{{at.method.compressor}, at.method.gamma, at.method.p}.step(at.on.f, at.state,
                                                                                               random);
}

State coin_inverted(const Case& at, Source& random) {
  return Method{at.method.compressor, at.method.gamma, Rational(1 - at.method.p)}.step(at.on.f, at.state, random);
}

State own_coins(const Case& at, Source& random) {
  const Quadratic<Rational>& f = at.on.f;
  State s = at.state;
  s.x -= at.method.gamma * s.g;
  Vector<Rational> sum = Vector<Rational>::Zero(f.dimension());
  for (Index i = 0; i < f.workers(); ++i) {
    const Vector<Rational> gradient = f.gradient(i, s.x);
    const Vector<Rational> difference = gradient - s.gradients[static_cast<std::size_t>(i)];
    Source& own = random.worker(i);
    if (own.bernoulli(at.method.p))
      sum += gradient;
    else
      sum += s.g + at.method.compressor.compress(difference, own);
  }
  s.g = sum / Rational(f.workers());
  return s;
}

State shared_choices(const Case& at, Source& random) {
  StudiedChoices shared(random, true, nullptr);
  return at.method.step(at.on.f, at.state, shared);
}

/// grad f_i(x) overwritten too early.
State overwritten_gradients(const Case& at, Source& random) {
  const Vector<Rational> next_x = at.state.x - at.method.gamma * at.state.g;
  State s = at.state;
  s.gradients = at.method.initial(at.on.f, next_x).gradients;
  return at.method.step(at.on.f, std::move(s), random);
}

State compressed_gradients(const Case& at, Source& random) {
  State s = at.state;
  for (Vector<Rational>& gradient : s.gradients) gradient.setZero();
  return at.method.step(at.on.f, std::move(s), random);
}

std::vector<Mutant<Variation>> estimator_mutants() {
  return {{"p in place of 1 - p", {.step = coin_inverted}},
          {"every worker draws its own coin", {.step = own_coins}},
          {"d/K forgotten", {.step = unscaled}},
          {"all workers share their choices", {.step = shared_choices}},
          {"the old gradients are those of the new point", {.step = overwritten_gradients}},
          {"gradients compressed, not their differences", {.step = compressed_gradients}},
          {"0.999 Lambda^2 in the row", {.lambda_squared = ratio<Rational>(999, 1000)}}};
}

}  // namespace

std::vector<Claim> claims() {
  const std::string method = "slides \"New Method: MARINA\"; constants of arXiv:2102.07845";
  return {
      with_kernel({"marina/marina/estimator",
                   "MARINA's estimator satisfies its row of the theorem of biased estimators",
                   "E G+ = (1 - p)(G + (omega/n) (1/n) sum_i |grad f_i(x+) - grad f_i(x)|^2) <= (1 - p) G + p "
                   "Lambda^2 |x+ - "
                   "x|^2",
                   {"every f_i is L_i-smooth, L^2 = (1/n) sum_i L_i^2, Lambda^2 = (1 - p) omega L^2/(p n)",
                    "E|Q(y) - y|^2 = omega |y|^2, as for RandK; compressors independent across workers",
                    "one coin for all workers"},
                   method,
                   {make_check<Variation>(Layer::exact, Level::exact, estimator, {}, estimator_mutants())}},
                  kernel_states),
  };
}

}  // namespace touchstone::inline v0::registry::marina
