#include "proofs/quotient.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <stdexcept>

namespace touchstone::inline v0::proofs {

namespace {

Monomial joined(const Monomial& m, const Monomial& n) {
  Monomial both = m;
  for (const auto& [name, power] : n)
    if ((both[name] += power) == 0) both.erase(name);
  return both;
}

void add(LaurentSum& sum, const Monomial& m, const Rational& c) {
  const auto [at, fresh] = sum.try_emplace(m, c);
  if (!fresh) at->second += c;
  if (at->second == 0) sum.erase(at);
}

LaurentSum constant(const Rational& c) {
  LaurentSum sum;
  add(sum, {}, c);
  return sum;
}

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
  const Rational leading = p.rbegin()->second;
  return {LaurentSum{{least, leading}}, product(p, LaurentSum{{back, Rational(1 / leading)}})};
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
                    const auto& known = factor.second < 0 ? signs.positive : signs.nonnegative;
                    return factor.second % 2 == 0 || known.contains(factor.first);
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

std::string to_string(const Monomial& m) {
  std::string above;
  std::string below;
  for (const auto& [name, power] : m)
    for (int i = 0; i < std::abs(power); ++i) (power > 0 ? above : below) += (power > 0 ? "*" : "/") + name;
  return (above.empty() ? "1" : above.substr(1)) + below;
}

LaurentSum product(const LaurentSum& p, const LaurentSum& q) {
  LaurentSum sum;
  for (const auto& [m, c] : p)
    for (const auto& [n, d] : q) add(sum, joined(m, n), Rational(c * d));
  return sum;
}

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

}  // namespace touchstone::inline v0::proofs
