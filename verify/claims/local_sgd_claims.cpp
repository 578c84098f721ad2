#include "touchstone/methods/local/local_sgd.hpp"
#include "touchstone/theory/local/local_sgd.hpp"
#include "verify/claims/local_claims.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::local_sgd {

namespace {

using Noisy = LocalSgd<Rational, EitherSchedule, AdditiveNoise<Rational>>;
using Sampled = LocalSgd<Rational, EitherSchedule>;

LocalConstants<Rational> row(const NamedQuadratic& on, const LocalMomentBound<Rational>& variance) {
  return local_sgd_constants<Rational>(on.f.constants().largest_L_i(), on.f.workers(), gradient_noise(on),
                                       variance);
}

LocalMethodOn<Noisy> noisy(const NamedQuadratic& on, const NamedSchedule& schedule, Seeded& random) {
  const AdditiveNoise<Rational> noise = noise_on(on, random);
  return {on, Noisy{0, schedule.schedule, noise}, local_theorem(on, schedule, row(on, noise_bound(noise)))};
}

LocalMethodOn<Sampled> sampled(const NamedQuadratic& on, const NamedSchedule& schedule, Seeded& /*random*/) {
  return {on, Sampled{0, schedule.schedule}, local_theorem(on, schedule, row(on, sampled_bound(on)))};
}

}  // namespace

std::vector<Claim> claims() {
  const std::vector<std::string> constants{"A", "D", "D~", "A'", "D'"};
  const std::vector<NamedSchedule> fixed{every(2), every(3), scheduled({2, 1, 3})};
  const std::vector<NamedSchedule> both{every(2), every(3), with_probability(ratio<Rational>(1, 2))};
  std::vector<Claim> all;
  add_local<Noisy>(all, {"local-sgd-uniform", "Local-SGD, uniform variance", "slide 76, row 2 (Algorithm 27)"},
                   constants, noisy, local_instances_of, all_schedules());
  add_local_theorem<Noisy>(all,
                           {"local-sgd-uniform-bounded", "Local-SGD, uniform variance, bounded differences",
                            "slide 76, row 1 (Algorithm 27)"},
                           in_mode<Noisy>(noisy, LocalMode::direct), equal_hessian_instances, fixed);
  add_local<Sampled>(all, {"local-sgd-sampled", "Local-SGD, sampled", "slide 76, row 4 (Algorithm 27)"}, constants,
                     sampled, local_instances_of, all_schedules());
  add_local_theorem<Sampled>(
      all,
      {"local-sgd-sampled-bounded", "Local-SGD, sampled, bounded differences", "slide 76, row 3 (Algorithm 27)"},
      in_mode<Sampled>(sampled, LocalMode::contracting), equal_hessian_instances, both);
  add_local_theorem<Sampled>(
      all,
      {"local-sgd-sampled-damped", "Local-SGD, sampled, bounded differences of convex workers",
       "derived; slide 76, row 3 (Algorithm 27)"},
      in_mode<Sampled>(sampled, LocalMode::damped), equal_hessian_instances, fixed);
  return all;
}

}  // namespace touchstone::inline v0::registry::local_sgd
