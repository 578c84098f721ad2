#pragma once
/// \file
/// A proof obligation: hypotheses => goal, for all real values of its variables, as plain text for any SMT solver.
///
/// An obligation is a value: it holds no solver, no context and no pointer, so it may be copied and checked on any
/// thread. Its formulas were made by running the reference's own functions on solver terms (proofs/statement.hpp).
///
/// Files of an obligation, all below the folder that its id names:
///
///     ID.smt2               hypotheses and the negated goal, denominators multiplied out        EXPECT: unsat
///     ID.hinted.smt2        products of hypotheses only, every monomial a variable of its own:
///                           linear arithmetic, which every solver decides                       EXPECT: unsat
///     ID.model.smt2         the hypotheses alone: they do not contradict each other             EXPECT: sat
///     ID.twin-NAME.smt2     a near miss: the obligation with something made too good            EXPECT: sat
///     ID.without-NAME.smt2  the obligation without the hypothesis NAME: is it needed?           EXPECT: sat if so
///     ID.certificate.smt2   multipliers with which the products of hypotheses add up to the
///                           goal, one equation a monomial; certificate-1, ... of several goals  EXPECT: sat

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "proofs/combination.hpp"

namespace touchstone::inline v0::proofs {

/// What a solver said. `died` covers everything that is no answer at all: no such program, killed, crashed, garbage.
enum class Answer { unsat, sat, unknown, died };

[[nodiscard]] std::string to_string(Answer answer);

struct Variable {
  std::string name;
  std::string meaning;
};

/// A named assertion. `smt` is an SMT-LIB term of sort Bool.
struct Assertion {
  std::string name;
  std::string comment;  ///< one line: where it comes from
  std::string smt;
};

/// One question to a solver: can all assertions hold together? `logic` is QF_NRA or QF_LRA.
struct Question {
  std::string logic;
  std::vector<Variable> variables;
  std::vector<Assertion> hypotheses;
  std::vector<Assertion> negated_goal;  ///< empty, or the one assertion that the goal fails
};

/// A near miss that must be satisfiable: it shows that the obligation says no more than it should, and not nothing.
struct Twin {
  std::string name;
  std::string change;  ///< what is different, in words
  Question question;
};

/// Whether a hypothesis is needed: without it, the goal fails somewhere.
enum class Need { needed, redundant };

[[nodiscard]] std::string to_string(Need need);

/// The obligation without one of its hypotheses. Denominators were multiplied out under all of them, so that the
/// question has the same formulas.
struct Omission {
  std::string hypothesis;
  Need declared = Need::needed;
  bool divides = false;  ///< without it a denominator might be zero, and the theorem would not be one
};

struct Obligation {
  std::string id;                    ///< AREA/SUBJECT/NAME, unique
  std::string claim;                 ///< the claim it is evidence for; its own id unless several make up a claim
  std::string title;                 ///< one line
  std::string source;                ///< where the theory states it
  std::string generated_from;        ///< the reference headers whose functions produced the formulas
  std::vector<std::string> formula;  ///< the statement in formulas, line by line
  Question question{};
  std::optional<Question> hinted{};
  std::vector<Twin> twins{};
  std::vector<Omission> omissions{};        ///< one for each hypothesis of the question, in their order
  std::vector<Combination> combinations{};  ///< one for each goal; none where the goals are not of that form
};

/// A file of an obligation, relative to the folder it is written to.
struct ObligationFile {
  std::string name;
  std::string text;
  Answer expected;
};

/// All files of an obligation: raw, hinted (where there is one), model, twins, omissions, combinations (but those that
/// are nothing to look for). The same bytes every time.
[[nodiscard]] std::vector<ObligationFile> files(const Obligation& obligation);

/// Every obligation of the project, in the order of their ids. Each call builds them anew; safe on any thread.
/// Throws std::logic_error where an obligation is malformed: a denominator that is not positive by its hypotheses, a
/// hint that names no hypothesis, an unbounded path exploration.
[[nodiscard]] std::vector<Obligation> obligations();

/// Writes the files of an obligation below `directory`, for the solvers to read. Returns the paths, in the order of
/// files(obligation). Throws std::filesystem::filesystem_error or std::runtime_error, naming the file, where one
/// cannot be written.
std::vector<std::filesystem::path> write_obligation(const Obligation& obligation,
                                                    const std::filesystem::path& directory);

}  // namespace touchstone::inline v0::proofs
