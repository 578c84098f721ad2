#include "verify/oracle/catalog/theory.hpp"

#include <map>

#include <fmt/ranges.h>

#include "touchstone/theory/error_feedback/d_lsvrg.hpp"
#include "touchstone/theory/error_feedback/d_sgd.hpp"
#include "touchstone/theory/error_feedback/dqgd.hpp"
#include "touchstone/theory/error_feedback/ec_gd.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg_diana.hpp"
#include "touchstone/theory/error_feedback/ec_sgd.hpp"
#include "touchstone/theory/error_feedback/qsgd.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"
#include "touchstone/theory/unified_sgd/gd.hpp"
#include "touchstone/theory/unified_sgd/l_svrg.hpp"
#include "touchstone/theory/unified_sgd/q_sgd_sr.hpp"
#include "touchstone/theory/unified_sgd/saga.hpp"
#include "touchstone/theory/unified_sgd/sega.hpp"
#include "touchstone/theory/unified_sgd/sgd.hpp"
#include "touchstone/theory/unified_sgd/sgd_mb.hpp"
#include "touchstone/theory/unified_sgd/sgd_sr.hpp"
#include "touchstone/theory/unified_sgd/sgd_star.hpp"
#include "touchstone/theory/unified_sgd/vr_diana.hpp"
#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/catalog/theorems.hpp"
#include "verify/oracle/catalog/theory_inputs.hpp"

namespace touchstone::inline v0::oracle {

namespace {

const Rational no_noise = 0;

/// The row of a method, and its theorem.
class TheoryMaker : private TheoryInputs {
 public:
  using TheoryInputs::TheoryInputs;

  [[nodiscard]] Theory make() {
    const std::map<std::string, Theory (TheoryMaker::*)()>& all = makers();
    const auto found = all.find(name_);
    if (found == all.end())
      throw spec_error(fmt::format("method: found '{}', expected one of {}, whose theory is here", name_,
                                   fmt::join(theory_names(), ", ")));
    Theory theory = (this->*found->second)();
    theory.alpha = alpha_;
    theory.p = p_;
    theory.tau = tau_;
    return theory;
  }

  static const std::map<std::string, Theory (TheoryMaker::*)()>& makers() {
    using Self = TheoryMaker;
    static const std::map<std::string, Theory (Self::*)()> all = {{"gd", &Self::gd},
                                                                  {"sgd", &Self::sgd},
                                                                  {"sgd-mb", &Self::sgd_mb},
                                                                  {"sgd-sr", &Self::sgd_sr},
                                                                  {"sgd-star", &Self::sgd_star},
                                                                  {"saga", &Self::saga},
                                                                  {"sega", &Self::sega},
                                                                  {"l-svrg", &Self::l_svrg},
                                                                  {"diana", &Self::diana},
                                                                  {"diana-single", &Self::diana_single},
                                                                  {"q-sgd-sr", &Self::q_sgd_sr},
                                                                  {"vr-diana-saga", &Self::vr_diana},
                                                                  {"vr-diana-loopless", &Self::vr_diana},
                                                                  {"parallel-sgd", &Self::qsgd},
                                                                  {"qsgd", &Self::qsgd},
                                                                  {"dqgd", &Self::dqgd},
                                                                  {"ec-gd", &Self::ec_gd},
                                                                  {"ec-gd-star", &Self::ec_gd_star},
                                                                  {"ec-gd-diana", &Self::ec_gd_diana},
                                                                  {"ec-sgd", &Self::ec_sgd},
                                                                  {"ec-sgd-diana", &Self::ec_sgd_diana},
                                                                  {"ec-lsvrg", &Self::ec_lsvrg},
                                                                  {"ec-lsvrg-star", &Self::ec_lsvrg_star},
                                                                  {"ec-lsvrg-diana", &Self::ec_lsvrg_diana},
                                                                  {"d-sgd", &Self::d_sgd},
                                                                  {"d-qsgd", &Self::d_qsgd},
                                                                  {"d-sgd-diana", &Self::d_sgd_diana},
                                                                  {"d-lsvrg", &Self::d_lsvrg},
                                                                  {"d-qlsvrg", &Self::d_qlsvrg},
                                                                  {"d-lsvrg-diana", &Self::d_lsvrg_diana},
                                                                  {"marina", &Self::marina}};
    return all;
  }

