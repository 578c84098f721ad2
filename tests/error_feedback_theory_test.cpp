// The constants and the theorem of chapter 3: every row as tabulated, the closed forms of P and Z, what is left without
// compression, without delay and without variance.

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/instances.hpp"
#include "touchstone/theory/error_feedback/averaged.hpp"
#include "touchstone/theory/error_feedback/complexity.hpp"
#include "touchstone/theory/error_feedback/d_lsvrg.hpp"
#include "touchstone/theory/error_feedback/d_sgd.hpp"
#include "touchstone/theory/error_feedback/dianasr_dq.hpp"
#include "touchstone/theory/error_feedback/dqgd.hpp"
#include "touchstone/theory/error_feedback/ec_gd.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg_diana.hpp"
#include "touchstone/theory/error_feedback/ec_sgd.hpp"
#include "touchstone/theory/error_feedback/qsgd.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace)

using Bound = MomentBound<Rational>;
using Row = ErrorFeedbackConstants<Rational>;
using EcRow = ErrorCompensationConstants<Rational>;
using Shift = ShiftVariance<Rational>;
using Sampling = SamplingVariance<Rational>;

/// Values that no two terms of a formula share.
const Rational L = 3;
const Rational E = 7;
const Rational n = 5;
const Rational p = ratio<Rational>(1, 11);
const Rational omega = ratio<Rational>(3, 2);
const Rational alpha = ratio<Rational>(2, 13);
const Rational W = alpha * (1 + omega);
const Rational zeta = 17;
const Rational variance = 19;
const Rational delta = ratio<Rational>(2, 7);
const Rational k = (1 - delta) * (2 - delta) / delta;
const Rational k_times = 1 - delta;  ///< what compression puts before the variance

Rational P(const Row& row) {
  return weighted_smoothness(row, row.mean);
}
Rational Z(const EcRow& row) {
  return weighted_smoothness(row, compressed_moments(row, delta));
}

TEST(ErrorCompensationRows, AreThoseTabulated) {
  const Bound plain{2 * L, 0, 0, 2 * zeta};
  const Bound star{L, 0, 0, 0};
  const Bound shifted{2 * L, 2, 0, 0};
  const Bound none{0, 0, 0, 0};
  const Bound reference{2 * L, 0, 2, 0};
  const Bound reference_mean{L + 2 * L / n, 0, 2 / n, 0};
  const Sampling coin{p, p * L};
  EXPECT_EQ(ec_sgdsr_constants(L, E, n, variance, zeta),
            (EcRow{{{L + 2 * E / n, 0, 0, 2 * variance / n}}, plain, {2 * E, 0, 0, 2 * variance}}));
  EXPECT_EQ(ec_sgd_constants(L, n, variance, zeta),
            (EcRow{{{L + 2 * L / n, 0, 0, 2 * variance / n}}, plain, {2 * L, 0, 0, 2 * variance}}));
  EXPECT_EQ(ec_gd_constants(L, zeta), (EcRow{{{L, 0, 0, 0}}, plain, none}));
  EXPECT_EQ(ec_gd_star_constants(L), (EcRow{{{L, 0, 0, 0}}, star, none}));
  EXPECT_EQ(ec_sgd_diana_constants(L, omega, n, alpha, variance),
            (EcRow{{{L, 0, 0, variance / n}, Shift{alpha, alpha * L, 0, alpha * alpha * (1 + omega) * variance}},
                   shifted,
                   {0, 0, 0, variance}}));
  EXPECT_EQ(ec_sgdsr_diana_constants(L, E, omega, n, alpha, variance),
            (EcRow{{{L + 2 * E / n, 0, 0, 2 * variance / n},
                    Shift{alpha, alpha * L + 2 * alpha * alpha * (1 + omega) * E, 0,
                          2 * alpha * alpha * (1 + omega) * variance}},
                   shifted,
                   {2 * E, 0, 0, 2 * variance}}));
  EXPECT_EQ(ec_gd_diana_constants(L, omega, alpha),
            (EcRow{{{L, 0, 0, 0}, Shift{alpha, alpha * L, 0, 0}}, shifted, none}));
  EXPECT_EQ(ec_lsvrg_constants(L, n, p, zeta), (EcRow{{reference_mean, {}, coin}, plain, reference}));
  EXPECT_EQ(ec_lsvrg_star_constants(L, n, p), (EcRow{{reference_mean, {}, coin}, star, reference}));
  EXPECT_EQ(
      ec_lsvrg_diana_constants(L, omega, n, alpha, p),
      (EcRow{{reference_mean,
              Shift{alpha, alpha * L + 2 * alpha * alpha * (1 + omega) * L, 2 * alpha * (1 + omega), 0}, coin},
             shifted,
             reference}));
}

