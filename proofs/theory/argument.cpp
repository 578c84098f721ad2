#include "proofs/theory/argument.hpp"

#include <fmt/format.h>

namespace touchstone::inline v0::proofs::kernel {

Expression Argument::constant(const std::string& name, const Expression& value) const {
  return name == change_.constant ? Expression(change_.factor) * value : value;
}

Expression Argument::define(const std::string& name, const Expression& value) {
  definitions_.push_back({name, value.text()});
  return value.written_as({name});
}

void Argument::identity(const std::string& label, const Expression& left, const Expression& right) {
  if (!(left == right)) throw proof_error(label + ": " + left.text() + " is not " + right.text());
  identities_.push_back({label, left, right});
}

Theorem Argument::theorem(const std::string& label, const Inequality& inequality, const Theorem& certificate) {
  Theorem proved = Theorem::prove(inequality, certificate);
  labels_[proved.derivation().get()] = label;
  statements_.push_back({label, inequality, proved});
  return proved;
}

std::set<std::string> Argument::hypotheses() const {
  std::set<std::string> all;
  for (const Statement& statement : statements_)
    all.insert(statement.theorem.hypotheses().begin(), statement.theorem.hypotheses().end());
  return all;
}

std::string Argument::describe(const Derivation& d) const {
  if (const auto label = labels_.find(&d); label != labels_.end()) return "[" + label->second + "]";
  switch (d.rule) {
    case Rule::assume: {
      const Inequality& inequality = theory_.hypotheses().at(d.text).inequality;
      return inequality.left.is_zero() ? inequality.right.written().in(Binding::product) : "[" + d.text + "]";
    }
    case Rule::prove:
      return "[" + d.text + "]";
    case Rule::independence:
      return "[independence of " + d.text + "]";
    case Rule::average: {
      const std::string of = describe(*d.premises.front());
      return "E_" + theory_.name(d.premises.front()->expression.depends_on() & ~d.expression.depends_on()) +
             (of.front() == '[' ? of : "[" + of + "]");
    }
    case Rule::add:
      return "(" + describe(*d.premises[0]) + " + " + describe(*d.premises[1]) + ")";
    case Rule::multiply: {
      const std::string first = describe(*d.premises[0]);
      return (first == "1" ? "" : first + " ") + describe(*d.premises[1]);
    }
    default:
      return d.text;
  }
}

void Argument::add_terms(const Derivation& d, std::vector<Term>& terms) const {
  if (d.rule == Rule::add && !labels_.contains(&d)) {
    for (const auto& premise : d.premises) add_terms(*premise, terms);
    return;
  }
  if (!d.expression.is_zero()) terms.push_back({describe(d), d.expression});
}

std::vector<Argument::Term> Argument::certificate(const Statement& statement) const {
  std::vector<Term> terms;
  add_terms(*statement.theorem.derivation()->premises.front(), terms);
  return terms;
}

std::string to_text(const Argument& argument) {
  std::string text;
  for (const std::string& line : argument.theory().declarations()) text += fmt::format("  declared    {}\n", line);
  for (const std::string& name : argument.hypotheses()) {
    const Hypothesis& hypothesis = argument.theory().hypotheses().at(name);
    text += fmt::format("  hypothesis  {}\n              {}: {}\n", hypothesis.inequality.text(), name,
                        hypothesis.comment);
  }
  for (const Definition& definition : argument.definitions())
    text += fmt::format("  where       {} = {}\n", definition.name, definition.text);
  for (const Identity& identity : argument.identities())
    text += fmt::format("\n  {}\n    {} = {}, identically\n", identity.label, identity.left.text(),
                        identity.right.text());
  for (const Statement& statement : argument.statements()) {
    text +=
        fmt::format("\n  {}\n    {}\n    because right - left =\n", statement.label, statement.inequality.text());
    if (argument.certificate(statement).empty()) text += "        0\n";
    const char* sign = " ";
    for (const Argument::Term& term : argument.certificate(statement)) {
      text += fmt::format("      {} {}\n", sign, term.text);
      sign = "+";
    }
  }
  return text;
}

}  // namespace touchstone::inline v0::proofs::kernel
