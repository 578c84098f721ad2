// The theory of chapter 5 against closed forms written down independently, with squares for what the page has as roots.

#include <gtest/gtest.h>

#include "tests/support.hpp"
#include "touchstone/numbers/rational.hpp"
#include "touchstone/theory/compressors/joint_constants.hpp"
#include "touchstone/theory/marina/complexity.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace)
using Q = Rational;

const Q L(4), omega(3), n(5), p(1, 4), mu(1, 2), gap(7), epsilon_squared(1, 9);

TEST(MarinaTheory, StepsizesOfBiasedEstimators) {
  // Lambda = 3: 1/7, and 2/(4 + sqrt(52)) between 7/40 and 9/50.
  EXPECT_EQ(biased_estimator_stepsize<Q>(L, 3), q(1, 7));
  EXPECT_TRUE(biased_estimator_admits<Q>(L, q(1, 7), 9));
  EXPECT_TRUE(biased_estimator_admits<Q>(L, q(7, 40), 9));
  EXPECT_FALSE(biased_estimator_admits<Q>(L, q(9, 50), 9));
  // Lambda^2 = 5: the root of 16 + 20 is 6, and 1/5 is the last.
  EXPECT_EQ(biased_estimator_sharp_stepsize<Q>(L, 6), q(1, 5));
  EXPECT_EQ(biased_estimator_descent<Q>(L, q(1, 5), 5), 0);
  EXPECT_EQ(biased_estimator_bound<Q>(q(1, 7), 14, gap, 2), 9);
  EXPECT_EQ(biased_estimator_pl_floor<Q>(3, mu), 6);
  EXPECT_EQ(gd_nonconvex_stepsize(L), q(1, 4));
}

TEST(MarinaTheory, VrMarina) {
  // (3/20)(3 * 16 + 4 c 10/2) with c = 1 and c = (6 - 2)/(6 - 1), over p
  EXPECT_EQ(vr_marina_lambda_squared<Q>(16, 10, omega, n, p, 2), 4 * q(3, 20) * 68);
  const Q factor = without_replacement_factor<Q>(6, 2);
  EXPECT_EQ(vr_marina_lambda_squared<Q>(16, 10, omega, n, p, 2, factor), 4 * q(3, 20) * 64);
  EXPECT_EQ(without_replacement_factor<Q>(6, 6), 0);
  EXPECT_EQ(vr_marina_lambda_squared<Q>(16, 10, omega, n, p, 6, 0), marina_lambda_squared<Q>(16, omega, n, p));
  EXPECT_EQ(vr_marina_probabilities<Q>(6, 1, 4, 2), (std::vector<Q>{q(1, 6), q(1, 3)}));
  EXPECT_EQ(vr_marina_gradients<Q>(8, 2, p), 5);
}

TEST(MarinaTheory, VrMarinaOnline) {
  const Q nu = vr_marina_online_noise<Q>(10, n, 2);
  EXPECT_EQ(nu, 1);
  const Q gamma_ = q(1, 7);
  const Q K = 14;
  EXPECT_EQ(biased_estimator_bound<Q>(gamma_, K, vr_marina_online_start(gap, gamma_, p, nu), nu),
            2 * gap / (gamma_ * K) + nu * (1 + 1 / (p * K)));
  EXPECT_EQ(vr_marina_online_pl_start(gap, gamma_, p, nu), gap + gamma_ / p);
  EXPECT_EQ(online_batch<Q>(10, n, epsilon_squared), 72);
  EXPECT_EQ(online_pl_batch<Q>(10, n, mu, q(1, 3)), 24);
  EXPECT_EQ(online_pl_ratio(gap, Q(2)), q(15, 2));
  EXPECT_EQ(online_complexity<Q>(L, 3, p, gap, epsilon_squared), (std::vector<Q>{4, 4 * 7 * 7 * 9}));
}

TEST(MarinaTheory, PpMarina) {
  const auto equal = [](const JointConstants<Q>& a, const JointConstants<Q>& b) {
    return a.A == b.A && a.B == b.B;
  };
  EXPECT_TRUE(equal(pp_marina_constants<Q>(omega, 2), sampled_with_replacement_joint_constants<Q>(2, omega)));
  EXPECT_TRUE(equal(pp_marina_without_replacement_constants<Q>(omega, n, 2),
                    sampled_without_replacement_joint_constants<Q>(5, 2, omega)));
  // Everyone takes part: MARINA.
  EXPECT_EQ(pp_marina_lambda_squared(pp_marina_without_replacement_constants(omega, n, n), Q(16), p),
            marina_lambda_squared<Q>(16, omega, n, p));
  // ((1 - p)/(p r))(omega L+^2 + L+-^2)
  EXPECT_EQ(joint_marina_lambda_squared<Q>(pp_marina_constants<Q>(omega, 2), 10, 9, p), q(3, 2) * 39);
  EXPECT_EQ(pp_marina_lambda_squared<Q>(pp_marina_constants<Q>(omega, 2), 16, p), q(3, 2) * 64);
  // The smallest example, half-dropout at two workers that hold two slots: 5/4 of what fresh messages may have.
  EXPECT_EQ(pp_marina_reused_constants<Q>(1, 2, 2).A, q(5, 4) * pp_marina_constants<Q>(1, 2).A);
  EXPECT_EQ(pp_marina_probability<Q>(6, 1, n, 2), q(1, 15));
}