TEST(DelayRows, AreThoseTabulated) {
  const Sampling coin{p, p * L};
  EXPECT_EQ(d_sgd_constants(L, n, variance), (Row{{L + 2 * L / n, 0, 0, 2 * variance / n}}));
  EXPECT_EQ(d_sgd_sr_constants(L, E, n, variance), (Row{{L + 2 * E / n, 0, 0, 2 * variance / n}}));
  EXPECT_EQ(d_qsgd_constants(L, omega, n, zeta, variance),
            (Row{{L + 2 * omega * L / n, 0, 0, (2 * omega * zeta + (1 + omega) * variance) / n}}));
  EXPECT_EQ(d_qsgd_sampling_constants(L, E, omega, n, zeta, variance),
            (Row{{L + (2 * omega * L + 2 * (1 + omega) * E) / n, 0, 0,
                  (2 * omega * zeta + 2 * (1 + omega) * variance) / n}}));
  EXPECT_EQ(d_sgd_diana_constants(L, omega, n, alpha, variance),
            (Row{{L + 2 * omega * L / n, 2 * omega / n, 0, (1 + omega) * variance / n},
                 Shift{alpha, alpha * L, 0, alpha * W * variance}}));
  EXPECT_EQ(d_lsvrg_constants(L, n, p), (Row{{L + 2 * L / n, 0, 2 / n, 0}, {}, coin}));
  EXPECT_EQ(d_qlsvrg_constants(L, omega, n, p, zeta),
            (Row{{L + 2 * L * (1 + 2 * omega) / n, 0, 2 * (1 + omega) / n, 2 * omega * zeta / n}, {}, coin}));
  EXPECT_EQ(d_lsvrg_diana_constants(L, omega, n, alpha, p),
            (Row{{L + 2 * L * (1 + 2 * omega) / n, 2 * omega / n, 2 * (1 + omega) / n, 0},
                 Shift{alpha, alpha * L + 2 * alpha * W * L, 2 * W, 0},
                 coin}));
}

TEST(DoubleQuantizationRows, AreThoseTabulated) {
  const Rational server = ratio<Rational>(5, 3);
  const Rational V_A = 2 * omega * L + 2 * (1 + omega) * E;
  const Rational V_D = 2 * (1 + omega) * variance;
  const Shift shifts{alpha, alpha * L + 2 * alpha * W * E, 0, 2 * alpha * W * variance};
  EXPECT_EQ(dqgd_constants(L, omega, server, n, zeta),
            (Row{{(1 + server) * (L + 2 * omega * L / n), 0, 0, (1 + server) * 2 * omega * zeta / n}}));
  EXPECT_EQ(dianasr_constants(L, E, omega, n, alpha, variance),
            (Row{{L + V_A / n, 2 * omega / n, 0, V_D / n}, shifts}));
  EXPECT_EQ(dianasr_dq_constants(L, E, omega, server, n, alpha, variance),
            (Row{{(1 + server) * (L + V_A / n), (1 + server) * 2 * omega / n, 0, (1 + server) * V_D / n}, shifts}));
  EXPECT_EQ(dianasr_dq_difference_constants(L, E, omega, server, n, alpha, variance),
            (Row{{L + 2 * server * L + (1 + server) * V_A / n, 2 * server + (1 + server) * 2 * omega / n, 0,
                  (1 + server) * V_D / n},
                 shifts}));
}

