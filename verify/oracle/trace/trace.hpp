#pragma once
/// \file
/// A trace: what an outside implementation says about a run. verify/oracle/trace/README.md has the format.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "touchstone/randomness/transcript.hpp"
#include "verify/oracle/catalog/method_spec.hpp"
#include "verify/oracle/catalog/named_state.hpp"
#include "verify/oracle/catalog/problem_spec.hpp"
#include "verify/oracle/trace/rounding.hpp"

namespace touchstone::inline v0::oracle {

/// What an implementation keeps in its error memory: gamma e, as the reference does, or e.
enum class ErrorMemoryScale { scaled, unscaled };

struct TraceHeader {
  std::string implementation;
  NumberFormat format;
  ProblemSpec problem;
  MethodSpec method;
  std::optional<std::uint64_t> seed;  ///< of the counter-based streams, where choices are not logged
  ErrorMemoryScale memory = ErrorMemoryScale::scaled;
};

/// n and k as in Choice, where they were logged.
struct LoggedChoice {
  Index worker;  ///< Place::server or a worker
  ChoiceKind kind;
  std::optional<Index> n, k;
  Indices answer;
};

/// Iteration k: the state before it, and what was done in it.
struct TraceLine {
  std::size_t number = 0;  ///< of the line in the file, from 1
  Index k = 0;
  NamedState<double> state;  ///< in the order of the method's parts; derived ones that were left out are missing
  std::optional<std::vector<LoggedChoice>> choices;
  std::optional<std::vector<Vector<double>>> messages;  ///< one for each worker
};

/// What a part of the state must look like.
struct ExpectedPart {
  PartShape shape;
  std::size_t count;  ///< vectors
  Index length;       ///< of each
};

}  // namespace touchstone::inline v0::oracle
