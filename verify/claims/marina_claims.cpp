// What a step does to the error of MARINA's estimators, the row (R) of the theorem of biased estimators.
#include <fmt/format.h>

#include "verify/claims/estimator_models.hpp"
#include "verify/claims/marina_wrong.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::marina {

namespace {

using Mutants = std::vector<Mutant<EstimatorStudy>>;

const std::vector<Rational> coins{Rational(1, 2), Rational(1, 5), Rational(1)};
const Rational gamma_of_cases(1, 7);

void append(Mutants& all, Mutants more) {
  for (Mutant<EstimatorStudy>& mutant : more) all.push_back(std::move(mutant));
}

template <class Method>
Mutants with_usual(const EstimatorCases<Method>& cases, Mutants own) {
  append(own, usual_mutants<Method>(cases));
  return own;
}

std::vector<EstimatorCase<PlainMarina>> marina_cases(Seeded& random) {
  std::vector<EstimatorCase<PlainMarina>> all;
  for (const EstimatorInstance& on : whole_instances(random))
    for (Index K = 1; K <= on.f.dimension(); ++K)
      for (const Rational& p : coins)
        add_estimator_states(all, random, on, PlainMarina{{K}, gamma_of_cases, p},
                             fmt::format("K={} p={}", K, p.str()));
  return all;
}

template <class Q>
std::vector<EstimatorCase<Marina<Rational, Q>>> joint_cases(Seeded& random, const Q& compressor,
                                                            const std::vector<EstimatorInstance>& instances) {
  std::vector<EstimatorCase<Marina<Rational, Q>>> all;
  for (const EstimatorInstance& on : instances)
    add_estimator_states(all, random, on, Marina<Rational, Q>{compressor, gamma_of_cases, coins.front()}, "p=1/2");
  return all;
}

template <class Batch, class Gradient = FullGradient>
std::vector<VrCase<Batch, Gradient>> vr_cases(Seeded& random, Index largest, const Gradient& gradient = {}) {
  std::vector<VrCase<Batch, Gradient>> all;
  for (const EstimatorInstance& on : component_instances(random))
    for (Index size = 1; size <= largest; ++size)
      for (const Rational& p : {coins[0], coins[1]}) {
        if (std::same_as<Batch, WithoutReplacement> && size > on.f.components(0)) continue;
        add_estimator_states(all, random, on,
                             VrMarina<Rational, RandK, Batch, Gradient>{{1}, gamma_of_cases, p, {size}, gradient},
                             fmt::format("b'={} p={}", size, p.str()));
      }
  return all;
}

/// sigma^2 is the variance at the point where it matters.
std::vector<VrCase<WithReplacement, OnlineGradient>> online_cases(Seeded& random) {
  std::vector<VrCase<WithReplacement, OnlineGradient>> all;
  for (const Index b : {1, 2})
    for (auto& at : vr_cases<WithReplacement, OnlineGradient>(random, 1, {{b}})) {
      const Vector<Rational> next_x = at.state.x - at.method.gamma * at.state.g;
      at.facts.sigma_squared = detail::mean_of(gradient_changes(at.f, at.state.x, next_x).at_next);
      at.where += " b=" + std::to_string(b);
      all.push_back(std::move(at));
    }
  return all;
}

template <class Slots>
std::vector<EstimatorCase<PpMarina<Rational, RandK, Slots>>> pp_cases(Seeded& random) {
  std::vector<EstimatorCase<PpMarina<Rational, RandK, Slots>>> all;
  for (const EstimatorInstance& on : whole_instances(random))
    for (Index r = 1; r <= 2; ++r)
      for (const Rational& p : {coins[0], coins[1]})
        add_estimator_states(all, random, on, PpMarina<Rational, RandK, Slots>{{1}, gamma_of_cases, p, {r}},
                             fmt::format("r={} p={}", r, p.str()));
  return all;
}

// Wrong on purpose.
struct Unscaled : RandK {
  template <Field S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return Vector<S>(RandK::compress(x, random) * ratio<S>(K, x.size()));
  }
};
struct UnscaledMarina : PlainMarina {
  template <class P, class R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    return Marina<Rational, Unscaled>{{compressor}, gamma, p}.step(f, std::move(s), random);
  }
};

