#pragma once
/// \file
/// A namespace a file of claims, so that several files can be compiled as one, each with helpers of its own; the registry
/// concatenates the claims in the order of the thesis.

#include <vector>

#include "verify/claim.hpp"

namespace touchstone::inline v0::registry {

// clang-format off
namespace sparsifier { [[nodiscard]] std::vector<Claim> claims(); }
namespace dithering { [[nodiscard]] std::vector<Claim> claims(); }
namespace rounding { [[nodiscard]] std::vector<Claim> claims(); }
namespace float_natural { [[nodiscard]] std::vector<Claim> claims(); }
namespace compressor_message { [[nodiscard]] std::vector<Claim> claims(); }
namespace compressor_draws { [[nodiscard]] std::vector<Claim> claims(); }
namespace joint_compressor { [[nodiscard]] std::vector<Claim> claims(); }
namespace contractive { [[nodiscard]] std::vector<Claim> claims(); }
namespace low_rank { [[nodiscard]] std::vector<Claim> claims(); }
namespace combination { [[nodiscard]] std::vector<Claim> claims(); }
namespace contractive_message { [[nodiscard]] std::vector<Claim> claims(); }
namespace combination_message { [[nodiscard]] std::vector<Claim> claims(); }
namespace compressor_errata { [[nodiscard]] std::vector<Claim> claims(); }
namespace unified_theorem { [[nodiscard]] std::vector<Claim> claims(); }
namespace gd { [[nodiscard]] std::vector<Claim> claims(); }
namespace sgd { [[nodiscard]] std::vector<Claim> claims(); }
namespace sgd_sr { [[nodiscard]] std::vector<Claim> claims(); }
namespace sgd_mb { [[nodiscard]] std::vector<Claim> claims(); }
namespace sgd_star { [[nodiscard]] std::vector<Claim> claims(); }
namespace saga { [[nodiscard]] std::vector<Claim> claims(); }
namespace n_saga { [[nodiscard]] std::vector<Claim> claims(); }
namespace sega { [[nodiscard]] std::vector<Claim> claims(); [[nodiscard]] std::vector<Claim> n_sega_claims(); }
namespace svrg { [[nodiscard]] std::vector<Claim> claims(); }
namespace l_svrg { [[nodiscard]] std::vector<Claim> claims(); }
namespace diana { [[nodiscard]] std::vector<Claim> claims(); }
namespace diana_single { [[nodiscard]] std::vector<Claim> claims(); }
namespace q_sgd_sr { [[nodiscard]] std::vector<Claim> claims(); }
namespace vr_diana { [[nodiscard]] std::vector<Claim> claims(); }
namespace jacsketch { [[nodiscard]] std::vector<Claim> claims(); }
namespace beyond_quadratics { [[nodiscard]] std::vector<Claim> claims(); }
namespace sampled_beyond_quadratics { [[nodiscard]] std::vector<Claim> claims(); }
namespace quantized { [[nodiscard]] std::vector<Claim> claims(); }
namespace data { [[nodiscard]] std::vector<Claim> claims(); }
namespace qsgd { [[nodiscard]] std::vector<Claim> claims(); }
namespace top1 { [[nodiscard]] std::vector<Claim> claims(); }
namespace error_feedback_golden { [[nodiscard]] std::vector<Claim> claims(); }
namespace error_feedback_theorem { [[nodiscard]] std::vector<Claim> claims(); }
namespace ec_gd_row { [[nodiscard]] std::vector<Claim> claims(); }
namespace ec_gd { [[nodiscard]] std::vector<Claim> claims(); }
namespace ec_gd_cycle { [[nodiscard]] std::vector<Claim> claims(); }
namespace ec_sgd { [[nodiscard]] std::vector<Claim> claims(); }
namespace ec_diana { [[nodiscard]] std::vector<Claim> claims(); }
namespace ec_lsvrg { [[nodiscard]] std::vector<Claim> claims(); }
namespace delayed { [[nodiscard]] std::vector<Claim> claims(); }
namespace delay_divergence { [[nodiscard]] std::vector<Claim> claims(); }
namespace double_quantization { [[nodiscard]] std::vector<Claim> claims(); }
namespace exact_optimum { [[nodiscard]] std::vector<Claim> claims(); }
namespace data_comparison { [[nodiscard]] std::vector<Claim> claims(); }
namespace enclosed_comparison { [[nodiscard]] std::vector<Claim> claims(); }
namespace runs_by_seed { [[nodiscard]] std::vector<Claim> claims(); }
namespace local_golden { [[nodiscard]] std::vector<Claim> claims(); }
namespace local_sgd { [[nodiscard]] std::vector<Claim> claims(); }
namespace local_shifted { [[nodiscard]] std::vector<Claim> claims(); }
namespace local_svrg { [[nodiscard]] std::vector<Claim> claims(); }
namespace local_iteration { [[nodiscard]] std::vector<Claim> claims(); }
namespace local_beyond_quadratics { [[nodiscard]] std::vector<Claim> claims(); }
namespace local_bias { [[nodiscard]] std::vector<Claim> claims(); }
namespace local_optimum { [[nodiscard]] std::vector<Claim> claims(); }
namespace local_errata { [[nodiscard]] std::vector<Claim> claims(); }
namespace local_scalar { [[nodiscard]] std::vector<Claim> claims(); }
namespace local_step { [[nodiscard]] std::vector<Claim> claims(); }
namespace marina_complexity { [[nodiscard]] std::vector<Claim> claims(); }
namespace marina_scalar { [[nodiscard]] std::vector<Claim> claims(); }
namespace nonconvex_diana { [[nodiscard]] std::vector<Claim> claims(); }
namespace nonconvex_qgd { [[nodiscard]] std::vector<Claim> claims(); }
namespace pp_marina_errata { [[nodiscard]] std::vector<Claim> claims(); }
namespace marina { [[nodiscard]] std::vector<Claim> claims(); }
namespace marina_beyond_quadratics { [[nodiscard]] std::vector<Claim> claims(); }
namespace marina_data { [[nodiscard]] std::vector<Claim> claims(); }
namespace marina_errata { [[nodiscard]] std::vector<Claim> claims(); }
namespace marina_frontier { [[nodiscard]] std::vector<Claim> claims(); }
namespace marina_golden { [[nodiscard]] std::vector<Claim> claims(); }
namespace marina_problems { [[nodiscard]] std::vector<Claim> claims(); }
namespace marina_run { [[nodiscard]] std::vector<Claim> claims(); }
namespace moshpit_baseline { [[nodiscard]] std::vector<Claim> claims(); }
namespace moshpit_gossip { [[nodiscard]] std::vector<Claim> claims(); }
namespace moshpit_exact { [[nodiscard]] std::vector<Claim> claims(); }
namespace moshpit_key { [[nodiscard]] std::vector<Claim> claims(); }
namespace moshpit_traffic { [[nodiscard]] std::vector<Claim> claims(); }
namespace moshpit_fault { [[nodiscard]] std::vector<Claim> claims(); }
namespace moshpit_convergence { [[nodiscard]] std::vector<Claim> claims(); }
namespace moshpit_split { [[nodiscard]] std::vector<Claim> claims(); }
namespace moshpit_errata { [[nodiscard]] std::vector<Claim> claims(); }
namespace moshpit_scalar { [[nodiscard]] std::vector<Claim> claims(); }
namespace moshpit_sgd { [[nodiscard]] std::vector<Claim> claims(); }
namespace moshpit_reduction { [[nodiscard]] std::vector<Claim> claims(); }
// clang-format on

}  // namespace touchstone::inline v0::registry
