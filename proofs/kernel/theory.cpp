#include "proofs/kernel/theory.hpp"

#include <algorithm>
#include <tuple>

namespace touchstone::inline v0::proofs::kernel {

namespace {

std::string text_of(const Atom* atom) {
  if (atom->kind == Atom::Kind::symbol) return atom->name;
  if (atom->kind == Atom::Kind::mean)
    return "E_" + atom->theory->name(atom->over) + "[" + text_of(atom->body) + "]";
  return atom->u == atom->v ? "|" + text_of(atom->u) + "|^2"
                            : "<" + text_of(atom->u) + ", " + text_of(atom->v) + ">";
}

}  // namespace

Variables Theory::variable(const std::string& name, const std::string& meaning, const Expression& count) {
  if (variables_.size() == 32) throw proof_error("a theory has at most 32 variables");
  take(name);
  const Variables j = Variables{1} << variables_.size();
  variables_.push_back(name);
  counts_[j] = count;
  declare("E_" + name + " is the mean over " + meaning + (count.is_zero() ? "" : ", " + count.text() + " of them"));
  return j;
}

Expression Theory::symbol(const std::string& name, Variables depends_on, bool is_vector) {
  take(name);
  return Expression::of(intern({.name = name, .is_vector = is_vector, .depends_on = depends_on}));
}

void Theory::declare_mean(Variables j, const Expression& symbol, const Expression& value) {
  const Atom* atom = symbol.atom();
  const std::string what = "E_" + name(j) + "[" + symbol.text() + "] = " + value.text();
  const bool same_sort = std::ranges::all_of(
      value.terms(), [&](const auto& term) { return has_vector(term.first) == atom->is_vector; });
  if (atom->kind != Atom::Kind::symbol || atom->theory != this || (atom->depends_on & j) == 0 || !same_sort ||
      (value.depends_on() & ~(atom->depends_on & ~j)) != 0 || !means_.try_emplace({j, atom}, value).second)
    throw proof_error(what + " cannot be declared");
  declare(what);
}

const Expression* Theory::declared_mean(Variables j, const Atom* symbol) const {
  const auto at = means_.find({j, symbol});
  return at == means_.end() ? nullptr : &at->second;
}

void Theory::hypothesis(const std::string& name, const Inequality& inequality, const std::string& comment) {
  const auto [at, fresh] = hypotheses_.try_emplace(name, Hypothesis{inequality, comment});
  const auto& [left, right, strict] = at->second.inequality;
  if (!fresh && !(left == inequality.left && right == inequality.right && strict == inequality.strict))
    throw proof_error("two hypotheses are called " + name);
}

std::string Theory::name(Variables over) const {
  std::string all;
  for (std::size_t at = 0; at < variables_.size(); ++at)
    if (((over >> at) & 1U) != 0) all += (all.empty() ? "" : ",") + variables_[at];
  if (all.empty()) throw proof_error("not a variable of this theory");
  return all;
}

const Atom* Theory::inner_atom(const Atom* a, const Atom* b) {
  if (b < a) std::swap(a, b);
  return intern({.kind = Atom::Kind::inner, .depends_on = a->depends_on | b->depends_on, .u = a, .v = b});
}

const Atom* Theory::mean_atom(Variables over, const Powers& body) {
  return intern({.kind = Atom::Kind::mean,
                 .is_vector = has_vector(body),
                 .depends_on = free_variables(body) & ~over,
                 .over = over,
                 .body = body});
}

const Atom* Theory::intern(Atom atom) {
  const auto meaning = [](const Atom& a) { return std::tie(a.kind, a.name, a.u, a.v, a.over, a.body); };
  for (const Atom& known : atoms_)
    if (meaning(known) == meaning(atom)) return &known;
  if (atoms_.size() == most_atoms) throw proof_error("a theory has at most 10000 atoms");
  atom.theory = this;
  return &atoms_.emplace_back(std::move(atom));
}

void Theory::take(const std::string& name) {
  if (name.empty() || !names_.insert(name).second) throw proof_error("two symbols are called '" + name + "'");
}

Theory& theory_of(const Expression& e) {
  for (const auto& [monomial, c] : e.terms())
    if (!monomial.empty()) return *monomial.begin()->first->theory;
  throw proof_error("the constant " + e.text() + " belongs to no theory");
}

Variables free_variables(const Powers& monomial) {
  Variables all = 0;
  for (const auto& [atom, power] : monomial) all |= atom->depends_on;
  return all;
}

bool has_vector(const Powers& monomial) {
  return std::ranges::any_of(monomial, [](const auto& factor) { return factor.first->is_vector; });
}

std::string text_of(const Powers& monomial) {
  std::string above;
  std::string below;
  for (const auto& [atom, power] : monomial) {
    const int size = power < 0 ? -power : power;
    const std::string factor = text_of(atom) + (size > 1 ? "^" + std::to_string(size) : "");
    (power > 0 ? above : below) += (power > 0 ? " " : "/") + factor;
  }
  return (above.empty() ? "1" : above.substr(1)) + below;
}

}  // namespace touchstone::inline v0::proofs::kernel
