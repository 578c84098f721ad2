#include "proofs/statement.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "proofs/clear.hpp"
#include "proofs/smt_text.hpp"

namespace touchstone::inline v0::proofs {

namespace {

constexpr const char* negated_goal_name = "negated-goal";

/// "(not f)"
std::string negated(const std::string& f) {
  return "(not " + f + ")";
}

std::string shown(const Term& t) {
  return smt_text(t);
}

}  // namespace

Term Statement::variable(const std::string& name, const std::string& meaning) {
  for (const Variable& v : variables_)
    if (v.name == name) throw std::logic_error("two variables are called " + name);
  variables_.push_back({name, meaning});
  return Term(context_->real_const(name.c_str()));
}

Term Statement::positive(const std::string& name, const std::string& meaning) {
  Term v = variable(name, meaning);
  assume(name + "-positive", less(0, v), meaning);
  return v;
}

Term Statement::nonnegative(const std::string& name, const std::string& meaning) {
  Term v = variable(name, meaning);
  assume(name + "-nonnegative", less_equal(0, v), meaning);
  return v;
}

void Statement::assume(const std::string& name, const Formula& f, const std::string& comment) {
  for (const Hypothesis& h : hypotheses_)
    if (h.name == name) throw std::logic_error("two hypotheses are called " + name);
  for (const Variable& v : variables_)
    if (v.name == name) throw std::logic_error("a hypothesis is called like the variable " + name);
  hypotheses_.push_back({name, f, comment});
}

void Statement::drop(const std::string& name) {
  if (std::erase_if(hypotheses_, [&](const Hypothesis& h) { return h.name == name; }) == 0)
    throw std::logic_error("there is no hypothesis " + name);
}

void Statement::conclude(const Formula& goal) {
  goals_.push_back(goal);
}

void Statement::hint(const std::vector<std::string>& hypotheses, const Term& factor) {
  hints_.push_back({hypotheses, factor, {}});
}

void Statement::square(const Term& a, const Term& factor) {
  hints_.push_back({{}, factor, {a}});
}

std::vector<Formula> Statement::formulas() const {
  std::vector<Formula> all;
  for (const Hypothesis& h : hypotheses_) all.push_back(h.formula);
  return all;
}

Signs Statement::signs() const {
  Signs known;
  for (const Hypothesis& h : hypotheses_) {
    const Formula& f = h.formula;
    if (f.connective != Connective::atom || f.relation == Relation::equal || !f.left.is_constant()) continue;
    const z3::expr* bounded = f.right.expression();
    if (bounded == nullptr || f.left.constant() < 0) continue;
    if (!bounded->is_const()) {
      const Quotient sum = normal_form(f.right);
      if (f.relation == Relation::less && sum.denominators.empty()) known.positive_sums.insert(sum.numerator);
      continue;
    }
    known.nonnegative.insert(bounded->decl().name().str());
    if (f.relation == Relation::less || f.left.constant() > 0) known.positive.insert(bounded->decl().name().str());
  }
  return known;
}

Formula Statement::named(const std::string& name) const {
  if (name == negated_goal_name) {
    if (goals_.size() != 1 || goals_.front().connective != Connective::atom)
      throw std::logic_error("only the negation of a single comparison can be multiplied");
    return negation(goals_.front());
  }
  for (const Hypothesis& h : hypotheses_)
    if (h.name == name) return h.formula;
  throw std::logic_error("a hint names the hypothesis " + name + ", which there is not");
}

Question Statement::question() const {
  const Signs known = signs();
  Question q{"QF_LRA", variables_, {}, {}};
  int largest_degree = 0;
  for (const Hypothesis& h : hypotheses_) {
    const Formula f = without_division(h.formula, known);
    largest_degree = std::max(largest_degree, degree(f));
    q.hypotheses.push_back({h.name, h.comment, smt_text(f)});
  }
  std::vector<Formula> goals;
  for (const Formula& goal : goals_) goals.push_back(without_division(goal, known));
  const Formula goal = all_of(std::move(goals));
  largest_degree = std::max(largest_degree, degree(goal));
  q.negated_goal = {{negated_goal_name, "the goal fails", negated(smt_text(goal))}};
  if (largest_degree > 1) q.logic = "QF_NRA";
  return q;
}

Assertion Statement::multiplied(const Hint& hint, std::size_t number, const Signs& known,
                                std::set<Monomial>& monomials) const {
  const std::string name = "hint-" + std::to_string(number);
  const bool plain = hint.squared.empty() && hint.factor.is_constant() && hint.factor.constant() == 1;
  if (plain && hint.hypotheses.size() == 1)
    return {name, hint.hypotheses.front(), linear_text(named(hint.hypotheses.front()), monomials)};

  Quotient value = normal_form(hint.factor);
  bool strict = certainly_positive(value, known);
  std::string comment;
  const auto times = [&comment](const std::string& what) { comment += (comment.empty() ? "" : " * ") + what; };
  for (const std::string& h : hint.hypotheses) {
    const Formula f = named(h);
    if (f.connective != Connective::atom) throw std::logic_error("a hint multiplies " + h + ", no comparison");
    value = value * (normal_form(f.right) + negative(normal_form(f.left)));
    strict = strict && f.relation == Relation::less;
    times(h);
  }
  for (const Term& a : hint.squared) {
    value = value * normal_form(a) * normal_form(a);
    strict = false;
    times("the square of " + shown(a));
  }
  if (!certainly_nonnegative(normal_form(hint.factor), known))
    throw std::logic_error("the hypotheses do not show that the factor " + shown(hint.factor) +
                           " of a hint is >= 0");
  if (!plain) times(shown(hint.factor));
  return {name, comment, linear_text(value, strict ? Relation::less : Relation::less_equal, monomials)};
}

Question Statement::hinted() const {
  const Signs known = signs();
  Question q{"QF_LRA", {}, {}, {}};
  std::set<Monomial> monomials;
  for (const Hint& hint : hints_)
    q.hypotheses.push_back(multiplied(hint, q.hypotheses.size() + 1, known, monomials));
  q.negated_goal = {{negated_goal_name, "the goal fails", negated(linear_text(all_of(goals_), monomials))}};
  for (const Monomial& m : monomials) q.variables.push_back({symbol(m), ""});
  return q;
}

void state(Obligation& obligation, const Statement& statement) {
  obligation.question = statement.question();
  if (statement.has_hints()) obligation.hinted = statement.hinted();
}

void add_twin(Obligation& obligation, const std::string& name, const std::string& change,
              const Statement& statement) {
  obligation.twins.push_back({name, change, statement.question()});
}

}  // namespace touchstone::inline v0::proofs
