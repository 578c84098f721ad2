#include "verify/experiment/error_feedback_methods.hpp"

#include "touchstone/theory/error_feedback/ec_gd.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg_diana.hpp"
#include "touchstone/theory/error_feedback/ec_sgd.hpp"
#include "touchstone/theory/error_feedback/qsgd.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"

namespace touchstone::inline v0 {

namespace {

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

/// Every method starts from x^0 = 0, h_i = 0 and w_i = 0.
CompensatedRow row_of(const CompensatedEntry& entry, const ProblemFacts& facts, const Rational& L,
                      const ErrorCompensationConstants<Rational>& constants) {
  return {constants, L, entry.compressor.delta<Rational>(facts.d), facts.zeta, facts.start_variance};
}

}  // namespace

template <class Oracle>
std::optional<WeightedRow> ParallelSgdEntry<Oracle>::row(const ProblemFacts& facts) const {
  const std::optional<Rational> omega = omega_of(compressor, facts.d);
  if (!omega || is_sampled<Oracle>) return std::nullopt;
  return WeightedRow{qsgd_constants(facts.largest_L_i, *omega, count(facts.n), facts.zeta)};
}

Rational LearningEntry::omega(Index d) const {
  return omega_bound<Rational>(shift_compressor, d);
}
Rational LearningEntry::alpha(Index d) const {
  return diana_shift_stepsize(omega(d));
}

CompensatedRow EcGdEntry::row(const ProblemFacts& facts) const {
  const Rational& L = facts.largest_L_i;
  return row_of(*this, facts, L, ec_gd_constants(L, facts.zeta));
}

CompensatedRow EcGdStarEntry::row(const ProblemFacts& facts) const {
  const Rational& L = facts.largest_L_i;
  return row_of(*this, facts, L, ec_gd_star_constants(L));
}

CompensatedRow EcGdDianaEntry::row(const ProblemFacts& facts) const {
  const Rational& L = facts.largest_L_i;
  return row_of(*this, facts, L, ec_gd_diana_constants(L, omega(facts.d), alpha(facts.d)));
}

CompensatedRow EcSgdEntry::row(const ProblemFacts& facts) const {
  const Rational& L = facts.largest_L_ij;
  return row_of(*this, facts, L, ec_sgd_constants(L, count(facts.n), facts.sampling_variance, facts.zeta));
}

CompensatedRow EcSgdDianaEntry::row(const ProblemFacts& facts) const {
  const Rational& L = facts.largest_L_i;
  return row_of(*this, facts, L,
                ec_sgdsr_diana_constants(L, facts.largest_L_ij, omega(facts.d), count(facts.n), alpha(facts.d),
                                         facts.sampling_variance));
}

CompensatedRow EcLsvrgEntry::row(const ProblemFacts& facts) const {
  const Rational& L = facts.largest_L_ij;
  return row_of(*this, facts, L, ec_lsvrg_constants(L, count(facts.n), ratio<Rational>(1, facts.m), facts.zeta));
}

CompensatedRow EcLsvrgStarEntry::row(const ProblemFacts& facts) const {
  const Rational& L = facts.largest_L_ij;
  return row_of(*this, facts, L, ec_lsvrg_star_constants(L, count(facts.n), ratio<Rational>(1, facts.m)));
}

CompensatedRow EcLsvrgDianaEntry::row(const ProblemFacts& facts) const {
  const Rational& L = facts.largest_L_ij;
  return row_of(
      *this, facts, L,
      ec_lsvrg_diana_constants(L, omega(facts.d), count(facts.n), alpha(facts.d), ratio<Rational>(1, facts.m)));
}

template struct ParallelSgdEntry<FullGradient>;
template struct ParallelSgdEntry<SampledComponent>;

}  // namespace touchstone::inline v0
