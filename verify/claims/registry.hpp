#pragma once
/// \file
/// One function a file of claims; the registry concatenates them in the order of the thesis.

#include <vector>

#include "verify/claim.hpp"

namespace touchstone::inline v0 {

[[nodiscard]] std::vector<Claim> sparsifier_claims();
[[nodiscard]] std::vector<Claim> dithering_claims();
[[nodiscard]] std::vector<Claim> rounding_claims();
[[nodiscard]] std::vector<Claim> float_natural_claims();
[[nodiscard]] std::vector<Claim> compressor_message_claims();
[[nodiscard]] std::vector<Claim> compressor_draws_claims();
[[nodiscard]] std::vector<Claim> joint_compressor_claims();
[[nodiscard]] std::vector<Claim> contractive_claims();
[[nodiscard]] std::vector<Claim> low_rank_claims();
[[nodiscard]] std::vector<Claim> combination_claims();
[[nodiscard]] std::vector<Claim> contractive_message_claims();
[[nodiscard]] std::vector<Claim> combination_message_claims();
[[nodiscard]] std::vector<Claim> compressor_errata_claims();
[[nodiscard]] std::vector<Claim> unified_theorem_claims();
[[nodiscard]] std::vector<Claim> gd_claims();
[[nodiscard]] std::vector<Claim> sgd_claims();
[[nodiscard]] std::vector<Claim> sgd_sr_claims();
[[nodiscard]] std::vector<Claim> sgd_mb_claims();
[[nodiscard]] std::vector<Claim> sgd_star_claims();
[[nodiscard]] std::vector<Claim> saga_claims();
[[nodiscard]] std::vector<Claim> n_saga_claims();
[[nodiscard]] std::vector<Claim> sega_claims();
[[nodiscard]] std::vector<Claim> n_sega_claims();
[[nodiscard]] std::vector<Claim> svrg_claims();
[[nodiscard]] std::vector<Claim> l_svrg_claims();
[[nodiscard]] std::vector<Claim> diana_claims();
[[nodiscard]] std::vector<Claim> diana_single_claims();
[[nodiscard]] std::vector<Claim> q_sgd_sr_claims();
[[nodiscard]] std::vector<Claim> vr_diana_claims();
[[nodiscard]] std::vector<Claim> jacsketch_claims();
[[nodiscard]] std::vector<Claim> beyond_quadratics_claims();
[[nodiscard]] std::vector<Claim> quantized_claims();
[[nodiscard]] std::vector<Claim> data_claims();
[[nodiscard]] std::vector<Claim> qsgd_claims();
[[nodiscard]] std::vector<Claim> top1_claims();
[[nodiscard]] std::vector<Claim> error_feedback_golden_claims();
[[nodiscard]] std::vector<Claim> error_feedback_theorem_claims();
[[nodiscard]] std::vector<Claim> ec_gd_row_claims();
[[nodiscard]] std::vector<Claim> ec_gd_claims();
[[nodiscard]] std::vector<Claim> ec_gd_cycle_claims();
[[nodiscard]] std::vector<Claim> ec_sgd_claims();
[[nodiscard]] std::vector<Claim> ec_diana_claims();
[[nodiscard]] std::vector<Claim> ec_lsvrg_claims();
[[nodiscard]] std::vector<Claim> delayed_claims();
[[nodiscard]] std::vector<Claim> delay_divergence_claims();
[[nodiscard]] std::vector<Claim> double_quantization_claims();
[[nodiscard]] std::vector<Claim> exact_optimum_claims();
[[nodiscard]] std::vector<Claim> data_comparison_claims();
[[nodiscard]] std::vector<Claim> enclosed_comparison_claims();
[[nodiscard]] std::vector<Claim> seeded_runs_claims();
[[nodiscard]] std::vector<Claim> marina_claims();

}  // namespace touchstone::inline v0
