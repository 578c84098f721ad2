#include "proofs/term.hpp"

#include <sstream>
#include <stdexcept>
#include <utility>

namespace touchstone::inline v0::proofs {

static_assert(OrderedField<Term>);

namespace {

thread_local Branching* current_branching = nullptr;

Branching& branching(const Term& a, const char* relation, const Term& b) {
  if (current_branching != nullptr) return *current_branching;
  std::ostringstream message;
  message << "the code asks whether " << a << " " << relation << " " << b
          << ", which depends on the symbols: explore its paths with for_each_path";
  throw std::logic_error(message.str());
}

template <class Op>
Term apply(const Term& a, const Term& b, Op op) {
  if (a.is_constant() && b.is_constant()) return Term(Rational(op(a.constant(), b.constant())));
  z3::context& c = (a.is_constant() ? b : a).expression()->ctx();
  return Term(z3::expr(op(a.expression(c), b.expression(c))));
}

}  // namespace

Term::Term(const z3::expr& e) {
  if (e.is_numeral())
    constant_ = Rational(Z3_get_numeral_string(e.ctx(), e));
  else
    expression_ = e;
}

const Rational& Term::constant() const {
  if (expression_) throw std::logic_error("not a constant: " + expression_->to_string());
  return constant_;
}

z3::expr Term::expression(z3::context& c) const {
  return expression_ ? *expression_ : c.real_val(constant_.str().c_str());
}

Term operator+(const Term& a, const Term& b) {
  if (a.is(0)) return b;
  if (b.is(0)) return a;
  return apply(a, b, [](const auto& x, const auto& y) { return x + y; });
}

Term operator-(const Term& a, const Term& b) {
  if (b.is(0)) return a;
  if (a.is(0) && b.expression_) return Term(-*b.expression_);
  return apply(a, b, [](const auto& x, const auto& y) { return x - y; });
}

Term operator*(const Term& a, const Term& b) {
  if (a.is(0) || b.is(0)) return {0};
  if (a.is(1)) return b;
  if (b.is(1)) return a;
  return apply(a, b, [](const auto& x, const auto& y) { return x * y; });
}

Term operator/(const Term& a, const Term& b) {
  if (b.is(0)) throw std::domain_error("a term cannot be divided by zero");
  if (a.is(0)) return {0};
  if (b.is(1)) return a;
  return apply(a, b, [](const auto& x, const auto& y) { return x / y; });
}

bool operator==(const Term& a, const Term& b) {
  if (a.is_constant() && b.is_constant()) return a.constant_ == b.constant_;
  if (identical(a, b)) return true;
  return branching(a, "==", b).equal(a, b);
}

bool operator<(const Term& a, const Term& b) {
  if (a.is_constant() && b.is_constant()) return a.constant_ < b.constant_;
  if (identical(a, b)) return false;
  return branching(a, "<", b).less(a, b);
}

std::ostream& operator<<(std::ostream& out, const Term& a) {
  return a.expression_ ? out << *a.expression_ : out << a.constant_;
}

bool identical(const Term& a, const Term& b) {
  if (a.is_constant() != b.is_constant()) return false;
  return a.is_constant() ? a.constant() == b.constant() : z3::eq(*a.expression(), *b.expression());
}

Branching::Branching() {
  if (current_branching != nullptr) throw std::logic_error("one path exploration at a time on a thread");
  current_branching = this;
}

Branching::~Branching() {
  current_branching = nullptr;
}

}  // namespace touchstone::inline v0::proofs
