#include "proofs/statement.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "proofs/clear.hpp"
#include "proofs/signs.hpp"
#include "proofs/smt_text.hpp"

namespace touchstone::inline v0::proofs {

namespace {

constexpr const char* negated_goal_name = "negated-goal";

/// "(not f)"
std::string negated(const std::string& f) {
  return "(not " + f + ")";
}

std::string conjunction(const std::vector<std::string>& parts) {
  if (parts.size() == 1) return parts.front();
  std::string text = "(and";
  for (const std::string& part : parts) text += " " + part;
  return text + ")";
}

/// right - left of a comparison.
Quotient slack_of(const Formula& f) {
  return normal_form(f.right) + negative(normal_form(f.left));
}

/// The slack of a goal, multiplied by its denominators that are no monomials.
LaurentSum cleared_slack(const Formula& goal, const Signs& known) {
  const Quotient slack = slack_of(goal);
  for (const LaurentSum& p : slack.denominators)
    if (!certainly_positive({p, {}}, known))
      throw std::logic_error("the hypotheses do not show that the denominator " + readable(p) + " is positive");
  return slack.numerator;
}

/// The text over the denominators.
std::string divided(const std::string& slacks, const std::multiset<LaurentSum>& denominators) {
  std::string text = slacks;
  for (const LaurentSum& p : denominators) text += "/" + readable(p, true);
  return text;
}

bool is_comparison(const Formula& f) {
  return f.connective == Connective::atom;
}

/// Of one goal among several: the slack itself where it is short.
std::string name_of_slack(const LaurentSum& slack, std::size_t number) {
  constexpr std::size_t short_enough = 60;
  const std::string text = readable(slack);
  return text.size() <= short_enough && !slack.empty() ? text : "goal " + std::to_string(number) + ", right - left";
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

void Statement::redundant(const std::vector<std::string>& hypotheses) {
  redundant_.insert(hypotheses.begin(), hypotheses.end());
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

Signs Statement::signs(const std::string& omitted) const {
  Signs known;
  for (const Hypothesis& h : hypotheses_)
    if (h.name != omitted) learn(known, h.formula);
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

Product Statement::multiplied(const Hint& hint, const Signs& known) const {
  Quotient value = normal_form(hint.factor);
  const Quotient factor = value;
  bool strict = certainly_positive(value, known);
  bool equality = false;
  std::string slacks;
  for (const std::string& h : hint.hypotheses) {
    const Formula f = named(h);
    if (!is_comparison(f)) throw std::logic_error("a hint multiplies " + h + ", no comparison");
    value = value * slack_of(f);
    strict = strict && f.relation == Relation::less;
    equality = equality || f.relation == Relation::equal;
    const auto power = std::ranges::count(hint.hypotheses, h);
    if (slacks.find("(" + h + ")") == std::string::npos)
      slacks += "(" + h + ")" + (power == 1 ? "" : "^" + std::to_string(power));
  }
  for (const Term& a : hint.squared) {
    const Quotient root = normal_form(a);
    if (!certainly_defined(root, known))
      throw std::logic_error("the hypotheses do not show that the square of " + smt_text(a) + " is a number");
    value = value * root * root;
    strict = false;
    slacks += divided("(" + readable(root.numerator) + ")", root.denominators) + "^2";
  }
  if (equality ? !certainly_defined(factor, known) : !certainly_nonnegative(factor, known))
    throw std::logic_error("the hypotheses do not show that the factor " + smt_text(hint.factor) +
                           " of a hint is " + (equality ? "a number" : ">= 0"));
  if (!value.denominators.empty()) throw std::logic_error("a hint keeps a denominator: multiply it out");
  const Relation relation = equality ? Relation::equal : strict ? Relation::less : Relation::less_equal;
  return {factor.numerator, divided(slacks, factor.denominators), std::move(value.numerator), relation};
}

Question Statement::hinted() const {
  const Signs known = signs();
  Question q{"QF_LRA", {}, {}, {}};
  std::set<Monomial> monomials;
  for (const Hint& hint : hints_) {
    const Product product = multiplied(hint, known);
    q.hypotheses.push_back({"hint-" + std::to_string(q.hypotheses.size() + 1), readable(product),
                            linear_text(product.value, product.relation, monomials)});
  }
  std::vector<std::string> goals;
  for (const Formula& goal : goals_) {
    if (!is_comparison(goal)) throw std::logic_error("only comparisons can follow from hints");
    goals.push_back(linear_text(cleared_slack(goal, known), goal.relation, monomials));
  }
  q.negated_goal = {{negated_goal_name, "the goal fails", negated(conjunction(goals))}};
  for (const Monomial& m : monomials) q.variables.push_back({symbol(m), ""});
  return q;
}

bool Statement::is_defined_without(const std::string& hypothesis) const {
  const Signs known = signs(hypothesis);
  std::vector<Formula> rest = goals_;
  for (const Hypothesis& h : hypotheses_)
    if (h.name != hypothesis) rest.push_back(h.formula);
  for (const Formula& f : rest)
    for (const Term& factor : denominators(f))
      if (!certainly_positive(normal_form(factor), known)) return false;
  return true;
}

std::vector<Omission> Statement::omissions() const {
  std::set<std::string> declared = redundant_;
  std::vector<Omission> all;
  for (const Hypothesis& h : hypotheses_)
    all.push_back(
        {h.name, declared.erase(h.name) == 1 ? Need::redundant : Need::needed, !is_defined_without(h.name)});
  if (!declared.empty()) throw std::logic_error("there is no hypothesis " + *declared.begin() + " to be redundant");
  return all;
}

std::vector<Combination> Statement::combinations() const {
  for (const Formula& goal : goals_)
    if (!is_comparison(goal) || (hints_.empty() && goal.relation != Relation::equal)) return {};
  const Signs known = signs();
  std::vector<Product> products;
  for (const Hint& hint : hints_) products.push_back(multiplied(hint, known));
  std::vector<Combination> all;
  for (const Formula& goal : goals_) {
    LaurentSum slack = cleared_slack(goal, known);
    const std::string name = goals_.size() == 1 ? "right - left" : name_of_slack(slack, all.size() + 1);
    all.push_back({name, std::move(slack), goal.relation, products});
  }
  return all;
}

void state(Obligation& obligation, const Statement& statement) {
  obligation.question = statement.question();
  if (statement.has_hints()) obligation.hinted = statement.hinted();
  obligation.omissions = statement.omissions();
  obligation.combinations = statement.combinations();
}

void add_twin(Obligation& obligation, const std::string& name, const std::string& change,
              const Statement& statement) {
  obligation.twins.push_back({name, change, statement.question()});
}

}  // namespace touchstone::inline v0::proofs
