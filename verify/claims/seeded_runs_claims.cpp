#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd_diana.hpp"
#include "touchstone/methods/error_feedback/ec_lsvrg_diana.hpp"
#include "touchstone/methods/error_feedback/ec_lsvrg_star.hpp"
#include "touchstone/methods/error_feedback/ec_sgd.hpp"
#include "touchstone/methods/error_feedback/ec_sgdsr.hpp"
#include "touchstone/methods/error_feedback/ec_sgdsr_diana.hpp"
#include "touchstone/problems/top1_counterexample.hpp"
#include "touchstone/theory/error_feedback/ec_diana.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg_diana.hpp"
#include "touchstone/theory/error_feedback/ec_sgd.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/scheme_theorem.hpp"
#include "verify/claims/seeded_study.hpp"

namespace touchstone::inline v0::registry::runs_by_seed {

namespace {

using D = double;
using Row = ErrorCompensationConstants<Rational>;

/// The counterexample of Top1 with x* = 0, where worker i's gradient is e_i - e_{i+1} and those of its two components are that
/// plus and minus (1, 1, 1).
template <class S>
Quadratic<S> disagreeing() {
  const Quadratic<S> f = top1_counterexample<S>();
  const Vector<S> noise = Vector<S>::Ones(3);
  std::vector<std::vector<QuadraticForm<S>>> components;
  for (Index i = 0; i < 3; ++i) {
    const Vector<S> b = Vector<S>::Unit(3, (i + 1) % 3) - Vector<S>::Unit(3, i);
    components.push_back({{f.form(i).A, Vector<S>(b + noise)}, {f.form(i).A, Vector<S>(b - noise)}});
  }
  ProblemConstants<S> constants = f.constants();
  for (std::vector<S>& L : constants.L_ij) L.push_back(L.front());
  return {std::move(components), std::move(constants)};
}

const Rational L(69, 2);
const Rational zeta(2);      // |e_i - e_{i+1}|^2
const Rational variance(3);  // |(1, 1, 1)|^2
const Rational omega(2);     // of Rand1
const Rational alpha(1, 3);
const Rational p(1, 3);
constexpr Index n = 3;

/// A single component with probability 1/3 or 2/3: E = max_j L/(2 p_j), the variance at x* for c = +-(1, 1, 1) and g = e_i - e_{i+1}.
template <class S>
SampledByWorkers<SingleElement<S>> uneven() {
  const SingleElement<S> one{{ratio<S>(1, 3), ratio<S>(2, 3)}};
  return {{one, one, one}};
}
const Rational expected_smoothness(207, 4);
/// 1/3 |(3/2)(g + c) - g|^2 + 2/3 |(3/4)(g - c) - g|^2 with g orthogonal to c.
const Rational uneven_variance =
    (zeta / 4 + Rational(9, 4) * variance) / 3 + (zeta / 16 + Rational(9, 16) * variance) * 2 / 3;

/// The claim of a method that made(gamma) sets up over double.
template <class Made>
Claim runs_of(const MethodNames& names, const Row& row, const Made& made) {
  using Method = decltype(made(D(1)));
  SchemeTheorem theorem{.row = row,
                        .kind = ErrorKind::compensated,
                        .L = L,
                        .mu = ratio<Rational>(7, 6),
                        .gamma = {},
                        .delta = ratio<Rational>(1, 3)};
  theorem.gamma = largest_stepsize(theorem, ratio<Rational>(1, 2));
  const Method method = made(static_cast<D>(theorem.gamma));
  const Vector<D> x_star = Vector<D>::Zero(3);
  const Vector<D> start = Vector<D>::Constant(3, 20);
  const Quadratic<D> f = disagreeing<D>();
  const auto with = [&](const SeededVariation<Method>& variation) {
    return seeded_runs<Method>(f, x_star, method, theorem, start, variation);
  };
  std::vector<Mutant<SeededRuns>> wrong;
  for (const auto& mutant : seeded_mutants<Method>()) wrong.push_back({mutant.name, with(mutant.variation)});
  return seeded_claim(names, with({}), wrong);
}

MethodNames slide(const std::string& subject, const std::string& title) {
  return {subject, title, "slide 50 (" + title + ")"};
}

}  // namespace

std::vector<Claim> claims() {
  const LearnedShift<D, RandK> learned{{1}, D(1) / 3};
  const LooplessReference<D> loopless{D(1) / 3};
  const TopK top1{1};
  const auto star = StarShift<D>::of(disagreeing<D>(), Vector<D>::Zero(3));
  const NoiseLaw<D> law{{0.5, 0.5}, {Vector<D>::Ones(3), Vector<D>::Constant(3, -1)}};
  const AdditiveNoise<D> noise{{law, law, law}};
  return {
      runs_of(slide("ec-sgdsr", "EC-SGDsr"),
              ec_sgdsr_constants<Rational>(L, expected_smoothness, n, uneven_variance, zeta),
              [=](D gamma) {
                return EcSgdSr<D, TopK, SingleElement<D>>{{top1}, gamma, {}, uneven<D>()};
              }),
      runs_of(slide("ec-sgd", "EC-SGD"), ec_sgd_constants<Rational>(L, n, variance, zeta),
              [=](D gamma) {
                return EcSgd<D, TopK>{{top1}, gamma};
              }),
      runs_of(slide("ec-sgd-diana", "EC-SGD-DIANA"), ec_sgd_diana_constants<Rational>(L, omega, n, alpha, variance),
              [=](D gamma) {
                return EcSgdDiana<D, TopK, RandK>{{top1}, gamma, learned, noise};
              }),
      runs_of(slide("ec-sgdsr-diana", "EC-SGDsr-DIANA"),
              ec_sgdsr_diana_constants<Rational>(L, expected_smoothness, omega, n, alpha, uneven_variance),
              [=](D gamma) {
                return EcSgdSrDiana<D, TopK, RandK, SingleElement<D>>{{top1}, gamma, learned, uneven<D>()};
              }),
      runs_of(slide("ec-gd-diana", "EC-GD-DIANA"), ec_gd_diana_constants<Rational>(L, omega, alpha),
              [=](D gamma) {
                return EcGdDiana<D, TopK, RandK>{{top1}, gamma, learned};
              }),
      runs_of(slide("ec-lsvrg", "EC-LSVRG"), ec_lsvrg_constants<Rational>(L, n, p, zeta),
              [=](D gamma) {
                return EcLsvrg<D, TopK>{{top1}, gamma, {}, loopless};
              }),
      runs_of(slide("ec-lsvrg-star", "EC-LSVRGstar"), ec_lsvrg_star_constants<Rational>(L, n, p),
              [=](D gamma) {
                return EcLsvrgStar<D, TopK>{{top1}, gamma, star, loopless};
              }),
      runs_of(slide("ec-lsvrg-diana", "EC-LSVRG-DIANA"), ec_lsvrg_diana_constants<Rational>(L, omega, n, alpha, p),
              [=](D gamma) {
                return EcLsvrgDiana<D, TopK, RandK>{{top1}, gamma, learned, loopless};
              })};
}

}  // namespace touchstone::inline v0::registry::runs_by_seed
