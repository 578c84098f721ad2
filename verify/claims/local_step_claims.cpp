#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/methods/local/local_sgd.hpp"
#include "touchstone/methods/local/s_local_svrg.hpp"
#include "touchstone/theory/local/local_sgd.hpp"
#include "touchstone/theory/local/s_local_svrg.hpp"
#include "verify/claims/local_kernel.hpp"
#include "verify/claims/local_models.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/scheme_instances.hpp"

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
KernelCases cases_of(const LocalSetUp<Method>& set_up) {
  const auto instances = [](Seeded& random) { return random_instances(random, {{1, 2, 2}, {2, 2, 2}}); };
  return local_step_cases<Method>(
      local_states<Method>(with_schedules<Method>(set_up, instances, {with_probability(ratio<Rational>(1, 3))})));
}

}  // namespace

std::vector<Claim> claims() {
  return {with_kernel(
      {"local/step/distance",
       "one step of the average of a local method",
       "E|x+ - x*|^2 <= (1 - gamma mu)|x - x*|^2 - 2 gamma (f(x) - f(x*)) + gamma (L - mu) V + gamma^2 "
       "E|g|^2 for x = (1/n) sum_i x_i, V = (1/n) sum_i |x_i - x|^2, x+ = x - gamma g",
       {"every f_i is L-smooth and mu-quasi-strongly convex with a common x*", "E g = (1/n) sum_i grad f_i(x_i)"},
       "slide 72, its proof; re-derived",
       {}},
      joined({cases_of<LocalGd>(plain), cases_of<Complete>(complete)}))};
}

}  // namespace touchstone::inline v0::registry::local_step
