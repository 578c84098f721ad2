#include "verify/claims/local_theorem.hpp"

#include <algorithm>
#include <stdexcept>

namespace touchstone::inline v0 {

Communication<Rational> LocalTheorem::communication() const {
  switch (mode) {
    case LocalMode::deterministic:
      return deterministic_communication<Rational>(row, tau);
    case LocalMode::random:
      return random_communication<Rational>(row, p);
    case LocalMode::contracting:
      return contracting_communication<Rational>(row, tau, gamma, mu, difference);
    case LocalMode::contracting_random:
      return contracting_random_communication<Rational>(row, p, gamma, mu, difference);
    case LocalMode::damped:
      return damped_communication<Rational>(row, tau, amplification<Rational>(tau), difference);
    case LocalMode::direct:
      break;
  }
  throw std::logic_error("the direct mode has no weighted sum");
}

DiscrepancyBound<Rational> LocalTheorem::discrepancy() const {
  return direct() ? direct_discrepancy_bound<Rational>(row, tau, amplification<Rational>(tau), difference)
                  : discrepancy_bound<Rational>(row, communication(), gamma);
}

Rational LocalTheorem::eta() const {
  std::vector<Rational> gaps = local_gaps<Rational>(row, gamma, Rational(mu * mu_factor));
  if (!direct()) {
    const Rational inverse = communication().inverse_gap;
    if (inverse > 0) gaps.push_back(1 / inverse);
  }
  return *std::min_element(gaps.begin(), gaps.end());
}

std::vector<Rational> LocalTheorem::conditions() const {
  std::vector<Rational> all = local_step_conditions<Rational>(row, L, gamma);
  if (direct()) {
    all.push_back(L * gamma);
    return all;
  }
  const std::vector<Rational> more = discrepancy_conditions<Rational>(row, communication(), L, gamma);
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

bool LocalTheorem::admissible() const {
  return std::ranges::all_of(conditions(), [](const Rational& condition) { return condition <= 1; });
}

Rational LocalTheorem::lyapunov(const Rational& squared_distance, const Rational& s1, const Rational& s2) const {
  const OfVariances<Rational> M = local_lyapunov_weights<Rational>(row);
  return squared_distance + gamma * gamma * (M.shift * s1 + M.sampling * s2);
}

Rational LocalTheorem::one_step_bound(const Rational& T, const Rational& gap, const Rational& V) const {
  return (1 - eta()) * T - gamma * gap + 2 * L * gamma * V + local_noise<Rational>(row, gamma);
}

Rational largest_local_stepsize(const LocalTheorem& theorem) {
  LocalTheorem at = theorem;
  Index admissible = 0;
  Index too_large = 1024;  // (S1) asks for 4 L gamma <= 1
  while (too_large - admissible > 1) {
    const Index middle = (admissible + too_large) / 2;
    at.gamma = ratio<Rational>(middle, 1024) / at.L;
    (at.admissible() ? admissible : too_large) = middle;
  }
  return ratio<Rational>(admissible, 1024) / theorem.L;
}

}  // namespace touchstone::inline v0
