// The theory of chapter 4: what the constants of each row make of the theorem, against closed forms written down independently.

#include <gtest/gtest.h>

#include "tests/support.hpp"
#include "touchstone/numbers/rational.hpp"
#include "touchstone/theory/local/local_sgd.hpp"
#include "touchstone/theory/local/local_svrg.hpp"
#include "touchstone/theory/local/s_local_svrg.hpp"
#include "touchstone/theory/local/s_star_local_sgd.hpp"
#include "touchstone/theory/local/s_star_local_sgd_star.hpp"
#include "touchstone/theory/local/ss_local_sgd.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace)
using Q = Rational;

const Q L(4), mu(1), E(6), n(3), zeta(5), variance(7), tau(4), p(1, 3), probability(1, 5), r(3), gamma_(1, 500);

/// 2 gamma (D' + ... + 2 L gamma D3)
Q neighbourhood(const LocalConstants<Q>& c, const DiscrepancyBound<Q>& bound) {
  return local_neighbourhood(c, bound, L, gamma_);
}
Q neighbourhood(const LocalConstants<Q>& c, const Communication<Q>& mode) {
  return neighbourhood(c, discrepancy_bound(c, mode, gamma_));
}

TEST(LocalTheory, LocalSgdOfUniformVariance) {
  const auto c = local_sgd_constants(L, n, zeta, uniform_local_variance(variance));
  const Q noise = 2 * gamma_ * variance / n;
  EXPECT_EQ(neighbourhood(c, deterministic_communication(c, tau)),
            noise + q(64, 3) * L * (tau - 1) * gamma_ * gamma_ * (variance + 3 * (tau - 1) * zeta));
  const Q alpha = amplification<Q>(4);
  EXPECT_EQ(alpha, q(64, 27));
  EXPECT_EQ(neighbourhood(c, direct_discrepancy_bound(c, tau, alpha, zeta)),
            noise + 4 * L * gamma_ * gamma_ * alpha * (tau - 1) * (variance + (tau + 1) * zeta));
  EXPECT_EQ(discrepancy_bound(c, deterministic_communication(c, tau), gamma_).H, (OfVariances<Q>{0, 0}));
}

TEST(LocalTheory, LocalSgdOfExpectedSmoothness) {
  const auto c = local_sgd_constants(L, n, zeta, sampled_local_variance(L, E, variance));
  const Q noise = 4 * gamma_ * variance / n;
  EXPECT_EQ(neighbourhood(c, deterministic_communication(c, tau)),
            noise + q(64, 3) * L * (tau - 1) * gamma_ * gamma_ * (2 * variance + 3 * (tau - 1) * zeta));
  EXPECT_EQ(neighbourhood(c, contracting_communication(c, tau, gamma_, mu, zeta)),
            noise + q(64, 3) * L * (tau - 1) * gamma_ * gamma_ * variance +
                q(80, 3) * L * (tau - 1) * gamma_ * zeta / mu);
  const Q alpha = amplification<Q>(4);
  EXPECT_EQ(discrepancy_bound(c, damped_communication(c, tau, alpha, zeta), gamma_).D3,
            q(8, 3) * alpha * (tau - 1) * (2 * variance + (tau + 1) * zeta));
}

TEST(LocalTheory, LocalSvrg) {
  const auto c = local_svrg_constants(L, E, n, probability, zeta);
  EXPECT_EQ(local_lyapunov_weights(c).sampling, Q(8) / (3 * n * probability));
  const auto det = discrepancy_bound(c, deterministic_communication(c, tau), gamma_);
  EXPECT_EQ(det.H.sampling, q(128, 9) * (tau - 1) * gamma_ * gamma_ / probability);
  EXPECT_EQ(det.D3, 16 * (tau - 1) * (tau - 1) * zeta);
  const auto contracting = discrepancy_bound(c, contracting_communication(c, tau, gamma_, mu, zeta), gamma_);
  EXPECT_EQ(contracting.H.sampling, q(64, 9) * (tau - 1) * gamma_ * gamma_ / probability);
  EXPECT_EQ(neighbourhood(c, contracting), q(80, 3) * L * (tau - 1) * gamma_ * zeta / mu);
}

