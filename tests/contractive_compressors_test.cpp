// The contractive compressors: golden laws, constants attained where they say, messages to the bit, refused arguments.

#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "tests/laws.hpp"
#include "tests/support.hpp"
#include "touchstone/compressors/bernoulli_unscaled.hpp"
#include "touchstone/compressors/exp_round.hpp"
#include "touchstone/compressors/power_sgd_fixed.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/random_column.hpp"
#include "touchstone/compressors/scaled_sign.hpp"
#include "touchstone/compressors/svd_rank_r.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/numbers/convert.hpp"
#include "touchstone/numbers/surd.hpp"

namespace touchstone::contractive_compressors_test {
namespace {

using testing_support::draws;
using testing_support::error_of;
using testing_support::expect_delta_attained;
using testing_support::expect_refusals;
using testing_support::expect_round_trip;
using testing_support::expected_squared_error;
using testing_support::Law;
using testing_support::law;
using testing_support::q;
using testing_support::vec;

constexpr Index d4 = 4;

/// Every one of this file that is contractive, for d = 4, a matrix 2 x 2.
template <class Visit>
void for_each_compressor(const Visit& visit) {
  visit(RandKUnscaled{3});
  visit(BernoulliUnscaled{{2, 5}});
  visit(ScaledSign<0>{});
  visit(ScaledSign<1>{});
  visit(ExpRound{{2, 1}});
  visit(ExpRound{{5, 3}});
  visit(RandomColumn{2, 2, 1});
}

template <class C>
Vector<Rational> sent_by(const C& compressor, const Vector<Rational>& x) {
  const Law outcomes = law(compressor, x);
  EXPECT_EQ(outcomes.size(), 1U);
  EXPECT_EQ(draws(compressor, x), 0);
  return outcomes.front().second;
}

/// The same for all x: the coordinates are variables.
template <class C>
bool is_equality_for_all_x(const C& compressor, Index d, const Rational& delta) {
  const Vector<Polynomial> x = variables("x", d);
  return expected_squared_error<Polynomial>(compressor, x) == Polynomial(Rational(1 - delta)) * x.squaredNorm();
}

std::vector<Vector<Rational>> vectors_of_four() {
  return {vec({1, q(-2, 3), 5, 0}), vec({q(1, 7), -3, q(5, 4), 3}), vec({2, 2, -2, 2}),
          vec({0, 0, q(-3, 2), 0}), vec({3, 6, q(1, 2), 1}),        vec({-1, 1, 1, 1})};
}

TEST(RandKUnscaled, LawAndContractForAllVectors) {
  const Rational p = q(1, 3);
  EXPECT_EQ(law(RandKUnscaled{2}, vec({1, 2, 3})),
            (Law{{p, vec({1, 2, 0})}, {p, vec({1, 0, 3})}, {p, vec({0, 2, 3})}}));
  for (Index d = 1; d <= 4; ++d)
    for (Index K = 1; K <= d; ++K) {
      EXPECT_TRUE(is_equality_for_all_x(RandKUnscaled{K}, d, q(K, d))) << d << ' ' << K;
      EXPECT_EQ(RandKUnscaled{K}.delta<Rational>(d), q(K, d));
    }
  EXPECT_FALSE(is_equality_for_all_x(RandK{2}, 3, q(2, 3))) << "with the factor d/K it is another operator";
  EXPECT_EQ(draws(RandKUnscaled{3}, vec({1, 2, 3})), 0);
}

TEST(RandKUnscaled, IsRandKOverOnePlusOmegaOutcomeByOutcome) {
  const Vector<Rational> x = vec({1, q(-2, 3), 5, 0});
  Law shrunk = law(RandK{3}, x);
  for (auto& [p, outcome] : shrunk) outcome /= 1 + RandK{3}.omega<Rational>(4);
  EXPECT_EQ(law(RandKUnscaled{3}, x), shrunk);
}

TEST(BernoulliUnscaled, LawAndContractForAllVectors) {
  EXPECT_EQ(law(BernoulliUnscaled{{1, 3}}, vec({1, -2})), (Law{{q(2, 3), vec({0, 0})}, {q(1, 3), vec({1, -2})}}));
  for (const Fraction& p : {Fraction{1, 3}, Fraction{2, 5}, Fraction{1, 1}})
    EXPECT_TRUE(is_equality_for_all_x(BernoulliUnscaled{p}, 3, p.value<Rational>()));
  EXPECT_FALSE(is_equality_for_all_x(BernoulliUnscaled{{1, 3}}, 3, q(2, 3))) << "p and 1 - p exchanged";
  EXPECT_EQ(draws(BernoulliUnscaled{{1, 1}}, vec({1, -2})), 0);
}

TEST(ScaledSign, TheTwoConventionsDifferAtZero) {
  EXPECT_EQ(sent_by(ScaledSign<1>{}, vec({3, 0, -6})), vec({3, 3, -3}));
  EXPECT_EQ(sent_by(ScaledSign<0>{}, vec({3, 0, -6})), vec({3, 0, -3}));
  EXPECT_EQ(sent_by(ScaledSign<1>{}, vec({0, 0})), vec({0, 0}));
  EXPECT_EQ(sent_by(ScaledSign<0>{}, vec({2, -2})), vec({2, -2})) << "nothing is lost of a flat vector";
  static_assert(ScaledSign<0>::odd && !ScaledSign<1>::odd);
  EXPECT_EQ(sent_by(ScaledSign<0>{}, vec({-3, 0, 6})), vec({-3, 0, 3}));
  EXPECT_NE(sent_by(ScaledSign<1>{}, vec({-3, 0, 6})), vec({-3, -3, 3})) << "not odd";
}

TEST(ScaledSign, ErrorsAreExactlyAsStated) {
  for (const Vector<Rational>& x : vectors_of_four()) {
    EXPECT_EQ(expected_squared_error<Rational>(ScaledSign<1>{}, x),
              (1 - ScaledSign<1>{}.delta_at(x)) * x.squaredNorm());
    EXPECT_EQ(expected_squared_error<Rational>(ScaledSign<0>{}, x),
              (1 - ScaledSign<0>{}.delta_at(x)) * x.squaredNorm());
    EXPECT_GE(ScaledSign<1>{}.delta_at(x), q(1, 4));
    EXPECT_GT(ScaledSign<0>{}.delta_at(x), q(1, 4)) << "an infimum, not attained";
  }
  EXPECT_EQ(ScaledSign<1>{}.delta_at(vec({0, -5, 0})), q(1, 3));
  EXPECT_EQ(ScaledSign<0>{}.delta_at(vec({0, -5, 0})), q(5, 9));
  EXPECT_EQ(error_of<precondition_error>([] {
              static_cast<void>(ScaledSign<0>{}.delta_at(vec({0, 0})));
            }),
            "the constant of scaled sign at x needs x != 0");
}

TEST(ScaledSign, ConstantIsAttainedWithPlusOneAndApproachedWithZero) {
  for (Index d = 1; d <= 4; ++d) expect_delta_attained(ScaledSign<1>{}, d);
  expect_delta_attained(ScaledSign<0>{}, 1);
  for (Index d = 2; d <= 4; ++d) {
    EXPECT_FALSE(ScaledSign<0>{}.worst_case<Rational>(d).has_value());
    Vector<Rational> x = Vector<Rational>::Constant(d, q(1, 1'000'000));
    x[0] = 1;  // all coordinates nonzero, close to e_1: no constant above 1/d holds
    EXPECT_LT(ScaledSign<0>{}.delta_at(x), q(1, d) + q(1, 100'000));
    EXPECT_GT(ScaledSign<0>{}.delta_at(x), q(1, d));
  }
}

TEST(ScaledSign, UnderflowSendsZeroAndOverflowIsRefused) {
  Vector<double> x = Vector<double>::Zero(3);
  x[1] = -std::numeric_limits<double>::denorm_min();
  Seeded random(1);
  EXPECT_EQ(ScaledSign<0>{}.compress(x, random), Vector<double>(Vector<double>::Zero(3)));
  const auto message = ScaledSign<1>{}.message(x, random);
  BitWriter out;
  ScaledSign<1>{}.write(message, 3, out);
  BitReader in(out);
  EXPECT_EQ(ScaledSign<1>{}.read<double>(3, in), message);
  x = Vector<double>::Constant(3, std::numeric_limits<double>::max());
  EXPECT_EQ(error_of<precondition_error>([&] { static_cast<void>(ScaledSign<0>{}.compress(x, random)); }),
            "scaled sign needs a finite |x|_1; found inf");
}

TEST(ScaledSign, RefusesMalformedMessages) {
  const auto line = [](float scale, std::uint64_t sign) {
    BitWriter out;
    put_scalar(scale, out);
    out.put(sign, 1);
    BitReader in(out);
    return error_of<precondition_error>([&] { static_cast<void>(ScaledSign<1>{}.read<float>(1, in)); });
  };
  EXPECT_EQ(line(1, 1), "nothing thrown");
  EXPECT_EQ(line(0, 1),
            "a sign on the wire is -1, +1 or sign(0), and sign(0) for the scale 0 (sign, scale); found -1, 0");
  EXPECT_EQ(line(-1, 0), "a norm on the wire has no sign; found -1");
}

TEST(ExpRound, RoundsToTheNearestPowerTiesToTheSmaller) {
  const ExpRound two{{2, 1}};
  EXPECT_EQ(sent_by(two, vec({3, q(-31, 10), q(29, 10), 0, q(3, 16)})), vec({2, -4, 2, 0, q(1, 8)}));
  EXPECT_EQ(sent_by(two, vec({q(1, 8), -1024})), vec({q(1, 8), -1024}));
  EXPECT_EQ(sent_by(ExpRound{{3, 1}}, vec({2, q(201, 100), 6, -7})), vec({1, 3, 3, -9}));
  EXPECT_EQ(sent_by(ExpRound{{3, 2}}, vec({q(5, 4), q(-126, 100), q(5, 6)})), vec({1, q(-3, 2), q(2, 3)}));
}

TEST(ExpRound, ConstantIsAttained) {
  EXPECT_EQ((ExpRound{{2, 1}}.delta<Rational>(3)), q(8, 9));
  for (const Fraction& base : {Fraction{3, 2}, Fraction{2, 1}, Fraction{7, 3}, Fraction{10, 1}}) {
    const ExpRound c{base};
    expect_delta_attained(c, 3);
    const Rational b = base.value<Rational>();
    EXPECT_EQ(1 - c.delta<Rational>(1), ((b - 1) / (b + 1)) * ((b - 1) / (b + 1)));
    for (Index step = 0; step <= 40; ++step) {
      const Vector<Rational> x = vec({1 + (b - 1) * q(step, 40)});
      const Rational error = expected_squared_error<Rational>(c, x);
      const Rational bound = (1 - c.delta<Rational>(1)) * x.squaredNorm();
      EXPECT_LE(error, bound);
      EXPECT_EQ(error == bound, step == 20);
    }
  }
}

TEST(ExpRound, IsExactInFloatingPointForBaseTwo) {
  const double least = std::numeric_limits<double>::denorm_min();
  Vector<double> x(6);
  x << 0x1.8p100, std::nextafter(0x1.8p100, 1e300), 3 * least, -5 * least, std::nextafter(-0x1.8p-3, 0.0), 1e-300;
  Seeded random(1);
  EXPECT_EQ(convert<Rational>(ExpRound{{2, 1}}.compress(x, random)),
            sent_by(ExpRound{{2, 1}}, convert<Rational>(x)));
}

Matrix<Rational> rotation(Index a, Index b, Index c) {
  Matrix<Rational> Q(2, 2);
  Q << q(a, c), q(-b, c), q(b, c), q(a, c);
  return Q;
}
Matrix<Rational> diagonal(std::initializer_list<Rational> entries) {
  return vec(entries).asDiagonal();
}

TEST(SvdRankR, KeepsTheLargestSingularValuesOfADiagonalMatrix) {
  EXPECT_EQ(sent_by(SvdRankR{3, 3, 2}, as_vector(diagonal({1, -3, 2}))), as_vector(diagonal({0, -3, 2})));
  EXPECT_EQ(sent_by(SvdRankR{3, 3, 1}, as_vector(diagonal({2, -2, 2}))), as_vector(diagonal({2, 0, 0})))
      << "ties to the first column";
}

TEST(SvdRankR, IsExactForPythagoreanRotations) {
  const Matrix<Rational> U = rotation(3, 4, 5);
  const Matrix<Rational> V = rotation(5, 12, 13);
  const Matrix<Rational> X = U * diagonal({7, 2}) * V.transpose();
  const Matrix<Rational> best = U * diagonal({7, 0}) * V.transpose();
  EXPECT_EQ(sent_by(SvdRankR{2, 2, 1}, as_vector(X)), as_vector(best));
  EXPECT_EQ(sent_by(SvdRankR{2, 2, 2}, as_vector(X)), as_vector(X));
  Matrix<Rational> wide = Matrix<Rational>::Zero(2, 3);
  wide.leftCols(2) = X;
  Matrix<Rational> best_of_wide = Matrix<Rational>::Zero(2, 3);
  best_of_wide.leftCols(2) = best;
  EXPECT_EQ(sent_by(SvdRankR{2, 3, 1}, as_vector(wide)), as_vector(best_of_wide));
  EXPECT_EQ(sent_by(SvdRankR{3, 2, 1}, as_vector(Matrix<Rational>(wide.transpose()))),
            as_vector(Matrix<Rational>(best_of_wide.transpose())));
}

TEST(SvdRankR, IsExactOverRationalsWhereTheAngleIsPiOverFour) {
  Matrix<Rational> X(2, 2);
  X << 2, 1, 1, 2;
  const Vector<Rational> best = sent_by(SvdRankR{2, 2, 1}, as_vector(X));
  EXPECT_EQ(best, Vector<Rational>(Vector<Rational>::Constant(4, q(3, 2))));
}

TEST(SvdRankR, RefusesIrrationalSingularVectors) {
  EXPECT_EQ(error_of<precondition_error>([] {
              static_cast<void>(law(SvdRankR{2, 2, 1}, vec({1, 0, 1, 1})));
            }),
            "this number type does not hold the square root that is needed; found 5/4");
  // Over Surd: [1 1; 0 1], the golden ratio; |C(X)|^2 is the larger root of s^2 - 3s + 1.
  const Vector<Surd> x = convert<Surd>(vec({1, 0, 1, 1}));
  Seeded random(1);
  const Surd square = SvdRankR{2, 2, 1}.compress(x, random).squaredNorm();
  EXPECT_EQ(square * square - Surd(3) * square + Surd(1), Surd(0));
  EXPECT_GT(square, Surd(2));
}

TEST(SvdRankR, ConstantIsAttainedAtTheIdentity) {
  for (const auto& [rows, columns] : {std::pair<Index, Index>{1, 1}, {2, 2}, {3, 2}, {2, 4}, {3, 3}})
    for (Index r = 1; r <= std::min(rows, columns); ++r)
      expect_delta_attained(SvdRankR{rows, columns, r}, rows * columns);
}

/// |C(X) - X|^2 = |X|^2 - |C(X)|^2 <= (1 - delta)|X|^2, C(X) of rank r at most, and no other such matrix is nearer: the
/// norm |C(X)|^2 does not grow when C is applied to more.
template <class F>
void expect_best_approximations(Index rows, Index columns, const Vector<F>& x, F tolerance) {
  Seeded random(1);
  const F square = x.squaredNorm();
  F last = square;
  for (Index r = 1; r <= std::min(rows, columns); ++r) {
    const SvdRankR c{rows, columns, r};
    const Vector<F> y = c.compress(x, random);
    const F error = Vector<F>(x - y).squaredNorm();
    EXPECT_LE(abs(F(error + y.squaredNorm() - square)), F(tolerance * square)) << rows << columns << r;
    EXPECT_LE(error, F((F(1) - c.delta<F>(x.size()) + tolerance) * square));
    EXPECT_LE(error, F(last + tolerance * square));
    EXPECT_LE(Vector<F>(c.compress(y, random) - y).squaredNorm(), F(tolerance * tolerance * square));
    last = error;
  }
  EXPECT_LE(last, F(tolerance * tolerance * square)) << "full rank reproduces X";
}

template <class F>
Vector<F> some_matrix(Index rows, Index columns, Index seed, Index rank) {
  Matrix<F> A(rows, rank);
  Matrix<F> B(rank, columns);
  for (Index i = 0; i < rows; ++i)
    for (Index k = 0; k < rank; ++k)
      A(i, k) = ratio<F>((7 * i * i + 3 * k + 5 * i * k * seed) % 23 - 11, 1 + k * k * k);
  for (Index k = 0; k < rank; ++k)
    for (Index j = 0; j < columns; ++j) B(k, j) = ratio<F>((11 * j + 2 * k * k + seed * j * k) % 19 - 9, 7);
  return as_vector(Matrix<F>(A * B));
}

TEST(SvdRankR, IsTheBestApproximationOfAnyMatrixUpToRounding) {
  for (const auto& [rows, columns] : {std::pair<Index, Index>{2, 2}, {5, 3}, {3, 6}, {8, 8}, {20, 12}, {1, 4}})
    for (Index seed = 1; seed <= 4; ++seed)
      for (Index rank = 1; rank <= 12; rank += 2) {
        const Vector<double> x = some_matrix<double>(rows, columns, seed, rank);
        if (x.squaredNorm() == 0) continue;
        expect_best_approximations<double>(rows, columns, x, 0x1p-44);
        expect_best_approximations<double>(rows, columns, Vector<double>(x * 0x1p-500), 0x1p-44);
        expect_best_approximations<float>(rows, columns, Vector<float>(x.cast<float>()), 0x1p-15F);
      }
  using R50 = Real<50>;
  expect_best_approximations<R50>(3, 4, some_matrix<R50>(3, 4, 1, 3), R50(R50(1) / pow(R50(10), 45)));
}

TEST(SvdRankR, FindsTheSingularValuesOfAnOrthogonalMixture) {
  // U diag(3, 2, 1) V^T with U, V products of Pythagorean rotations in different planes: irrational on the way, known.
  Matrix<double> U = Matrix<double>::Identity(3, 3);
  U.block(0, 0, 2, 2) << 0.6, -0.8, 0.8, 0.6;
  Matrix<double> V = Matrix<double>::Identity(3, 3);
  V.block(1, 1, 2, 2) << 5.0 / 13, -12.0 / 13, 12.0 / 13, 5.0 / 13;
  V = (V * U).eval();
  Vector<double> sigma(3);
  sigma << 3, 2, 1;
  const Matrix<double> X = U * sigma.asDiagonal() * V.transpose();
  const Matrix<double> best = 3 * U.col(0) * V.col(0).transpose();
  Seeded random(1);
  const Vector<double> found = SvdRankR{3, 3, 1}.compress(as_vector(X), random);
  EXPECT_LT((found - as_vector(best)).norm(), 1e-14);
}

template <class S>
Matrix<S> start_of(std::initializer_list<int> entries, Index columns, Index r) {
  Matrix<S> Q(columns, r);
  for (Index at = 0; at < Q.size(); ++at) Q.data()[at] = S(entries.begin()[at]);
  return Q;
}

TEST(PowerSgdFixed, ProjectsTheColumnsOnTheRangeOfXQ) {
  // X = [1 2; 3 4], Q0 = (1, 0): projection on (1, 3).
  const PowerSgdFixed<Rational> c{2, start_of<Rational>({1, 0}, 2, 1)};
  EXPECT_EQ(sent_by(c, vec({1, 3, 2, 4})), vec({1, 3, q(7, 5), q(21, 5)}));
  const PowerSgdFixed<Rational> twice{2, start_of<Rational>({1, 0, 2, 0}, 2, 2)};
  EXPECT_EQ(sent_by(twice, vec({1, 3, 2, 4})), vec({1, 3, q(7, 5), q(21, 5)})) << "a zero column is skipped";
  const PowerSgdFixed<Rational> all{2, start_of<Rational>({1, 1, 2, 0}, 2, 2)};
  EXPECT_EQ(sent_by(all, vec({1, 3, 2, 4})), vec({1, 3, 2, 4}));
}

TEST(PowerSgdFixed, HasNoDeltaAndDoesNotExpand) {
  const PowerSgdFixed<Rational> c{2, start_of<Rational>({1, 0}, 2, 1)};
  EXPECT_EQ(sent_by(c, vec({0, 0, 1, 0})), vec({0, 0, 0, 0})) << "X = [0 1; 0 0]";
  static_assert(Compressor<PowerSgdFixed<Rational>, Rational, Seeded>);
  static_assert(!ContractiveCompressor<PowerSgdFixed<Rational>, Rational, Seeded>);
  static_assert(!UnbiasedCompressor<PowerSgdFixed<Rational>, Rational, Seeded>);
  static_assert(!Compressor<PowerSgdFixed<Rational>, double, Seeded>);
  for (const Index r : {1, 2})
    for (Index seed = 1; seed <= 5; ++seed) {
      const PowerSgdFixed<Rational> p{3, start_of<Rational>({1, -2, 1, 3, 0, 1, 0, 1}, 4, r)};
      const Vector<Rational> x = some_matrix<Rational>(3, 4, seed, 3);
      const Vector<Rational> y = sent_by(p, x);
      EXPECT_EQ(expected_squared_error<Rational>(p, x), x.squaredNorm() - y.squaredNorm());
      const Matrix<Rational> X = as_matrix(x, 3);
      EXPECT_EQ(as_matrix(y, 3) * p.start, X * p.start) << "the range itself is kept";
    }
}

TEST(PowerSgdFixed, DoesNotExpandInFloatingPointEvenWhereTheStartIsNearlyDependent) {
  PowerSgdFixed<double> p{3, Matrix<double>(4, 3)};
  p.start << 1, 1, 1, 2, 2 + 1e-15, 2, -1, -1, -1 + 1e-15, 0.5, 0.5, 0.5;
  for (Index seed = 1; seed <= 5; ++seed)
    for (const double scale : {1.0, 0x1p500, 0x1p-500}) {
      const Vector<double> x = scale * some_matrix<double>(3, 4, seed, 2);
      Seeded random(1);
      EXPECT_LE((p.compress(x, random) - x).norm(), x.norm() * (1 + 1e-15));
    }
}

TEST(RandomColumn, LawAndConstant) {
  // X = [1 2; 3 4]: (1, 3) has 14/10 of (2, 4), (2, 4) has 14/20 of (1, 3).
  EXPECT_EQ(law(RandomColumn{2, 2, 1}, vec({1, 3, 2, 4})),
            (Law{{q(1, 2), vec({1, 3, q(7, 5), q(21, 5)})}, {q(1, 2), vec({q(7, 5), q(14, 5), 2, 4})}}));
  for (const auto& [rows, columns] : {std::pair<Index, Index>{1, 3}, {2, 2}, {3, 2}, {2, 3}, {3, 3}})
    for (Index r = 1; r <= columns; ++r) {
      const RandomColumn c{rows, columns, r};
      expect_delta_attained(c, rows * columns);
      for (Index seed = 1; seed <= 3; ++seed) {
        const Vector<Rational> x = some_matrix<Rational>(rows, columns, seed, 2);
        EXPECT_LE(expected_squared_error<Rational>(c, x), (1 - q(r, columns)) * x.squaredNorm());
      }
      if (rows < columns) continue;
      const Vector<Rational> orthogonal = as_vector(Matrix<Rational>(Matrix<Rational>::Identity(rows, columns)));
      EXPECT_EQ(expected_squared_error<Rational>(c, orthogonal), (1 - q(r, columns)) * orthogonal.squaredNorm());
    }
  EXPECT_EQ(draws(RandomColumn{2, 2, 2}, vec({1, 3, 2, 4})), 0);
}

TEST(LowRank, RefusesOtherShapesAndRanks) {
  const Vector<Rational> x = vec({1, 2, 3, 4, 5, 6});
  const auto line = [&](const auto& c) {
    return error_of<precondition_error>([&] { static_cast<void>(law(c, x)); });
  };
  EXPECT_EQ(line(SvdRankR{2, 2, 1}),
            "a low-rank compressor needs d = rows * columns (rows, columns, d); found 2, 2, 6");
  EXPECT_EQ(line(SvdRankR{2, 3, 3}), "the rank needs to be at least 1 and at most (rank, at most); found 3, 2");
  EXPECT_EQ(line(RandomColumn{2, 3, 0}), "the rank needs to be at least 1 and at most (rank, at most); found 0, 3");
  EXPECT_EQ(line(PowerSgdFixed<Rational>{3, Matrix<Rational>::Zero(3, 1)}),
            "a low-rank compressor needs d = rows * columns (rows, columns, d); found 3, 3, 6");
  EXPECT_EQ((RandomColumn{2, 3, 2}.message_bits(6, 32)), 2 * 5 * 32);
}

TEST(AnyContractiveCompressor, StatesEverythingAndKeepsItsConstant) {
  for_each_compressor([](const auto& c) {
    using C = std::decay_t<decltype(c)>;
    static_assert(ContractiveCompressor<C, Rational, Exhaustive<Rational>> &&
                  ContractiveCompressor<C, double, Seeded>);
    static_assert(!UnbiasedCompressor<C, Rational, Seeded>);
    static_assert(StatesWorstCase<C, Rational> && SendsMessages<C, Rational, Seeded>);
    static_assert(WritesMessages<C, float> && WritesMessages<C, double> && !WritesMessages<C, Rational>);
    for (const Vector<Rational>& x : vectors_of_four())
      EXPECT_LE(expected_squared_error<Rational>(c, x), (1 - c.template delta<Rational>(d4)) * x.squaredNorm());
  });
}

TEST(AnyContractiveCompressor, MapsZeroToZero) {
  for_each_compressor([](const auto& c) {
    EXPECT_EQ(law(c, Vector<Rational>::Zero(d4)), (Law{{1, Vector<Rational>::Zero(d4)}}));
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      Seeded random(seed);
      const Vector<double> y = c.compress(Vector<double>(Vector<double>::Constant(d4, -0.0)), random);
      for (Index i = 0; i < d4; ++i) EXPECT_TRUE(y[i] == 0 && !std::signbit(y[i]));
    }
  });
}

TEST(AnyContractiveCompressor, HasItsFlags) {
  for_each_compressor([](const auto& c) {
    using C = std::decay_t<decltype(c)>;
    for (const Vector<Rational>& x : vectors_of_four()) {
      for (const Rational& factor : {q(-1), q(2), q(1, 4), q(3, 7)}) {
        if (factor < 0 ? !C::odd : factor == q(3, 7) ? !C::homogeneous : !C::two_homogeneous) continue;
        Law scaled = law(c, x);
        for (auto& [p, outcome] : scaled) outcome *= factor;
        EXPECT_EQ(law(c, Vector<Rational>(factor * x)), scaled);
      }
      EXPECT_TRUE(!C::deterministic || draws(c, x) == 0);
      if (C::attained_everywhere) {
        EXPECT_EQ(expected_squared_error<Rational>(c, x), (1 - c.template delta<Rational>(d4)) * x.squaredNorm());
      }
    }
  });
}

TEST(AnyContractiveCompressor, RefusesNaNInfinityAndEmptyVectorsBeforeItDraws) {
  for_each_compressor([](const auto& c) { expect_refusals(c); });
  expect_refusals(SvdRankR{2, 2, 1});
  expect_refusals(PowerSgdFixed<double>{2, start_of<double>({1, 0}, 2, 1)});
}

TEST(AnyContractiveCompressor, WritesItsMessageInTheDeclaredBitsAndReadsItBack) {
  Vector<double> x(4);
  x << 0.3, -7, 0, 1e-9;
  Vector<float> y(4);
  y << -1e-30F, 2.5F, 1e20F, 0;
  for_each_compressor([&](const auto& c) {
    expect_round_trip(c, x);
    expect_round_trip(c, y);
    expect_round_trip(c, Vector<float>(Vector<float>::Zero(4)));
  });
  expect_round_trip(SvdRankR{2, 2, 1}, x);
  expect_round_trip(SvdRankR{4, 1, 1}, y);
  expect_round_trip(PowerSgdFixed<double>{2, start_of<double>({1, -3}, 2, 1)}, x);
  EXPECT_EQ(ScaledSign<1>{}.message_bits(5, 32), 37);
  EXPECT_EQ(ScaledSign<0>{}.message_bits(5, 32), 40);
  EXPECT_EQ((ExpRound{{2, 1}}.message_bits(3, 64)), 36);
  EXPECT_EQ(RandKUnscaled{3}.message_bits(10, 32), 3 * (32 + 4));
  EXPECT_EQ((BernoulliUnscaled{{1, 2}}.message_bits(10, 32)), 321);
}

TEST(AnyContractiveCompressor, RefusesParametersOutOfRange) {
  const Vector<Rational> x = vec({1, 2, 3});
  const auto line = [&](const auto& c) {
    Exhaustive<Rational> random;
    return error_of<precondition_error>([&] { static_cast<void>(c.compress(x, random)); });
  };
  EXPECT_EQ(line(BernoulliUnscaled{{0, 1}}), "a probability needs 0 < p <= 1 (numerator, denominator); found 0, 1");
  EXPECT_EQ(line(RandKUnscaled{4}), "the number of coordinates kept needs 1 <= K <= d (K, d); found 4, 3");
  EXPECT_EQ(line(ExpRound{{2, 2}}), "a base needs b > 1 (numerator, denominator); found 2, 2");
}

// Intervals: decided where the comparisons are, an error where they are not.
TEST(ExpRound, EnclosesOverIntervals) {
  using I = Interval<50>;
  Seeded random(1);
  Vector<I> x(2);
  x << ratio<I>(7, 3), I(-3);
  const Vector<I> y = ExpRound{{2, 1}}.compress(x, random);
  EXPECT_TRUE(encloses(y[0], 2) && encloses(y[1], -2));
  x[0] = ratio<I>(3, 1) * ratio<I>(1, 3) + I(2);
  EXPECT_THROW(static_cast<void>(ExpRound{{2, 1}}.compress(x, random)), undecided_error) << "3 is a tie";
}

template <int zero_sign>
concept IsASign = requires {
  typename ScaledSign<zero_sign>;
};
static_assert(IsASign<0> && IsASign<1> && !IsASign<-1> && !IsASign<2>);

template <class C, class S>
concept Compresses = requires(const C& c, const Vector<S>& x, Seeded& random) {
  c.compress(x, random);
};
static_assert(Compresses<RandKUnscaled, Polynomial> && !Compresses<ScaledSign<0>, Polynomial>);
static_assert(!Compresses<ExpRound, Polynomial> && !Compresses<RandomColumn, Polynomial>);
static_assert(!Compresses<SvdRankR, Polynomial>);

}  // namespace
}  // namespace touchstone::contractive_compressors_test
