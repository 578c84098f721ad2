#include "verify/experiment/run_experiment.hpp"

namespace touchstone::inline v0 {

template ExperimentVerdict run_experiment<Real<200>>(const ExperimentSettings&, const SparseData&,
                                                     const HeaderSink&, const RowSink&);

template std::unique_ptr<Iterates<Real<200>>> iterates(const ExperimentSettings&, const Ingredients<Real<200>>&);

}  // namespace touchstone::inline v0
