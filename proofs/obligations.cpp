#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs {

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  for (const auto topic : {topics::unified_sgd_one_step::obligations,
                           topics::unified_sgd_proximal_step::obligations,
                           topics::unified_sgd_closed_form::obligations,
                           topics::unified_sgd_averaged::obligations,
                           topics::unified_sgd_accuracy::obligations,
                           topics::unified_sgd_strong_convexity::obligations,
                           topics::unified_sgd_stepsizes::obligations,
                           topics::unified_sgd_stepsizes_of_sampling::obligations,
                           topics::unified_sgd_stepsizes_of_diana::obligations,
                           topics::unified_sgd_stepsize_limit::obligations,
                           topics::unified_sgd_svrg::obligations,
                           topics::qsgd_stepsizes::obligations,
                           topics::error_feedback_one_step::obligations,
                           topics::error_feedback_error_models::obligations,
                           topics::error_feedback_windows::obligations,
                           topics::error_feedback_many_steps::obligations,
                           topics::error_feedback_weighted_sums::obligations,
                           topics::error_feedback_averaged::obligations,
                           topics::error_feedback_stepsizes::obligations,
                           topics::error_feedback_rates::obligations,
                           topics::error_feedback_remembered_constants::obligations,
                           topics::error_feedback_rows::obligations,
                           topics::error_feedback_complexities::obligations,
                           topics::error_feedback_complexities_of_diana::obligations,
                           topics::error_compensation_lyapunov::obligations,
                           topics::error_compensation_stepsizes::obligations,
                           topics::top1_divergence::obligations,
                           topics::top1_cone::obligations,
                           topics::top1_parameters::obligations,
                           topics::local_primitives::obligations,
                           topics::local_one_step::obligations,
                           topics::local_averaged::obligations,
                           topics::local_closing::obligations,
                           topics::local_discrepancy_steps::obligations,
                           topics::local_discrepancy_sums::obligations,
                           topics::local_discrepancy_epochs::obligations,
                           topics::local_discrepancy_inductions::obligations,
                           topics::local_discrepancy_moments::obligations,
                           topics::local_stepsizes::obligations,
                           topics::local_random_stepsizes::obligations,
                           topics::local_complexities::obligations,
                           topics::local_random_complexities::obligations,
                           topics::local_accuracy::obligations,
                           topics::marina_descent::obligations,
                           topics::marina_closed_form::obligations,
                           topics::marina_problems::obligations,
                           topics::marina_stepsizes::obligations,
                           topics::marina_sharp_stepsize::obligations,
                           topics::marina_gd::obligations,
                           topics::marina_diana::obligations,
                           topics::marina_qgd::obligations,
                           topics::marina_polyak::obligations,
                           topics::marina_starts::obligations,
                           topics::marina_complexities::obligations,
                           topics::marina_comparisons::obligations,
                           topics::moshpit_random_split::obligations,
                           topics::moshpit_sgd_steps::obligations,
                           topics::moshpit_sgd_theorem::obligations,
                           topics::moshpit_sgd_complexities::obligations,
                           topics::rand_k_contract::obligations,
                           topics::top_k_contract::obligations,
                           topics::laws_of_compressors::obligations,
                           topics::laws_of_contractive_compressors::obligations,
                           topics::rounding_to_powers::obligations,
                           topics::dithering_constants::obligations,
                           topics::combined_compressors::obligations})
    std::ranges::move(topic(), std::back_inserter(all));
  std::ranges::sort(all, {}, &Obligation::id);
  const auto twice = std::ranges::adjacent_find(all, {}, &Obligation::id);
  if (twice != all.end()) throw std::logic_error("two obligations are called " + twice->id);
  return all;
}

}  // namespace touchstone::inline v0::proofs
