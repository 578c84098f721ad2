// The reader of a harness's answers on arbitrary bytes: it reads them or says in one line why not. Built by -DTOUCHSTONE_BUILD_FUZZERS=ON
// with clang++; `fuzz_harness_reader fuzz/corpus_harness`.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "verify/oracle/catalog/spec_error.hpp"
#include "verify/oracle/conform/answer.hpp"
#include "verify/oracle/conform/expectations.hpp"
#include "verify/oracle/conform/subject.hpp"

namespace {

using namespace touchstone;                       // NOLINT(google-build-using-namespace): the fuzzer is their user
using namespace touchstone::oracle::conformance;  // NOLINT(google-build-using-namespace)

void require_one_line(const std::string& complaint) {
  if (complaint.empty() || complaint.find('\n') != std::string::npos) std::abort();
}

template <class Read>
void require_answer_or_complaint(const Read& read) {
  try {
    read();
  } catch (const harness_failure& error) {
    require_one_line(error.what());
  } catch (const oracle::spec_error& error) {
    require_one_line(error.what());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static AnswerReader reader;
  const std::string text(reinterpret_cast<const char*>(data), size);  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
  require_answer_or_complaint([&] { (void)reader.read(text, 1); });
  require_answer_or_complaint([&] {
    const oracle::Json answer = oracle::Json::parse(text, nullptr, false);
    if (answer.is_object()) (void)subjects_of(answer);
  });
  require_answer_or_complaint([&] { (void)Expectations("expected", text); });
  return 0;
}
