#include "verify/claims/registry.hpp"

#include <set>
#include <stdexcept>
#include <utility>

#include "verify/claims/coq_check.hpp"

namespace touchstone::inline v0 {

namespace {

std::vector<Claim> all_claims() {
  std::vector<Claim> all;
  std::set<std::string> ids;
  for (const auto& part : {registry::sparsifier::claims,
                           registry::dithering::claims,
                           registry::rounding::claims,
                           registry::float_natural::claims,
                           registry::joint_compressor::claims,
                           registry::contractive::claims,
                           registry::low_rank::claims,
                           registry::combination::claims,
                           registry::compressor_message::claims,
                           registry::contractive_message::claims,
                           registry::combination_message::claims,
                           registry::compressor_draws::claims,
                           registry::compressor_errata::claims,
                           registry::unified_theorem::claims,
                           registry::gd::claims,
                           registry::sgd::claims,
                           registry::sgd_sr::claims,
                           registry::sgd_mb::claims,
                           registry::sgd_star::claims,
                           registry::saga::claims,
                           registry::n_saga::claims,
                           registry::sega::claims,
                           registry::sega::n_sega_claims,
                           registry::svrg::claims,
                           registry::l_svrg::claims,
                           registry::diana::claims,
                           registry::diana_single::claims,
                           registry::q_sgd_sr::claims,
                           registry::vr_diana::claims,
                           registry::jacsketch::claims,
                           registry::beyond_quadratics::claims,
                           registry::sampled_beyond_quadratics::claims,
                           registry::quantized::claims,
                           registry::data::claims,
                           registry::qsgd::claims,
                           registry::top1::claims,
                           registry::error_feedback_golden::claims,
                           registry::error_feedback_theorem::claims,
                           registry::ec_gd_row::claims,
                           registry::ec_gd::claims,
                           registry::ec_gd_cycle::claims,
                           registry::ec_sgd::claims,
                           registry::ec_diana::claims,
                           registry::ec_lsvrg::claims,
                           registry::delayed::claims,
                           registry::delay_divergence::claims,
                           registry::double_quantization::claims,
                           registry::exact_optimum::claims,
                           registry::data_comparison::claims,
                           registry::enclosed_comparison::claims,
                           registry::runs_by_seed::claims,
                           registry::local_golden::claims,
                           registry::local_sgd::claims,
                           registry::local_shifted::claims,
                           registry::local_svrg::claims,
                           registry::local_iteration::claims,
                           registry::local_beyond_quadratics::claims,
                           registry::local_bias::claims,
                           registry::local_optimum::claims,
                           registry::local_errata::claims,
                           registry::local_scalar::claims,
                           registry::local_step::claims,
                           registry::marina_scalar::claims,
                           registry::marina_complexity::claims,
                           registry::nonconvex_diana::claims,
                           registry::nonconvex_qgd::claims,
                           registry::marina::claims,
                           registry::pp_marina_errata::claims,
                           registry::marina_beyond_quadratics::claims,
                           registry::marina_data::claims,
                           registry::marina_errata::claims,
                           registry::marina_frontier::claims,
                           registry::marina_golden::claims,
                           registry::marina_problems::claims,
                           registry::marina_run::claims,
                           registry::moshpit_baseline::claims,
                           registry::moshpit_gossip::claims,
                           registry::moshpit_exact::claims,
                           registry::moshpit_key::claims,
                           registry::moshpit_traffic::claims,
                           registry::moshpit_fault::claims,
                           registry::moshpit_convergence::claims,
                           registry::moshpit_split::claims,
                           registry::moshpit_errata::claims,
                           registry::moshpit_scalar::claims,
                           registry::moshpit_sgd::claims,
                           registry::moshpit_reduction::claims,
                           bridge_claims})
    for (Claim& claim : part()) {
      if (!ids.insert(claim.id).second) throw std::logic_error("two claims have the id " + claim.id);
      all.push_back(with_coq(std::move(claim)));
    }
  for (const Claim& claim : all)
    if (!claim.correction.empty() && !ids.contains(claim.correction))
      throw std::logic_error(claim.id + " is corrected by " + claim.correction + ", which is not a claim");
  return all;
}

}  // namespace

const std::vector<Claim>& claims() {
  static const std::vector<Claim> all = all_claims();
  return all;
}

}  // namespace touchstone::inline v0
