#include "proofs/quotient.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace touchstone::inline v0::proofs {

namespace {

/// p = leading * rest, where leading is a single monomial and rest has least exponents zero, leading coefficient one.
std::pair<LaurentSum, LaurentSum> split(const LaurentSum& p) {
  Monomial least;
  for (const auto& [m, c] : p)
    for (const auto& [name, power] : m) least[name] = 0;
  for (auto& [name, power] : least) {
    int smallest = 1000;
    for (const auto& [m, c] : p) smallest = std::min(smallest, m.contains(name) ? m.at(name) : 0);
    power = smallest;
  }
  std::erase_if(least, [](const auto& item) { return item.second == 0; });
  Monomial back;
  for (const auto& [name, power] : least) back[name] = -power;
  LaurentSum rest = product(p, LaurentSum{{back, 1}});
  // Of the rest: dividing by a monomial may change which of the others comes last.
  const Rational leading = rest.rbegin()->second;
  for (auto& [m, c] : rest) c /= leading;
  return {LaurentSum{{least, leading}}, std::move(rest)};
}

/// Takes denominators out of the numerator where it is a multiple of exactly one of them.
void cancel(Quotient& a) {
  if (a.numerator.empty()) a.denominators.clear();
  while (a.numerator.size() > 1) {
    const auto [leading, rest] = split(a.numerator);
    const auto at = a.denominators.find(rest);
    if (at == a.denominators.end()) return;
    a.denominators.erase(at);
    a.numerator = leading;
  }
}

Quotient from(const z3::expr& e) {
  if (e.is_numeral()) return {constant(Term(e).constant()), {}};
  if (e.is_const()) return {LaurentSum{{{{e.decl().name().str(), 1}}, 1}}, {}};
  Quotient value = from(e.arg(0));
  const Z3_decl_kind kind = e.decl().decl_kind();
  if (kind == Z3_OP_UMINUS) return negative(value);
  for (unsigned i = 1; i < e.num_args(); ++i) {
    const Quotient next = from(e.arg(i));
    if (kind == Z3_OP_ADD)
      value = value + next;
    else if (kind == Z3_OP_SUB)
      value = value + negative(next);
    else if (kind == Z3_OP_MUL)
      value = value * next;
    else if (kind == Z3_OP_DIV)
      value = value * inverse(next);
    else
      throw std::logic_error("not a rational function: " + e.to_string());
  }
  return value;
}

bool nonnegative(const LaurentSum& sum, const Signs& signs) {
  return signs.positive_sums.contains(sum) || std::ranges::all_of(sum, [&](const auto& term) {
           return term.second > 0 && std::ranges::all_of(term.first, [&](const auto& factor) {
                    if (factor.second < 0) return signs.positive.contains(factor.first);
                    return factor.second % 2 == 0 || signs.nonnegative.contains(factor.first);
                  });
         });
}

bool positive(const LaurentSum& sum, const Signs& signs) {
  if (signs.positive_sums.contains(sum)) return true;
  return nonnegative(sum, signs) && std::ranges::any_of(sum, [&](const auto& term) {
           return std::ranges::all_of(term.first,
                                      [&](const auto& factor) { return signs.positive.contains(factor.first); });
         });
}

}  // namespace

Quotient operator+(const Quotient& a, const Quotient& b) {
  Quotient sum;
  std::ranges::set_union(a.denominators, b.denominators, std::inserter(sum.denominators, sum.denominators.end()));
  for (const Quotient* part : {&a, &b}) {
    std::multiset<LaurentSum> missing;
    std::ranges::set_difference(sum.denominators, part->denominators, std::inserter(missing, missing.end()));
    LaurentSum scaled = part->numerator;
    for (const LaurentSum& p : missing) scaled = product(scaled, p);
    for (const auto& [m, c] : scaled) add(sum.numerator, m, c);
  }
  cancel(sum);
  return sum;
}

Quotient operator*(const Quotient& a, const Quotient& b) {
  // Cancel across first: a product of sums is no longer recognised as a multiple of its factors.
  Quotient left{a.numerator, b.denominators};
  Quotient right{b.numerator, a.denominators};
  cancel(left);
  cancel(right);
  Quotient both{product(left.numerator, right.numerator), left.denominators};
  both.denominators.insert(right.denominators.begin(), right.denominators.end());
  cancel(both);
  return both;
}

Quotient negative(Quotient a) {
  for (auto& [m, c] : a.numerator) c = -c;
  return a;
}

Quotient inverse(const Quotient& a) {
  if (a.numerator.empty()) throw std::domain_error("a term cannot be divided by zero");
  auto [leading, rest] = split(a.numerator);
  Monomial back;
  for (const auto& [name, power] : leading.begin()->first) back[name] = -power;
  Quotient result{LaurentSum{{back, Rational(1 / leading.begin()->second)}}, {}};
  for (const LaurentSum& p : a.denominators) result.numerator = product(result.numerator, p);
  if (rest.size() > 1) result.denominators.insert(std::move(rest));
  cancel(result);
  return result;
}

Quotient normal_form(const Term& t) {
  return t.is_constant() ? Quotient{constant(t.constant()), {}} : from(*t.expression());
}

bool certainly_nonnegative(const Quotient& a, const Signs& signs) {
  return nonnegative(a.numerator, signs) &&
         std::ranges::all_of(a.denominators, [&](const LaurentSum& p) { return positive(p, signs); });
}

bool certainly_positive(const Quotient& a, const Signs& signs) {
  return positive(a.numerator, signs) &&
         std::ranges::all_of(a.denominators, [&](const LaurentSum& p) { return positive(p, signs); });
}

bool certainly_defined(const Quotient& a, const Signs& signs) {
  for (const auto& [m, c] : a.numerator)
    for (const auto& [name, power] : m)
      if (power < 0 && !signs.positive.contains(name)) return false;
  return std::ranges::all_of(a.denominators, [&](const LaurentSum& p) { return positive(p, signs); });
}

}  // namespace touchstone::inline v0::proofs
