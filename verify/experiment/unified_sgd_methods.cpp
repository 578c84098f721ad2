#include "verify/experiment/unified_sgd_methods.hpp"

#include <fmt/format.h>

#include "touchstone/theory/unified_sgd/diana_single.hpp"
#include "touchstone/theory/unified_sgd/expected_smoothness.hpp"
#include "touchstone/theory/unified_sgd/gd.hpp"
#include "touchstone/theory/unified_sgd/l_svrg.hpp"
#include "touchstone/theory/unified_sgd/q_sgd_sr.hpp"
#include "touchstone/theory/unified_sgd/saga.hpp"
#include "touchstone/theory/unified_sgd/sega.hpp"
#include "touchstone/theory/unified_sgd/sgd.hpp"
#include "touchstone/theory/unified_sgd/sgd_mb.hpp"
#include "touchstone/theory/unified_sgd/sgd_sr.hpp"
#include "touchstone/theory/unified_sgd/sgd_star.hpp"
#include "touchstone/theory/unified_sgd/svrg.hpp"
#include "touchstone/theory/unified_sgd/vr_diana.hpp"

namespace touchstone::inline v0 {

namespace {

/// Of tau components drawn without replacement.
struct TauNiceFacts {
  Rational expected_smoothness, variance;
};

TauNiceFacts tau_nice_facts(const ProblemFacts& facts, Index tau) {
  if (tau > facts.m)
    throw usage_error(fmt::format("--batch: found {}, but there are {} rows to draw from; expected at most {}", tau,
                                  facts.m, facts.m));
  return {tau_nice_smoothness(facts.L, facts.largest_L_ij, count(facts.m), count(tau)),
          tau_nice_variance(facts.sampling_variance, count(facts.m), count(tau))};
}

}  // namespace

WeightedRow GdEntry::row(const ProblemFacts& facts) const {
  return {gd_constants(facts.L)};
}

WeightedRow SgdEntry::row(const ProblemFacts& facts) const {
  return {sgd_constants(facts.largest_L_ij, facts.sampling_variance)};
}

WeightedRow SgdMbEntry::row(const ProblemFacts& facts) const {
  // uniform: L_j/(m p_j) = L_j
  return {sgd_mb_constants(Rational(2 * facts.largest_L_ij), facts.L, count(tau),
                           Rational(2 * facts.sampling_variance))};
}

WeightedRow SgdSrEntry::row(const ProblemFacts& facts) const {
  const TauNiceFacts drawn = tau_nice_facts(facts, tau);
  return {sgd_sr_constants(drawn.expected_smoothness, drawn.variance)};
}

WeightedRow SgdStarEntry::row(const ProblemFacts& facts) const {
  return {sgd_star_constants(tau_nice_facts(facts, tau).expected_smoothness)};
}

WeightedRow SagaEntry::row(const ProblemFacts& facts) const {
  return {saga_constants(facts.largest_L_ij, count(facts.m)), saga_lyapunov_weight(count(facts.m))};
}

WeightedRow SegaEntry::row(const ProblemFacts& facts) const {
  return {sega_constants(facts.L, count(facts.d)), sega_lyapunov_weight(count(facts.d))};
}

std::optional<WeightedRow> SvrgEntry::row(const ProblemFacts& facts) const {
  if (steps_of_a_loop < steps) return std::nullopt;
  return WeightedRow{svrg_noise_constants(facts.largest_L_ij, facts.start_variance)};
}

WeightedRow LSvrgEntry::row(const ProblemFacts& facts) const {
  const auto p = ratio<Rational>(1, facts.m);
  return {l_svrg_constants(facts.largest_L_ij, p), l_svrg_lyapunov_weight(p)};
}

template <class Oracle>
Rational DianaEntry<Oracle>::shift_stepsize(Index d) const {
  return diana_shift_stepsize(omega_bound<Rational>(compressor, d));
}
template <class Oracle>
WeightedRow DianaEntry<Oracle>::row(const ProblemFacts& facts) const {
  const auto omega = omega_bound<Rational>(compressor, facts.d);
  const Rational n = count(facts.n);
  const Rational alpha = shift_stepsize(facts.d);
  const Rational M = diana_lyapunov_weight(omega, n, alpha);
  if constexpr (is_sampled<Oracle>)
    return {
        diana_sampling_constants(facts.largest_L_i, facts.largest_L_ij, omega, n, alpha, facts.sampling_variance),
        M};
  else
    return {diana_constants(facts.largest_L_i, omega, n, alpha), M};
}

WeightedRow QSgdSrEntry::row(const ProblemFacts& facts) const {
  const TauNiceFacts drawn = tau_nice_facts(facts, tau);
  // grad f(x*) = 0: the second moment is the variance
  return {q_sgd_sr_constants(drawn.expected_smoothness, omega_bound<Rational>(compressor, facts.d), drawn.variance,
                             drawn.variance)};
}

template <VrDianaVariant variant>
Rational VrDianaEntry<variant>::shift_stepsize(Index d, Index m) const {
  const std::vector<Rational> bounds =
      vr_diana_shift_stepsize_bounds(omega_bound<Rational>(compressor, d), count(m));
  return *std::min_element(bounds.begin(), bounds.end());
}
template <VrDianaVariant variant>
WeightedRow VrDianaEntry<variant>::row(const ProblemFacts& facts) const {
  const auto omega = omega_bound<Rational>(compressor, facts.d);
  const Rational n = count(facts.n);
  const Rational alpha = shift_stepsize(facts.d, facts.m);
  return {vr_diana_constants(facts.largest_L_ij, omega, n, count(facts.m), alpha),
          vr_diana_lyapunov_weight(omega, n, alpha)};
}

template struct DianaEntry<FullGradient>;
template struct DianaEntry<SampledComponent>;
template struct VrDianaEntry<VrDianaVariant::saga>;
template struct VrDianaEntry<VrDianaVariant::loopless>;

}  // namespace touchstone::inline v0
