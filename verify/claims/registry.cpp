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
  for (const auto& part : {sparsifier_claims,
                           dithering_claims,
                           rounding_claims,
                           float_natural_claims,
                           joint_compressor_claims,
                           contractive_claims,
                           low_rank_claims,
                           combination_claims,
                           compressor_message_claims,
                           contractive_message_claims,
                           combination_message_claims,
                           compressor_draws_claims,
                           compressor_errata_claims,
                           unified_theorem_claims,
                           gd_claims,
                           sgd_claims,
                           sgd_sr_claims,
                           sgd_mb_claims,
                           sgd_star_claims,
                           saga_claims,
                           n_saga_claims,
                           sega_claims,
                           n_sega_claims,
                           svrg_claims,
                           l_svrg_claims,
                           diana_claims,
                           diana_single_claims,
                           q_sgd_sr_claims,
                           vr_diana_claims,
                           jacsketch_claims,
                           beyond_quadratics_claims,
                           quantized_claims,
                           data_claims,
                           qsgd_claims,
                           top1_claims,
                           error_feedback_golden_claims,
                           error_feedback_theorem_claims,
                           ec_gd_row_claims,
                           ec_gd_claims,
                           ec_gd_cycle_claims,
                           ec_sgd_claims,
                           ec_diana_claims,
                           ec_lsvrg_claims,
                           delayed_claims,
                           delay_divergence_claims,
                           double_quantization_claims,
                           exact_optimum_claims,
                           data_comparison_claims,
                           enclosed_comparison_claims,
                           seeded_runs_claims,
                           marina_claims,
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
