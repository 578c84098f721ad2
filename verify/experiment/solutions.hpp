#pragma once
/// \file
/// certified_solution, compiled once for every number of digits: the linear algebra behind it is slow to compile.

#include "touchstone/problems/certified_solution.hpp"

namespace touchstone::inline v0 {

namespace detail {
extern template Vector<Real<50>> refined_solution<50>(const SparseData&, const Rational&, Index&);
extern template Vector<Real<100>> refined_solution<100>(const SparseData&, const Rational&, Index&);
extern template Vector<Real<200>> refined_solution<200>(const SparseData&, const Rational&, Index&);
extern template Vector<Real<1000>> refined_solution<1000>(const SparseData&, const Rational&, Index&);
}  // namespace detail

extern template CertifiedSolution<50> certified_solution<50>(const SparseData&, const Rational&, int);
extern template CertifiedSolution<100> certified_solution<100>(const SparseData&, const Rational&, int);
extern template CertifiedSolution<200> certified_solution<200>(const SparseData&, const Rational&, int);
extern template CertifiedSolution<1000> certified_solution<1000>(const SparseData&, const Rational&, int);

}  // namespace touchstone::inline v0
