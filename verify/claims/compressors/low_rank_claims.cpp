#include "touchstone/compressors/power_sgd_fixed.hpp"
#include "touchstone/compressors/random_column.hpp"
#include "touchstone/compressors/svd_rank_r.hpp"
#include "verify/claims/compressors/law_checks.hpp"
#include "verify/claims/compressors/wrong_compressors.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::low_rank {

namespace {

using Q = Rational;

/// The sum of the squares of all but the K largest.
Q all_but_largest(const Vector<Q>& x, Index K) {
  std::vector<Q> squares;
  for (Index i = 0; i < x.size(); ++i) squares.emplace_back(x[i] * x[i]);
  std::sort(squares.begin(), squares.end());
  Q sum = 0;
  for (Index i = 0; i < x.size() - K; ++i) sum += squares[static_cast<std::size_t>(i)];
  return sum;
}

/// A matrix column by column.
Vector<Q> columns_of(const Matrix<Q>& X) {
  return Eigen::Map<const Vector<Q>>(X.data(), X.size());
}

Matrix<Q> pythagorean_rotation(Index size) {
  Matrix<Q> rotation = Matrix<Q>::Identity(size, size);
  rotation.topLeftCorner(2, 2) << ratio<Q>(3, 5), ratio<Q>(-4, 5), ratio<Q>(4, 5), ratio<Q>(3, 5);
  return rotation;
}

/// Matrices with known singular values: diagonal ones, turned from the left.
template <class C = SvdRankR>
std::vector<LawCase<Q>> svd_cases(Seeded& random) {
  std::vector<LawCase<Q>> cases;
  for (const auto& [rows, columns] : {std::pair<Index, Index>{2, 2}, {3, 2}, {2, 3}, {3, 3}})
    for (Index r = 1; r <= std::min(rows, columns); ++r) {
      C c{};
      c.rows = rows;
      c.columns = columns;
      c.r = r;
      LawCase<Q> made =
          case_of<Q>(c, rows * columns, fmt::format("rank {} of {} x {}", r, rows, columns), {}, random);
      made.inputs.clear();
      std::vector<std::pair<Vector<Q>, Q>> known;
      for (const auto& sigma : {std::array<Index, 3>{3, 2, 1}, {1, 1, 1}, {0, 5, 1}, {2, 2, 1}, {1, 7, 7}}) {
        Matrix<Q> X = Matrix<Q>::Zero(rows, columns);
        Vector<Q> values(std::min(rows, columns));
        for (Index i = 0; i < values.size(); ++i) X(i, i) = values[i] = sigma[static_cast<std::size_t>(i)];
        for (const Matrix<Q>& Y : {X, Matrix<Q>(pythagorean_rotation(rows) * X)}) {
          known.emplace_back(columns_of(Y), all_but_largest(values, r));
          made.inputs.push_back(columns_of(Y));
        }
      }
      made.error = [known](const Vector<Q>& x) {
        for (const auto& [X, error] : known)
          if (X == x) return error;
        return Q(-1);
      };
      cases.push_back(std::move(made));
    }
  return cases;
}

template <class C = RandomColumn>
std::vector<LawCase<Q>> random_column_cases(Seeded& random) {
  std::vector<LawCase<Q>> cases;
  for (const auto& [rows, columns] : {std::pair<Index, Index>{1, 1}, {2, 2}, {3, 2}, {2, 3}, {1, 3}, {3, 1}})
    for (Index r = 1; r <= columns; ++r) {
      C c{};
      c.rows = rows;
      c.columns = columns;
      c.r = r;
      cases.push_back(
          case_of<Q>(c, rows * columns, fmt::format("{} columns of {} x {}", r, rows, columns), {}, random));
    }
  return cases;
}

/// Bound 1, attained where the start is orthogonal to the rows of X: no delta > 0 is a constant.
std::vector<LawCase<Q>> power_sgd_cases(Seeded& random) {
  std::vector<LawCase<Q>> cases;
  for (const Index columns : {2, 3})
    for (Index rows = 1; rows <= 3; ++rows) {
      const PowerSgdFixed<Q> c{rows, Matrix<Q>::Identity(columns, 1)};
      const Index d = rows * columns;
      cases.push_back(
          {fmt::format("{} x {}, start e_1", rows, columns), [c](const Vector<Q>& x) { return law_of<Q>(c, x); },
           Q(1), false, Vector<Q>(Vector<Q>::Unit(d, d - 1)),
           [c](const Vector<Q>& x) { return Q(x.squaredNorm() - law_of<Q>(c, x)[0].second.squaredNorm()); },
           law_inputs<Q>(random, d)});
    }
  return cases;
}

}  // namespace

std::vector<Claim> claims() {
  const LawMutants<Q> constants = constant_mutants<Q>();
  const std::string contractive = "E|C(X) - X|^2 <= (1 - delta) |X|^2, delta = ";
  return {
      {"compressor/svd-rank-r/delta",
       "the best approximation of rank r is contractive with delta = r/min(rows, columns), attained where all "
       "singular "
       "values are equal",
       contractive + "r/min(rows, columns); |C(X) - X|^2 = the smallest squared singular values",
       {"1 <= r <= min(rows, columns)"},
       "Eckart and Young",
       {error_check<Q>(svd_cases<>,
                       constants + LawMutants<Q>{{"half of the message", {svd_cases<Halved<SvdRankR>>, {}}}})}},
      {"compressor/random-column/delta",
       "projection on r random columns is contractive with delta = r/columns, attained where the columns are "
       "orthogonal",
       contractive + "r/columns",
       {"1 <= r <= columns"},
       "derived",
       {proof_check(),
        error_check<Q>(
            random_column_cases<>,
            constants + LawMutants<Q>{{"half of the message", {random_column_cases<Halved<RandomColumn>>, {}}}})}},
      {"compressor/powersgd-fixed/non-expansive",
       "PowerSGD's step from a fixed start loses at most everything, and everything it can: no delta > 0 is a "
       "constant",
       "|C(X) - X|^2 = |X|^2 - |C(X)|^2 <= |X|^2, an equality where X Q0 = 0",
       {"any start Q0"},
       "derived",
       {error_check<Q>(power_sgd_cases, constants)}},
  };
}

}  // namespace touchstone::inline v0::registry::low_rank
