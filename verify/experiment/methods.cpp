#include "verify/experiment/methods.hpp"

#include <fmt/format.h>

#include "touchstone/numbers/root_bound.hpp"
#include "touchstone/theory/error_feedback/ec_gd.hpp"
#include "touchstone/theory/error_feedback/qsgd.hpp"
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

[[noreturn]] void refuse_compressor(const ExperimentSettings& settings, const char* kind, const char* expected) {
  throw usage_error(fmt::format("--compressor: found {}, but {} needs {} compressor; expected {}",
                                to_string(settings.compressor), settings.method, kind, expected));
}

Rational count(Index n) {
  return integer<Rational>(n);
}

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

std::optional<Rational> omega_of(const AnyCompressor& any, Index d) {
  return std::visit(
      [&](const auto& c) -> std::optional<Rational> {
        if constexpr (StatesOmega<std::decay_t<decltype(c)>, Rational>)
          return omega_bound<Rational>(c, d);
        else
          return std::nullopt;
      },
      any.chosen);
}

template <bool Star>
ErrorCompensationConstants<Rational> error_compensation_constants(const ProblemFacts& facts) {
  return Star ? ec_gd_star_constants(facts.largest_L_i) : ec_gd_constants(facts.largest_L_i, facts.zeta);
}

}  // namespace

void require_accepted(const ExperimentSettings& settings, const Accepts& accepts) {
  const std::string& method = settings.method;
  if (!accepts.workers && settings.workers != 1)
    throw usage_error(
        fmt::format("--workers: found {}, but {} runs on one worker; expected 1", settings.workers, method));
  if (!accepts.compressor && !settings.compressor.is<Identity>())
    throw usage_error(fmt::format("--compressor: found {}, but {} sends nothing compressed; expected identity",
                                  to_string(settings.compressor), method));
  if (!accepts.sampled && settings.sampled)
    throw usage_error(
        fmt::format("--gradient: found sampled, but {} fixes how gradients are obtained; expected full", method));
  if (!accepts.batch && settings.batch)
    throw usage_error(
        fmt::format("--batch: found {}, but {} draws no minibatch; expected no --batch", *settings.batch, method));
  if (!accepts.loop && settings.loop)
    throw usage_error(
        fmt::format("--loop: found {}, but {} has no outer loop; expected no --loop", *settings.loop, method));
}

UnbiasedChoice unbiased(const ExperimentSettings& settings) {
  return std::visit(
      [&](const auto& c) -> UnbiasedChoice {
        if constexpr (StatesOmega<std::decay_t<decltype(c)>, Rational>)
          return {c};
        else
          refuse_compressor(settings, "an unbiased",
                            "identity, rand-k:K, bernoulli:P, natural, dithering:S or tern-grad");
      },
      settings.compressor.chosen);
}

ContractiveChoice contractive(const ExperimentSettings& settings) {
  if (const auto* top_k = std::get_if<TopK>(&settings.compressor.chosen)) return {*top_k};
  if (!settings.compressor.is<Identity>()) refuse_compressor(settings, "a contractive", "identity or top-k:K");
  return {Identity{}};
}

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

template <class Oracle>
std::optional<WeightedRow> ParallelSgdEntry<Oracle>::row(const ProblemFacts& facts) const {
  const std::optional<Rational> omega = omega_of(compressor, facts.d);
  if (!omega || is_sampled<Oracle>) return std::nullopt;
  return WeightedRow{qsgd_constants(facts.largest_L_i, *omega, count(facts.n), facts.zeta)};
}

template <bool Star>
Rational EcGdEntry<Star>::largest_stepsize(const ProblemFacts& facts) const {
  const auto half = ratio<Rational>(1, 2);
  const auto delta = compressor.template delta<Rational>(facts.d);
  const ErrorCompensationConstants<Rational> c = error_compensation_constants<Star>(facts);
  const ErrorModel<Rational> errors = compensated_errors(c, facts.largest_L_i, delta);
  return error_feedback_stepsize(c, square_root_upper_bound(stepsize_radicand(c, errors, half)), half);
}
template <bool Star>
Guarantee EcGdEntry<Star>::guarantee(const ProblemFacts& facts, const Rational& gamma) const {
  const auto delta = compressor.template delta<Rational>(facts.d);
  const ErrorCompensationConstants<Rational> c = error_compensation_constants<Star>(facts);
  const ErrorModel<Rational> errors = compensated_errors(c, facts.largest_L_i, delta);
  const std::vector<Rational> gaps = error_feedback_gaps(c, errors, gamma, facts.mu);
  const Rational eta = *std::min_element(gaps.begin(), gaps.end());
  return {.q = Rational(1 - eta),
          .floor = Rational(error_feedback_noise(c, errors, gamma) / eta),
          .sigma_weight = 0,  // the errors are zero at the start
          .factor = delta == 1 ? Rational(1) : iterate_factor(error_weight(errors, gamma))};
}

template struct DianaEntry<FullGradient>;
template struct DianaEntry<SampledComponent>;
template struct VrDianaEntry<VrDianaVariant::saga>;
template struct VrDianaEntry<VrDianaVariant::loopless>;
template struct ParallelSgdEntry<FullGradient>;
template struct ParallelSgdEntry<SampledComponent>;
template struct EcGdEntry<false>;
template struct EcGdEntry<true>;

}  // namespace touchstone::inline v0