TEST(ErrorFeedbackRows, ReduceToEachOther) {
  EXPECT_EQ(d_qsgd_constants(L, Rational(0), n, zeta, variance).mean, (Bound{L, 0, 0, variance / n}));
  EXPECT_EQ(dqgd_constants(L, omega, Rational(0), n, zeta), d_qsgd_constants(L, omega, n, zeta));
  EXPECT_EQ(dianasr_dq_constants(L, E, omega, Rational(0), n, alpha, variance),
            dianasr_constants(L, E, omega, n, alpha, variance));
  EXPECT_EQ(dianasr_dq_difference_constants(L, E, omega, Rational(0), n, alpha, variance),
            dianasr_constants(L, E, omega, n, alpha, variance));
  EXPECT_EQ(d_qlsvrg_constants(L, Rational(0), n, p, zeta), d_lsvrg_constants(L, n, p));
  EXPECT_EQ(dianasr_constants(L, E, Rational(0), n, Rational(1), variance).mean,
            d_sgd_sr_constants(L, E, n, variance).mean);
}

/// Chapter 2 has the same rows.
TEST(ErrorFeedbackRows, WithoutErrorsAreThoseOfChapterTwo) {
  const auto qsgd = qsgd_constants(L, omega, n, zeta, variance);
  EXPECT_EQ(d_qsgd_constants(L, omega, n, zeta, variance).mean, (Bound{qsgd.A, 0, 0, qsgd.D1}));
  EXPECT_EQ(error_free_stepsize(d_qsgd_constants(L, omega, n, zeta)), qsgd_stepsize(L, omega, n));
  const auto diana = diana_sampling_constants(L, E, omega, n, alpha, variance);
  EXPECT_EQ(dianasr_constants(L, E, omega, n, alpha, variance),
            (Row{{diana.A, diana.B, 0, diana.D1}, Shift{diana.rho, diana.C, 0, diana.D2}}));
  const auto full = diana_constants(L, omega, n, alpha);
  EXPECT_EQ(d_sgd_diana_constants(L, omega, n, alpha), (Row{{full.A, full.B, 0, 0}, Shift{alpha, full.C, 0, 0}}));
}

TEST(TernGrad, OmegaIsRationalInDimensionFourAndNine) {
  EXPECT_EQ(tern_grad_omega(q(2)), q(1, 2));
  EXPECT_EQ(tern_grad_omega(q(3)), 1);
}

TEST(ErrorFeedbackRows, HaveThesePandZ) {
  const Rational fourteen_thirds = ratio<Rational>(14, 3);
  const EcRow sr = ec_sgdsr_constants(L, E, n, variance, zeta);
  EXPECT_EQ(P(sr), L + 2 * E / n);
  EXPECT_EQ(Z(sr), 2 * L * k + 2 * E * k_times);
  const EcRow sgd = ec_sgd_constants(L, n, variance, zeta);
  EXPECT_EQ(P(sgd), L + 2 * L / n);
  EXPECT_EQ(Z(sgd), 2 * L * k + 2 * L * k_times);
  EXPECT_EQ(P(ec_gd_constants(L, zeta)), L);
  EXPECT_EQ(Z(ec_gd_constants(L, zeta)), 2 * L * k);
  EXPECT_EQ(P(ec_gd_star_constants(L)), L);
  EXPECT_EQ(Z(ec_gd_star_constants(L)), L * k);
  for (const EcRow& diana :
       {ec_sgd_diana_constants(L, omega, n, alpha, variance), ec_gd_diana_constants(L, omega, alpha)}) {
    EXPECT_EQ(P(diana), L);
    EXPECT_EQ(Z(diana), fourteen_thirds * L * k);
  }
  const EcRow sr_diana = ec_sgdsr_diana_constants(L, E, omega, n, alpha, variance);
  EXPECT_EQ(P(sr_diana), L + 2 * E / n);
  EXPECT_EQ(Z(sr_diana), 2 * E * k_times + k * (fourteen_thirds * L + q(16, 3) * W * E));
  const EcRow lsvrg = ec_lsvrg_constants(L, n, p, zeta);
  const EcRow lsvrg_star = ec_lsvrg_star_constants(L, n, p);
  EXPECT_EQ(P(lsvrg), L + fourteen_thirds * L / n);
  EXPECT_EQ(P(lsvrg_star), P(lsvrg));
  EXPECT_EQ(Z(lsvrg), 2 * L * k + fourteen_thirds * L * k_times);
  EXPECT_EQ(Z(lsvrg_star), L * k + fourteen_thirds * L * k_times);
  const EcRow lsvrg_diana = ec_lsvrg_diana_constants(L, omega, n, alpha, p);
  EXPECT_EQ(P(lsvrg_diana), L + fourteen_thirds * L / n);
  EXPECT_EQ(Z(lsvrg_diana), fourteen_thirds * L * k_times + k * L * (fourteen_thirds + q(112, 9) * W));
}

