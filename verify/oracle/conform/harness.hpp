#pragma once
/// \file
/// An implementation behind its harness: the calls of README.md as functions.

#include <functional>
#include <memory>

#include "verify/oracle/conform/answer.hpp"
#include "verify/oracle/conform/child.hpp"
#include "verify/oracle/conform/subject.hpp"

namespace touchstone::inline v0::oracle::conformance {

/// How much may be asked.
struct Budget {
  Index calls = 200'000;                    ///< of compress, average, feed and step, for one subject
  std::chrono::milliseconds time{600'000};  ///< for all subjects
};

/// Where a call's choices come from.
struct Source {
  std::uint64_t seed = 0;
  Index count = 1;  ///< calls with one generator
  bool log = false;
  std::optional<std::vector<Indices>> tape{};
  std::optional<std::pair<Index, Index>> worker{};  ///< which, of how many
  bool probe = false;
};

/// The members of a request that say so, as JSON text: `,"seed":7,"count":2`.
[[nodiscard]] std::string source_text(const Source& source);

/// A vector as the protocol has it.
[[nodiscard]] std::string vector_text(const Vector<double>& x);
[[nodiscard]] std::string vectors_text(const std::vector<Vector<double>>& vectors);
[[nodiscard]] std::string parameters_text(const ParameterValues& values);

/// The implementation has no such call.
struct unsupported_call : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The implementation does not accept these arguments. Its message.
struct refused_call : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Harness {
 public:
  /// Starts the command and makes the call `start`. Throws command_error, harness_failure, spec_error.
  Harness(const std::vector<std::string>& command, ChildLimits limits);

  [[nodiscard]] const std::string& implementation() const { return implementation_; }
  [[nodiscard]] const std::vector<Subject>& subjects() const { return subjects_; }

  /// Makes a request of these members and hands every answer to `visit`, in order, until all `count` have come. Throws
  /// harness_failure; unsupported_call and refused_call where the first answer says so.
  void request(const char* call, std::string_view members, Index count,
               const std::function<void(const Answer&)>& visit);
  /// Of one answer; valid until the next request.
  const Answer& request(const char* call, std::string_view members);
  /// Of an answer of free form: describe.
  [[nodiscard]] Json ask(const char* call, std::string_view members);

  /// Calls made so far, each answer one.
  [[nodiscard]] Index calls() const { return calls_; }

  /// Kills it and starts it anew: after a failure. Throws as the constructor.
  void restart();

  /// Ends the implementation in order. Throws harness_failure where it has more to say.
  void stop();

 private:
  std::string_view next_line(std::string_view call, std::string_view members);

  Json start();

  std::vector<std::string> command_;
  ChildLimits limits_;
  std::unique_ptr<Child> child_;
  AnswerReader reader_;
  std::string implementation_;
  std::vector<Subject> subjects_;
  std::string line_;
  Index id_ = -1;
  Index calls_ = 0;
};

}  // namespace touchstone::inline v0::oracle::conformance