/// A claim about the estimator of `subject`: its row, exact for RandK.
Claim row_claim(const std::string& id, const std::string& title, const std::string& row,
                std::vector<std::string> hypotheses, const std::string& source, const Check& check) {
  return {"marina/" + id,
          title + "'s estimator satisfies its row of the theorem of biased estimators",
          "E G+ = " + row + ", E (g+ - grad f(x+)) = (1 - p)(g - grad f(x))",
          std::move(hypotheses),
          source,
          {check}};
}

const std::string smooth = "every f_i is L_i-smooth, L^2 = (1/n) sum_i L_i^2";
const std::string contract = "E|Q(y) - y|^2 = omega |y|^2, as for RandK; compressors independent across workers";
const std::string coin = "one coin for all workers";
const std::string changes = "D_i = grad f_i(x+) - grad f_i(x)";
const std::string below = " <= (1 - p) G + p Lambda^2 |x+ - x|^2";

Claim marina_claim() {
  const EstimatorCases<PlainMarina> of = marina_cases;
  return with_kernel(
      row_claim(
          "marina/estimator", "MARINA", "(1 - p)(G + (omega/n) (1/n) sum_i |grad f_i(x+) - grad f_i(x)|^2)" + below,
          {smooth + ", Lambda^2 = (1 - p) omega L^2/(p n)", contract, coin},
          "slides \"New Method: MARINA\"; constants of arXiv:2102.07845",
          estimator_check(
              study_of(of),
              with_usual(
                  of,
                  {wrong_estimator<OwnCoins>("every worker draws its own coin", of),
                   wrong_estimator<UnscaledMarina>("d/K forgotten", of),
                   wrong_estimator<OldGradientsOfTheNewPoint>("the old gradients are those of the new point", of),
                   wrong_estimator<NewGradientCompressed>("gradients compressed, not their differences", of),
                   wrong_estimator<DifferenceOfMessages>("Q(grad f_i(x+)) - Q(grad f_i(x))", of)}))),
      estimator_kernel_cases(of));
}

template <class Q>
Claim joint_claim(const std::string& name, const std::string& title, const std::string& row, const Q& compressor,
                  const std::function<std::vector<EstimatorInstance>(Seeded&)>& instances) {
  using Method = Marina<Rational, Q>;
  const EstimatorCases<Method> of = [=](Seeded& random) {
    return joint_cases<Q>(random, compressor, instances(random));
  };
  StepVariation<EstimatorCase<Method>> inverted;
  inverted.change = [](EstimatorCase<Method>& at) { at.method.p = ratio<Rational>(1, 5); };
  return row_claim("joint-marina/estimator-" + name, title, row, {changes + ", D their mean", coin},
                   "arXiv:2110.03300; derived",
                   estimator_check(study_of(of), {{"p = 1/5 in place of 1/2", study_of(of, inverted)}}));
}

template <class Batch>
Claim vr_claim(const std::string& id, const std::string& title, const std::string& factor,
               const std::string& source) {
  using Method = VrMarina<Rational, RandK, Batch>;
  const EstimatorCases<Method> of = [](Seeded& random) { return vr_cases<Batch>(random, 2); };
  Mutants own;
  if constexpr (std::same_as<Batch, WithReplacement>)
    own.push_back(wrong_estimator<BatchesApart<FullGradient>>("the two points do not share the batch", of));
  return with_kernel(
      row_claim(
          id, title,
          "(1 - p)(G + (1/n)(omega (1/n) sum_i |D_i|^2 + (1 + omega) " + factor + "(1/n) sum_i Var_i/b'))" + below,
          {smooth, changes + ", Var_i = (1/m_i) sum_j |D_ij - D_i|^2 <= component_L_i^2 |x+ - x|^2", contract, coin,
           "p Lambda^2 = ((1 - p)/n)(omega L^2 + (1 + omega) " + factor + "component_L^2/b')"},
          source, estimator_check(study_of(of), with_usual(of, std::move(own)))),
      estimator_kernel_cases(of));
}

