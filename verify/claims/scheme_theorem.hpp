#pragma once
/// \file
/// The theorem of chapter 3 for given constants and stepsize: its Lyapunov function and its bounds.

#include <vector>

#include "touchstone/numbers/rational.hpp"
#include "touchstone/theory/error_feedback/error_compensation.hpp"

namespace touchstone::inline v0 {

/// `delayed` holds given the state (PATH), `delayed_in_expectation` in total expectation (D), with larger stepsizes.
enum class ErrorKind { none, compensated, delayed, delayed_in_expectation };

/// What V is made of at a state.
struct LyapunovParts {
  Rational distance;  ///< |xt - x*|^2
  Rational s1, s2;    ///< variances of shifts and reference points
  Rational errors;    ///< (1/n) sum_i |e_i|^2
  std::vector<Rational>
      delayed_squares;  ///< |g^{k-tau}|^2, ..., |g^{k-1}|^2; in expectation R^{k-tau}, ..., R^{k-1}
};

/// For delayed methods one of the two forms of delay.hpp; without errors the sharper form (theorem.hpp, "Without errors").
struct SchemeTheorem {
  ErrorCompensationConstants<Rational> row;  ///< (P2), (P3) are used for compensated errors only
  ErrorKind kind = ErrorKind::none;
  Rational L, mu, gamma;
  Rational delta = 1;      ///< of the compressor, compensated errors
  Index tau = 0;           ///< delayed
  Rational mu_factor = 1;  ///< a mutant's: the rate is claimed for mu times this

  [[nodiscard]] ErrorModel<Rational> errors() const;
  /// With the bound of kappa that no eta enters: what stepsizes are made of.
  [[nodiscard]] ErrorModel<Rational> errors_for_every_eta() const;
  /// eta: V contracts by 1 - eta.
  [[nodiscard]] Rational gap() const;
  /// theta, or 2 (1 - gamma P) without errors: what gamma times the gap is multiplied by.
  [[nodiscard]] Rational descent() const;
  /// What V has before |g^{k-1}|^2, ..., |g^{k-tau}|^2, or before R^{k-1}, ..., R^{k-tau}.
  [[nodiscard]] std::vector<Rational> window() const;
  /// What a step adds to V.
  [[nodiscard]] Rational noise() const;
  [[nodiscard]] Rational lyapunov(const LyapunovParts& parts) const;
  /// (1 - eta) V - gamma theta (f(x) - f(x*)) + noise
  [[nodiscard]] Rational one_step_bound(const Rational& V, const Rational& objective_gap) const;
};

/// The largest stepsize with theta >= 1 - 2c, up to a rounded square root; 1/P without errors.
[[nodiscard]] Rational largest_stepsize(const SchemeTheorem& theorem, const Rational& descent_share);

}  // namespace touchstone::inline v0
