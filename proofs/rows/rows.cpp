#include "proofs/rows/rows.hpp"

namespace touchstone::inline v0::proofs::kernel {

const std::vector<Row>& rows() {
  static const Rational less(99, 100);
  static const Rational more(101, 100);
  static const std::vector<Row> all = {
      {"unified-sgd/gd/assumption", gd_row, {{"A", less}}},
      {"unified-sgd/saga/assumption", saga_row, {{"A", less}, {"B", less}, {"rho", more}, {"C", less}}},
      {"unified-sgd/l-svrg/assumption", l_svrg_row, {{"A", less}, {"B", less}, {"rho", more}, {"C", less}}},
      {"unified-sgd/diana/assumption", diana_row, {{"A", less}, {"B", less}, {"rho", more}, {"C", less}}},
      {"unified-sgd/diana/assumption-noisy",
       diana_noisy_row,
       {{"A", less}, {"B", less}, {"rho", more}, {"C", less}, {"D1", less}, {"D2", less}}},
      {"error-feedback/ec-gd/perturbed-iterate", perturbed_iterate, {{"mu", more}, {"gap", more}, {"3L", less}}},
      {"marina/marina/estimator", marina_estimator, {{"p", more}, {"Lambda^2", less}}},
  };
  return all;
}

}  // namespace touchstone::inline v0::proofs::kernel
