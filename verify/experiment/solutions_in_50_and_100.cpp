#include "verify/experiment/solutions.hpp"

namespace touchstone::inline v0 {

template Vector<Real<50>> detail::refined_solution<50>(const SparseData&, const Rational&, Index&);
template Vector<Real<100>> detail::refined_solution<100>(const SparseData&, const Rational&, Index&);
template CertifiedSolution<50> certified_solution<50>(const SparseData&, const Rational&, int);
template CertifiedSolution<100> certified_solution<100>(const SparseData&, const Rational&, int);

}  // namespace touchstone::inline v0
