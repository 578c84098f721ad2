// The rows of slide 50 with shifts: EC-SGD-DIANA, EC-SGDsr-DIANA, EC-GD-DIANA, EC-LSVRG-DIANA. Option I is alpha = 1/(1 +
// omega), option II ("careful") alpha = delta/(1 + omega).
#include <algorithm>

#include "proofs/scalar/error_feedback/complexity_row.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg_diana.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"

namespace touchstone::inline v0::proofs::topics::error_feedback_complexities_of_diana {

namespace {

const Rational tiny(1, 1000000);

constexpr RowConstants of_sgd{60, 40};
constexpr RowConstants of_sgd_careful{60, 43};
constexpr RowConstants of_sgdsr{88, 56};
constexpr RowConstants of_sgdsr_careful{60, 61};
constexpr RowConstants of_lsvrg{115, 0};
static_assert(std::max(of_sgd.descent, of_sgd.noise) == ec_sgd_diana_complexity_factor);
static_assert(std::max(of_sgd_careful.descent, of_sgd_careful.noise) == ec_sgd_diana_complexity_factor);
static_assert(std::max(of_sgdsr.descent, of_sgdsr.noise) == ec_sgdsr_diana_complexity_factor);
static_assert(std::max(of_sgdsr_careful.descent, of_sgdsr_careful.noise) ==
              ec_sgdsr_diana_careful_complexity_factor);
static_assert(std::max(of_lsvrg.descent, of_lsvrg.noise) == ec_lsvrg_diana_complexity_factor);

enum class Option { one, two };

struct Shifts {
  Term omega, alpha;
  Term in_row;  ///< omega, or (1 + omega)/delta
};

Shifts shifts(const ComplexityRow& r, Option option, const Term& plus_one) {
  const Term omega = plus_one - 1;
  if (option == Option::one) return {omega, diana_shift_stepsize(omega), omega};
  const Term& delta = r.parameters().delta;
  return {omega, ec_diana_careful_shift_stepsize(omega, delta), plus_one / delta};
}

/// It is enough that 1 + omega > 0.
Shifts any_shifts(ComplexityRow& r, Option option, const Rational& in_witness = 1) {
  return shifts(r, option, r.number("omega_plus_one", "1 + omega", in_witness));
}

/// P and Z depend on alpha (1 + omega) only (EC-SGDsr-DIANA's and EC-LSVRG-DIANA's closed forms): omega = 0 is any omega.
Shifts without_omega(const ComplexityRow& r, Option option) {
  return shifts(r, option, 1);
}

/// EC-SGD-DIANA without noise, which is EC-GD-DIANA.
Statement sgd_descent(const SmallerConstant& change, Option option) {
  Statement s;
  ComplexityRow r(s, change, tiny);
  const Shifts of = without_omega(r, option);
  const auto& [L, mu, delta, n, epsilon] = r.parameters();
  r.conclude_descent(ec_gd_diana_constants(L, of.omega, of.alpha),
                     ec_sgd_diana_complexity<Term>(r.parameters(), 0, 0, 0),
                     option == Option::one ? of_sgd.descent : of_sgd_careful.descent);
  s.redundant({"mu-positive"});
  r.hint_powers(L / (delta * mu));
  r.hint_powers(L * L / (delta * delta * mu * mu));
  return s;
}

Statement sgd_memory(const SmallerConstant& change, Option option) {
  Statement s;
  ComplexityRow r(s, change, 1);
  const Shifts of = any_shifts(r, option, 1000000000);
  const auto& [L, mu, delta, n, epsilon] = r.parameters();
  r.conclude_memory(ec_gd_diana_constants(L, of.omega, of.alpha),
                    ec_sgd_diana_complexity<Term>(r.parameters(), of.in_row, 0, 0));
  s.redundant({"mu-positive", "omega_plus_one-positive"});
  s.hint({}, L / (delta * mu));
  if (option == Option::two) s.redundant({"delta-at-most-one"});
  if (option == Option::one) {
    s.redundant({"L-positive", "delta-positive"});
    r.with_mu_at_most_L();
    s.hint({"mu-at-most-L"}, 1 / (delta * mu));
    s.hint({"delta-at-most-one"}, 1 / delta);
  }
  return s;
}

/// E = s^2 L with s >= 1, so that the root u of L E is s L.
struct Sampling {
  Term u, E;
};

Sampling sampling(ComplexityRow& r) {
  const Term root = r.at_least_one("s", "root of E/L");
  return {root * r.parameters().L, root * root * r.parameters().L};
}

Statement sgdsr_descent(const SmallerConstant& change, Option option) {
  Statement s;
  ComplexityRow r(s, change, tiny);
  const Shifts of = without_omega(r, option);
  const Term n = r.workers();
  const auto& [L, mu, delta, n_, epsilon] = r.parameters();
  const auto [u, E] = sampling(r);
  r.conclude_descent(ec_sgdsr_diana_constants<Term>(L, E, of.omega, n, of.alpha, 0),
                     ec_sgdsr_diana_complexity<Term>(r.parameters(), 0, E, u, 0, 0),
                     ec_sgdsr_diana_complexity<Term>(r.parameters(), 0, 0, u, 0, 0),
                     option == Option::one ? of_sgdsr.descent : of_sgdsr_careful.descent);
  s.redundant({"mu-positive"});
  r.hint_terms({{{}, E / mu}, {{}, u / (delta * mu)}});
  s.hint({"s-at-least-one"}, (u + L) / mu);
  r.hint_powers(E / (n * mu), {"n-at-least-one"});
  r.hint_powers(u * u / (delta * delta * mu * mu));
  r.hint_powers(L * L / (delta * delta * mu * mu));
  r.hint_powers(L * (u + L) / (delta * delta * mu * mu), {"s-at-least-one"});
  return s;
}

Statement sgdsr_memory(const SmallerConstant& change, Option option) {
  Statement s;
  ComplexityRow r(s, change, 1);
  const Shifts of = any_shifts(r, option, 1000000000);
  const auto& [L, mu, delta, n, epsilon] = r.parameters();
  const auto [u, E] = sampling(r);
  r.conclude_memory(ec_sgdsr_diana_constants<Term>(L, E, of.omega, n, of.alpha, 0),
                    ec_sgdsr_diana_complexity<Term>(r.parameters(), of.in_row, E, u, 0, 0));
  s.redundant({"mu-positive", "omega_plus_one-positive", "delta-at-most-one"});
  s.hint({}, E / mu);
  s.hint({}, u / (delta * mu));
  if (option == Option::one) {
    s.redundant({"L-positive"});
    r.with_mu_at_most_L();
    s.hint({"mu-at-most-L"}, 1 / mu);
    s.hint({"s-at-least-one"}, (u + L) / mu);
  }
  return s;
}

/// With a uniform variance, or that at x* (`sampled`), in which the noise is twice as large.
Statement noise(const SmallerConstant& change, Option option, bool sampled, int constant) {
  Statement s;
  ComplexityRow r(s, change, tiny);
  const Shifts of = any_shifts(r, option);
  const Term n = r.any_workers();
  r.with_accuracy();
  const Term variance = r.noise("variance", "of the gradients", 1);
  const auto& [L, mu, delta, n_, epsilon] = r.parameters();
  const bool first = option == Option::one;
  const Term square = L * variance / (delta * epsilon) / (first ? delta : Term(1));
  const Term root = r.root("r", square, first ? Rational(1000000) : Rational(1000));
  const Term any_E = 0;
  r.conclude_noise(sampled ? ec_sgdsr_diana_constants(L, any_E, of.omega, n, of.alpha, variance)
                           : ec_sgd_diana_constants(L, of.omega, n, of.alpha, variance),
                   complexity_of_noise<Term>(r.parameters(), variance, 0),
                   complexity_of_noise<Term>(r.parameters(), 0, root), constant);
  s.redundant({"L-positive", "mu-positive", "n-positive", "epsilon-positive", "variance-nonnegative"});
  if (!first) s.redundant({"delta-positive"});
  s.hint({}, variance / (n * mu * epsilon));
  r.hint_powers(square / (mu * mu));
  return s;
}

/// P and Z do not depend on p = 1/m.
Statement lsvrg_descent(const SmallerConstant& change) {
  Statement s;
  ComplexityRow r(s, change, tiny);
  const Shifts of = without_omega(r, Option::one);
  const Term n = r.workers();
  const auto& [L, mu, delta, n_, epsilon] = r.parameters();
  const Term any_p = 1;
  r.conclude_descent(ec_lsvrg_diana_constants(L, of.omega, n, of.alpha, any_p),
                     ec_lsvrg_diana_complexity<Term>(r.parameters(), 0, 0), of_lsvrg.descent);
  s.redundant({"mu-positive"});
  r.hint_powers(L / (delta * mu));
  r.hint_powers(L / (n * mu), {"n-at-least-one"});
  r.hint_powers(L * L / (delta * delta * mu * mu));
  return s;
}

Statement lsvrg_memory(const SmallerConstant& change) {
  Statement s;
  ComplexityRow r(s, change, 1);
  const Shifts of = shifts(r, Option::one, r.at_least_one("omega_plus_one", "1 + omega", 1000000000));
  const Term m = r.number("m", "components of a worker");
  r.with_mu_at_most_L();
  const auto& [L, mu, delta, n, epsilon] = r.parameters();
  r.conclude_memory(ec_lsvrg_diana_constants<Term>(L, of.omega, n, of.alpha, 1 / m),
                    ec_lsvrg_diana_complexity(r.parameters(), of.omega, m));
  s.redundant({"L-positive"});
  s.hint({}, m);
  s.hint({"omega_plus_one-at-least-one"});
  s.hint({}, L / (delta * mu));
  s.hint({"mu-at-most-L"}, 1 / (delta * mu));
  s.hint({"delta-at-most-one"}, 1 / delta);
  return s;
}

template <Option option>
Statement sgd_descent(const SmallerConstant& change) {
  return sgd_descent(change, option);
}
template <Option option>
Statement sgdsr_descent(const SmallerConstant& change) {
  return sgdsr_descent(change, option);
}
template <Option option>
Statement sgd_memory(const SmallerConstant& change) {
  return sgd_memory(change, option);
}
template <Option option>
Statement sgdsr_memory(const SmallerConstant& change) {
  return sgdsr_memory(change, option);
}
template <Option option>
Statement sgd_noise(const SmallerConstant& change) {
  return noise(change, option, false, (option == Option::one ? of_sgd : of_sgd_careful).noise);
}
template <Option option>
Statement sgdsr_noise(const SmallerConstant& change) {
  return noise(change, option, true, (option == Option::one ? of_sgdsr : of_sgdsr_careful).noise);
}

}  // namespace

std::vector<Obligation> obligations() {
  const std::string header = "ec_diana.hpp";
  const std::string noise = "(variance/(n mu epsilon) + sqrt(L variance/epsilon)/(delta mu))";
  const std::string careful_noise = "(variance/(n mu epsilon) + sqrt(L variance/(delta epsilon))/mu)";
  const std::string sgd = "EC-SGD-DIANA";
  const std::string sgdsr = "EC-SGDsr-DIANA";
  const std::string row = "(omega + L/(delta mu))";
  const std::string careful_row = "((1 + omega)/delta + L/(delta mu))";
  const std::string sampled_row = "(omega + E/mu + sqrt(L E)/(delta mu))";
  const std::string careful_sampled_row = "((1 + omega)/delta + E/mu + sqrt(L E)/(delta mu))";
  std::vector<Obligation> all;
  const auto add = [&](const std::string& method, const std::string& title, const std::string& part,
                       const std::string& bound, Statement (*make)(const SmallerConstant&)) {
    all.push_back(complexity_obligation(method, part, title, header, bound, make));
  };
  add("ec-gd-diana", "EC-GD-DIANA", "descent", "60 L/(delta mu)", sgd_descent<Option::one>);
  add("ec-gd-diana", "EC-GD-DIANA", "memory", "4 " + row, sgd_memory<Option::one>);
  add("ec-sgd-diana", sgd, "descent", "60 L/(delta mu)", sgd_descent<Option::one>);
  add("ec-sgd-diana", sgd, "memory", "4 " + row, sgd_memory<Option::one>);
  add("ec-sgd-diana", sgd, "noise", "40 " + noise, sgd_noise<Option::one>);
  add("ec-sgd-diana", sgd, "careful-descent", "60 L/(delta mu)", sgd_descent<Option::two>);
  add("ec-sgd-diana", sgd, "careful-memory", "4 " + careful_row, sgd_memory<Option::two>);
  add("ec-sgd-diana", sgd, "careful-noise", "43 " + careful_noise, sgd_noise<Option::two>);
  add("ec-sgdsr-diana", sgdsr, "descent", "88 (E/mu + sqrt(L E)/(delta mu))", sgdsr_descent<Option::one>);
  add("ec-sgdsr-diana", sgdsr, "memory", "4 " + sampled_row, sgdsr_memory<Option::one>);
  add("ec-sgdsr-diana", sgdsr, "noise", "56 " + noise, sgdsr_noise<Option::one>);
  add("ec-sgdsr-diana", sgdsr, "careful-descent", "60 (E/mu + sqrt(L E)/(delta mu))", sgdsr_descent<Option::two>);
  add("ec-sgdsr-diana", sgdsr, "careful-memory", "4 " + careful_sampled_row, sgdsr_memory<Option::two>);
  add("ec-sgdsr-diana", sgdsr, "careful-noise", "61 " + careful_noise, sgdsr_noise<Option::two>);
  all.push_back(complexity_obligation("ec-lsvrg-diana", "descent", "EC-LSVRG-DIANA", "ec_lsvrg_diana.hpp",
                                      "115 L/(delta mu)", lsvrg_descent));
  all.push_back(complexity_obligation("ec-lsvrg-diana", "memory", "EC-LSVRG-DIANA", "ec_lsvrg_diana.hpp",
                                      "4 (omega + m + L/(delta mu))", lsvrg_memory));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::error_feedback_complexities_of_diana
