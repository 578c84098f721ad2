#include "verify/experiment/run_experiment.hpp"

namespace touchstone::inline v0 {

template ExperimentVerdict run_experiment<Real<200>>(const ExperimentSettings&, const SparseData&,
                                                     const HeaderSink&, const RowSink&);

}  // namespace touchstone::inline v0
