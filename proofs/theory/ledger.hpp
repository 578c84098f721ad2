#pragma once
/// \file
/// What an argument's inequalities lose on exact runs of the reference: every hypothesis and every term of every
/// certificate, evaluated in models. A hypothesis that the code violates shows, and so does an inequality that gives
/// away most of a bound.

#include "proofs/theory/argument.hpp"
#include "proofs/theory/model.hpp"

namespace touchstone::inline v0::proofs::kernel {

class Ledger {
 public:
  /// Evaluates the argument in one model; `where` says in a few words which.
  void add(const Argument& argument, const Model& model, const std::string& where);

  /// A hypothesis or declaration that does not hold in a model, or a term of a certificate that is negative; one line,
  /// the first found. Empty where there is none.
  [[nodiscard]] const std::string& violation() const { return violation_; }
  [[nodiscard]] std::size_t models() const { return models_; }

  /// For every statement the largest ratio of its sides, and for every term its share of what the statement gives away:
  /// on average over the models and at the most.
  [[nodiscard]] std::string to_text() const;

 private:
  struct Loss {
    std::string text;
    double sum = 0, most = 0;
  };
  struct Account {
    std::string label;
    std::vector<Loss> losses;
    double ratio = 0;
    std::size_t models = 0;  ///< in which something was given away
  };
  void note(const std::string& what, const std::string& where);
  void add_hypotheses(const Argument& argument, const Model& model, const std::string& where);

  std::vector<Account> accounts_;
  std::string violation_;
  std::size_t models_ = 0;
};

}  // namespace touchstone::inline v0::proofs::kernel
