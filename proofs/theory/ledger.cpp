#include "proofs/theory/ledger.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace touchstone::inline v0::proofs::kernel {

void Ledger::note(const std::string& what, const std::string& where) {
  if (violation_.empty()) violation_ = where + ": " + what;
}

void Ledger::add_hypotheses(const Argument& argument, const Model& model, const std::string& where) {
  const Theory& theory = argument.theory();
  for (const auto& declared : theory.declared_means()) {
    const Variables j = declared.first.first;
    const Atom* symbol = declared.first.second;
    const Expression& value = declared.second;
    model.for_each_point(theory, symbol->depends_on & ~j, {}, [&](const Point& at, const Rational&) {
      if (!model.has_mean(theory, j, symbol, value, at))
        note(fmt::format("E_{}[{}] = {} is violated", theory.name(j), symbol->name, value.text()), where);
    });
  }
  for (const std::string& name : argument.hypotheses()) {
    const Inequality& inequality = theory.hypotheses().at(name).inequality;
    const Expression slack = inequality.right - inequality.left;
    model.for_each_point(theory, slack.depends_on(), {}, [&](const Point& at, const Rational&) {
      const Rational value = model.value(slack, at);
      if (value < 0 || (inequality.strict && value == 0))
        note(fmt::format("hypothesis {} is violated by {}", name, Rational(-value).str()), where);
    });
  }
}

void Ledger::add(const Argument& argument, const Model& model, const std::string& where) {
  ++models_;
  add_hypotheses(argument, model, where);
  accounts_.resize(argument.statements().size());
  for (std::size_t k = 0; k < accounts_.size(); ++k) {
    const Statement& statement = argument.statements()[k];
    Account& account = accounts_[k];
    account.label = statement.label;
    const std::vector<Argument::Term> terms = argument.certificate(statement);
    account.losses.resize(terms.size());
    const Expression difference = statement.inequality.right - statement.inequality.left;
    model.for_each_point(argument.theory(), difference.depends_on(), {}, [&](const Point& at, const Rational&) {
      const Rational left = model.value(statement.inequality.left, at);
      const Rational right = model.value(statement.inequality.right, at);
      const Rational total = right - left;
      if (right > 0) account.ratio = std::max(account.ratio, static_cast<double>(Rational(left / right)));
      if (total > 0) ++account.models;
      Rational sum(0);
      for (std::size_t t = 0; t < terms.size(); ++t) {
        const Rational value = model.value(terms[t].value, at);
        account.losses[t].text = terms[t].text;
        sum += value;
        if (value < 0) note(fmt::format("{}: the term {} is negative", statement.label, terms[t].text), where);
        if (!(total > 0)) continue;
        const auto share = static_cast<double>(Rational(value / total));
        account.losses[t].sum += share;
        account.losses[t].most = std::max(account.losses[t].most, share);
      }
      if (sum != total) note(fmt::format("{}: the terms do not add up to right - left", statement.label), where);
    });
  }
}

std::string Ledger::to_text() const {
  std::string text = fmt::format("  lost where, over {} exact states of the reference\n", models_);
  for (const Account& account : accounts_) {
    text += fmt::format("    {}: largest left/right {:.4g}\n", account.label, account.ratio);
    for (const Loss& loss : account.losses)
      text += fmt::format("      {:3.0f} %, at most {:3.0f} %   {}\n",
                          100 * loss.sum / static_cast<double>(std::max<std::size_t>(account.models, 1)),
                          100 * loss.most, loss.text);
  }
  return text;
}

}  // namespace touchstone::inline v0::proofs::kernel
