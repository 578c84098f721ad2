#pragma once
/// \file
/// Polynomials with rational coefficients as a scalar type: an equality that comes out true holds for *all* values
/// of the variables, not for the ones tried.
///
/// Also the strictest scalar there is: no order, no conversion to double, no square root, no division except by a
/// nonzero constant. Reference code that compiles and runs over Polynomial assumes nothing it should not.

#include <map>
#include <ostream>
#include <stdexcept>
#include <string>

#include "touchstone/numbers/rational.hpp"
#include "touchstone/numbers/symbolic_num_traits.hpp"

namespace touchstone::inline v0 {

class Polynomial {
 public:
  Polynomial() = default;
  Polynomial(int c) : Polynomial(Rational(c)) {}  // NOLINT(google-explicit-constructor): Eigen writes Scalar(0)
  explicit Polynomial(const Rational& c) {
    if (c != 0) terms_[{}] = c;
  }
  Polynomial(double) = delete;

  [[nodiscard]] static Polynomial variable(const std::string& name) {
    Polynomial p;
    p.terms_[{{name, 1}}] = 1;
    return p;
  }

  Polynomial& operator+=(const Polynomial& q) {
    for (const auto& [m, c] : q.terms_) add(m, c);
    return *this;
  }
  Polynomial& operator-=(const Polynomial& q) {
    if (&q == this) return *this = Polynomial();  // the loop would erase what it walks over
    for (const auto& [m, c] : q.terms_) add(m, Rational(-c));
    return *this;
  }
  Polynomial& operator*=(const Polynomial& q) { return *this = *this * q; }
  Polynomial& operator/=(const Polynomial& q) { return *this = *this / q; }

  friend Polynomial operator+(Polynomial p, const Polynomial& q) { return p += q; }
  friend Polynomial operator-(Polynomial p, const Polynomial& q) { return p -= q; }
  friend Polynomial operator-(const Polynomial& p) { return Polynomial(0) - p; }
  friend Polynomial operator*(const Polynomial& p, const Polynomial& q) {
    Polynomial product;
    for (const auto& [m, c] : p.terms_)
      for (const auto& [n, d] : q.terms_) {
        Monomial mn = m;
        for (const auto& [name, power] : n) mn[name] += power;
        product.add(mn, Rational(c * d));
      }
    return product;
  }
  /// Throws std::domain_error unless q is a nonzero constant.
  friend Polynomial operator/(const Polynomial& p, const Polynomial& q) {
    if (q.terms_.size() != 1 || !q.terms_.begin()->first.empty())
      throw std::domain_error("a polynomial can be divided by a nonzero constant only");
    Polynomial quotient = p;
    for (auto& [m, c] : quotient.terms_) c /= q.terms_.begin()->second;
    return quotient;
  }
  friend bool operator==(const Polynomial&, const Polynomial&) = default;

  friend std::ostream& operator<<(std::ostream& out, const Polynomial& p) {
    if (p.terms_.empty()) return out << "0";
    const char* separator = "";
    for (const auto& [m, c] : p.terms_) {
      out << separator << c;
      for (const auto& [name, power] : m) out << "*" << name << (power > 1 ? "^" + std::to_string(power) : "");
      separator = " + ";
    }
    return out;
  }

 private:
  using Monomial = std::map<std::string, unsigned>;
  void add(const Monomial& m, const Rational& c) {
    const auto [at, fresh] = terms_.try_emplace(m, c);
    if (!fresh) at->second += c;
    if (at->second == 0) terms_.erase(at);
  }
  std::map<Monomial, Rational> terms_;  // no zero coefficients
};

template <>
inline constexpr bool is_exact<Polynomial> = true;

}  // namespace touchstone::inline v0

// Before the first Vector<Polynomial>: a specialisation after an instantiation is an error.
template <>
struct Eigen::NumTraits<touchstone::Polynomial> : touchstone::SymbolicNumTraits<touchstone::Polynomial> {};

namespace touchstone::inline v0 {

/// The vector (name_0, ..., name_{d-1}) of fresh variables.
[[nodiscard]] inline Vector<Polynomial> variables(const std::string& name, Index d) {
  Vector<Polynomial> v(d);
  for (Index i = 0; i < d; ++i) v[i] = Polynomial::variable(name + std::to_string(i));
  return v;
}

}  // namespace touchstone::inline v0
