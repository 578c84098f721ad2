#include <fmt/format.h>

#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/parallel_sgd.hpp"
#include "touchstone/problems/top1_counterexample.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0 {

namespace {

struct Divergence {
  Index K = 1;
  Rational growth{11, 6};  ///< x+ = (1 + growth gamma) x
};

/// x^k = (1 + 11 gamma/6)^k x^0 to the last digit.
Finding exact_runs(const CheckContext& /*context*/, const Divergence& variation) {
  constexpr Index steps = 30;
  const Quadratic<Rational> f = top1_counterexample<Rational>();
  Inspection inspection;
  for (const Rational& gamma : {Rational(1, 100), Rational(6, 25), Rational(1), Rational(7, 3)})
    for (const Rational& t : {Rational(1), Rational(-5, 7)}) {
      const ParallelSgd<Rational, TopK> method{{variation.K}, gamma};
      Exhaustive<Rational> none;  // TopK draws nothing
      ModelState<Rational> s = method.initial(f, Vector<Rational>::Constant(3, t));
      Vector<Rational> expected = s.x;
      for (Index k = 1; k <= steps; ++k) {
        none.begin_iteration(k);
        s = method.step(f, std::move(s), none);
        expected *= Rational(1 + variation.growth * gamma);
        inspection.equal(s.x, expected, [&] { return fmt::format("gamma={} t={} k={}", gamma.str(), t.str(), k); });
      }
    }
  return inspection.finding(fmt::format("8 runs of {} steps, to the last digit", steps));
}

}  // namespace

std::vector<Claim> top1_claims() {
  return {
      {"error-feedback/parallel-top1-gd/divergence",
       "parallel gradient descent with Top1 diverges exponentially",
       "n = d = 3, x^0 = t (1, 1, 1): x^k = (1 + 11 gamma/6)^k x^0 for all gamma > 0, t != 0 and k, whatever the "
       "rule "
       "for ties",
       {"gamma > 0", "t != 0"},
       "slides 43-45; arXiv:2002.12410",
       {proof_check(),
        make_check<Divergence>(Layer::run, Level::exact, exact_runs, {},
                               {{"growth 2 gamma", {1, Rational(2)}}, {"Top2", {2, Rational(11, 6)}}})}},
  };
}

}  // namespace touchstone::inline v0
