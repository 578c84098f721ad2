#include "touchstone/methods/local/local_svrg.hpp"
#include "touchstone/methods/local/s_local_svrg.hpp"
#include "touchstone/theory/local/local_svrg.hpp"
#include "touchstone/theory/local/s_local_svrg.hpp"
#include "verify/claims/local_claims.hpp"
#include "verify/claims/local_faults.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::local_svrg {

namespace {

using Own = LocalSvrg<Rational, EitherSchedule>;
using Shared = LocalSvrgSharedCoin<Rational, EitherSchedule>;
using Complete = SLocalSvrg<Rational, EitherSchedule>;
using OwnReferences = SLocalSvrgOwnReferences<Rational, EitherSchedule>;

const Rational q = ratio<Rational>(1, 3);
const RefreshCoin<Rational> coin = RefreshCoin<Rational>::independent(q);

LocalConstants<Rational> local_row(const NamedQuadratic& on) {
  const auto& constants = on.f.constants();
  return local_svrg_constants<Rational>(constants.largest_L_i(), constants.largest_L_ij(), on.f.workers(), q,
                                        gradient_noise(on));
}

LocalMethodOn<Own> own(const NamedQuadratic& on, const NamedSchedule& schedule, Seeded& /*random*/) {
  return {on, Own{0, schedule.schedule, {q}}, local_theorem(on, schedule, local_row(on))};
}

LocalMethodOn<Shared> shared(const NamedQuadratic& on, const NamedSchedule& schedule, Seeded& /*random*/) {
  return {on, Shared{0, schedule.schedule, {coin}}, local_theorem(on, schedule, local_row(on))};
}

using Row = LocalConstants<Rational> (*)(const Rational& L, const Rational& component_L, const Rational& n,
                                         const Rational& q);

/// S-Local-SVRG with one of its rows.
template <Row constants_of>
LocalMethodOn<Complete> complete(const NamedQuadratic& on, const NamedSchedule& schedule, Seeded& /*random*/) {
  const auto& constants = on.f.constants();
  return {
      on, Complete{0, schedule.schedule, {coin}},
      local_theorem(on, schedule,
                    constants_of(constants.largest_L_i(), constants.largest_L_ij(), Rational(on.f.workers()), q))};
}

/// The reference point changes only together with a synchronization.
LocalMethodOn<Complete> coupled(const NamedQuadratic& on, const NamedSchedule& schedule, Seeded& random) {
  LocalMethodOn<Complete> of = complete<s_local_svrg_constants<Rational>>(on, schedule, random);
  of.method.estimator.coin = RefreshCoin<Rational>::when_synchronizing(q, schedule.p);
  return of;
}

LocalMethodOn<OwnReferences> own_references(const NamedQuadratic& on, const NamedSchedule& schedule,
                                            Seeded& /*random*/) {
  const auto& constants = on.f.constants();
  return {on, OwnReferences{0, schedule.schedule, {q}},
          local_theorem(on, schedule,
                        s_local_svrg_own_references_constants<Rational>(
                            constants.largest_L_i(), constants.largest_L_ij(), Rational(on.f.workers()), q))};
}

/// The shift's sign cannot be seen by (M) where all is at the solution; the mean of the step can.
LocalVariationList<Complete> wrong_update() {
  return {{"the shifts do not sum to zero",
           {.alter =
                [](const auto& at, const auto& s, auto& next) {
                  const Vector<Rational> mean = at.method.mean_shift(s);
                  for (Vector<Rational>& x_i : next.x) x_i += at.method.gamma * mean;
                }}},
          {"the reference point is one worker's iterate",
           {.alter =
                [](const auto& at, const auto& s, auto& next) {
                  if (next.w == s.w) return;
                  next.w = s.x.front();
                  at.method.estimator.remember(at.f, next);
                }}},
          {"the reference point is always refreshed", {.alter = [](const auto& at, const auto& s, auto& next) {
             next.w = average(s.x);
             at.method.estimator.remember(at.f, next);
           }}}};
}

}  // namespace

std::vector<Claim> claims() {
  const std::vector<std::string> local_constants{"A", "D", "A~", "B2~", "A'", "B2'", "rho2", "C2", "G2"};
  const std::vector<std::string> constants{"A", "B2", "A~", "B2~", "A'", "B2'", "rho2", "C2"};
  const std::vector<NamedSchedule> few{every(2), every(3), with_probability(ratio<Rational>(1, 2))};
  const std::vector<NamedSchedule> random{with_probability(ratio<Rational>(1, 2)),
                                          with_probability(ratio<Rational>(1, 3))};
  const auto two = [](Seeded& seeded) { return random_instances(seeded, {{1, 2, 2}, {2, 2, 2}}); };
  std::vector<Claim> all;
  add_local<Own>(all, {"local-svrg", "Local-SVRG", "slide 76, row 6 (Algorithm 28)"}, local_constants, own, two,
                 all_schedules());
  add_local_theorem<Own>(
      all, {"local-svrg-bounded", "Local-SVRG, bounded differences", "slide 76, row 5 (Algorithm 28)"},
      in_mode<Own>(own, LocalMode::contracting), equal_hessian_instances, few);
  add_local_theorem<Shared>(
      all, {"local-svrg-shared-coin", "Local-SVRG with one coin for all workers", "slide 76, row 6 (Algorithm 28)"},
      shared, local_instances_of, few);
  add_local<Complete>(all, {"s-local-svrg", "S-Local-SVRG", "slide 76, row 11 (Algorithm 32)"}, constants,
                      complete<s_local_svrg_constants<Rational>>, local_instances_of, all_schedules(),
                      wrong_update());
  add_local<Complete>(all,
                      {"s-local-svrg-sharp", "S-Local-SVRG with two variance sequences",
                       "derived; slide 76, row 11 (Algorithm 32)"},
                      {"A", "B1", "A~", "B2~", "A'", "B2'", "rho1", "C1", "rho2", "C2"},
                      complete<s_local_svrg_sharp_constants<Rational>>, local_instances_of, few, wrong_update());
  add_local_theorem<Complete>(all,
                              {"s-local-svrg-coupled", "S-Local-SVRG refreshed only when synchronized",
                               "derived; slide 76, row 11 (Algorithm 32)"},
                              coupled, local_instances_of, random);
  add_local<OwnReferences>(all,
                           {"s-local-svrg-own-references", "S-Local-SVRG with a reference point on every worker",
                            "derived; slide 76, row 11 (Algorithm 32)"},
                           {"A", "B2", "A~", "B2~", "A'", "B2'", "rho2", "C2", "G2"}, own_references, two, few);
  return all;
}

}  // namespace touchstone::inline v0::registry::local_svrg