TEST(MarinaTheory, JointCompressors) {
  EXPECT_EQ(joint_marina_lambda_squared<Q>({1, 1}, 10, 9, p), 27);
  EXPECT_EQ(joint_marina_lambda_squared<Q>({omega / n, 0}, 16, 9, p), marina_lambda_squared<Q>(16, omega, n, p));
  EXPECT_EQ(shared_marina_lambda_squared<Q>(1, omega, p), 9);
}

TEST(MarinaTheory, Diana) {
  const Q alpha = q(1, 4);  // 1/(1 + omega)
  EXPECT_EQ(diana_nonconvex_theta_squared(omega, n, alpha), 2 * (1 + 2 * omega) * (1 + omega) * omega / n);
  EXPECT_EQ(diana_nonconvex_simple_theta_squared(omega, n), 4 * 16 * omega / n);
  EXPECT_EQ(diana_nonconvex_stepsize<Q>(L, 2), q(1, 12));
  EXPECT_EQ(diana_nonconvex_shifts<Q>(16, alpha).rho, q(1, 8));
  EXPECT_EQ(diana_nonconvex_shifts<Q>(16, alpha).move, 7 * 16);
  EXPECT_EQ(diana_nonconvex_weight<Q>(q(1, 12), omega, n, alpha), q(1, 5));
  EXPECT_EQ(diana_nonconvex_pl_weight<Q>(q(1, 12), omega, n, alpha), q(2, 5));
  EXPECT_EQ(diana_nonconvex_pl_stepsizes<Q>(L, 2, alpha, mu), (std::vector<Q>{q(1, 12), q(1, 8)}));
}

TEST(MarinaTheory, Qgd) {
  const auto c = qgd_constants<Q>(6, omega, n, 2);
  EXPECT_EQ(c.A, q(18, 5));
  EXPECT_EQ(c.B, 1);
  EXPECT_EQ(c.C, q(72, 5));
  EXPECT_EQ(qgd_stepsize(c, L), q(1, 4));
  EXPECT_EQ(qgd_growth(c, L, q(1, 6)), q(7, 5));
  EXPECT_EQ(qgd_step_noise(c, L, q(1, 6)), q(4, 5));
  EXPECT_EQ(qgd_bound<Q>(c, L, q(1, 6), 2, q(49, 25), gap), q(48, 5) + 42 * q(49, 25));
  const auto stepsize = qgd_accuracy_stepsize<Q>(c, L, 100, epsilon_squared);
  EXPECT_EQ(stepsize.inverses, (std::vector<Q>{4, 72 * c.C}));
  EXPECT_EQ(stepsize.inverse_square, 1440);
  EXPECT_EQ(qgd_pl_inverses(c, L, mu), (std::vector<Q>{4, 16 * c.A}));
  EXPECT_EQ(qgd_pl_accuracy_inverses<Q>(c, L, mu, q(1, 3)), (std::vector<Q>{4, 16 * c.A, 48 * c.C}));
  EXPECT_EQ(qgd_pl_floor<Q>(c, L, q(1, 6), mu), q(96, 5));
}

TEST(MarinaTheory, StepsForAnAccuracy) {
  EXPECT_EQ(stationary_complexity<Q>(L, 3, gap, epsilon_squared), 2 * 7 * 7 * 9);
  EXPECT_EQ(pl_complexity<Q>(L, 3, p, mu), (std::vector<Q>{14, 8}));
  EXPECT_EQ(gd_pl_complexity(L, mu), 8);
  EXPECT_EQ(diana_pl_complexity<Q>(L, 2, p, mu), (std::vector<Q>{24, 16}));
  const Q unit = 12 * L * gap * 9;
  EXPECT_EQ(qgd_complexity(qgd_constants<Q>(6, omega, n, 2), L, gap, epsilon_squared),
            (std::vector<Q>{unit, unit * 12 * 9 * q(18, 5) * gap, unit * 18 * q(72, 5)}));
  EXPECT_EQ(marina_probability(omega), q(1, 4));
  EXPECT_EQ(marina_probability_of_density<Q>(6, 2), q(1, 3));
  EXPECT_EQ(marina_scalars<Q>(6, 2, q(1, 3), 10), 6 + 10 * q(10, 3));
}

TEST(MarinaTheory, RowsOfTheSlides) {
  EXPECT_EQ(marina_row<Q>(omega, 2, gap, epsilon_squared), q(5, 2) * 63);
  EXPECT_EQ(diana_nonconvex_row<Q>(omega, 2, gap, epsilon_squared), 9 * 63);
  EXPECT_EQ(qgd_row<Q>(omega, n, 2, gap, epsilon_squared), 63 + q(4, 5) * 81 * gap * 9);
  // MARINA at p = 1/(1 + omega) and n = 4: t = omega L/2, and its steps are 2L times its row.
  const Q t = omega * L / 2;
  EXPECT_EQ(marina_lambda_squared<Q>(L * L, omega, 4, marina_probability(omega)), t * t);
  EXPECT_EQ(stationary_complexity(L, t, gap, epsilon_squared),
            2 * L * marina_row<Q>(omega, 2, gap, epsilon_squared));
}

}  // namespace
}  // namespace touchstone
