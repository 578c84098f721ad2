#pragma once
/// \file
/// One argument in the kernel's language, from hypotheses to statements, in the order a reader wants it: definitions,
/// identities, theorems. Everything here is for reading and testing; what is believed is the kernel's Theorem.

#include <map>
#include <string>
#include <vector>

#include "proofs/kernel/theorem.hpp"

namespace touchstone::inline v0::proofs::kernel {

/// A near miss: one named constant of the statement multiplied by a factor. By default none.
struct Change {
  std::string constant{};
  Rational factor = 1;
};

struct Definition {
  std::string name;
  std::string text;
};

struct Identity {
  std::string label;
  Expression left, right;
};

struct Statement {
  std::string label;
  Inequality inequality;
  Theorem theorem;
};

/// Owns the theory; lives as long as its expressions are used.
class Argument {
 public:
  explicit Argument(Change change = {}) : change_(std::move(change)) {}

  [[nodiscard]] Theory& theory() { return theory_; }
  [[nodiscard]] const Theory& theory() const { return theory_; }

  /// A constant of the statement, subject to the change.
  [[nodiscard]] Expression constant(const std::string& name, const Expression& value) const;
  /// The expression under a name.
  [[nodiscard]] Expression define(const std::string& name, const Expression& value);
  /// Throws proof_error unless both sides have the same normal form.
  void identity(const std::string& label, const Expression& left, const Expression& right);
  /// Throws as Theorem::prove does. The theorem may be used further on; there it goes by its label.
  Theorem theorem(const std::string& label, const Inequality& inequality, const Theorem& certificate);

  [[nodiscard]] const std::vector<Definition>& definitions() const { return definitions_; }
  [[nodiscard]] const std::vector<Identity>& identities() const { return identities_; }
  [[nodiscard]] const std::vector<Statement>& statements() const { return statements_; }
  /// The hypotheses of all theorems.
  [[nodiscard]] std::set<std::string> hypotheses() const;

  /// A term of a certificate: what is added to what, all of it at least 0.
  struct Term {
    std::string text;
    Expression value;
  };
  /// The terms whose sum is right - left.
  [[nodiscard]] std::vector<Term> certificate(const Statement& statement) const;

 private:
  [[nodiscard]] std::string describe(const Derivation& d) const;
  void add_terms(const Derivation& d, std::vector<Term>& terms) const;

  Theory theory_;
  Change change_;
  std::vector<Definition> definitions_;
  std::vector<Identity> identities_;
  std::vector<Statement> statements_;
  std::map<const Derivation*, std::string> labels_;
};

/// The argument as readable mathematics: hypotheses, declarations, definitions, then every statement with the terms
/// that add up to its right side minus its left. Lines are at most 100 characters where the formulas allow.
[[nodiscard]] std::string to_text(const Argument& argument);

}  // namespace touchstone::inline v0::proofs::kernel