TEST(DelayRows, HaveThisP) {
  const Rational fourteen_thirds = ratio<Rational>(14, 3);
  EXPECT_EQ(P(d_sgd_diana_constants(L, omega, n, alpha, variance)), L + fourteen_thirds * omega * L / n);
  EXPECT_EQ(P(d_lsvrg_constants(L, n, p)), L + fourteen_thirds * L / n);
  EXPECT_EQ(P(d_qlsvrg_constants(L, omega, n, p, zeta)), L + (14 + 20 * omega) * L / (3 * n));
  EXPECT_EQ(P(d_lsvrg_diana_constants(L, omega, n, alpha, p)),
            L + fourteen_thirds * L / n + q(28, 3) * omega * L / n + q(112, 9) * W * omega * L / n);
  EXPECT_EQ(P(dianasr_constants(L, E, omega, n, alpha, variance)),
            L + fourteen_thirds * omega * L / n + (2 + 2 * omega) * E / n + q(16, 3) * W * omega * E / n);
}

TEST(ErrorCompensationTheorem, HasTheNoiseOfEveryRow) {
  const Rational gamma = q(1, 100);
  const Rational N = 12 * L * gamma / delta;
  const auto noise = [&](const EcRow& row) {
    return Rational(error_feedback_noise(row, compensated_errors(row, L, delta), gamma) / (gamma * gamma));
  };
  EXPECT_EQ(noise(ec_sgdsr_constants(L, E, n, variance, zeta)),
            2 * variance / n + N * (2 * k * zeta + 2 * k_times * variance));
  EXPECT_EQ(noise(ec_gd_constants(L, zeta)), 2 * N * k * zeta);
  EXPECT_EQ(noise(ec_lsvrg_constants(L, n, p, zeta)), 2 * N * k * zeta);
  EXPECT_EQ(noise(ec_sgd_diana_constants(L, omega, n, alpha, variance)),
            variance / n + N * variance * (k_times + q(8, 3) * k * W));
  EXPECT_EQ(noise(ec_sgdsr_diana_constants(L, E, omega, n, alpha, variance)),
            2 * variance / n + 2 * N * variance * (k_times + q(8, 3) * k * W));
  for (const EcRow& exact : {ec_gd_star_constants(L), ec_gd_diana_constants(L, omega, alpha),
                             ec_lsvrg_star_constants(L, n, p), ec_lsvrg_diana_constants(L, omega, n, alpha, p)})
    EXPECT_EQ(noise(exact), 0);
}

TEST(ErrorCompensationTheorem, HasTheseWeightsAndStepsizes) {
  const Rational gamma = q(1, 100);
  const EcRow row = ec_lsvrg_diana_constants(L, omega, n, alpha, p);
  const auto errors = compensated_errors(row, L, delta);
  const Rational N = error_weight(errors, gamma);
  EXPECT_EQ(N, 12 * L * gamma / delta);
  const auto M = error_feedback_weights(row, errors, gamma);
  EXPECT_EQ(M.shift, q(4, 3) / alpha * N * 2 * k);
  EXPECT_EQ(M.sampling, q(4, 3) / p * (2 / n + 2 * N * k_times + M.shift * 2 * W * alpha));
  EXPECT_EQ(error_feedback_smoothness(row, errors, gamma), P(row) + N * Z(row));
  EXPECT_EQ(descent_coefficient(row, errors, gamma), 1 - 2 * gamma * (P(row) + N * Z(row)));
  EXPECT_EQ(stepsize_radicand(row, errors, q(1, 4)), P(row) * P(row) + 12 * L * Z(row) / delta);
  EXPECT_EQ(simple_stepsize(row, errors).inverse, 8 * P(row));
  EXPECT_EQ(simple_stepsize(row, errors).inverse_square, 96 * L * Z(row) / delta);
  EXPECT_EQ(error_feedback_gaps(row, errors, gamma, q(1, 2)),
            (std::vector<Rational>{gamma / 4, alpha / 4, p / 4, delta / 4}));
  EXPECT_EQ(error_feedback_gaps(ec_gd_star_constants(L), no_errors<Rational>(), gamma, q(1, 2)),
            (std::vector<Rational>{gamma / 4}))
      << "no sequence, no gap";
}

