#pragma once
/// \file
/// The theorem of chapter 4 for a method on an instance: its row, how the discrepancy is bounded, and a stepsize.

#include <vector>

#include "touchstone/numbers/rational.hpp"
#include "touchstone/theory/local/communication.hpp"

namespace touchstone::inline v0 {

/// How the discrepancy is bounded (theory/local/communication.hpp).
enum class LocalMode { deterministic, random, contracting, contracting_random, damped, direct };

struct LocalTheorem {
  LocalConstants<Rational> row;
  LocalMode mode = LocalMode::deterministic;
  Rational L, mu;
  Index tau = 1;   ///< largest gap of a deterministic schedule
  Rational p = 1;  ///< of a random schedule
  Rational difference =
      0;               ///< zeta of the modes that need (1/n) sum_i |grad f_i(x) - grad f(x)|^2 <= zeta for all x
  Rational gamma = 0;  ///< stepsize
  Rational mu_factor = 1;  ///< a mutant's: the rate is claimed for mu times this

  [[nodiscard]] bool direct() const { return mode == LocalMode::direct; }
  /// Not of the direct mode.
  [[nodiscard]] Communication<Rational> communication() const;
  [[nodiscard]] DiscrepancyBound<Rational> discrepancy() const;
  /// The largest eta.
  [[nodiscard]] Rational eta() const;
  /// (S1) to (S4) and what the mode asks of L gamma: each at most 1.
  [[nodiscard]] std::vector<Rational> conditions() const;
  [[nodiscard]] bool admissible() const;

  /// T = |x - x*|^2 + M_1 gamma^2 s1 + M_2 gamma^2 s2
  [[nodiscard]] Rational lyapunov(const Rational& squared_distance, const Rational& s1, const Rational& s2) const;
  /// (1 - eta) T - gamma gap + 2 L gamma V + gamma^2 (D' + sum_j M_j D_j)
  [[nodiscard]] Rational one_step_bound(const Rational& T, const Rational& gap, const Rational& V) const;
};

/// The largest admissible stepsize of the form c/(1024 L) with an integer c; 0 if there is none.
[[nodiscard]] Rational largest_local_stepsize(const LocalTheorem& theorem);

}  // namespace touchstone::inline v0
