// The reader of traces on arbitrary bytes: it reads them or says in one line why not. Built by -DTOUCHSTONE_BUILD_FUZZERS=ON with
// clang++; `fuzz_trace_reader fuzz/corpus_trace`.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "verify/io/errors.hpp"
#include "verify/oracle/catalog/spec_error.hpp"
#include "verify/oracle/trace/iteration_parser.hpp"
#include "verify/oracle/trace/line_source.hpp"
#include "verify/oracle/trace/trace_header.hpp"

namespace {

using namespace touchstone;          // NOLINT(google-build-using-namespace): the fuzzer is their user
using namespace touchstone::oracle;  // NOLINT(google-build-using-namespace)

void require_one_line(const std::string& complaint) {
  if (complaint.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static IterationParser parser({{{"x", true, false}, 1, 2}, {{"h", false, false}, 2, 2}, {{"m", true, true}, 1, 2}}, 2);
  std::string text(reinterpret_cast<const char*>(data), size);  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
  try {
    if (text.find("\"format\"") != std::string::npos) (void)parse_trace_header(text, "/nowhere");
    text.append(LineSource::padding, ' ');
    (void)parser.parse(std::string_view(text).substr(0, size));
  } catch (const spec_error& error) {
    require_one_line(error.what());
  } catch (const input_error& error) {
    require_one_line(error.what());
  } catch (const precondition_error& error) {
    require_one_line(error.what());
  }
  return 0;
}