/// C = identity leaves the error-free constants.
TEST(ErrorCompensationTheorem, WithoutCompressionHasNoErrors) {
  const EcRow row = ec_lsvrg_diana_constants(L, omega, n, alpha, p);
  const auto errors = compensated_errors(row, L, Rational(1));
  const Rational gamma = q(1, 100);
  EXPECT_EQ(errors.moments, (Bound{0, 0, 0, 0}));
  EXPECT_EQ(error_feedback_smoothness(row, errors, gamma), P(row));
  EXPECT_EQ(error_feedback_noise(row, errors, gamma), error_feedback_noise(row, no_errors<Rational>(), gamma));
  EXPECT_EQ(error_free_descent(row, gamma), 2 * (1 - gamma * P(row)));
  EXPECT_EQ(error_free_descent(row, error_free_stepsize(row)), 0);
}

TEST(DelayTheorem, HasTheseConstants) {
  const Row row = d_lsvrg_diana_constants(L, omega, n, alpha, p);
  const Rational gamma = q(1, 200);
  const Rational tau = 3;
  const Rational kappa = largest_window_weight(tau);
  EXPECT_EQ(kappa, 4);
  const auto errors = delayed_errors(row, L, tau, kappa);
  const Rational N = error_weight(errors, gamma);
  EXPECT_EQ(N, 4 * L * gamma * tau);
  EXPECT_EQ(errors.moments, (Bound{row.mean.A + 2 * L, row.mean.B1, row.mean.B2, 0}));
  EXPECT_EQ(error_feedback_smoothness(row, errors, gamma), P(row) * (1 + N) + N * (tau - 1) * L);
  EXPECT_EQ(stepsize_radicand(row, errors, q(1, 4)), P(row) * P(row) + 4 * L * tau * (P(row) + (tau - 1) * L));
  EXPECT_EQ(simple_stepsize(row, errors).inverse_square, 32 * L * tau * (P(row) + (tau - 1) * L));
  EXPECT_EQ(errors.gaps, (std::vector<Rational>{q(1, 12)}));
  const auto path = buffered_errors(row, L, tau, kappa);
  EXPECT_EQ(error_weight(path, gamma), 4 * L * gamma * tau * tau);
  EXPECT_EQ(error_feedback_smoothness(row, path, gamma), P(row) * (1 + 4 * L * gamma * tau * tau));
  const Row noisy = d_sgd_diana_constants(L, omega, n, alpha, variance);
  EXPECT_EQ(error_feedback_noise(noisy, delayed_errors(noisy, L, tau, kappa), gamma),
            gamma * gamma * (1 + N) * (1 + omega) * variance / n * (1 + q(8, 3) * omega * alpha));
}

TEST(DelayTheorem, WindowWeightsAreTheirSums) {
  const Rational eta = q(1, 12);
  const std::vector<Rational> weights = window_weights(eta, 3);
  const Rational r = 1 / (1 - eta);
  EXPECT_EQ(weights, (std::vector<Rational>{r + r * r + r * r * r, r + r * r, r}));
  EXPECT_LE(weights.front(), largest_window_weight(q(3)));
  EXPECT_GT(window_weights(q(1, 3), 3).front(), largest_window_weight(q(3))) << "eta <= 1/(4 tau) matters";
  EXPECT_TRUE(window_weights(eta, 0).empty());
}

