#include "proofs/multipliers.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include "proofs/smt_text.hpp"
#include "proofs/solver.hpp"

namespace touchstone::inline v0::proofs {

namespace {

std::string name_of(std::size_t k) {
  return "c" + std::to_string(k + 1);
}

/// (+ a b c), the only one, or 0.0
std::string sum_of(const std::vector<std::string>& parts) {
  if (parts.empty()) return "0.0";
  if (parts.size() == 1) return parts.front();
  std::string text = "(+";
  for (const std::string& part : parts) text += " " + part;
  return text + ")";
}

/// An equality follows from equalities alone, with multipliers of either sign.
void assert_sign(Question& q, const Combination& combination, std::size_t k) {
  if (combination.products[k].relation == Relation::equal) return;
  const bool equality = combination.relation == Relation::equal;
  q.hypotheses.push_back(
      {name_of(k) + (equality ? "-zero" : "-nonnegative"),
       equality ? "the goal is an equality, the product is none" : "the product is an inequality",
       "(" + std::string(equality ? "=" : ">=") + " " + name_of(k) + " 0.0)"});
}

}  // namespace

bool needs_multipliers(const Combination& combination) {
  return !combination.slack.empty() || combination.relation == Relation::less;
}

Question multipliers_question(const Combination& combination) {
  Question q{"QF_LRA", {}, {}, {}};
  std::map<Monomial, std::vector<std::string>> sums;
  for (const auto& [m, c] : combination.slack) sums[m];
  std::vector<std::string> strict;
  for (std::size_t k = 0; k < combination.products.size(); ++k) {
    const Product& product = combination.products[k];
    q.variables.push_back({name_of(k), readable(product)});
    assert_sign(q, combination, k);
    if (product.relation == Relation::less) strict.push_back(name_of(k));
    for (const auto& [m, c] : product.value)
      sums[m].push_back(c == 1 ? name_of(k) : "(* " + smt_text(c) + " " + name_of(k) + ")");
  }
  if (combination.relation == Relation::less)
    q.hypotheses.push_back({"strict", "one product that is added is positive", "(> " + sum_of(strict) + " 0.0)"});
  std::size_t number = 0;
  for (const auto& [m, parts] : sums) {
    const auto at = combination.slack.find(m);
    const Rational wanted = at == combination.slack.end() ? Rational(0) : at->second;
    q.hypotheses.push_back({"monomial-" + std::to_string(++number), readable(LaurentSum{{m, 1}}),
                            "(= " + sum_of(parts) + " " + smt_text(wanted) + ")"});
  }
  return q;
}

std::vector<Rational> multipliers_in(const std::string& solver_output, std::size_t count) {
  std::vector<Rational> found(count, Rational(0));
  for (const auto& [name, value] : model_values(solver_output))
    for (std::size_t k = 0; k < count; ++k) {
      if (name != name_of(k)) continue;
      if (value.empty() || value.find_first_not_of("-0123456789/") != std::string::npos)
        throw std::invalid_argument(fmt::format("the multiplier {} is no fraction: {}", name, value));
      const std::size_t slash = value.find('/');
      found[k] = Rational(value.substr(0, slash));
      if (slash != std::string::npos)
        found[k] /= Rational(value.substr(slash + 1));  // reading "2/8" would not reduce
    }
  return found;
}

}  // namespace touchstone::inline v0::proofs
