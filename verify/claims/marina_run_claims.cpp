// The theorems of chapter 5 along whole runs, on quadratics whose workers are not convex.
#include "verify/claims/descent_mutants.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/study_parts.hpp"

namespace touchstone::inline v0::registry::marina_run {

namespace {

using P = Quadratic<Rational>;

constexpr Index run_steps = 80;

template <class Method>
using CasesOf = DescentCases<Method, P>;

const Vector<Rational>& plane_start() {
  static const Vector<Rational> x = [] {
    Vector<Rational> start(2);
    start << 2, 1;
    return start;
  }();
  return x;
}

/// Every instance with both stepsizes.
template <class Method>
CasesOf<Method> on_each(const std::function<std::vector<SaddleInstance>(Seeded&)>& instances, const Method& method,
                        Promise promise) {
  return [=](Seeded& random) {
    std::vector<DescentCase<Method, P>> all;
    for (const SaddleInstance& on : instances(random))
      for (const DescentStepsize stepsize : {DescentStepsize::theorem, DescentStepsize::sharp})
        all.push_back(descent_case(on, method, plane_start(), promise, stepsize));
    return all;
  };
}

std::vector<SaddleInstance> saddles(Seeded& random) {
  return {two_saddles(), flat_valley(), random_saddle_instance(random, 2), random_saddle_instance(random, 3)};
}
/// n divides d, or d divides n.
std::vector<SaddleInstance> in_blocks(Seeded& random) {
  return {two_saddles(), flat_valley(), random_saddle_instance(random, 2), random_saddle_instance(random, 4)};
}
std::vector<SaddleInstance> of_components(Seeded& /*random*/) {
  return {saddles_of_components(), two_saddles()};
}
std::vector<SaddleInstance> of_noise(Seeded& /*random*/) {
  return {noisy_saddles()};
}

const std::string promise_of_average = "(1/K) sum_{k < K} E|grad f(x^k)|^2 <= 2 Phi^0/(gamma K) + nu for every K";
const std::string promise_of_last = "E Psi^K <= (1 - gamma mu)^K Psi^0 + nu/mu for every K";

/// `variant`: "-perm-k", where a subject has several methods.
Claim run_claim(const MethodNames& names, Promise promise, const Check& check, const std::string& variant = "") {
  const bool linear = promise == Promise::last;
  return {"marina/" + names.subject + (linear ? "/run-pl" : "/run") + variant,
          names.title + (linear ? " converges linearly under the PL condition, along whole runs"
                                : " finds points of small gradient, along whole runs"),
          (linear ? promise_of_last : promise_of_average) + "; the one-step inequality in expectation for every k",
          {"quadratics whose workers are saddles and whose mean is not; RandK",
           "gamma = 1/(L + t), and the largest that descent admits"},
          names.source,
          {check}};
}

/// Both claims of a method, from its cases by promise and the mutants of these.
template <class Method>
std::vector<Claim> run_claims(const MethodNames& names, const std::function<CasesOf<Method>(Promise)>& cases,
                              const std::function<DescentMutants(const CasesOf<Method>&)>& mutants,
                              const std::string& variant = "") {
  std::vector<Claim> all;
  for (const Promise promise : {Promise::average, Promise::last}) {
    const CasesOf<Method> of = cases(promise);
    all.push_back(
        run_claim(names, promise, descent_run_check(as_stated<Method, P>(of), mutants(of), run_steps), variant));
  }
  return all;
}

const Rational half(1, 2);
const Rational fifth(1, 5);

std::vector<Claim> marina_claims() {
  return run_claims<PlainMarina>(
      {"marina", "MARINA", "slides \"New Method: MARINA\"; Algorithm 33"},
      [](Promise promise) {
        return on_each<PlainMarina>(saddles, {{1}, 0, fifth}, promise);
      },
      [](const CasesOf<PlainMarina>& of) {
        return DescentMutants{
            wrong_step<DifferenceOfMessages>("Q(grad f_i(x+)) - Q(grad f_i(x))", of),
            wrong_step<NewGradientCompressed>("the new gradient compressed, not the difference", of),
            wrong_step<OldGradientsOfTheNewPoint>("the old gradients are those of the new point", of),
            wrong_step<OwnCoins>("every worker draws its own coin", of),
            from_zero<PlainMarina, P>(of),
            too_large<PlainMarina, P>(of)};
      });
}

template <class Q>
std::vector<Claim> joint_claims(const MethodNames& names, const std::string& variant, const Q& compressor) {
  using Method = Marina<Rational, Q>;
  return run_claims<Method>(
      names,
      [=](Promise promise) {
        return on_each<Method>(in_blocks, {compressor, 0, fifth}, promise);
      },
      [](const CasesOf<Method>& of) {
        return DescentMutants{from_zero<Method, P>(of), too_large<Method, P>(of)};
      },
      variant);
}

std::vector<Claim> vr_claims() {
  using Method = VrMarina<Rational, RandK>;
  return run_claims<Method>(
      {"vr-marina", "VR-MARINA", "Algorithm 34; arXiv:2102.07845"},
      [](Promise promise) {
        return on_each<Method>(of_components, {{1}, 0, fifth, {1}}, promise);
      },
      [](const CasesOf<Method>& of) {
        return DescentMutants{
            wrong_step<BatchesApart<FullGradient>>("the two gradients do not share the minibatch", of),
            from_zero<Method, P>(of), too_large<Method, P>(of)};
      });
}

/// From every g^0 that the method may draw.
template <class Method>
DescentInstances from_drawn(const CasesOf<Method>& cases) {
  return [=](Seeded& random) {
    std::vector<DescentInstance> all;
    for (const DescentCase<Method, P>& at : cases(random))
      all.push_back(from_drawn_start(at, descent_instance(at)));
    return all;
  };
}

std::vector<Claim> online_claims() {
  using Method = VrMarinaOnline<Rational, RandK>;
  std::vector<Claim> all;
  for (const Promise promise : {Promise::average, Promise::last}) {
    const CasesOf<Method> of = on_each<Method>(of_noise, {{1}, 0, fifth, {1}, {{2}}}, promise);
    const CasesOf<Method> small = on_each<Method>(of_noise, {{1}, 0, fifth, {1}, {{1}}}, promise);
    const CasesOf<Method> claimed_large = [=](Seeded& random) {
      std::vector<DescentCase<Method, P>> cases = small(random);
      const std::vector<DescentCase<Method, P>> stated = of(random);
      for (std::size_t c = 0; c < cases.size(); ++c) cases[c].theorem = stated[c].theorem;
      return cases;
    };
    all.push_back(run_claim(
        {"vr-marina-online", "online VR-MARINA", "Algorithm 35; arXiv:2102.07845, constants derived"}, promise,
        descent_run_check(from_drawn<Method>(of),
                          {{"b = 1 where 2 is claimed", from_drawn<Method>(claimed_large)},
                           from_zero<Method, P>(of),
                           wrong_step<BatchesApart<BatchGradient<WithReplacement>>>(
                               "the two gradients do not share the minibatch", of),
                           too_large<Method, P>(of)},
                          run_steps)));
  }
  return all;
}

template <class Slots>
std::vector<Claim> pp_claims(const MethodNames& names, const std::string& variant, const Slots& slots) {
  using Method = PpMarina<Rational, RandK, Slots>;
  return run_claims<Method>(
      names,
      [=](Promise promise) {
        return on_each<Method>(saddles, {{1}, 0, fifth, slots}, promise);
      },
      [](const CasesOf<Method>& of) {
        return DescentMutants{wrong_step<DividedByWorkers<Slots>>("messages divided by n instead of r", of),
                              from_zero<Method, P>(of), too_large<Method, P>(of)};
      },
      variant);
}

/// Nothing is drawn: one outcome a step, exact throughout.
std::vector<Claim> gd_claims() {
  using Method = Gd<Rational>;
  std::vector<Claim> all;
  for (const Promise promise : {Promise::average, Promise::last}) {
    const CasesOf<Method> of = on_each<Method>(saddles, {0}, promise);
    all.push_back(run_claim({"gd", "GD", "classical"}, promise,
                            descent_tree_check(as_stated<Method, P>(of), {too_large<Method, P>(of)}, 40)));
  }
  return all;
}

std::vector<Claim> diana_claims() {
  using Method = Diana<Rational, RandK>;
  return run_claims<Method>(
      {"diana", "DIANA", "slides \"DIANA\"; constants derived"},
      [](Promise promise) {
        return on_each<Method>(saddles, {{1}, 0, half}, promise);
      },
      [](const CasesOf<Method>& of) {
        return DescentMutants{changed<Method, P>("the shifts do not learn", of,
                                                 [](DescentCase<Method, P>& at) { at.method.alpha = 0; }),
                              too_large<Method, P>(of)};
      });
}

Claim qgd_claim() {
  using Method = Dqgd<Rational, RandK>;
  const CasesOf<Method> of = [](Seeded& /*random*/) {
    std::vector<DescentCase<Method, P>> all;
    for (const Rational& divisor : {Rational(1), Rational(2), Rational(8)}) {
      SaddleInstance on = disagreeing_parabolas();
      const Method method{{1}, 0};
      DescentTheorem theorem = qgd_theorem(on.facts, method.compressor.omega<Rational>(2), on.f.workers(), divisor);
      const Method with_gamma{{1}, theorem.gamma};
      const auto start = with_gamma.initial(on.f, plane_start());
      all.push_back({on.f, on.facts, with_gamma, start, theorem, on.name + ", 1/L over " + divisor.str()});
    }
    return all;
  };
  return {
      "marina/qgd/run",
      "QGD finds points of small gradient up to a neighbourhood, along whole runs",
      "min_{k < K} E|grad f(x^k)|^2 <= L C gamma + 2 (1 + L A gamma^2)^K gap_0/(gamma K) for every K; the one-step "
      "inequality in expectation for every k",
      {"convex quadratics with minimizers of their own, RandK", "gamma = 1/L, 1/(2 L), 1/(8 L)"},
      "slides \"Quantized Gradient Descent\"; constants as in arXiv:2002.03329",
      {descent_run_check(
          as_stated<Method, P>(of),
          {changed<Method, P>("C = 0", of, [](DescentCase<Method, P>& at) { at.theorem.moment.C = 0; }),
           changed<Method, P>("A and C without omega", of,
                              [](DescentCase<Method, P>& at) {
                                at.theorem.moment = {0, 1, 0};
                              }),
           too_large<Method, P>(of)},
          run_steps)}};
}

void append(std::vector<Claim>& all, std::vector<Claim> more) {
  for (Claim& claim : more) all.push_back(std::move(claim));
}

}  // namespace

std::vector<Claim> claims() {
  std::vector<Claim> all = marina_claims();
  append(all, vr_claims());
  append(all, online_claims());
  append(all, pp_claims<WithReplacement>({"pp-marina", "PP-MARINA", "Algorithm 36; arXiv:2102.07845"}, "", {1}));
  append(all, pp_claims<WithoutReplacement>({"pp-marina", "PP-MARINA with different workers", "derived"},
                                            "-without-replacement", {1}));
  append(all, joint_claims<PermK>({"joint-marina", "MARINA with PermK", "arXiv:2110.03300"}, "-perm-k", {}));
  append(all, joint_claims<SharedRandK>({"joint-marina", "MARINA with one RandK for all", "derived"},
                                        "-shared-rand-k", {1}));
  append(all, gd_claims());
  append(all, diana_claims());
  all.push_back(qgd_claim());
  return all;
}

}  // namespace touchstone::inline v0::registry::marina_run
