#include "proofs/rows/rows.hpp"

namespace touchstone::inline v0::proofs::kernel {

const std::vector<Row>& rows() {
  static const Rational less(99, 100);
  static const Rational more(101, 100);
  const auto near_misses = [](const std::vector<std::string>& smaller, const std::vector<std::string>& larger) {
    std::vector<Change> all;
    all.reserve(smaller.size() + larger.size());
    for (const std::string& name : smaller) all.push_back({name, less});
    for (const std::string& name : larger) all.push_back({name, more});
    return all;
  };
  static const std::vector<Row> all = {
      {"unified-sgd/gd/assumption", gd_row, {{"A", less}}},
      {"unified-sgd/gd/assumption-composite", gd_composite_row, {{"A", less}}},
      {"unified-sgd/sgd/assumption", sgd_row, {{"A", less}, {"D1", less}}},
      {"unified-sgd/sgd-sr/assumption", sgd_sr_row, {{"A", less}, {"D1", less}}},
      {"unified-sgd/sgd-mb/assumption", sgd_mb_row, {{"A", less}, {"D1", less}}},
      {"unified-sgd/sgd-star/assumption", sgd_star_row, {{"A", less}}},
      {"unified-sgd/saga/assumption", saga_row, {{"A", less}, {"B", less}, {"rho", more}, {"C", less}}},
      {"unified-sgd/n-saga/assumption",
       n_saga_row,
       {{"A", less}, {"B", less}, {"rho", more}, {"C", less}, {"D1", less}, {"D2", less}}},
      {"unified-sgd/sega/assumption", sega_row, {{"A", less}, {"B", less}, {"rho", more}, {"C", less}}},
      {"unified-sgd/sega/assumption-sharper",
       sega_sharper_row,
       {{"A", less}, {"B", less}, {"rho", more}, {"C", less}}},
      {"unified-sgd/n-sega/assumption",
       n_sega_row,
       {{"A", less}, {"B", less}, {"rho", more}, {"C", less}, {"D1", less}, {"D2", less}}},
      {"unified-sgd/svrg/assumption", svrg_row, {{"A", less}, {"B", less}}},
      {"unified-sgd/l-svrg/assumption", l_svrg_row, {{"A", less}, {"B", less}, {"rho", more}, {"C", less}}},
      {"unified-sgd/diana/assumption", diana_row, {{"A", less}, {"B", less}, {"rho", more}, {"C", less}}},
      {"unified-sgd/diana/assumption-noisy",
       diana_noisy_row,
       {{"A", less}, {"B", less}, {"rho", more}, {"C", less}, {"D1", less}, {"D2", less}}},
      {"unified-sgd/diana/assumption-sampled",
       diana_sampled_row,
       {{"A", less}, {"B", less}, {"rho", more}, {"C", less}, {"D1", less}, {"D2", less}}},
      {"unified-sgd/diana-single/assumption",
       diana_single_row,
       {{"A", less}, {"B", less}, {"rho", more}, {"C", less}}},
      {"unified-sgd/q-sgd-sr/assumption", q_sgd_sr_row, {{"A", less}, {"D1", less}}},
      {"unified-sgd/vr-diana/assumption", vr_diana_row, {{"A", less}, {"B", less}, {"rho", more}, {"C", less}}},
      {"unified-sgd/jacsketch/assumption", jacsketch_row, {{"A", less}, {"B", less}, {"rho", more}, {"C", less}}},
      {"error-feedback/ec-gd/perturbed-iterate", perturbed_iterate, {{"mu", more}, {"gap", more}, {"3L", less}}},
      {"error-feedback/ec-gd/assumption", ec_gd_row, near_misses({"A", "D1", "A'", "a", "d1"}, {"delta"})},
      {"error-feedback/ec-gd-star/assumption", ec_gd_star_row, near_misses({"A", "A'", "a"}, {"delta"})},
      {"error-feedback/ec-sgdsr/assumption", ec_sgdsr_row,
       near_misses({"A", "D1", "A~", "D1~", "A'", "D1'", "a", "d1"}, {"delta"})},
      {"error-feedback/ec-sgd/assumption", ec_sgd_row,
       near_misses({"A", "D1", "A~", "D1~", "A'", "D1'", "a", "d1"}, {"delta"})},
      {"error-feedback/ec-sgd-diana/assumption", ec_sgd_diana_row,
       near_misses({"A", "B1", "D1~", "A'", "D1'", "C1", "D2", "a", "b1", "d1"}, {"rho1", "delta"})},
      {"error-feedback/ec-sgdsr-diana/assumption", ec_sgdsr_diana_row,
       near_misses({"A", "B1", "A~", "D1~", "A'", "D1'", "C1", "D2", "a", "b1", "d1"}, {"rho1", "delta"})},
      {"error-feedback/ec-gd-diana/assumption", ec_gd_diana_row,
       near_misses({"A", "B1", "A'", "C1", "a", "b1"}, {"rho1", "delta"})},
      {"error-feedback/ec-lsvrg/assumption", ec_lsvrg_row,
       near_misses({"A", "D1", "A~", "B2~", "A'", "B2'", "C2", "a", "b2", "d1"}, {"rho2", "delta"})},
      {"error-feedback/ec-lsvrg-star/assumption", ec_lsvrg_star_row,
       near_misses({"A", "A~", "B2~", "A'", "B2'", "C2", "a", "b2"}, {"rho2", "delta"})},
      {"error-feedback/ec-lsvrg-diana/assumption", ec_lsvrg_diana_row,
       near_misses({"A", "B1", "A~", "B2~", "A'", "B2'", "C1", "G", "C2", "a", "b1", "b2"},
                   {"rho1", "rho2", "delta"})},
      {"error-feedback/d-sgd/assumption", d_sgd_row, near_misses({"A'", "D1'"}, {})},
      {"error-feedback/d-sgd-sr/assumption", d_sgd_sr_row, near_misses({"A'", "D1'"}, {})},
      {"error-feedback/d-qsgd/assumption", d_qsgd_row, near_misses({"A'", "D1'"}, {})},
      {"error-feedback/d-sgd-diana/assumption", d_sgd_diana_row,
       near_misses({"A'", "B1'", "D1'", "C1", "D2"}, {"rho1"})},
      {"error-feedback/d-lsvrg/assumption", d_lsvrg_row, near_misses({"A'", "B2'", "C2"}, {"rho2"})},
      {"error-feedback/d-qlsvrg/assumption", d_qlsvrg_row, near_misses({"A'", "B2'", "D1'", "C2"}, {"rho2"})},
      {"error-feedback/d-lsvrg-diana/assumption", d_lsvrg_diana_row,
       near_misses({"A'", "B1'", "B2'", "C1", "G", "C2"}, {"rho1", "rho2"})},
      {"error-feedback/terngrad/assumption", d_qsgd_uniform_row, near_misses({"A'", "D1'"}, {})},
      {"error-feedback/dqgd/assumption", dqgd_row, near_misses({"A'", "D1'"}, {})},
      {"error-feedback/dianasr-dq-estimate/assumption", dianasr_dq_estimate_row,
       near_misses({"A'", "B1'", "D1'", "C1", "D2"}, {"rho1"})},
      {"error-feedback/dianasr-dq-difference/assumption", dianasr_dq_difference_row,
       near_misses({"A'", "B1'", "D1'", "C1", "D2"}, {"rho1"})},
      {"marina/marina/estimator", marina_estimator, {{"p", more}, {"Lambda^2", less}}},
  };
  return all;
}

}  // namespace touchstone::inline v0::proofs::kernel
