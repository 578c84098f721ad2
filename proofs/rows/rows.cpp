#include "proofs/rows/rows.hpp"

namespace touchstone::inline v0::proofs::kernel {

const std::vector<Row>& rows() {
  static const Rational less(99, 100);
  static const Rational more(101, 100);
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
      {"marina/marina/estimator", marina_estimator, {{"p", more}, {"Lambda^2", less}}},
  };
  return all;
}

}  // namespace touchstone::inline v0::proofs::kernel
