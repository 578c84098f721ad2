#include "proofs/combination.hpp"

#include <stdexcept>

namespace touchstone::inline v0::proofs {

namespace {

LaurentSum difference(LaurentSum a, const LaurentSum& b) {
  for (const auto& [m, c] : b) add(a, m, Rational(-c));
  return a;
}

}  // namespace

std::string readable(const Product& product, const Rational& multiplier) {
  const LaurentSum factor = proofs::product(constant(multiplier), product.factor);
  if (product.slacks.empty()) return readable(factor);
  return factor == constant(1) ? product.slacks : readable(factor, true) + " " + product.slacks;
}

std::string refusal(const Combination& combination, const std::vector<Rational>& multipliers) {
  if (multipliers.size() != combination.products.size())
    return std::to_string(multipliers.size()) + " multipliers for " + std::to_string(combination.products.size()) +
           " products";
  LaurentSum missing = combination.slack;
  bool strict = false;
  for (std::size_t k = 0; k < multipliers.size(); ++k) {
    const Product& product = combination.products[k];
    if (product.relation != Relation::equal && multipliers[k] < 0)
      return "the multiplier " + multipliers[k].str() + " of " + readable(product) + " is negative";
    if (product.relation != Relation::equal && combination.relation == Relation::equal && multipliers[k] != 0)
      return "an equality does not follow from the inequality " + readable(product);
    strict = strict || (product.relation == Relation::less && multipliers[k] > 0);
    missing = difference(std::move(missing), proofs::product(constant(multipliers[k]), product.value));
  }
  if (!missing.empty()) return "the sum misses " + readable(missing);
  if (combination.relation == Relation::less && !strict) return "all that is added up may be zero";
  return {};
}

std::vector<std::string> readable(const Combination& combination, const std::vector<Rational>& multipliers) {
  std::vector<std::string> lines{combination.goal + " ="};
  for (std::size_t k = 0; k < multipliers.size(); ++k)
    if (multipliers[k] != 0)
      lines.push_back((lines.size() == 1 ? "  " : "+ ") + readable(combination.products[k], multipliers[k]));
  if (lines.size() == 1) lines.emplace_back("  0, identically");
  return lines;
}

}  // namespace touchstone::inline v0::proofs
