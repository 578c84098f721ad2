#pragma once
/// \file
/// The symbols, declarations and hypotheses of one derivation. Nothing is global; a theory outlives what it made.
///
/// Declarations hold in every theorem of the theory and are listed with it: what the variables are, the declared means
/// E_j[N] = v, the families declared independent. Hypotheses belong to the theorems that use them.
///
/// Weighted means need no more than this. E over j drawn with probability w_j/m is E_j[w_j . ] with j uniform, a symbol
/// w that depends on j, the hypothesis 0 < w and the declaration E_j[w] = 1.

#include <set>
#include <vector>

#include "proofs/kernel/expression.hpp"

namespace touchstone::inline v0::proofs::kernel {

struct Hypothesis {
  Inequality inequality;
  std::string comment;  ///< in words, one line
};

class Theory {
 public:
  Theory() { atoms_.reserve(most_atoms); }
  Theory(const Theory&) = delete;
  Theory& operator=(const Theory&) = delete;
  Theory(Theory&&) = delete;
  Theory& operator=(Theory&&) = delete;
  ~Theory() = default;

  /// A finite set with weights that are positive and sum to one; with a count, uniform on that many points. Throws
  /// proof_error for a name that is taken and beyond 32 variables.
  Variables variable(const std::string& name, const std::string& meaning, const Expression& count = {});

  /// A family of scalars or vectors over the variables. Throws proof_error for a name that is taken.
  Expression scalar(const std::string& name, Variables depends_on = 0) { return symbol(name, depends_on, false); }
  Expression vector(const std::string& name, Variables depends_on = 0) { return symbol(name, depends_on, true); }

  /// E_j[symbol] = value; to be declared before the symbol is used. Throws proof_error unless the symbol depends on j,
  /// the value on nothing but the symbol's other variables, and both are scalars or both vectors; and where the mean is
  /// declared already.
  void declare_mean(Variables j, const Expression& symbol, const Expression& value);
  /// Null where none is declared.
  [[nodiscard]] const Expression* declared_mean(Variables j, const Atom* symbol) const;

  [[nodiscard]] const std::map<std::pair<Variables, const Atom*>, Expression>& declared_means() const {
    return means_;
  }

  /// Registers a hypothesis. Throws proof_error where another one has the name; the same one again is itself.
  void hypothesis(const std::string& name, const Inequality& inequality, const std::string& comment);
  [[nodiscard]] const std::map<std::string, Hypothesis>& hypotheses() const { return hypotheses_; }
  void declare(const std::string& line) { declarations_.push_back(line); }
  [[nodiscard]] const std::vector<std::string>& declarations() const { return declarations_; }

  /// Of the variables, with commas. Throws proof_error for what is no variable.
  [[nodiscard]] std::string name(Variables over) const;
  /// The points of a variable; zero unless it is uniform.
  [[nodiscard]] const Expression& count(Variables j) const { return counts_.at(j); }

  /// Remembers the hypotheses that show an atom to be positive.
  void note_positive(const Atom* atom, const std::set<std::string>& why) { at(atom).positive_by = why; }
  const Atom* inner_atom(const Atom* a, const Atom* b);
  const Atom* mean_atom(Variables over, const Powers& body);

 private:
  static constexpr std::size_t most_atoms = 10000;
  Expression symbol(const std::string& name, Variables depends_on, bool is_vector);
  const Atom* intern(Atom atom);
  Atom& at(const Atom* atom) { return atoms_[static_cast<std::size_t>(atom - atoms_.data())]; }
  void take(const std::string& name);

  std::vector<Atom> atoms_;  // does not move: its capacity is set once
  std::vector<std::string> variables_;
  std::map<Variables, Expression> counts_;
  std::set<std::string> names_;
  std::map<std::pair<Variables, const Atom*>, Expression> means_;
  std::map<std::string, Hypothesis> hypotheses_;
  std::vector<std::string> declarations_;
};

/// Throws proof_error for a constant.
[[nodiscard]] Theory& theory_of(const Expression& e);
[[nodiscard]] Variables free_variables(const Powers& monomial);
[[nodiscard]] bool has_vector(const Powers& monomial);
[[nodiscard]] std::string text_of(const Powers& monomial);

}  // namespace touchstone::inline v0::proofs::kernel
