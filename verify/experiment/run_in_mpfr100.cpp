#include "verify/experiment/run_experiment.hpp"

namespace touchstone::inline v0 {

template ExperimentVerdict run_experiment<Real<100>>(const ExperimentSettings&, const SparseData&,
                                                     const HeaderSink&, const RowSink&);

template std::unique_ptr<Iterates<Real<100>>> iterates(const ExperimentSettings&, const Ingredients<Real<100>>&);

}  // namespace touchstone::inline v0