 private:
  Theory gd() { return unified_theory({gd_constants(facts_.L)}, facts_); }
  Theory sgd() { return on_one_node({sgd_constants(facts_.largest_L_ij, no_noise)}); }
  Theory sgd_mb() {
    return on_one_node({sgd_mb_constants(Rational(2 * facts_.largest_L_ij), facts_.L, batch(), no_noise)});
  }
  Theory sgd_sr() { return on_one_node({sgd_sr_constants(expected_smoothness(), no_noise)}); }
  Theory sgd_star() { return on_one_node({sgd_star_constants(expected_smoothness())}); }
  Theory saga() {
    const auto m = integer<Rational>(facts_.m);
    return on_one_node({saga_constants(facts_.largest_L_ij, m), saga_lyapunov_weight(m)});
  }
  Theory sega() {
    const auto d = integer<Rational>(facts_.d);
    return on_one_node({sega_constants(facts_.L, d), sega_lyapunov_weight(d)});
  }
  Theory l_svrg() {
    const Rational p = refresh();
    return on_one_node({l_svrg_constants(facts_.largest_L_ij, p), l_svrg_lyapunov_weight(p)});
  }
  Theory diana() {
    const Rational w = omega(given_.compressor);
    const Rational a = alpha({diana_shift_stepsize(w)});
    const Rational M = diana_lyapunov_weight(w, n_, a);
    if (sampled())
      return unified_theory(
          {diana_sampling_constants(facts_.largest_L_i, facts_.largest_L_ij, w, n_, a, no_noise), M}, facts_);
    return unified_theory({diana_constants(facts_.largest_L_i, w, n_, a), M}, facts_);
  }
  Theory diana_single() {
    require_one_node();
    return diana();
  }
  Theory q_sgd_sr() {
    return on_one_node({q_sgd_sr_constants(expected_smoothness(), omega(given_.compressor), no_noise, no_noise)});
  }
  Theory vr_diana() {
    const Rational w = omega(given_.compressor);
    const auto m = integer<Rational>(facts_.m);
    const Rational a = alpha(vr_diana_shift_stepsize_bounds(w, m));
    return unified_theory(
        {vr_diana_constants(facts_.largest_L_ij, w, n_, m, a), vr_diana_lyapunov_weight(w, n_, a)}, facts_);
  }
  Theory qsgd() { return error_free_theory(quantized_row(), facts_); }
  Theory dqgd() {
    const Rational w = omega(given_.compressor);
    return error_free_theory(dqgd_constants(facts_.largest_L_i, w, omega(given_.shift_compressor), n_, no_noise),
                             facts_);
  }

  Theory ec_gd() { return compensated(ec_gd_constants(facts_.largest_L_i, no_noise), facts_.largest_L_i); }
  Theory ec_gd_star() { return compensated(ec_gd_star_constants(facts_.largest_L_i), facts_.largest_L_i); }
  Theory ec_gd_diana() {
    const Rational w = omega(given_.shift_compressor);
    return compensated(ec_gd_diana_constants(facts_.largest_L_i, w, alpha({diana_shift_stepsize(w)})),
                       facts_.largest_L_i);
  }
  Theory ec_sgd() {
    return compensated(ec_sgd_constants(facts_.largest_L_ij, n_, no_noise, no_noise), facts_.largest_L_ij);
  }
  Theory ec_sgd_diana() {
    if (!sampled()) return ec_gd_diana();
    const Rational w = omega(given_.shift_compressor);
    return compensated(ec_sgdsr_diana_constants(facts_.largest_L_i, facts_.largest_L_ij, w, n_,
                                                alpha({diana_shift_stepsize(w)}), no_noise),
                       facts_.largest_L_i);
  }
  Theory ec_lsvrg() {
    return compensated(ec_lsvrg_constants(facts_.largest_L_ij, n_, refresh(), no_noise), facts_.largest_L_ij);
  }
  Theory ec_lsvrg_star() {
    return compensated(ec_lsvrg_star_constants(facts_.largest_L_ij, n_, refresh()), facts_.largest_L_ij);
  }
  Theory ec_lsvrg_diana() {
    const Rational w = omega(given_.shift_compressor);
    const Rational a = alpha({diana_shift_stepsize(w)});
    return compensated(ec_lsvrg_diana_constants(facts_.largest_L_ij, w, n_, a, refresh()), facts_.largest_L_ij);
  }

