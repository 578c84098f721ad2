// The rows of slide 50 without shifts: EC-SGDsr, EC-SGD, EC-GDstar, EC-LSVRG, EC-LSVRGstar.
#include <algorithm>

#include "proofs/scalar/error_feedback/complexity_row.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/theory/error_feedback/ec_gd.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg.hpp"
#include "touchstone/theory/error_feedback/ec_sgd.hpp"

namespace touchstone::inline v0::proofs::topics::error_feedback_complexities {

namespace {

const Rational tiny(1, 1000000);

constexpr RowConstants of_sgdsr{40, 34};
constexpr RowConstants of_sgd{48, 34};
constexpr RowConstants of_gd_star{28, 0};
constexpr RowConstants of_lsvrg{91, 34};
static_assert(std::max(of_sgdsr.descent, of_sgdsr.noise) == ec_sgdsr_complexity_factor);
static_assert(std::max(of_sgd.descent, of_sgd.noise) == ec_sgd_complexity_factor);
static_assert(std::max(of_gd_star.descent, of_gd_star.noise) == ec_gd_star_complexity_factor);
static_assert(std::max(of_lsvrg.descent, of_lsvrg.noise) == ec_lsvrg_complexity_factor);

Statement gd_star(const SmallerConstant& change) {
  Statement s;
  ComplexityRow r(s, change, tiny);
  const Term row = ec_gd_star_complexity(r.parameters());
  r.conclude_descent(ec_gd_star_constants(r.parameters().L), row, of_gd_star.descent);
  s.redundant({"mu-positive"});
  r.hint_powers(row);
  r.hint_powers(row * row);
  return s;
}

Statement sgd_descent(const SmallerConstant& change) {
  Statement s;
  ComplexityRow r(s, change, 1);
  const Term n = r.workers();
  const auto& [L, mu, delta, n_, epsilon] = r.parameters();
  r.conclude_descent(ec_sgd_constants<Term>(L, n, 0, 0), ec_sgd_complexity<Term>(r.parameters(), 0, 0),
                     of_sgd.descent);
  s.redundant({"mu-positive"});
  r.hint_powers(L / (delta * mu));
  r.hint_powers(L / (n * mu), {"n-at-least-one"});
  r.hint_powers(L * L / (delta * delta * mu * mu));
  return s;
}

/// With E = t^2/(delta L), so that t is the root.
Statement sgdsr_descent(const SmallerConstant& change) {
  Statement s;
  ComplexityRow r(s, change, tiny);
  const Term n = r.workers();
  const Term t = r.number("t", "root of delta L E", {1, 1000});
  const auto& [L, mu, delta, n_, epsilon] = r.parameters();
  const Term E = t * t / (delta * L);
  r.conclude_descent(ec_sgdsr_constants<Term>(L, E, n, 0, 0), ec_sgdsr_complexity<Term>(r.parameters(), E, t, 0, 0),
                     of_sgdsr.descent);
  s.redundant({"mu-positive"});
  r.hint_terms({{{}, E / mu}, {{}, L / (delta * mu)}, {{}, t / (delta * mu)}});
  r.hint_powers(E / (n * mu), {"n-at-least-one"});
  for (const Term& base : {L / (delta * mu), L * L / (delta * delta * mu * mu), L * E / (delta * mu * mu)})
    r.hint_powers(base);
  return s;
}

/// EC-SGD and EC-SGDsr have the same noise.
Statement sgd_noise(const SmallerConstant& change) {
  static_assert(of_sgd.noise == of_sgdsr.noise);
  Statement s;
  ComplexityRow r(s, change, tiny);
  const Term n = r.any_workers();
  r.with_accuracy();
  const Term variance = r.noise("variance", "sampling variance at x*", 0);
  const Term zeta = r.noise("zeta", "mean of |grad f_i(x*)|^2", 1);
  const auto& [L, mu, delta, n_, epsilon] = r.parameters();
  const Term root = r.root("r", L * (variance + zeta / delta) / (delta * epsilon), 1000000);
  r.conclude_noise(ec_sgd_constants(L, n, variance, zeta), complexity_of_noise<Term>(r.parameters(), variance, 0),
                   complexity_of_noise<Term>(r.parameters(), 0, root), of_sgd.noise);
  s.redundant({"L-positive", "mu-positive", "epsilon-positive", "zeta-nonnegative", "n-positive"});
  s.hint({}, variance / (n * mu * epsilon));
  for (const Term& base : {zeta / delta, variance}) r.hint_powers(L * base / (delta * epsilon * mu * mu));
  return s;
}

ErrorCompensationConstants<Term> lsvrg_row(const Term& L, const Term& n, const Term& p, bool star) {
  return star ? ec_lsvrg_star_constants<Term>(L, n, p) : ec_lsvrg_constants<Term>(L, n, p, 0);
}

/// P and Z do not depend on p = 1/m.
Statement lsvrg_descent(const SmallerConstant& change, bool star) {
  Statement s;
  ComplexityRow r(s, change, 1);
  const Term n = r.workers();
  const auto& [L, mu, delta, n_, epsilon] = r.parameters();
  const Term any_p = 1;
  r.conclude_descent(lsvrg_row(L, n, any_p, star), ec_lsvrg_complexity<Term>(r.parameters(), 0, 0),
                     of_lsvrg.descent);
  s.redundant({"mu-positive", "delta-positive"});
  r.hint_powers(L / (delta * mu));
  r.hint_powers(L / (n * mu), {"n-at-least-one"});
  r.hint_powers(L * L / (delta * delta * mu * mu));
  return s;
}

/// Both methods have the same rho2.
Statement lsvrg_memory(const SmallerConstant& change) {
  Statement s;
  ComplexityRow r(s, change, 1);
  const Term m = r.number("m", "components of a worker", 1000000);
  const auto& [L, mu, delta, n, epsilon] = r.parameters();
  r.conclude_memory(lsvrg_row(L, n, 1 / m, true), ec_lsvrg_complexity<Term>(r.parameters(), m, 0));
  s.redundant({"mu-positive", "delta-positive", "delta-at-most-one", "m-positive"});
  s.hint({}, L / (delta * mu));
  return s;
}
Statement lsvrg_plain_descent(const SmallerConstant& change) {
  return lsvrg_descent(change, false);
}
Statement lsvrg_star_descent(const SmallerConstant& change) {
  return lsvrg_descent(change, true);
}

Statement lsvrg_noise(const SmallerConstant& change) {
  Statement s;
  ComplexityRow r(s, change, tiny);
  r.with_accuracy();
  const Term zeta = r.noise("zeta", "mean of |grad f_i(x*)|^2", 1);
  const auto& [L, mu, delta, n, epsilon] = r.parameters();
  const Term root = r.root("r", L * zeta / (delta * delta * epsilon), 1000000);
  const Term any_p = 1;  // neither n nor p has a part in the noise
  r.conclude_noise(ec_lsvrg_constants(L, n, any_p, zeta), 0, complexity_of_noise<Term>(r.parameters(), 0, root),
                   of_lsvrg.noise);
  s.redundant({"L-positive", "mu-positive", "epsilon-positive", "zeta-nonnegative"});
  r.hint_powers(L * zeta / (delta * delta * epsilon * mu * mu));
  return s;
}

}  // namespace

std::vector<Obligation> obligations() {
  const std::string sgd_noise_row =
      "34 (variance/(n mu epsilon) + sqrt(L (variance + zeta/delta)/(delta epsilon))/mu)";
  return {
      complexity_obligation("ec-sgdsr", "descent", "EC-SGDsr", "ec_sgd.hpp",
                            "40 (E/mu + (L + sqrt(delta L E))/(delta mu))", sgdsr_descent),
      complexity_obligation("ec-sgdsr", "noise", "EC-SGDsr", "ec_sgd.hpp", sgd_noise_row, sgd_noise),
      complexity_obligation("ec-sgd", "descent", "EC-SGD", "ec_sgd.hpp", "48 L/(delta mu)", sgd_descent),
      complexity_obligation("ec-sgd", "noise", "EC-SGD", "ec_sgd.hpp", sgd_noise_row, sgd_noise),
      complexity_obligation("ec-gd-star", "descent", "EC-GDstar", "ec_gd.hpp", "28 L/(delta mu)", gd_star),
      complexity_obligation("ec-lsvrg", "descent", "EC-LSVRG", "ec_lsvrg.hpp", "91 L/(delta mu)",
                            lsvrg_plain_descent),
      complexity_obligation("ec-lsvrg", "memory", "EC-LSVRG", "ec_lsvrg.hpp", "4 (m + L/(delta mu))", lsvrg_memory),
      complexity_obligation("ec-lsvrg", "noise", "EC-LSVRG", "ec_lsvrg.hpp", "34 sqrt(L zeta/epsilon)/(delta mu)",
                            lsvrg_noise),
      complexity_obligation("ec-lsvrg-star", "descent", "EC-LSVRGstar", "ec_lsvrg.hpp", "91 L/(delta mu)",
                            lsvrg_star_descent),
      complexity_obligation("ec-lsvrg-star", "memory", "EC-LSVRGstar", "ec_lsvrg.hpp", "4 (m + L/(delta mu))",
                            lsvrg_memory)};
}

}  // namespace touchstone::inline v0::proofs::topics::error_feedback_complexities