TEST(AveragedTheorem, HasTheseConstants) {
  const Rational gamma = q(1, 1000);
  EcRow row = ec_lsvrg_diana_constants(L, omega, n, alpha, p);
  row.shift->D = 23;
  row.worker_mean.D = 29;
  const Bound d = compressed_moments(row, delta);
  const auto errors = compensated_errors(row, L, delta);
  EXPECT_EQ(averaged_stepsize(row, errors).inverse, 4 * P(row));
  EXPECT_EQ(averaged_stepsize(row, errors).inverse_square, 96 * L * Z(row) / delta);
  const auto F = averaged_initial_factors(row, errors, gamma);
  EXPECT_EQ(F.shift, 16 * L * gamma * gamma * d.B1 / (delta * alpha));
  EXPECT_EQ(F.sampling, 16 * L * gamma * gamma / (delta * p) * (d.B2 + q(4, 3) * 2 * W * d.B1));
  const Rational D3 = 6 * L * gamma / delta * (d.D + d.B1 * 23 / alpha);
  EXPECT_EQ(averaged_error_noise(row, d, compensated_noise_factor(L, delta), gamma), D3);
  EXPECT_EQ(averaged_noise(row, d, compensated_noise_factor(L, delta), gamma), D3) << "no B1', no D1'";

  const Row delayed = d_sgd_diana_constants(L, omega, n, alpha, variance);
  const Rational tau = 4;
  const auto window = delayed_errors(delayed, L, tau, largest_window_weight(tau));
  const auto M = lyapunov_weights(delayed, delayed.mean);
  EXPECT_EQ(averaged_initial_factors(delayed, window, gamma).shift, 4 * L * tau * gamma * gamma * M.shift);
  const Rational noise = delayed.mean.D + delayed.mean.B1 * delayed.shift->D / alpha;
  EXPECT_EQ(averaged_error_noise(delayed, window.moments, delayed_noise_factor(L, tau), gamma),
            3 * L * gamma * tau * noise);
}

/// The bound of the theorem after the steps that the page asks for, in numbers: delta = 1/2, a power of two for t.
TEST(Complexity, RowsAreThoseOfTheSlide) {
  const ComplexityParameters<Rational> at{L, q(1, 2), q(1, 4), n, q(1, 9)};
  EXPECT_EQ(ec_gd_star_complexity(at), 24);
  EXPECT_EQ(ec_sgd_complexity(at, variance, q(31)), 24 + variance * 2 * 9 / n + 62);
  EXPECT_EQ(ec_sgdsr_complexity(at, E, q(37), variance, q(31)), 14 + 24 + 8 * 37 + variance * 2 * 9 / n + 62);
  EXPECT_EQ(ec_sgd_diana_complexity(at, omega, variance, q(31)), omega + ec_sgd_complexity(at, variance, q(31)));
  EXPECT_EQ(ec_sgdsr_diana_complexity(at, omega, E, q(37), variance, q(31)),
            omega + 14 + 8 * 37 + variance * 2 * 9 / n + 62);
  EXPECT_EQ(ec_lsvrg_complexity(at, q(10), q(31)), 10 + 24 + 62);
  EXPECT_EQ(ec_lsvrg_diana_complexity(at, omega, q(10)), omega + 10 + 24);
}

TEST(Complexity, StepsizeForAnAccuracy) {
  const EcRow row = ec_sgd_diana_constants(L, omega, n, alpha, variance);
  const auto errors = compensated_errors(row, L, delta);
  const Rational epsilon = q(1, 9);
  const auto bounds = accuracy_stepsize(row, errors, epsilon);
  EXPECT_EQ(bounds.inverses, (std::vector<Rational>{8 * L, 6 * variance / n / epsilon}));
  const Rational noise = 12 * L / delta * variance * (k_times + q(8, 3) * k * W);
  EXPECT_EQ(bounds.inverse_squares, (std::vector<Rational>{96 * L * Z(row) / delta, 6 * noise / epsilon}));
}

}  // namespace
}  // namespace touchstone
