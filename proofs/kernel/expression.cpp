#include "proofs/kernel/expression.hpp"

#include "proofs/kernel/theory.hpp"

namespace touchstone::inline v0::proofs::kernel {

namespace {

Powers product(const Powers& m, const Powers& n) {
  Powers both = m;
  int vectors = 0;
  for (const auto& [atom, power] : n)
    if ((both[atom] += power) == 0) both.erase(atom);
  for (const auto& [atom, power] : both)
    if (atom->is_vector && (power != 1 || ++vectors > 1)) throw proof_error("multiplies or divides by a vector");
  return both;
}

/// A term of a vector without its vector, and the vector. Throws proof_error for a scalar.
std::pair<Powers, const Atom*> scalar_and_vector(Powers monomial) {
  for (const auto& [atom, power] : monomial) {
    if (!atom->is_vector) continue;
    const Atom* vector = atom;
    monomial.erase(atom);
    return {std::move(monomial), vector};
  }
  throw proof_error("an inner product of what is no vector");
}

/// E_j of a monomial.
Expression mean_of(Variables j, const Powers& monomial) {
  Powers inside;
  Powers outside;
  for (const auto& [atom, power] : monomial) ((atom->depends_on & j) != 0 ? inside : outside)[atom] = power;
  if (inside.empty()) return Expression::of(outside);
  const Expression front = Expression::of(outside);
  const auto& [atom, power] = *inside.begin();
  Theory& theory = *atom->theory;
  if (inside.size() == 1 && power == 1) {
    if (const Expression* declared = theory.declared_mean(j, atom)) return front * *declared;
    if (atom->kind == Atom::Kind::mean) {  // of a mean: the variables commute
      const Expression inner = mean_of(j, atom->body);
      if (inner == Expression::of(theory.mean_atom(j, atom->body)))
        return front * Expression::of(theory.mean_atom(atom->over | j, atom->body));
      return front * mean(atom->over, inner);
    }
  }
  for (const auto& [factor, exponent] : inside) {  // <u_j, v> with v fixed: E_j goes to u
    if (has_vector(inside)) break;                 // one vector is enough
    if (factor->kind != Atom::Kind::inner || exponent != 1) continue;
    const bool of_u = (factor->u->depends_on & j) != 0;
    if (of_u && (factor->v->depends_on & j) != 0) continue;
    Powers rest = inside;
    rest.erase(factor);
    rest[of_u ? factor->u : factor->v] = 1;
    return front * dot(mean_of(j, rest), Expression::of(of_u ? factor->v : factor->u));
  }
  return front * Expression::of(theory.mean_atom(j, inside));
}

}  // namespace

Expression::Expression(const Rational& c) {
  add({}, c);
  written_ = {c.str(), c < 0 ? Binding::sum : denominator(c) == 1 ? Binding::unit : Binding::product};
}

Expression Expression::of(const Powers& monomial) {
  Expression e;
  e.add(monomial, 1);
  return e.written_as({text_of(monomial), monomial.size() <= 1 ? Binding::unit : Binding::product});
}

void Expression::add(const Powers& monomial, const Rational& c) {
  const auto [at, fresh] = terms_.try_emplace(monomial, c);
  if (!fresh) at->second += c;
  if (at->second == 0) terms_.erase(at);
}

Variables Expression::depends_on() const {
  Variables all = 0;
  for (const auto& [monomial, c] : terms_) all |= free_variables(monomial);
  return all;
}

const Atom* Expression::atom() const {
  if (terms_.size() == 1 && terms_.begin()->second == 1 && terms_.begin()->first.size() == 1) {
    const auto& [atom, power] = *terms_.begin()->first.begin();
    if (power == 1) return atom;
  }
  throw proof_error("expected a single symbol, found " + text());
}

Expression operator+(const Expression& a, const Expression& b) {
  if (a.is_zero() || b.is_zero()) return a.is_zero() ? b : a;
  Expression sum = a;
  for (const auto& [monomial, c] : b.terms_) sum.add(monomial, c);
  return sum.written_as(a.written_ + b.written_);
}

Expression operator-(const Expression& a, const Expression& b) {
  if (b.is_zero()) return a;
  Expression difference = a;
  for (const auto& [monomial, c] : b.terms_) difference.add(monomial, Rational(-c));
  return difference.written_as(a.written_ - b.written_);
}

Expression operator*(const Expression& a, const Expression& b) {
  if (a == Expression(1) || b.is_zero()) return b;
  if (b == Expression(1) || a.is_zero()) return a;
  Expression result;
  for (const auto& [m, c] : a.terms_)
    for (const auto& [n, d] : b.terms_) result.add(product(m, n), Rational(c * d));
  return result.written_as(a.written_ * b.written_);
}

Expression operator/(const Expression& a, const Expression& b) {
  if (b == Expression(1)) return a;
  if (b.terms_.size() != 1) throw proof_error("cannot divide by " + b.text() + ", which is not a monomial");
  const auto& [monomial, c] = *b.terms_.begin();
  Powers inverted;
  for (const auto& [atom, power] : monomial) inverted[atom] = -power;
  Expression quotient;
  for (const auto& [m, d] : a.terms_) quotient.add(product(m, inverted), Rational(d / c));
  return quotient.written_as(a.written_ / b.written_);
}

Expression Expression::written_as(Written written) const {
  Expression e = *this;
  e.written_ = is_zero() ? Written() : std::move(written);
  return e;
}

Expression dot(const Expression& u, const Expression& v) {
  Expression sum;
  for (const auto& [m, c] : u.terms())
    for (const auto& [n, d] : v.terms()) {
      const auto [of_u, a] = scalar_and_vector(m);
      const auto [of_v, b] = scalar_and_vector(n);
      sum = sum + Expression(Rational(c * d)) * Expression::of(of_u) * Expression::of(of_v) *
                      Expression::of(a->theory->inner_atom(a, b));
    }
  return sum.written_as({u == v ? "|" + u.text() + "|^2" : "<" + u.text() + ", " + v.text() + ">"});
}

Expression mean(Variables over, const Expression& e) {
  over &= e.depends_on();
  if (over == 0) return e;
  Expression result = e;
  for (Variables rest = over; rest != 0; rest &= rest - 1) {
    Expression sum;
    for (const auto& [monomial, c] : result.terms()) sum = sum + Expression(c) * mean_of(rest & -rest, monomial);
    result = sum;
  }
  return result.written_as({"E_" + theory_of(e).name(over) + "[" + e.text() + "]"});
}

}  // namespace touchstone::inline v0::proofs::kernel
