#include "verify/oracle/catalog/convex_quadratic.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <Eigen/Eigenvalues>

#include "touchstone/numbers/convert.hpp"
#include "touchstone/numbers/definiteness.hpp"

namespace touchstone::inline v0::oracle {

namespace {

/// The least of a_ii - sum_{j != i} |a_ij|.
Rational gershgorin_bound(const Matrix<Rational>& A) {
  Rational least;
  for (Index i = 0; i < A.rows(); ++i) {
    Rational end = A(i, i);
    for (Index j = 0; j < A.cols(); ++j)
      if (j != i) end -= abs(A(i, j));
    if (i == 0 || end < least) least = end;
  }
  return least;
}

/// At most the smallest eigenvalue: what floating point finds, less a slack that grows until the bound is proven.
Rational proven_smallest_eigenvalue(const Matrix<Rational>& A) {
  constexpr double first_slack = 0x1p-44;
  constexpr double growth = 16;
  const Matrix<double> rounded = convert<double>(A);
  require(rounded.allFinite(), "a quadratic needs a matrix whose numbers are within those of double");
  const Vector<double> eigenvalues =
      Eigen::SelfAdjointEigenSolver<Matrix<double>>(rounded, Eigen::EigenvaluesOnly).eigenvalues();
  const double estimate = eigenvalues.minCoeff();
  double slack = first_slack * eigenvalues.cwiseAbs().maxCoeff();
  require(std::isfinite(slack), "a quadratic needs a matrix whose eigenvalues are within the numbers of double");
  if (Rational bound = gershgorin_bound(A); bound >= Rational(estimate - slack)) return bound;
  const Matrix<Rational> identity = Matrix<Rational>::Identity(A.rows(), A.cols());
  for (;; slack *= growth) {
    Rational bound(estimate - slack);
    if (is_positive_semidefinite(Matrix<Rational>(A - identity * bound))) return bound;
  }
}

Rational proven_largest_eigenvalue(const Matrix<Rational>& A) {
  return -proven_smallest_eigenvalue(Matrix<Rational>(-A));
}

}  // namespace

Quadratic<Rational> convex_quadratic(std::vector<std::vector<QuadraticForm<Rational>>> components) {
  const Quadratic<Rational> shape(components, {});  // refuses what does not fit, before anything is computed
  const Matrix<Rational>& total = shape.form().A;
  ProblemConstants<Rational> constants{
      proven_largest_eigenvalue(total), std::max(Rational(0), proven_smallest_eigenvalue(total)), {}, {}};
  for (Index i = 0; i < shape.workers(); ++i) {
    constants.L_i.push_back(proven_largest_eigenvalue(shape.form(i).A));
    constants.L_ij.emplace_back();
    for (Index j = 0; j < shape.components(i); ++j) {
      const Matrix<Rational>& A = shape.form(i, j).A;
      require(is_positive_semidefinite(A), "a quadratic needs a positive semidefinite matrix (worker, component)",
              i, j);
      constants.L_ij.back().push_back(proven_largest_eigenvalue(A));
    }
  }
  return {std::move(components), std::move(constants)};
}

}  // namespace touchstone::inline v0::oracle
