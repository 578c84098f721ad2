#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/methods/local/local_sgd.hpp"
#include "touchstone/methods/local/s_local_svrg.hpp"
#include "touchstone/theory/local/local_sgd.hpp"
#include "touchstone/theory/local/s_local_svrg.hpp"
#include "verify/claims/local_kernel.hpp"
#include "verify/claims/local_models.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::local_step {

namespace {

using LocalGd = LocalSgd<Rational, EitherSchedule, FullGradient>;
using Complete = SLocalSvrg<Rational, EitherSchedule>;

LocalMethodOn<LocalGd> plain(const NamedQuadratic& on, const NamedSchedule& schedule, Seeded& /*random*/) {
  return {on, LocalGd{0, schedule.schedule},
          local_theorem(on, schedule,
                        local_sgd_constants<Rational>(on.f.constants().largest_L_i(), on.f.workers(),
                                                      gradient_noise(on), no_local_variance<Rational>()))};
}

LocalMethodOn<Complete> complete(const NamedQuadratic& on, const NamedSchedule& schedule, Seeded& /*random*/) {
  const Rational q(1, 3);
  const ProblemConstants<Rational>& of = on.f.constants();
  return {on, Complete{0, schedule.schedule, {RefreshCoin<Rational>::independent(q)}},
          local_theorem(on, schedule,
                        s_local_svrg_constants<Rational>(of.largest_L_i(), of.largest_L_ij(), on.f.workers(), q))};
}

template <class Method>
LocalCases<Method> states_of(const LocalSetUp<Method>& set_up) {
  const auto instances = [](Seeded& random) { return random_instances(random, {{1, 2, 2}, {2, 2, 2}}); };
  return local_states<Method>(with_schedules<Method>(set_up, instances, {with_probability(ratio<Rational>(1, 3))}));
}

/// (1/n) sum_i (f_i(x_i) - f_i(x*) - <grad f_i(x*), x_i - x*>)
Rational mean_distance(const Quadratic<Rational>& f, const std::vector<Vector<Rational>>& x,
                       const Vector<Rational>& x_star) {
  Rational sum(0);
  for (Index i = 0; i < f.workers(); ++i) {
    const QuadraticForm<Rational>& form = f.form(i);
    const Vector<Rational>& x_i = x[static_cast<std::size_t>(i)];
    sum += form.value(x_i) - form.value(x_star) - form.gradient(x_star).dot(x_i - x_star);
  }
  return sum / f.workers();
}

std::vector<KernelCase> sampled_components(Seeded& random) {
  std::vector<KernelCase> all;
  for (const LocalCase<Complete>& at : states_of<Complete>(complete)(random)) {
    const Rational twice_L = 2 * at.f.constants().largest_L_ij();
    const std::vector<Vector<Rational>> together(at.state.x.size(), average(at.state.x));
    const auto sides = [&](const char* name, const std::vector<Vector<Rational>>& x) {
      return KernelSides{name, reference_variance(at.f, LocalMemories<Rational>{{}, x}, at.x_star),
                         Rational(twice_L * mean_distance(at.f, x, at.x_star))};
    };
    all.push_back(
        {local_model_of(at), {sides("(E) at the x_i", at.state.x), sides("(E) at x", together)}, at.where});
  }
  return all;
}

}  // namespace

std::vector<Claim> claims() {
  return {
      with_kernel(
          {"local/step/expected-smoothness",
           "components drawn uniformly have expected smoothness max_ij L_ij, at the points of the workers",
           "(1/n) sum_i E_j|grad f_ij(x_i) - grad f_ij(x*)|^2 <= 2 max_ij L_ij (1/n) sum_i (f_i(x_i) - f_i(x*) "
           "- <grad f_i(x*), x_i - x*>), and the same with x for every x_i",
           {"every f_ij is L_ij-smooth and convex"},
           "chapter 4, the rows with max L_ij",
           {}},
          sampled_components),
      with_kernel({"local/step/distance",
                   "one step of the average of a local method",
                   "E|x+ - x*|^2 <= (1 - gamma mu)|x - x*|^2 - 2 gamma (f(x) - f(x*)) + gamma (L - mu) V + gamma^2 "
                   "E|g|^2 for x = (1/n) sum_i x_i, V = (1/n) sum_i |x_i - x|^2, x+ = x - gamma g",
                   {"every f_i is L-smooth and mu-quasi-strongly convex with a common x*",
                    "E g = (1/n) sum_i grad f_i(x_i)"},
                   "slide 72, its proof; re-derived",
                   {}},
                  joined({local_step_cases<LocalGd>(states_of<LocalGd>(plain)),
                          local_step_cases<Complete>(states_of<Complete>(complete))}))};
}

}  // namespace touchstone::inline v0::registry::local_step
