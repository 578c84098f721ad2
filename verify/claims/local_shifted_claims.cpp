#include "touchstone/methods/local/s_star_local_sgd.hpp"
#include "touchstone/methods/local/s_star_local_sgd_star.hpp"
#include "touchstone/methods/local/ss_local_sgd.hpp"
#include "touchstone/theory/local/s_star_local_sgd.hpp"
#include "touchstone/theory/local/s_star_local_sgd_star.hpp"
#include "touchstone/theory/local/ss_local_sgd.hpp"
#include "verify/claims/local_claims.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::local_shifted {

namespace {

using StarNoisy = SStarLocalSgd<Rational, EitherSchedule, AdditiveNoise<Rational>>;
using StarSampled = SStarLocalSgd<Rational, EitherSchedule>;
using BothStars = SStarLocalSgdStar<Rational, EitherSchedule>;
using LearnedNoisy = SsLocalSgd<Rational, EitherSchedule, AdditiveNoise<Rational>>;
using LearnedSampled = SsLocalSgd<Rational, EitherSchedule>;

StarShift<Rational> star_of(const NamedQuadratic& on) {
  return StarShift<Rational>::of(on.f, on.x_star);
}

LocalConstants<Rational> star_row(const NamedQuadratic& on, const LocalMomentBound<Rational>& variance) {
  return s_star_local_sgd_constants<Rational>(on.f.constants().largest_L_i(), on.f.workers(), variance);
}

LocalMethodOn<StarNoisy> star_noisy(const NamedQuadratic& on, const NamedSchedule& schedule, Seeded& random) {
  const AdditiveNoise<Rational> noise = noise_on(on, random);
  return {on, StarNoisy{0, schedule.schedule, noise, star_of(on)},
          local_theorem(on, schedule, star_row(on, noise_bound(noise)))};
}

LocalMethodOn<StarSampled> star_sampled(const NamedQuadratic& on, const NamedSchedule& schedule,
                                        Seeded& /*random*/) {
  return {on, StarSampled{0, schedule.schedule, {}, star_of(on)},
          local_theorem(on, schedule, star_row(on, sampled_bound(on)))};
}

LocalMethodOn<BothStars> both_stars(const NamedQuadratic& on, const NamedSchedule& schedule, Seeded& /*random*/) {
  const auto& constants = on.f.constants();
  return {on, BothStars{0, schedule.schedule, StarReference<Rational>::of(on.f, on.x_star), star_of(on)},
          local_theorem(on, schedule,
                        s_star_local_sgd_star_constants<Rational>(constants.largest_L_i(), constants.largest_L_ij(),
                                                                  on.f.workers()))};
}

const Rational q = ratio<Rational>(1, 3);
const RefreshCoin<Rational> coin = RefreshCoin<Rational>::independent(q);

LocalConstants<Rational> learned_row(const NamedQuadratic& on, const LocalMomentBound<Rational>& variance,
                                     Index r) {
  return ss_local_sgd_constants<Rational>(on.f.constants().largest_L_i(), on.f.workers(), q, Rational(r), variance);
}

LocalMethodOn<LearnedNoisy> learned_noisy(const NamedQuadratic& on, const NamedSchedule& schedule, Seeded& random) {
  const AdditiveNoise<Rational> noise = noise_on(on, random);
  return {on, LearnedNoisy{0, schedule.schedule, noise, {coin, 1, noise}},
          local_theorem(on, schedule, learned_row(on, noise_bound(noise), 1))};
}

LocalMethodOn<LearnedSampled> learned_sampled(const NamedQuadratic& on, const NamedSchedule& schedule,
                                              Seeded& /*random*/) {
  return {on, LearnedSampled{0, schedule.schedule, {}, {coin, 2, {}}},
          local_theorem(on, schedule, learned_row(on, sampled_bound(on), 2))};
}

template <class Method>
LocalVariationList<Method> other_star() {
  return {{"the star gradient of another worker", {.change = [](auto& at) {
             auto& gradients = at.method.shift.gradients_at_solution;
             std::rotate(gradients.begin(), gradients.begin() + 1, gradients.end());
           }}}};
}

std::vector<NamedQuadratic> two_workers(Seeded& random) {
  return random_instances(random, {{1, 2, 2}, {2, 2, 2}});
}

}  // namespace

std::vector<Claim> claims() {
  std::vector<Claim> all;
  add_local<StarNoisy>(
      all, {"s-star-local-sgd-uniform", "S*-Local-SGD, uniform variance", "slide 76, row 7 (Algorithm 29)"},
      {"A", "D~", "A'", "D'"}, star_noisy, local_instances_of, all_schedules(), other_star<StarNoisy>());
  add_local<StarSampled>(
      all, {"s-star-local-sgd-sampled", "S*-Local-SGD, sampled", "derived; slide 76, row 7 (Algorithm 29)"},
      {"A", "D~", "A'", "D'"}, star_sampled, local_instances_of, all_schedules(), other_star<StarSampled>());
  add_local<BothStars>(all, {"s-star-local-sgd-star", "S*-Local-SGD*", "slide 76, row 10 (Algorithm 31)"},
                       {"A", "A~", "A'"}, both_stars, local_instances_of, all_schedules(), other_star<BothStars>());
  add_local<LearnedNoisy>(
      all, {"ss-local-sgd-uniform", "SS-Local-SGD, uniform variance", "slide 76, row 8 (Algorithm 30)"},
      {"A", "B1", "D~", "A'", "D'", "rho1", "C1", "D1"}, learned_noisy, two_workers, all_schedules());
  add_local<LearnedSampled>(
      all, {"ss-local-sgd-sampled", "SS-Local-SGD, sampled", "slide 76, row 9 (Algorithm 30)"},
      {"A", "B1", "D~", "A'", "D'", "rho1", "C1", "D1"}, learned_sampled, two_workers, all_schedules());
  return all;
}

}  // namespace touchstone::inline v0::registry::local_shifted
