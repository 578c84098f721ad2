#include "verify/experiment/solutions.hpp"

namespace touchstone::inline v0 {

template Vector<Real<200>> detail::refined_solution<200>(const SparseData&, const Rational&, Index&);
template Vector<Real<1000>> detail::refined_solution<1000>(const SparseData&, const Rational&, Index&);
template CertifiedSolution<200> certified_solution<200>(const SparseData&, const Rational&, int);
template CertifiedSolution<1000> certified_solution<1000>(const SparseData&, const Rational&, int);

}  // namespace touchstone::inline v0
