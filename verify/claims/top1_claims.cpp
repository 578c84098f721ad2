#include <fmt/format.h>

#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/scaled_sign.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/parallel_sgd.hpp"
#include "touchstone/numbers/polynomial.hpp"
#include "touchstone/problems/top1_counterexample.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::top1 {

namespace {

const std::string derived = "derived; the instance of slides 43-45";

/// x^0 = t (1, 1, 1), x^1, ..., x^K of parallel gradient descent; C draws nothing.
template <class C>
std::vector<Vector<Rational>> run(const C& compressor, const Quadratic<Rational>& f, const Rational& gamma,
                                  const Rational& t, Index steps) {
  const ParallelSgd<Rational, C> method{compressor, gamma};
  Exhaustive<Rational> none;
  ModelState<Rational> s = method.initial(f, Vector<Rational>::Constant(3, t));
  std::vector<Vector<Rational>> iterates{s.x};
  for (Index k = 0; k < steps; ++k) {
    none.begin_iteration(k);
    s = method.step(f, std::move(s), none);
    iterates.push_back(s.x);
  }
  return iterates;
}

/// x^k = (1 + growth gamma)^k x^0 to the last digit, on the problem with these parameters.
struct Ray {
  Rational growth;
  Rational p = 3, q = 2, lambda = ratio<Rational>(1, 2);
};

template <class C>
void inspect_rays(Inspection& inspection, const C& compressor, const Ray& ray) {
  constexpr Index steps = 30;
  const Quadratic<Rational> f = top1_family<Rational>(ray.p, ray.q, ray.lambda);
  for (const Rational& gamma : {Rational(1, 100), Rational(6, 25), Rational(1), Rational(7, 3)})
    for (const Rational& t : {Rational(1), Rational(-5, 7)}) {
      const std::vector<Vector<Rational>> iterates = run(compressor, f, gamma, t, steps);
      Vector<Rational> expected = iterates.front();
      for (std::size_t k = 1; k < iterates.size(); ++k) {
        expected *= Rational(1 + ray.growth * gamma);
        inspection.equal(iterates[k], expected, [&] {
          return fmt::format("lambda={} gamma={} t={} k={}", ray.lambda.str(), gamma.str(), t.str(), k);
        });
      }
    }
}

template <class C>
struct RayVariation {
  C compressor;
  Rational growth;
};

template <class C>
Check ray_check(const RayVariation<C>& stated, std::vector<Mutant<RayVariation<C>>> mutants) {
  const auto runs = [](const CheckContext& /*context*/, const RayVariation<C>& of) {
    Inspection inspection;
    inspect_rays(inspection, of.compressor, {of.growth});
    return inspection.finding("8 runs of 30 steps, to the last digit");
  };
  return make_check<RayVariation<C>>(Layer::run, Level::exact, runs, stated, std::move(mutants));
}

/// The family with p = 3, q = 2 and others: on the ray below the threshold; above it no growth in the first step.
Finding family_runs(const CheckContext& /*context*/, const Rational& threshold_factor) {
  Inspection inspection;
  for (const auto& pair : {std::pair{3, 2}, {5, 3}, {7, 6}}) {
    const int p = pair.first;
    const int q = pair.second;
    const Rational threshold = threshold_factor * (p - q) * (2 * q - p);
    for (const Rational& share : {Rational(0), Rational(1, 2), Rational(99, 100)}) {
      const Rational lambda = share * threshold;
      inspect_rays(inspection, TopK{1}, {Rational(2 * p * (2 * q - p) - lambda) / 3, p, q, lambda});
    }
    for (const Rational& share : {Rational(101, 100), Rational(3)}) {
      const Rational lambda = share * threshold;
      const auto f = top1_family<Rational>(p, q, lambda);
      const Rational gamma = ratio<Rational>(1, 1000);
      const Vector<Rational> next = run(TopK{1}, f, gamma, 1, 1).back();
      const Rational sum = 3 - gamma * (2 * q * (2 * q - p) + lambda);
      inspection.equal(next.sum(), sum, [&] { return fmt::format("p={} q={} lambda={}", p, q, lambda.str()); });
    }
  }
  return inspection.finding("3 pairs p, q with 3 lambda below the threshold and 2 above");
}

/// Top2 with gamma <= 3/50 grows at least as (1 + gamma/4)^k; with gamma = 1/10 it finds the solution.
struct TwoSent {
  Index K = 2;
  Rational growth{1, 4};
  Rational good{1, 10};
};

Finding top_2_runs(const CheckContext& /*context*/, const TwoSent& of) {
  constexpr Index steps = 60;
  const Quadratic<Rational> f = top1_counterexample<Rational>();
  Inspection inspection;
  for (const Rational& gamma : {Rational(1, 1000), Rational(1, 50), Rational(3, 50)}) {
    const std::vector<Vector<Rational>> iterates = run(TopK{of.K}, f, gamma, 1, steps);
    Rational least(3);
    for (std::size_t k = 1; k < iterates.size(); ++k) {
      least *= Rational(1 + of.growth * gamma);
      inspection.less_equal(least, Rational(iterates[k].sum()),
                            [&] { return fmt::format("gamma={} x_1 + x_2 + x_3 at k={}", gamma.str(), k); });
    }
  }
  const std::vector<Vector<Rational>> iterates = run(TopK{of.K}, f, of.good, 1, 2 * steps);
  inspection.less_equal(Rational(iterates.back().squaredNorm()), ratio<Rational>(1, 1000),
                        [&] { return fmt::format("gamma={} |x|^2", of.good.str()); });
  return inspection.finding(fmt::format("3 runs of {} steps that grow; gamma = 1/10: |x^{}|^2 = {:.3g}", steps,
                                        2 * steps, static_cast<double>(iterates.back().squaredNorm())));
}

/// x = t (1, 1, 1) + u with sum u_j = 0: E|x+|^2 = (1 - a gamma + b gamma^2) 3 t^2 + (1 - c gamma + d gamma^2) |u|^2 for all gamma, t, u.
struct MeanSquare {
  Rational a, b, c, d;
  /// Below this and above 0 both factors are less than 1.
  Rational threshold;
};

template <class C>
struct MeanSquareOf {
  C compressor;
  MeanSquare stated;
};

template <class C>
Check mean_square_check(const MeanSquareOf<C>& as_stated, std::vector<Mutant<MeanSquareOf<C>>> mutants) {
  const auto identity = [](const CheckContext& /*context*/, const MeanSquareOf<C>& of) {
    const auto gamma = Polynomial::variable("gamma");
    const auto t = Polynomial::variable("t");
    Vector<Polynomial> u(3);
    u << Polynomial::variable("u1"), Polynomial::variable("u2"), Polynomial(0);
    u[2] = -u[0] - u[1];
    const ParallelSgd<Polynomial, C> method{of.compressor, gamma};
    const auto f = top1_counterexample<Polynomial>();
    const Vector<Polynomial> x = u + Vector<Polynomial>::Constant(3, t);
    const auto found = expectation<Polynomial>(
        [&](auto& random) { return Polynomial(method.step(f, method.initial(f, x), random).x.squaredNorm()); });
    const auto& [a, b, c, d, threshold] = of.stated;
    const Polynomial along = 1 - Polynomial(a) * gamma + Polynomial(b) * gamma * gamma;
    const Polynomial across = 1 - Polynomial(c) * gamma + Polynomial(d) * gamma * gamma;
    Inspection inspection;
    inspection.equal(found, Polynomial(along * 3 * t * t + across * u.squaredNorm()),
                     [] { return std::string("E|x+|^2"); });
    inspection.equal(threshold, std::min(Rational(a / b), Rational(c / d)),
                     [] { return std::string("threshold"); });
    return inspection.finding(
        fmt::format("for all gamma, t, u; both factors are below 1 iff 0 < gamma < {}", threshold.str()));
  };
  return make_check<MeanSquareOf<C>>(Layer::exact, Level::identity, identity, as_stated, std::move(mutants));
}

/// p = K/d, of what is kept; scaled by `scale`.
MeanSquare kept(const Rational& p, const Rational& scale) {
  const Rational first = scale * p;
  const Rational second = scale * scale * p * (1 - p) / 9;
  MeanSquare m{Rational(7, 3) * first, Rational(49, 36) * first * first + Rational(283, 4) * second,
               Rational(103, 3) * first, Rational(10609, 36) * first * first + Rational(7003, 4) * second, 0};
  m.threshold = 1236 / (scale * (10609 * p + 7003 * (1 - p)));
  return m;
}

std::vector<Claim> contracting() {
  MeanSquare slower = kept(1, 1);
  slower.a = 2;
  const MeanSquareOf<Identity> all{{}, kept(1, 1)};
  const auto one = [](Index K) { return MeanSquareOf<RandKUnscaled>{{K}, kept(Rational(K, 3), 1)}; };
  const auto scaled = [](Index K) { return MeanSquareOf<RandK>{{K}, kept(Rational(K, 3), Rational(3, K))}; };
  const std::string mean_square =
      "x = t (1, 1, 1) + u, sum u_j = 0: E|x+|^2 = A 3 t^2 + B |u|^2, p = K/3, A = 1 - 7 p gamma/3 + (49 p^2/36 + "
      "283 p "
      "(1 - p)/36) gamma^2, B = 1 - 103 p gamma/3 + (10609 p^2/36 + 7003 p (1 - p)/36) gamma^2";
  return {{"error-feedback/parallel-top1-gd/identity",
           "without compression the counterexample of Top1 converges, for exactly these stepsizes",
           "x = t (1, 1, 1) + u, sum u_j = 0: |x+|^2 = (1 - 7 gamma/6)^2 3 t^2 + (1 - 103 gamma/6)^2 |u|^2, less "
           "than |x|^2 "
           "for all x != 0 iff 0 < gamma < 12/103",
           {},
           derived,
           {mean_square_check<Identity>(all, {{"a smaller decrease along (1, 1, 1)", {{}, slower}}})}},
          {"error-feedback/parallel-top1-gd/rand-k-unscaled",
           "RandK without its factor, as contractive as TopK, converges in mean square where Top1 diverges",
           mean_square + "; both below 1 iff 0 < gamma < 412/2735 for K = 1, 1236/9407 for K = 2",
           {},
           derived,
           {mean_square_check<RandKUnscaled>(one(1), {{"Rand2", {{2}, one(1).stated}}}),
            mean_square_check<RandKUnscaled>(one(2), {{"Rand1", {{1}, one(2).stated}}})}},
          {"error-feedback/parallel-top1-gd/rand-k",
           "unbiased RandK converges in mean square where Top1 diverges",
           "the same with gamma/p in place of gamma: 0 < gamma < 412/8205 for K = 1, 824/9407 for K = 2",
           {},
           derived,
           {mean_square_check<RandK>(scaled(1), {{"Rand2", {{2}, scaled(1).stated}}}),
            mean_square_check<RandK>(scaled(2), {{"Rand1", {{1}, scaled(2).stated}}})}}};
}

}  // namespace

