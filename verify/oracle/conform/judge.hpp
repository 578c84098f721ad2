#pragma once
/// \file
/// What the judges of all kinds of subjects share: the harness, the budget, the results.

#include <functional>

#include "verify/oracle/conform/anytime_tests.hpp"
#include "verify/oracle/conform/expectations.hpp"
#include "verify/oracle/conform/harness.hpp"
#include "verify/oracle/conform/verdict.hpp"

namespace touchstone::inline v0::oracle::conformance {

struct JudgeOptions {
  Budget budget;
  std::uint64_t seed = 1;                ///< of the seeds that implementations are given
  std::optional<Way> way;                ///< only this one; the strongest that the subject supports without it
  Expectations expectations{};           ///< of the implementation's owner
  std::vector<std::string> contracts{};  ///< only those that match one of these globs; all without any
  std::function<void(const std::string& subject, const ContractResult& result)> finished{};  ///< told at once
};

/// A contract does not hold. `detail` is a line; the witness an object.
struct broken_contract {
  std::string detail;
  Json witness;
};

/// A contract cannot be judged here.
struct not_judged {
  std::string why;
  Verdict verdict = Verdict::skip;
};

/// Not before enough calls are made, the time is over, or it is broken.
class Judge {
 public:
  Judge(Harness& harness, const Subject& subject, const JudgeOptions& options, ErrorLedger& ledger,
        std::chrono::steady_clock::time_point deadline);

  [[nodiscard]] SubjectResult take_result();

 protected:
  /// Judges one contract: `check` returns the detail of a contract that holds, throws broken_contract or not_judged, or
  /// unsupported_call, refused_call, harness_failure. After the last the harness is started anew; the fifth time it is given up.
  void contract(const std::string& name, std::optional<Way> way, const std::function<std::string()>& check);
  /// What becomes of a contract that is wanted.
  void judge_one(ContractResult& result, const std::function<std::string()>& check);
  void accept(const std::string& detail);  ///< the result of the contract just judged is `acceptable`

  /// The members of a request about the subject.
  [[nodiscard]] std::string about(const ParameterValues& values) const;
  /// A new seed, a function of the options' seed, the contract and how many it has had.
  [[nodiscard]] std::uint64_t next_seed();
  /// Calls that are left.
  [[nodiscard]] Index left() const;
  /// Throws not_judged where no time or no call is left.
  void require_budget() const;
  [[nodiscard]] Way way() const { return way_; }

  Harness& harness_;
  const Subject& subject_;
  const JudgeOptions& options_;
  ErrorLedger& ledger_;

 private:
  std::chrono::steady_clock::time_point deadline_;
  Way way_;
  SubjectResult result_;
  Index calls_before_;
  std::uint64_t seeds_ = 0;
  int harness_failures_ = 0;
};

/// What an implementation declares (README.md, describe), where it does.
struct Declared {
  std::optional<Json> omega, delta, bits, alpha, stepsize;
};
[[nodiscard]] Declared declared_by(Harness& harness, const std::string& about, const std::string& more);

/// "1, 0.5, ..." for messages.
[[nodiscard]] Json numbers_json(const Vector<double>& x);

[[nodiscard]] SubjectResult judge_compressor(Harness& harness, const Subject& subject, const JudgeOptions& options,
                                             ErrorLedger& ledger, std::chrono::steady_clock::time_point deadline);
[[nodiscard]] SubjectResult judge_average(Harness& harness, const Subject& subject, const JudgeOptions& options,
                                          ErrorLedger& ledger, std::chrono::steady_clock::time_point deadline);
[[nodiscard]] SubjectResult judge_error_feedback(Harness& harness, const Subject& subject,
                                                 const JudgeOptions& options, ErrorLedger& ledger,
                                                 std::chrono::steady_clock::time_point deadline);
[[nodiscard]] SubjectResult judge_method(Harness& harness, const Subject& subject, const JudgeOptions& options,
                                         ErrorLedger& ledger, std::chrono::steady_clock::time_point deadline);

}  // namespace touchstone::inline v0::oracle::conformance