  Theory d_sgd() { return delayed(d_sgd_constants(facts_.largest_L_ij, n_, no_noise), facts_.largest_L_ij); }
  Theory d_qsgd() { return delayed(quantized_row(), facts_.largest_L_i); }
  Theory d_sgd_diana() {
    const Rational& L = facts_.largest_L_i;
    const Rational w = omega(given_.compressor);
    const Rational a = alpha({diana_shift_stepsize(w)});
    return delayed(sampled() ? dianasr_constants(L, facts_.largest_L_ij, w, n_, a, no_noise)
                             : d_sgd_diana_constants(L, w, n_, a),
                   L);
  }
  Theory d_lsvrg() { return delayed(d_lsvrg_constants(facts_.largest_L_ij, n_, refresh()), facts_.largest_L_ij); }
  Theory d_qlsvrg() {
    const Rational w = omega(given_.compressor);
    return delayed(d_qlsvrg_constants(facts_.largest_L_ij, w, n_, refresh(), no_noise), facts_.largest_L_ij);
  }
  Theory d_lsvrg_diana() {
    const Rational w = omega(given_.compressor);
    const Rational a = alpha({diana_shift_stepsize(w)});
    return delayed(d_lsvrg_diana_constants(facts_.largest_L_ij, w, n_, a, refresh()), facts_.largest_L_ij);
  }

  Theory marina() {
    if (!given_.p) refuse_missing("p");
    const Rational p = probability(*given_.p);
    return biased_theory(marina_lambda_squared(facts_.mean_square_L_i, omega(given_.compressor), n_, p), p, facts_);
  }

  Theory on_one_node(const WeightedRow& row) {
    require_one_node();
    return unified_theory(row, facts_);
  }
  Theory compensated(const ErrorCompensationConstants<Rational>& row, const Rational& L) {
    return compensated_theory(row, L, delta(given_.compressor), facts_);
  }
  Theory delayed(const ErrorFeedbackConstants<Rational>& row, const Rational& L) {
    if (!given_.tau) refuse_missing("tau");
    tau_ = given_.tau;
    return delayed_theory(row, L, *tau_, facts_);
  }
  /// Of D-QSGD, with full gradients or components.
  [[nodiscard]] ErrorFeedbackConstants<Rational> quantized_row() const {
    const Rational w = omega(given_.compressor);
    if (!sampled()) return d_qsgd_constants(facts_.largest_L_i, w, n_, no_noise);
    return d_qsgd_sampling_constants(facts_.largest_L_i, facts_.largest_L_ij, w, n_, no_noise, no_noise);
  }
};

}  // namespace

Theory theory_of(const MethodSpec& spec, const TheoryFacts& facts) {
  return TheoryMaker(spec, facts).make();
}

Rational contraction_of(const MethodSpec& spec, const Theory& theory, const Rational& gamma) {
  if (!theory.contraction)
    throw spec_error(fmt::format("mu: found 0, expected > 0, as {} contracts for such problems only", spec.name));
  if (!(0 < gamma && gamma <= theory.stepsize))
    throw spec_error(
        fmt::format("gamma: found {}, expected 0 < gamma <= {}", exact_text(gamma), exact_text(theory.stepsize)));
  return theory.contraction(gamma);
}

const std::vector<std::string>& theory_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> known;
    for (const std::string& name : method_names())
      if (TheoryMaker::makers().contains(name)) known.push_back(name);
    return known;
  }();
  return names;
}

}  // namespace touchstone::inline v0::oracle