TEST(LocalTheory, ShiftedBySolution) {
  const auto noisy = s_star_local_sgd_constants(L, n, uniform_local_variance(variance));
  EXPECT_EQ(neighbourhood(noisy, deterministic_communication(noisy, tau)),
            2 * gamma_ * variance / n + q(64, 3) * L * (tau - 1) * gamma_ * gamma_ * variance);
  const auto both = s_star_local_sgd_star_constants(L, E, n);
  EXPECT_EQ(neighbourhood(both, deterministic_communication(both, tau)), 0);
  EXPECT_EQ(local_gaps(both, gamma_, mu), std::vector<Q>{gamma_ * mu});
}

TEST(LocalTheory, SsLocalSgd) {
  const auto noisy = ss_local_sgd_constants(L, n, probability, r, uniform_local_variance(variance));
  const auto uniform = discrepancy_bound(noisy, random_communication(noisy, p), gamma_);
  EXPECT_EQ(uniform.H.shift, 64 * (1 - p) * (2 + p) * gamma_ * gamma_ / (3 * p * p * probability));
  EXPECT_EQ(uniform.D3, 8 * (1 - p) / p * variance * (1 + 8 * (2 + p) / (3 * p * r)));
  const auto sampled = ss_local_sgd_constants(L, n, probability, r, sampled_local_variance(L, E, variance));
  EXPECT_EQ(sampled.shift->C, probability * (L + 2 * E / r));
  EXPECT_EQ(discrepancy_bound(sampled, random_communication(sampled, p), gamma_).D3,
            16 * (1 - p) / p * variance * (1 + 8 * (2 + p) / (3 * p * r)));
}

TEST(LocalTheory, SLocalSvrg) {
  const auto c = s_local_svrg_constants(L, E, n, probability);
  const auto mode = random_communication(c, p);
  EXPECT_EQ(local_lyapunov_weights(c).sampling, Q(8) / (3 * n * probability));
  EXPECT_EQ(discrepancy_bound(c, mode, gamma_).H.sampling,
            128 * (1 - p * p) * gamma_ * gamma_ / (3 * p * p * probability));
  EXPECT_EQ(neighbourhood(c, mode), 0);
  const auto conditions = discrepancy_conditions(c, mode, L, gamma_);
  EXPECT_EQ(conditions[0], 8 * (1 - p) * gamma_ * gamma_ / p * (4 * L * L * (2 + p) / p + 4 * E * L));
  EXPECT_EQ(conditions[1],
            64 * L * (1 - p) * gamma_ * gamma_ / p * (4 * L * (2 + p) / p + 4 * E + 16 * (1 + p) * E / (3 * p)));
  const auto sharp = s_local_svrg_sharp_constants(L, E, n, probability);
  EXPECT_EQ(
      discrepancy_conditions(sharp, random_communication(sharp, p), L, gamma_)[1],
      64 * L * (1 - p) * gamma_ * gamma_ / p * (4 * L * (2 + p) / p + 4 * E + q(8, 3) * ((2 + p) * L / p + E)));
  EXPECT_EQ(local_gaps(c, gamma_, mu), (std::vector<Q>{gamma_ * mu, probability / 4}));
}

TEST(LocalTheory, WithoutLocalStepsNothingIsLost) {
  const auto c = local_sgd_constants(L, n, zeta, uniform_local_variance(variance));
  for (const Communication<Q>& mode : {deterministic_communication(c, Q(1)), random_communication(c, Q(1))}) {
    EXPECT_EQ(mode.P, 0);
    EXPECT_EQ(neighbourhood(c, mode), 2 * gamma_ * variance / n);
  }
  EXPECT_EQ(amplification<Q>(1), 1);
}

}  // namespace
}  // namespace touchstone
