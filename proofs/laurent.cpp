#include "proofs/laurent.hpp"

#include <cstdlib>
#include <vector>

namespace touchstone::inline v0::proofs {

namespace {

Monomial joined(const Monomial& m, const Monomial& n) {
  Monomial both = m;
  for (const auto& [name, power] : n)
    if ((both[name] += power) == 0) both.erase(name);
  return both;
}

std::string spaced(const std::vector<std::string>& factors) {
  std::string text;
  for (const std::string& factor : factors) text += (text.empty() ? "" : " ") + factor;
  return text;
}

/// |c| m, on paper.
std::string readable_monomial(const Monomial& m, const Rational& c) {
  std::vector<std::string> above;
  std::vector<std::string> below;
  if (abs(numerator(c)) != 1) above.push_back(abs(numerator(c)).str());
  if (denominator(c) != 1) below.push_back(denominator(c).str());
  for (const auto& [name, power] : m) {
    const int times = std::abs(power);
    (power > 0 ? above : below).push_back(times == 1 ? name : name + "^" + std::to_string(times));
  }
  if (above.empty()) above.emplace_back("1");
  if (below.empty()) return spaced(above);
  return spaced(above) + "/" + (below.size() == 1 ? below.front() : "(" + spaced(below) + ")");
}

}  // namespace

std::string to_string(const Monomial& m) {
  std::string above;
  std::string below;
  for (const auto& [name, power] : m)
    for (int i = 0; i < std::abs(power); ++i) (power > 0 ? above : below) += (power > 0 ? "*" : "/") + name;
  return (above.empty() ? "1" : above.substr(1)) + below;
}

LaurentSum constant(const Rational& c) {
  LaurentSum sum;
  add(sum, {}, c);
  return sum;
}

void add(LaurentSum& sum, const Monomial& m, const Rational& c) {
  const auto [at, fresh] = sum.try_emplace(m, c);
  if (!fresh) at->second += c;
  if (at->second == 0) sum.erase(at);
}

LaurentSum product(const LaurentSum& p, const LaurentSum& q) {
  LaurentSum sum;
  for (const auto& [m, c] : p)
    for (const auto& [n, d] : q) add(sum, joined(m, n), Rational(c * d));
  return sum;
}

std::string readable(const LaurentSum& sum, bool bracketed) {
  std::string text;
  for (const bool negative : {false, true})
    for (const auto& [m, c] : sum) {
      if ((c < 0) != negative) continue;
      text += text.empty() ? (negative ? "-" : "") : (negative ? " - " : " + ");
      text += readable_monomial(m, c);
    }
  if (text.empty()) return "0";
  return bracketed && sum.size() > 1 ? "(" + text + ")" : text;
}

}  // namespace touchstone::inline v0::proofs
