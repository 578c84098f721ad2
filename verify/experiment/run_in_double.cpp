#include "verify/experiment/run_experiment.hpp"

namespace touchstone::inline v0 {

template ExperimentVerdict run_experiment<double>(const ExperimentSettings&, const SparseData&, const HeaderSink&,
                                                  const RowSink&);

template std::unique_ptr<Iterates<double>> iterates(const ExperimentSettings&, const Ingredients<double>&);

}  // namespace touchstone::inline v0
