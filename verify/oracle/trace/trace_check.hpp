#pragma once
/// \file
/// The oracle's verdict on a trace.

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "verify/oracle/trace/explanation.hpp"
#include "verify/oracle/trace/trace_reader.hpp"

namespace touchstone::inline v0::oracle {

/// A departure, and the iteration in which it was made.
struct PlacedDeparture {
  Index k = 0;
  std::size_t line = 0;  ///< of the file, where the step begins
  Departure departure{};
};

struct TraceReport {
  Index first_k = 0;
  Index steps = 0, passed = 0, failed = 0, undecided = 0;
  std::optional<PlacedDeparture> first_wrong{};
  std::vector<Explanation>
      mistakes{};  ///< that explain the steps looked at; names that are not told apart stand together
  std::optional<PlacedDeparture> closest{};  ///< the largest error of a step that passes
  std::string first_reason{};                ///< why the first undecided step is
  std::set<std::string> acceptable{};        ///< flags of the freedoms that were used
  Index not_of_format = 0;                   ///< numbers that the declared format does not hold
  std::string choices{};                     ///< where they came from
  bool messages = false;                     ///< whether there were any to compare
  std::optional<double> drift{};  ///< largest |x - exact x| over the run, from the same start with the same choices
  Index drift_at = 0;
  Index drift_until = 0;  ///< the last k of the exact trajectory

  [[nodiscard]] bool holds() const { return passed == steps && !first_wrong; }
};

/// Judges every step, reading on until the end of the trace or for `limit` steps. `on_line` is told every iteration before it is judged. Throws
/// input_error as TraceReader does, spec_error and precondition_error where the method cannot be made.
[[nodiscard]] TraceReport check_trace(TraceReader& reader,
                                      const std::function<void(const TraceLine&)>& on_line = {},
                                      std::optional<Index> limit = {});

}  // namespace touchstone::inline v0::oracle
