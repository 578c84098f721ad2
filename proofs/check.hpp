#pragma once
/// \file
/// Whether an obligation holds, asked of both solvers, on the files that write_obligation() writes.

#include <filesystem>
#include <string>
#include <vector>

#include "proofs/obligation.hpp"
#include "proofs/solver.hpp"

namespace touchstone::inline v0::proofs {

struct SolverVerdict {
  Answer answer = Answer::died;
  std::string form;    ///< which file was decided: "raw" or "hinted"; the last one tried where none was
  std::string words;   ///< the solver's, one line
  double seconds = 0;  ///< wall clock, over all forms tried
};

struct TwinVerdict {
  std::string name;
  std::string change;  ///< what is different from the obligation
  Answer answer = Answer::died;
  std::string counterexample;  ///< z3's model, "name = value, ..."; empty unless sat
  std::string words;
};

struct OmissionVerdict {
  Omission omission;
  Answer answer = Answer::died;
  std::string witness;  ///< where the goal fails without the hypothesis, "name = value, ..."; empty unless sat
  std::string words;

  [[nodiscard]] bool as_declared() const {
    return answer == (omission.declared == Need::needed ? Answer::sat : Answer::unsat);
  }
};

/// The multipliers of a combination: found by z3, checked without it.
struct CertificateVerdict {
  std::string refusal = "not checked";  ///< why they prove nothing; empty if they prove the goal
  std::vector<Rational> multipliers{};  ///< empty where none were found
  std::vector<std::string> formula{};   ///< the proof as on paper, line by line; empty for 0 = 0
  bool tampering_was_refused = true;    ///< with any one multiplier changed they prove nothing
  [[nodiscard]] bool proves() const { return refusal.empty(); }
};

struct ObligationResult {
  std::string id;
  std::string claim;
  SolverVerdict z3;
  SolverVerdict cvc5;                ///< not deciding is reported, and no failure
  Answer hypotheses = Answer::died;  ///< z3 on the hypotheses alone
  std::string model;                 ///< values that satisfy them, "name = value, ..."
  std::string hypotheses_words;
  std::vector<TwinVerdict> twins;
  std::vector<OmissionVerdict> omissions;
  std::vector<CertificateVerdict> certificates;  ///< one for each goal; none where the goals have no such form
  double z3_seconds = 0;                         ///< wall clock over all questions but the multipliers
  double cvc5_seconds = 0;                       ///< wall clock over all questions
  double certificate_seconds = 0;                ///< finding the multipliers and checking them

  /// z3 refuted the negated goal, cvc5 did not contradict it, the hypotheses have a model, every twin has one, there
  /// is at least one twin, every hypothesis is needed or redundant as declared, and every certificate was accepted.
  [[nodiscard]] bool holds() const { return failure().empty(); }
  /// Twins with a counterexample.
  [[nodiscard]] std::size_t twins_refuted() const;
  /// Every goal has a certificate that was accepted.
  [[nodiscard]] bool certified() const;
  /// Empty where it holds; otherwise one line: what was expected, what came, in the solver's words.
  [[nodiscard]] std::string failure() const;
  /// The same without the certificates, and of the certificates alone.
  [[nodiscard]] std::string solver_failure() const;
  [[nodiscard]] std::string certificate_failure() const;
};

/// Writes the files below `directory` and asks the solvers. Safe on several threads if their obligations differ.
/// Throws what write_obligation throws.
[[nodiscard]] ObligationResult check_obligation(const Obligation& obligation,
                                                const std::filesystem::path& directory,
                                                const SolverLimits& limits = {});

/// The same in a directory of its own, which is removed. Safe on any number of threads.
[[nodiscard]] ObligationResult check_obligation(const Obligation& obligation, const SolverLimits& limits = {});

}  // namespace touchstone::inline v0::proofs
