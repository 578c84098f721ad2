#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs {

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  for (const auto topic : {unified_sgd_one_step,
                           unified_sgd_proximal_step,
                           unified_sgd_closed_form,
                           unified_sgd_averaged,
                           unified_sgd_accuracy,
                           unified_sgd_strong_convexity,
                           unified_sgd_stepsizes,
                           unified_sgd_stepsizes_of_sampling,
                           unified_sgd_stepsizes_of_diana,
                           unified_sgd_stepsize_limit,
                           unified_sgd_svrg,
                           qsgd_stepsize_obligations,
                           error_feedback_one_step,
                           error_feedback_error_models,
                           error_feedback_windows,
                           error_feedback_many_steps,
                           error_feedback_weighted_sums,
                           error_feedback_averaged,
                           error_feedback_stepsizes,
                           error_feedback_rates,
                           error_feedback_remembered_constants,
                           error_feedback_rows,
                           error_feedback_complexities,
                           error_feedback_complexities_of_diana,
                           error_compensation_lyapunov,
                           error_compensation_stepsizes,
                           top1_divergence,
                           top1_cone,
                           top1_parameters,
                           marina_descent,
                           marina_closed_form,
                           marina_stepsizes,
                           rand_k_contract,
                           top_k_contract,
                           laws_of_compressors,
                           laws_of_contractive_compressors,
                           rounding_to_powers,
                           dithering_constants,
                           combined_compressors})
    std::ranges::move(topic(), std::back_inserter(all));
  std::ranges::sort(all, {}, &Obligation::id);
  const auto twice = std::ranges::adjacent_find(all, {}, &Obligation::id);
  if (twice != all.end()) throw std::logic_error("two obligations are called " + twice->id);
  return all;
}

}  // namespace touchstone::inline v0::proofs