std::vector<Claim> claims() {
  const auto top = [](Index K, const Rational& growth) { return RayVariation<TopK>{{K}, growth}; };
  const auto sign = [](const Rational& growth) { return RayVariation<ScaledSign<0>>{{}, growth}; };
  const Rational stated(11, 6);
  std::vector<Claim> all{
      {"error-feedback/parallel-top1-gd/divergence",
       "parallel gradient descent with Top1 diverges exponentially",
       "n = d = 3, x^0 = t (1, 1, 1): x^k = (1 + 11 gamma/6)^k x^0 for all gamma > 0, t != 0 and k, whatever the "
       "rule for ties",
       {"gamma > 0", "t != 0"},
       "slides 43-45; arXiv:2002.12410",
       {proof_check(), ray_check<TopK>(top(1, stated), {{"growth 2 gamma", top(1, 2)}, {"Top2", top(2, stated)}})}},
      {"error-feedback/parallel-top1-gd/family",
       "for which parameters of the counterexample Top1 diverges",
       "f_i = <a_i, x>^2 + (lambda/2)|x|^2, a_i = -p in coordinate i, q in the others, x = t (1, 1, 1): lambda < "
       "(p - q)(2q - p) "
       "=> x+ = (1 + (2p (2q - p) - lambda) gamma/3) x; lambda > (p - q)(2q - p) => x_1 + x_2 + x_3 shrinks",
       {"0 < p < 2q", "lambda >= 0", "gamma > 0", "t != 0"},
       derived,
       {proof_check(), make_check<Rational>(Layer::run, Level::exact, family_runs, 1,
                                            {{"the threshold 1.02 times as high", Rational(51, 50)},
                                             {"the threshold 0.98 times as high", Rational(49, 50)}})}},
      {"error-feedback/parallel-top1-gd/top-2",
       "Top2 diverges for small stepsizes, from an open cone and whatever the rule for ties; not for all",
       "x = t (1, 1, 1) + u, sum u_j = 0, |u_j| < 2t/21: x+ = t+ (1, 1, 1) + u+ in the same cone with t+ > (1 + "
       "gamma/4) t. For gamma = 1/10 x^0 = (1, 1, 1) leads to the solution",
       {"0 < gamma <= 3/50", "t > 0"},
       derived,
       {proof_check(), make_check<TwoSent>(Layer::run, Level::exact, top_2_runs, {},
                                           {{"Top1", {.K = 1}},
                                            {"no compression", {.K = 3}},
                                            {"growth gamma/3", {.growth = {1, 3}}},
                                            {"gamma = 1/20", {.good = {1, 20}}}})}},
      {"error-feedback/parallel-top1-gd/scaled-sign",
       "scaled sign does not diverge where Top1 does",
       "x^0 = t (1, 1, 1): x^k = (1 - 29 gamma/18)^k x^0 for all t and k; to the solution iff 0 < gamma < 36/29",
       {"gamma > 0"},
       derived,
       {proof_check(),
        ray_check<ScaledSign<0>>(sign(Rational(-29, 18)), {{"1 - 7 gamma/6", sign(Rational(-7, 6))}})}}};
  for (Claim& claim : contracting()) all.push_back(std::move(claim));
  return all;
}

}  // namespace touchstone::inline v0::registry::top1
