#pragma once
/// \file
/// An answer of a harness, read. The fields are those of README.md.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "touchstone/numbers/rational.hpp"
#include "touchstone/randomness/transcript.hpp"
#include "verify/oracle/catalog/named_state.hpp"
#include "verify/oracle/conform/harness_failure.hpp"

namespace touchstone::inline v0::oracle::conformance {

/// What an implementation asks of its source of randomness.
struct Question {
  ChoiceKind kind = ChoiceKind::choose;
  Index n = 0;  ///< 2 for bernoulli
  Index k = 1;
  std::vector<Rational>
      weights;  ///< of pick; 1 - p and p of bernoulli; empty where not told, and for uniform choices
  Index worker = Place::server;
};

/// A question with its answer.
struct LoggedChoice {
  Question question;
  Indices answer;
};

struct Answer {
  Index id = -1;
  std::optional<std::string> unsupported;
  std::optional<std::string> refused;
  std::optional<Question> ask;
  std::optional<std::vector<LoggedChoice>> choices;
  std::optional<Vector<double>> y, x_after, y_after;
  std::optional<std::vector<Vector<double>>> ys, sent, memory, messages;
  std::optional<NamedState<double>> state;
  std::optional<Rational> bits;
  std::optional<std::string> generator_before, generator_after;
};

/// Reads answers. Keeps its memory from one to the next.
class AnswerReader {
 public:
  AnswerReader();
  ~AnswerReader();
  AnswerReader(const AnswerReader&) = delete;
  AnswerReader& operator=(const AnswerReader&) = delete;

  /// The line as an answer to request `id`. Throws harness_failure, with the beginning of the line quoted, where it is not JSON,
  /// answers another request, or a member is not of its type.
  [[nodiscard]] const Answer& read(std::string_view line, Index id);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  Answer answer_;
};

/// The beginning of a line, for messages: printable, at most 120 characters.
[[nodiscard]] std::string quoted(std::string_view line);

}  // namespace touchstone::inline v0::oracle::conformance
