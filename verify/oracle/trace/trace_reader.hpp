#pragma once
/// \file
/// A trace file, iteration by iteration.

#include <optional>
#include <string>
#include <vector>

#include "verify/oracle/trace/iteration_parser.hpp"
#include "verify/oracle/trace/line_source.hpp"
#include "verify/oracle/trace/trace.hpp"

namespace touchstone::inline v0::oracle {

class TraceReader {
 public:
  /// Reads the header. Throws input_error "FILE:1: found ..., expected ...".
  explicit TraceReader(const std::string& path);

  [[nodiscard]] const TraceHeader& header() const { return header_; }

  /// What the method's state looks like; before the first call of next.
  void expect(std::vector<ExpectedPart> parts, Index workers);

  /// The next iteration; none at the end of the file. Throws input_error "FILE:LINE: ..." for a line that is no iteration or
  /// not the one after the line before.
  [[nodiscard]] std::optional<TraceLine> next();

  /// Throws input_error "FILE:LINE: what" about the line read last.
  [[noreturn]] void refuse(const std::string& what) const { source_.refuse(what); }

 private:
  LineSource source_;
  TraceHeader header_;
  std::optional<IterationParser> parser_;
  std::optional<Index> last_;
};

}  // namespace touchstone::inline v0::oracle
