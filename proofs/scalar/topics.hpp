#pragma once
/// \file
/// The obligations: a namespace a file, as with the claims. Each function builds its list anew.

#include <vector>

#include "proofs/obligation.hpp"

namespace touchstone::inline v0::proofs::topics {

// clang-format off
namespace unified_sgd_one_step { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace unified_sgd_closed_form { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace unified_sgd_proximal_step { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace unified_sgd_averaged { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace unified_sgd_accuracy { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace unified_sgd_strong_convexity { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace unified_sgd_stepsizes { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace unified_sgd_stepsizes_of_sampling { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace unified_sgd_stepsizes_of_diana { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace unified_sgd_stepsize_limit { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace unified_sgd_svrg { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace qsgd_stepsizes { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace error_feedback_one_step { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace error_feedback_error_models { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace error_feedback_windows { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace error_feedback_many_steps { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace error_feedback_weighted_sums { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace error_feedback_averaged { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace error_feedback_stepsizes { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace error_feedback_rates { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace error_feedback_remembered_constants { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace error_feedback_rows { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace error_feedback_complexities { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace error_feedback_complexities_of_diana { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace error_compensation_lyapunov { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace error_compensation_stepsizes { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace top1_divergence { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace top1_cone { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace top1_parameters { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace rand_k_contract { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace top_k_contract { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace laws_of_compressors { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace laws_of_contractive_compressors { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace rounding_to_powers { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace dithering_constants { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace combined_compressors { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace local_primitives { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace local_one_step { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace local_averaged { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace local_closing { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace local_discrepancy_steps { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace local_discrepancy_sums { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace local_discrepancy_epochs { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace local_discrepancy_inductions { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace local_discrepancy_moments { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace local_stepsizes { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace local_random_stepsizes { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace local_complexities { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace local_random_complexities { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace local_accuracy { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace marina_descent { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace marina_closed_form { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace marina_problems { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace marina_stepsizes { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace marina_sharp_stepsize { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace marina_gd { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace marina_diana { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace marina_qgd { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace marina_polyak { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace marina_starts { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace marina_complexities { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace marina_comparisons { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace moshpit_random_split { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace moshpit_sgd_steps { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace moshpit_sgd_theorem { [[nodiscard]] std::vector<Obligation> obligations(); }
namespace moshpit_sgd_complexities { [[nodiscard]] std::vector<Obligation> obligations(); }
// clang-format on

}  // namespace touchstone::inline v0::proofs::topics