Claim online_claim() {
  using Method = VrMarina<Rational, RandK, WithReplacement, OnlineGradient>;
  const EstimatorCases<Method> of = online_cases;
  StepVariation<EstimatorCase<Method>> small;
  small.change = [](EstimatorCase<Method>& at) { at.method.gradient.batch.size += 1; };
  return with_kernel(
      row_claim(
          "vr-marina-online/estimator", "Online VR-MARINA",
          "that of VR-MARINA + p (1/n) sum_i E|grad f_{xi,i}(x+) - grad f_i(x+)|^2/(n b)" + below + " + p nu",
          {"as marina/vr-marina/estimator", "nu = sigma^2/(n b), sigma^2 the mean variance of a sample at x+"},
          "arXiv:2102.07845; constants derived",
          estimator_check(study_of(of), with_usual(of, {{"b + 1 samples where b are drawn", study_of(of, small)},
                                                        wrong_estimator<BatchesApart<OnlineGradient>>(
                                                            "the two points do not share the batch", of)}))),
      estimator_kernel_cases(of));
}

template <class Slots>
Claim pp_claim(const std::string& id, const std::string& title, const std::string& constants,
               const std::string& source) {
  using Method = PpMarina<Rational, RandK, Slots>;
  const EstimatorCases<Method> of = pp_cases<Slots>;
  Mutants own{wrong_estimator<DividedByWorkers<Slots>>("messages divided by n instead of r", of)};
  if constexpr (std::same_as<Slots, WithReplacement>)
    own.push_back(wrong_estimator<MessageReused>("a worker with two slots sends one message, counted twice", of));
  return with_kernel(row_claim(id, title, "(1 - p)(G + A (1/n) sum_i |D_i|^2 - B |D|^2)" + below,
                               {smooth + ", p Lambda^2 = (1 - p) A L^2", changes + ", D their mean", constants,
                                "E|Q(y) - y|^2 = omega |y|^2, as for RandK; drawn anew for every slot"},
                               source, estimator_check(study_of(of), with_usual(of, std::move(own)))),
                     estimator_kernel_cases(of));
}

}  // namespace

std::vector<Claim> claims() {
  const auto blocks = [](Seeded& random) {
    return std::vector<EstimatorInstance>{random_estimator_instance(random, 2, {1, 1}),
                                          isotropic_instance(2, {{3}, {-1}}),
                                          random_estimator_instance(random, 2, {1, 1, 1, 1})};
  };
  return {
      marina_claim(),
      joint_claim<PermK>("perm-k", "MARINA with PermK", "(1 - p)(G + (1/n) sum_i |D_i|^2 - |D|^2)", {}, blocks),
      joint_claim<SharedRandK>("shared-rand-k", "MARINA with SharedRandK", "(1 - p)(G + omega |D|^2)", {1}, blocks),
      vr_claim<WithReplacement>("vr-marina/estimator", "VR-MARINA", "", "arXiv:2102.07845"),
      vr_claim<WithoutReplacement>("vr-marina/estimator-without-replacement",
                                   "VR-MARINA, batches without replacement,", "(m_i - b')/(m_i - 1) ", "derived"),
      online_claim(),
      pp_claim<WithReplacement>("pp-marina/estimator", "PP-MARINA", "A = (1 + omega)/r, B = 1/r",
                                "arXiv:2102.07845"),
      pp_claim<WithoutReplacement>("pp-marina/estimator-without-replacement", "PP-MARINA, different workers,",
                                   "B = (n - r)/(r (n - 1)), A = B + omega/r", "derived")};
}

}  // namespace touchstone::inline v0::registry::marina
