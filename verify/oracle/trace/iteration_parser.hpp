#pragma once
/// \file
/// The lines of a trace behind the first.

#include <memory>
#include <string_view>
#include <vector>

#include "verify/oracle/trace/trace.hpp"

namespace touchstone::inline v0::oracle {

class IterationParser {
 public:
  /// `workers` is the problem's, which the messages must have.
  IterationParser(std::vector<ExpectedPart> parts, Index workers);
  ~IterationParser();
  IterationParser(const IterationParser&) = delete;
  IterationParser& operator=(const IterationParser&) = delete;

  /// LineSource::padding bytes behind the line may be read. Throws spec_error "PLACE: found ..., expected ..." for what is no
  /// iteration. NaN and infinity, bare or as strings, are numbers.
  [[nodiscard]] TraceLine parse(std::string_view line);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace touchstone::inline v0::oracle
