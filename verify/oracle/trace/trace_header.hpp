#pragma once
/// \file
/// The first line of a trace.

#include <string>
#include <string_view>

#include "verify/oracle/trace/trace.hpp"

namespace touchstone::inline v0::oracle {

/// Data files are looked for beside `folder`. Throws spec_error "PLACE: found ..., expected ..." where the line is no header,
/// input_error and precondition_error as problem_of does.
[[nodiscard]] TraceHeader parse_trace_header(std::string_view line, const std::string& folder);

}  // namespace touchstone::inline v0::oracle
