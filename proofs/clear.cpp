#include "proofs/clear.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace touchstone::inline v0::proofs {

namespace {

/// above / (product of below); the factors below are written as the theory writes them.
struct TermFraction {
  Term above;
  std::vector<Term> below;
};

Term times(Term first, const std::vector<Term>& factors) {
  for (const Term& factor : factors) first = first * factor;
  return first;
}

/// The factors of `have` beyond those of `taken`, as multisets of identical terms.
std::vector<Term> beyond(const std::vector<Term>& have, std::vector<Term> taken) {
  std::vector<Term> rest;
  for (const Term& factor : have) {
    const auto at = std::ranges::find_if(taken, [&](const Term& other) { return identical(other, factor); });
    if (at == taken.end())
      rest.push_back(factor);
    else
      taken.erase(at);
  }
  return rest;
}

/// Puts a and b over the same denominators.
std::vector<Term> align(TermFraction& a, TermFraction& b) {
  const std::vector<Term> only_a = beyond(a.below, b.below);
  const std::vector<Term> only_b = beyond(b.below, a.below);
  a.above = times(a.above, only_b);
  b.above = times(b.above, only_a);
  std::vector<Term> common = a.below;
  common.insert(common.end(), only_b.begin(), only_b.end());
  return common;
}

TermFraction reduced(TermFraction a) {
  const auto at = std::ranges::find_if(a.below, [&](const Term& factor) { return identical(factor, a.above); });
  if (at != a.below.end()) {
    a.below.erase(at);
    a.above = Term(1);
  }
  return a;
}

TermFraction fraction(const z3::expr& e);

void divide(TermFraction& a, const z3::expr& divisor) {
  if (divisor.is_app() && divisor.decl().decl_kind() == Z3_OP_MUL) {  // factor by factor, so that equal ones cancel
    for (unsigned i = 0; i < divisor.num_args(); ++i) divide(a, divisor.arg(i));
    return;
  }
  const TermFraction b = fraction(divisor);
  a.above = times(a.above, b.below);
  if (b.above.is_constant())
    a.above = a.above / b.above;
  else
    a.below.push_back(b.above);
  a = reduced(a);
}

TermFraction fraction(const z3::expr& e) {
  if (e.is_numeral() || e.is_const()) return {Term(e), {}};
  const Z3_decl_kind kind = e.decl().decl_kind();
  TermFraction value = fraction(e.arg(0));
  if (kind == Z3_OP_UMINUS) return {-value.above, value.below};
  for (unsigned i = 1; i < e.num_args(); ++i) {
    if (kind == Z3_OP_DIV) {
      divide(value, e.arg(i));
      continue;
    }
    TermFraction next = fraction(e.arg(i));
    if (kind == Z3_OP_MUL) {
      std::vector<Term> below = beyond(value.below, {next.above});
      if (below.size() < value.below.size()) next.above = Term(1);
      below.insert(below.end(), next.below.begin(), next.below.end());
      value = reduced({value.above * next.above, std::move(below)});
    } else {
      std::vector<Term> common = align(value, next);
      value = {kind == Z3_OP_ADD ? value.above + next.above : value.above - next.above, std::move(common)};
    }
  }
  return value;
}

TermFraction fraction(const Term& t) {
  return t.is_constant() ? TermFraction{t, {}} : fraction(*t.expression());
}

int degree(const z3::expr& e) {
  if (e.is_numeral()) return 0;
  if (e.is_const()) return 1;
  const bool product = e.decl().decl_kind() == Z3_OP_MUL;
  int result = 0;
  for (unsigned i = 0; i < e.num_args(); ++i)
    result = product ? result + degree(e.arg(i)) : std::max(result, degree(e.arg(i)));
  return result;
}

int degree(const Term& t) {
  return t.is_constant() ? 0 : degree(*t.expression());
}

}  // namespace

Formula without_division(const Formula& f, const Signs& signs) {
  Formula cleared = f;
  if (f.connective != Connective::atom) {
    for (Formula& part : cleared.parts) part = without_division(part, signs);
    return cleared;
  }
  TermFraction a = fraction(f.left);
  TermFraction b = fraction(f.right);
  for (const Term& factor : align(a, b))
    if (!certainly_positive(normal_form(factor), signs)) {
      std::ostringstream message;
      message << "the hypotheses do not show that the denominator " << factor << " is positive";
      throw std::logic_error(message.str());
    }
  cleared.left = a.above;
  cleared.right = b.above;
  return cleared;
}

std::vector<Term> denominators(const Formula& f) {
  std::vector<Term> all;
  if (f.connective == Connective::atom) {
    TermFraction a = fraction(f.left);
    TermFraction b = fraction(f.right);
    all = align(a, b);
  }
  for (const Formula& part : f.parts) {
    const std::vector<Term> more = denominators(part);
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

int degree(const Formula& f) {
  int result = std::max(degree(f.left), degree(f.right));
  for (const Formula& part : f.parts) result = std::max(result, degree(part));
  return result;
}

}  // namespace touchstone::inline v0::proofs
