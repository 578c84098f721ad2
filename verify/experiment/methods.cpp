#include "verify/experiment/methods.hpp"

#include <fmt/format.h>

#include "touchstone/numbers/root_bound.hpp"
#include "touchstone/theory/error_feedback/ec_gd.hpp"
#include "touchstone/theory/error_feedback/qsgd.hpp"
#include "touchstone/theory/unified_sgd/gd.hpp"
#include "touchstone/theory/unified_sgd/l_svrg.hpp"
#include "touchstone/theory/unified_sgd/saga.hpp"

namespace touchstone::inline v0 {

namespace {

void refuse_compression(const ExperimentSettings& settings) {
  if (!settings.compressor.is<Identity>())
    throw usage_error(fmt::format("--compressor: found {}, but {} sends nothing compressed; expected identity",
                                  to_string(settings.compressor), settings.method));
}

void refuse_sampling(const ExperimentSettings& settings) {
  if (settings.sampled)
    throw usage_error(fmt::format(
        "--gradient: found sampled, but {} fixes how gradients are obtained; expected full", settings.method));
}

void require_one_worker(const ExperimentSettings& settings) {
  if (settings.workers != 1)
    throw usage_error(fmt::format("--workers: found {}, but {} runs on one worker; expected 1", settings.workers,
                                  settings.method));
}

[[noreturn]] void refuse_compressor(const ExperimentSettings& settings, const char* kind, const char* expected) {
  throw usage_error(fmt::format("--compressor: found {}, but {} needs {} compressor; expected {}",
                                to_string(settings.compressor), settings.method, kind, expected));
}

Rational count(Index n) {
  return integer<Rational>(n);
}

/// The row of a method and the weight M, which give both the stepsize and the bound.
struct Row {
  ParametricConstants<Rational> constants;
  Rational M = 0;
};

Row saga_row(const ProblemFacts& facts) {
  return {saga_constants(facts.largest_L_ij, count(facts.m)), saga_lyapunov_weight(count(facts.m))};
}

Row l_svrg_row(const ProblemFacts& facts) {
  const auto p = ratio<Rational>(1, facts.m);
  return {l_svrg_constants(facts.largest_L_ij, p), l_svrg_lyapunov_weight(p)};
}

template <class Oracle>
Row diana_row(const ProblemFacts& facts, const UnbiasedChoice& compressor) {
  const auto omega = compressor.omega<Rational>(facts.d);
  const Rational n = count(facts.n);
  const Rational alpha = diana_shift_stepsize(omega);
  const Rational M = diana_lyapunov_weight(omega, n, alpha);
  if constexpr (is_sampled<Oracle>)
    return {
        diana_sampling_constants(facts.largest_L_i, facts.largest_L_ij, omega, n, alpha, facts.sampling_variance),
        M};
  else
    return {diana_constants(facts.largest_L_i, omega, n, alpha), M};
}

Row qsgd_row(const ProblemFacts& facts, const Rational& omega) {
  return {qsgd_constants(facts.largest_L_i, omega, count(facts.n), facts.zeta)};
}

Rational stepsize_of(const Row& row, const ProblemFacts& facts) {
  return unified_stepsize(row.constants, facts.mu, row.M);
}

Guarantee guarantee_of(const Row& row, const ProblemFacts& facts, const Rational& gamma) {
  return unified_guarantee(row.constants, gamma, facts.mu, row.M);
}

std::optional<Rational> omega_of(const AnyCompressor& compressor, Index d) {
  if (compressor.is<Identity>()) return Rational(0);
  if (const auto* rand_k = std::get_if<RandK>(&compressor.chosen)) return rand_k->omega<Rational>(d);
  return std::nullopt;
}

template <bool Star>
ErrorCompensationConstants<Rational> error_compensation_constants(const ProblemFacts& facts) {
  return Star ? ec_gd_star_constants(facts.largest_L_i) : ec_gd_constants(facts.largest_L_i, facts.zeta);
}

}  // namespace

UnbiasedChoice unbiased(const ExperimentSettings& settings) {
  if (const auto* rand_k = std::get_if<RandK>(&settings.compressor.chosen)) return {*rand_k};
  if (!settings.compressor.is<Identity>()) refuse_compressor(settings, "an unbiased", "identity or rand-k:K");
  return {Identity{}};
}

ContractiveChoice contractive(const ExperimentSettings& settings) {
  if (const auto* top_k = std::get_if<TopK>(&settings.compressor.chosen)) return {*top_k};
  if (!settings.compressor.is<Identity>()) refuse_compressor(settings, "a contractive", "identity or top-k:K");
  return {Identity{}};
}

GdEntry::GdEntry(const ExperimentSettings& settings) {
  refuse_compression(settings);
  refuse_sampling(settings);
}
std::optional<Rational> GdEntry::largest_stepsize(const ProblemFacts& facts) const {
  return stepsize_of({gd_constants(facts.L)}, facts);
}
Guarantee GdEntry::guarantee(const ProblemFacts& facts, const Rational& gamma) const {
  return guarantee_of({gd_constants(facts.L)}, facts, gamma);
}

SagaEntry::SagaEntry(const ExperimentSettings& settings) {
  require_one_worker(settings);
  refuse_compression(settings);
  refuse_sampling(settings);
}
std::optional<Rational> SagaEntry::largest_stepsize(const ProblemFacts& facts) const {
  return stepsize_of(saga_row(facts), facts);
}
Guarantee SagaEntry::guarantee(const ProblemFacts& facts, const Rational& gamma) const {
  return guarantee_of(saga_row(facts), facts, gamma);
}

LSvrgEntry::LSvrgEntry(const ExperimentSettings& settings) {
  require_one_worker(settings);
  refuse_compression(settings);
  refuse_sampling(settings);
}
std::optional<Rational> LSvrgEntry::largest_stepsize(const ProblemFacts& facts) const {
  return stepsize_of(l_svrg_row(facts), facts);
}
Guarantee LSvrgEntry::guarantee(const ProblemFacts& facts, const Rational& gamma) const {
  return guarantee_of(l_svrg_row(facts), facts, gamma);
}

template <class Oracle>
std::optional<Rational> DianaEntry<Oracle>::largest_stepsize(const ProblemFacts& facts) const {
  return stepsize_of(diana_row<Oracle>(facts, compressor_), facts);
}
template <class Oracle>
Guarantee DianaEntry<Oracle>::guarantee(const ProblemFacts& facts, const Rational& gamma) const {
  return guarantee_of(diana_row<Oracle>(facts, compressor_), facts, gamma);
}

template <class Oracle>
std::optional<Rational> ParallelSgdEntry<Oracle>::largest_stepsize(const ProblemFacts& facts) const {
  const std::optional<Rational> omega = omega_of(compressor_, facts.d);
  if (!omega || is_sampled<Oracle>) return std::nullopt;
  return stepsize_of(qsgd_row(facts, *omega), facts);
}
template <class Oracle>
Guarantee ParallelSgdEntry<Oracle>::guarantee(const ProblemFacts& facts, const Rational& gamma) const {
  return guarantee_of(qsgd_row(facts, omega_of(compressor_, facts.d).value()), facts, gamma);
}

template <bool Star>
EcGdEntry<Star>::EcGdEntry(const ExperimentSettings& settings) : compressor_(contractive(settings)) {
  refuse_sampling(settings);
}
template <bool Star>
std::optional<Rational> EcGdEntry<Star>::largest_stepsize(const ProblemFacts& facts) const {
  const auto half = ratio<Rational>(1, 2);
  const auto delta = compressor_.template delta<Rational>(facts.d);
  const ErrorCompensationConstants<Rational> c = error_compensation_constants<Star>(facts);
  return error_compensation_stepsize(
      c, square_root_upper_bound(error_compensation_radicand(c, facts.largest_L_i, delta, half)), half);
}
template <bool Star>
Guarantee EcGdEntry<Star>::guarantee(const ProblemFacts& facts, const Rational& gamma) const {
  const auto delta = compressor_.template delta<Rational>(facts.d);
  const ErrorCompensationConstants<Rational> c = error_compensation_constants<Star>(facts);
  const std::vector<Rational> gaps = error_compensation_gaps(gamma, facts.mu, delta);
  const Rational eta = *std::min_element(gaps.begin(), gaps.end());
  const Rational N = error_weight(facts.largest_L_i, gamma, delta);
  return {.q = Rational(1 - eta),
          .floor = Rational(error_compensation_noise(c, facts.largest_L_i, gamma, delta) / eta),
          .sigma_weight = 0,  // the errors are zero at the start
          .factor = delta == 1 ? Rational(1) : Rational(1 + 1 / N)};
}

template class DianaEntry<FullGradient>;
template class DianaEntry<SampledComponent>;
template class ParallelSgdEntry<FullGradient>;
template class ParallelSgdEntry<SampledComponent>;
template class EcGdEntry<false>;
template class EcGdEntry<true>;

}  // namespace touchstone::inline v0
