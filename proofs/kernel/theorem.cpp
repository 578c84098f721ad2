#include "proofs/kernel/theorem.hpp"

namespace touchstone::inline v0::proofs::kernel {

namespace {

std::set<std::string> join(std::set<std::string> a, const std::set<std::string>& b) {
  a.insert(b.begin(), b.end());
  return a;
}

void collect_positivity(const Atom* atom, std::set<std::string>& hypotheses);

/// The hypotheses that make the negative powers meaningful.
void collect_positivity(const Powers& monomial, std::set<std::string>& hypotheses) {
  for (const auto& [atom, power] : monomial) {
    collect_positivity(atom, hypotheses);
    if (power > 0) continue;
    if (atom->positive_by.empty())
      throw proof_error("divides by " + Expression::of(atom).text() + ", which is not proved positive");
    hypotheses.insert(atom->positive_by.begin(), atom->positive_by.end());
  }
}

void collect_positivity(const Atom* atom, std::set<std::string>& hypotheses) {
  for (const Atom* part : {atom->u, atom->v})
    if (part != nullptr) collect_positivity(part, hypotheses);
  collect_positivity(atom->body, hypotheses);
}

}  // namespace

Theorem::Theorem(std::set<std::string> hypotheses, Expression e, bool strict, Rule rule, std::string text,
                 std::vector<std::shared_ptr<const Derivation>> premises)
    : hypotheses_(std::move(hypotheses)), expression_(std::move(e)), strict_(strict) {
  for (const auto& [monomial, c] : expression_.terms()) {
    if (has_vector(monomial)) throw proof_error("a vector has no sign: " + text);
    for (const auto& [atom, power] : monomial)
      if (atom->theory != &theory_of(expression_)) throw proof_error("a theorem of two theories: " + text);
    collect_positivity(monomial, hypotheses_);
  }
  derivation_ =
      std::make_shared<const Derivation>(Derivation{rule, std::move(text), expression_, std::move(premises)});
}

Theorem Theorem::assume(Theory& theory, const std::string& name, const Inequality& inequality,
                        const std::string& comment) {
  theory.hypothesis(name, inequality, comment);
  return {{name}, inequality.right - inequality.left, inequality.strict, Rule::assume, name, {}};
}

Theorem Theorem::square(const Expression& v) {
  const bool is_vector = !v.is_zero() && has_vector(v.terms().begin()->first);
  const Expression e = is_vector ? squared_norm(v) : (v * v).written_as({"(" + v.text() + ")^2"});
  return {{}, e, false, Rule::square, e.text(), {}};
}

Theorem Theorem::constant(const Rational& c) {
  if (c < 0) throw proof_error("the constant " + c.str() + " is negative");
  return {{}, Expression(c), c > 0, Rule::constant, c.str(), {}};
}

Theorem Theorem::average(Variables j, const Theorem& t) {
  const Expression e = mean(j, t.expression_);
  return {t.hypotheses_, e, t.strict_, Rule::average, e.text(), {t.derivation_}};
}

Theorem Theorem::cancel(const Theorem& c, const Expression& e, const Theorem& t) {
  if (!c.strict_ || !(c.expression_ * e == t.expression_))
    throw proof_error("cannot cancel " + c.expression_.text() + " in " + t.expression_.text());
  return {join(c.hypotheses_, t.hypotheses_), e, t.strict_, Rule::cancel, e.text(), {c.derivation_, t.derivation_}};
}

Theorem Theorem::inverse(const Theorem& t) {
  const Atom* atom = t.expression_.atom();
  if (!t.strict_) throw proof_error(t.expression_.text() + " may be zero and has no inverse");
  atom->theory->note_positive(atom, t.hypotheses_);
  const Expression e = Expression(1) / t.expression_;
  return {t.hypotheses_, e, true, Rule::inverse, e.text(), {t.derivation_}};
}

Theorem Theorem::independence(Variables i, Variables choices, const Expression& V) {
  Theory& theory = theory_of(V);
  const Expression n = theory.count(i);
  if (n.is_zero() || (V.depends_on() & i) == 0 || !mean(choices, V).is_zero())
    throw proof_error(V.text() + " is not a family over a uniform variable with mean zero");
  theory.declare(V.text() + " are independent over " + theory.name(i) + " under " + theory.name(choices));
  const Expression each = mean(choices, mean(i, squared_norm(V)));
  return {{}, each - n * mean(choices, squared_norm(mean(i, V))), false, Rule::independence, V.text(), {}};
}

Theorem Theorem::prove(const Inequality& inequality, const Theorem& certificate) {
  const Expression difference = inequality.right - inequality.left;
  if (!(difference == certificate.expression_)) {
    std::string missing;
    const Expression rest = difference - certificate.expression_;
    for (const auto& [monomial, c] : rest.terms())
      missing += (missing.empty() ? "" : " + ") + c.str() + " " + text_of(monomial);
    throw proof_error("the certificate of " + inequality.text() + " does not add up: " + missing + " is missing");
  }
  if (inequality.strict && !certificate.strict_)
    throw proof_error("the certificate of " + inequality.text() + " does not show that it is strict");
  return {certificate.hypotheses_,  difference, certificate.strict_, Rule::prove, inequality.text(),
          {certificate.derivation_}};
}

Theorem operator+(const Theorem& a, const Theorem& b) {
  const Expression e = a.expression_ + b.expression_;
  return {join(a.hypotheses_, b.hypotheses_), e, a.strict_ || b.strict_, Rule::add, e.text(),
          {a.derivation_, b.derivation_}};
}

Theorem operator*(const Theorem& a, const Theorem& b) {
  const Expression e = a.expression_ * b.expression_;
  return {join(a.hypotheses_, b.hypotheses_), e, a.strict_ && b.strict_, Rule::multiply, e.text(),
          {a.derivation_, b.derivation_}};
}

}  // namespace touchstone::inline v0::proofs::kernel
