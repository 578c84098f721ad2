#pragma once
/// \file
/// The kernel's arguments, one function a method; each derives its lemmas anew. Constants come from the functions of
/// reference/touchstone/theory, called on the kernel's expressions.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "proofs/theory/argument.hpp"

namespace touchstone::inline v0::proofs::kernel {

/// Throws proof_error where the change makes a statement that its certificate does not prove.
using Derive = std::unique_ptr<Argument> (*)(const Change&);

[[nodiscard]] std::unique_ptr<Argument> gd_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> gd_composite_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> sgd_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> sgd_sr_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> sgd_mb_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> sgd_star_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> saga_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> n_saga_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> sega_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> sega_sharper_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> n_sega_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> svrg_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> l_svrg_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> diana_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> diana_noisy_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> diana_sampled_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> diana_single_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> q_sgd_sr_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> vr_diana_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> jacsketch_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> perturbed_iterate(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> ec_gd_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> ec_gd_star_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> ec_sgdsr_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> ec_sgd_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> ec_sgd_diana_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> ec_sgdsr_diana_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> ec_gd_diana_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> ec_lsvrg_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> ec_lsvrg_star_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> ec_lsvrg_diana_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> d_sgd_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> d_sgd_sr_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> d_qsgd_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> d_qsgd_uniform_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> d_sgd_diana_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> d_lsvrg_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> d_qlsvrg_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> d_lsvrg_diana_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> dqgd_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> dianasr_dq_estimate_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> dianasr_dq_difference_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> local_expected_smoothness(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> local_step(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> local_sgd_uniform_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> local_sgd_sampled_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> local_svrg_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> s_star_local_sgd_uniform_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> s_star_local_sgd_sampled_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> ss_local_sgd_uniform_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> ss_local_sgd_sampled_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> s_star_local_sgd_star_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> s_local_svrg_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> s_local_svrg_sharp_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> s_local_svrg_own_references_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> marina_estimator(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> vr_marina_estimator(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> vr_marina_without_replacement_estimator(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> vr_marina_online_estimator(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> pp_marina_estimator(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> pp_marina_without_replacement_estimator(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> nonconvex_diana_estimator(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> nonconvex_diana_shifts(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> nonconvex_qgd_row(const Change& change = {});
[[nodiscard]] std::unique_ptr<Argument> biased_descent(const Change& change = {});

/// An argument and the claim that it is evidence for.
struct Row {
  std::string claim;
  Derive derive;
  std::vector<Change> near_misses;  ///< each must be refused
};

/// All of them, in the order of the thesis.
[[nodiscard]] const std::vector<Row>& rows();

}  // namespace touchstone::inline v0::proofs::kernel
