#include <fmt/format.h>

#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd_diana.hpp"
#include "touchstone/methods/error_feedback/ec_gd_star.hpp"
#include "touchstone/methods/error_feedback/ec_lsvrg_diana.hpp"
#include "touchstone/methods/error_feedback/ec_lsvrg_star.hpp"
#include "touchstone/numbers/real.hpp"
#include "verify/claims/disagreeing_workers.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::exact_optimum {

namespace {

using S = Real<50>;

/// |x - x*|^2 after a seeded run.
template <class Method>
S distance_after(const Method& method, Index steps, Seeded random) {
  const Quadratic<S> f = disagreeing_workers<S>();
  Vector<S> x(2);
  x << S(3), S(2);
  typename Method::State s = method.initial(f, x);
  for (Index k = 0; k < steps; ++k) {
    random.begin_iteration(k);
    s = method.step(f, std::move(s), random);
  }
  return S((s.x - disagreeing_workers_solution<S>()).squaredNorm());
}

/// What reaches the solution, and what is left out of it by a mutant.
using Distance = std::function<S(Seeded)>;

Claim claim(const std::string& subject, const std::string& title, const std::string& source, const Distance& run,
            std::vector<Mutant<Distance>> mutants) {
  const auto check = [](const CheckContext& context, const Distance& of) {
    const S distance = of(context.random("run"));
    const S goal = pow(S(10), -30);
    Inspection inspection;
    inspection.holds(distance < goal, [&] { return fmt::format("|x - x*|^2 = {} < 1e-30", distance.str(3)); });
    return inspection.finding(fmt::format("|x - x*|^2 = {}", distance.str(3)));
  };
  return {"error-feedback/" + subject + "/solution",
          title + " finds the solution to 30 digits where the workers disagree",
          "|x^k - x*|^2 < 1e-30 with Top1, in 50 digits",
          {"n = 3, m = 2, grad f_i(x*) = (2, 1), (-2, 1), (0, -2)"},
          source,
          {make_check<Distance>(Layer::run, Level::measured, check, run, std::move(mutants))}};
}

}  // namespace

std::vector<Claim> claims() {
  const S gamma = ratio<S>(1, 20);
  const S p = ratio<S>(1, 2);
  const LearnedShift<S, RandK> learned{{1}, ratio<S>(1, 2)};
  const auto star = StarShift<S>::of(disagreeing_workers<S>(), disagreeing_workers_solution<S>());
  const auto run = [](const auto& method, Index steps) -> Distance {
    return [method, steps](const Seeded& random) { return distance_after(method, steps, random); };
  };
  constexpr Index steps = 4000;
  const Distance without_shifts = run(EcGd<S, TopK>{{{1}}, gamma}, steps);
  const Distance without_references = run(
      ErrorFeedback<S, ErrorCompensation<S, TopK>, StarShift<S>, SampledComponent>{{{1}}, gamma, star, {}}, steps);
  const Distance references_alone = run(EcLsvrg<S, TopK>{{{1}}, gamma, {}, {p}}, steps);
  return {claim("ec-gd-star", "EC-GDstar", "slide 50, row 3 (EC-GDstar, Algorithm 21)",
                run(EcGdStar<S, TopK>{{{1}}, gamma, star}, steps), {{"EC-GD", without_shifts}}),
          claim("ec-gd-diana", "EC-GD-DIANA", "slide 50, row 6 (EC-GD-DIANA)",
                run(EcGdDiana<S, TopK, RandK>{{{1}}, gamma, learned}, steps), {{"EC-GD", without_shifts}}),
          claim("ec-lsvrg-star", "EC-LSVRGstar", "slide 50, row 8 (EC-LSVRGstar, Algorithm 25)",
                run(EcLsvrgStar<S, TopK>{{{1}}, gamma, star, {p}}, steps),
                {{"sampled gradients in place of references", without_references}, {"EC-LSVRG", references_alone}}),
          claim("ec-lsvrg-diana", "EC-LSVRG-DIANA", "slide 50, row 9 (EC-LSVRG-DIANA, Algorithm 26)",
                run(EcLsvrgDiana<S, TopK, RandK>{{{1}}, gamma, learned, {p}}, steps),
                {{"EC-LSVRG", references_alone}})};
}

}  // namespace touchstone::inline v0::registry::exact_optimum
