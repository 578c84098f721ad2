#include "verify/oracle/trace/trace_reader.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "verify/oracle/catalog/spec_error.hpp"
#include "verify/oracle/trace/trace_header.hpp"

namespace touchstone::inline v0::oracle {

namespace {

TraceHeader read_header(LineSource& source) {
  std::string_view line;
  if (!source.next(line)) source.refuse("found the end of the file, expected a header");
  try {
    return parse_trace_header(line, std::filesystem::path(source.path()).parent_path().string());
  } catch (const spec_error& error) {
    source.refuse(error.what());
  } catch (const precondition_error& error) {
    source.refuse(std::string("problem: ") + error.what());
  }
}

}  // namespace

TraceReader::TraceReader(const std::string& path) : source_(path), header_(read_header(source_)) {}

void TraceReader::expect(std::vector<ExpectedPart> parts, Index workers) {
  parser_.emplace(std::move(parts), workers);
}

std::optional<TraceLine> TraceReader::next() {
  std::string_view line;
  if (!source_.next(line)) return std::nullopt;
  try {
    TraceLine iteration = parser_->parse(line);
    if (last_ && iteration.k != *last_ + 1)
      throw spec_error(fmt::format("k: found {}, expected {}", iteration.k, *last_ + 1));
    last_ = iteration.k;
    iteration.number = source_.number();
    return iteration;
  } catch (const spec_error& error) {
    source_.refuse(error.what());
  }
}

}  // namespace touchstone::inline v0::oracle
