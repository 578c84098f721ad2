#pragma once
/// \file
/// Where an obligation is put together: symbols, named hypotheses, a goal, and the products of hypotheses that lead to
/// it. The formulas come out of the reference's own functions, called on the symbols.

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "proofs/obligation.hpp"
#include "proofs/paths.hpp"
#include "proofs/quotient.hpp"

namespace touchstone::inline v0::proofs {

/// hypotheses => goals, in a context of its own. Not for use on two threads at once; what it makes is.
class Statement {
 public:
  Statement() : context_(&context()) {}

  /// A real variable. Throws std::logic_error for a name that is taken.
  Term variable(const std::string& name, const std::string& meaning);
  /// A variable with the hypothesis NAME-positive or NAME-nonnegative.
  Term positive(const std::string& name, const std::string& meaning);
  Term nonnegative(const std::string& name, const std::string& meaning);

  /// Throws std::logic_error for a name that is taken.
  void assume(const std::string& name, const Formula& f, const std::string& comment);

  /// Without any single one of these hypotheses the goal follows as well; it does not without any other.
  void redundant(const std::vector<std::string>& hypotheses);

  /// All goals together are the goal.
  void conclude(const Formula& goal);

  /// The product of the slacks (larger minus smaller side) of hypotheses that are comparisons, and of a factor that is
  /// not negative by the signs of its variables, or any at all where one of the hypotheses is an equality. A name may
  /// be repeated; `negated-goal` is what refuting a single comparison adds.
  void hint(const std::vector<std::string>& hypotheses, const Term& factor = Term(1));
  /// 0 <= a^2 * factor
  void square(const Term& a, const Term& factor = Term(1));

  /// run(), whose comparisons the hypotheses so far must decide. Theory functions are called through here.
  template <class Run>
  [[nodiscard]] auto evaluate(Run&& run) const {
    return on_the_only_path(*context_, formulas(), std::forward<Run>(run));
  }
  /// run() on all paths that the hypotheses so far allow: visit(condition, result).
  template <class Run, class Visit>
  std::size_t paths(Run&& run, Visit&& visit) const {
    return for_each_path(*context_, formulas(), std::forward<Run>(run), std::forward<Visit>(visit));
  }

  /// What is written to a file. Throws std::logic_error where a denominator or a factor lacks its sign.
  [[nodiscard]] Question question() const;
  /// The hinted form: linear arithmetic over the monomials of the hints and the goal.
  [[nodiscard]] Question hinted() const;
  [[nodiscard]] bool has_hints() const { return !hints_.empty(); }
  /// What is expected without each of the hypotheses. Throws std::logic_error for a declaration that names none.
  [[nodiscard]] std::vector<Omission> omissions() const;
  /// Each goal as a combination of the hints. None if there are no hints, unless all goals are equalities, which may
  /// need none, or where a goal is no comparison.
  [[nodiscard]] std::vector<Combination> combinations() const;

 private:
  struct Hypothesis {
    std::string name;
    Formula formula;
    std::string comment;
  };
  struct Hint {
    std::vector<std::string> hypotheses;
    Term factor;
    std::vector<Term> squared;
  };

  [[nodiscard]] std::vector<Formula> formulas() const;
  /// Those that the hypotheses state, all but the one of this name.
  [[nodiscard]] Signs signs(const std::string& omitted = "") const;
  [[nodiscard]] Formula named(const std::string& name) const;
  [[nodiscard]] bool is_defined_without(const std::string& hypothesis) const;
  [[nodiscard]] Product multiplied(const Hint& hint, const Signs& signs) const;

  /// One for a thread: z3 takes longer to make and to delete a context than most statements take.
  [[nodiscard]] static z3::context& context() {
    thread_local z3::context one;
    return one;
  }

  z3::context* context_;
  std::vector<Variable> variables_;
  std::vector<Hypothesis> hypotheses_;
  std::vector<Formula> goals_;
  std::vector<Hint> hints_;
  std::set<std::string> redundant_;
};

/// Fills in the questions of an obligation. Without hints there is no hinted form.
void state(Obligation& obligation, const Statement& statement);
void add_twin(Obligation& obligation, const std::string& name, const std::string& change,
              const Statement& statement);

}  // namespace touchstone::inline v0::proofs
