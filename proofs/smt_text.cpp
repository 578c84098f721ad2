#include "proofs/smt_text.hpp"

#include <cctype>
#include <stdexcept>

namespace touchstone::inline v0::proofs {

namespace {

std::string joined(const std::string& op, const std::vector<std::string>& parts) {
  if (parts.size() == 1) return parts.front();
  std::string text = "(" + op;
  for (const std::string& part : parts) text += " " + part;
  return text + ")";
}

std::string text(const z3::expr& e);

/// The operands of nested sums or products, one list.
void flatten(const z3::expr& e, Z3_decl_kind kind, std::vector<std::string>& parts) {
  if (!e.is_numeral() && !e.is_const() && e.decl().decl_kind() == kind)
    for (unsigned i = 0; i < e.num_args(); ++i) flatten(e.arg(i), kind, parts);
  else
    parts.push_back(text(e));
}

std::string text(const z3::expr& e) {
  if (e.is_numeral()) return smt_text(Term(e).constant());
  if (e.is_const()) return symbol({{e.decl().name().str(), 1}});
  const Z3_decl_kind kind = e.decl().decl_kind();
  std::vector<std::string> parts;
  if (kind == Z3_OP_ADD || kind == Z3_OP_MUL)
    flatten(e, kind, parts);
  else
    for (unsigned i = 0; i < e.num_args(); ++i) parts.push_back(text(e.arg(i)));
  switch (kind) {
    case Z3_OP_ADD:
      return joined("+", parts);
    case Z3_OP_MUL:
      return joined("*", parts);
    case Z3_OP_DIV:
      return joined("/", parts);
    case Z3_OP_SUB:
      return joined("-", parts);
    case Z3_OP_UMINUS:
      return "(- " + parts.front() + ")";
    default:
      throw std::logic_error("not a rational function: " + e.to_string());
  }
}

/// With integer coefficients: multiplied by the least common denominator.
std::string linear_sum(const LaurentSum& sum, std::set<Monomial>& monomials) {
  boost::multiprecision::mpz_int scale = 1;
  for (const auto& [m, c] : sum)
    scale = boost::multiprecision::lcm(scale, boost::multiprecision::mpz_int(denominator(c)));
  std::vector<std::string> parts;
  for (const auto& [m, c] : sum) {
    const Rational integer_c = c * Rational(scale);
    if (m.empty()) {
      parts.push_back(smt_text(integer_c));
      continue;
    }
    monomials.insert(m);
    parts.push_back(integer_c == 1 ? symbol(m) : "(* " + smt_text(integer_c) + " " + symbol(m) + ")");
  }
  return parts.empty() ? "0.0" : joined("+", parts);
}

}  // namespace

std::string smt_text(const Rational& q) {
  if (q < 0) return "(- " + smt_text(Rational(-q)) + ")";
  const std::string above = numerator(q).str() + ".0";
  return denominator(q) == 1 ? above : "(/ " + above + " " + denominator(q).str() + ".0)";
}

std::string smt_text(const Term& t) {
  return t.is_constant() ? smt_text(t.constant()) : text(*t.expression());
}

std::string smt_text(const Formula& f) {
  if (f.connective == Connective::atom) {
    const char* relation = f.relation == Relation::less ? "<" : f.relation == Relation::less_equal ? "<=" : "=";
    return joined(relation, {smt_text(f.left), smt_text(f.right)});
  }
  if (f.parts.empty()) return f.connective == Connective::any ? "false" : "true";
  std::vector<std::string> parts;
  for (const Formula& part : f.parts) parts.push_back(smt_text(part));
  if (f.connective == Connective::all) return joined("and", parts);
  const std::string any = joined("or", parts);
  return f.connective == Connective::any ? any : "(not " + any + ")";
}

std::string symbol(const Monomial& m) {
  const std::string name = to_string(m);
  return std::isdigit(static_cast<unsigned char>(name.front())) != 0 ? "|" + name + "|" : name;
}

std::string linear_text(const LaurentSum& sum, Relation relation, std::set<Monomial>& monomials) {
  const char* name = relation == Relation::less ? ">" : relation == Relation::less_equal ? ">=" : "=";
  return joined(name, {linear_sum(sum, monomials), "0.0"});
}

}  // namespace touchstone::inline v0::proofs
