#include "verify/oracle/conform/expectations.hpp"

#include <sstream>

#include <fmt/format.h>

#include "verify/io/glob.hpp"
#include "verify/oracle/catalog/spec_error.hpp"

namespace touchstone::inline v0::oracle::conformance {

Expectations::Expectations(const std::string& name, const std::string& text) {
  std::istringstream lines(text);
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    std::istringstream words(line);
    std::string kind;
    Expectation one{};
    if (!(words >> kind) || kind.starts_with("#")) continue;
    const auto refuse = [&](const std::string& found, const char* expected) {
      throw spec_error(fmt::format("{}:{}: found {}, expected {}", name, number, found, expected));
    };
    if (kind != "skip" && kind != "xfail") refuse("'" + kind + "'", "skip or xfail");
    one.kind = kind == "skip" ? Expectation::Kind::skip : Expectation::Kind::xfail;
    if (!(words >> one.pattern) || one.pattern.find('/') == std::string::npos)
      refuse("'" + one.pattern + "'", "SUBJECT/CONTRACT, such as rand-k/edges or 'top-k/*'");
    std::getline(words >> std::ws, one.reason);
    if (one.reason.empty()) refuse("no reason", "a reason at the end of the line");
    all_.push_back(one);
  }
}

const Expectation* Expectations::find(const std::string& subject, const std::string& contract) const {
  const std::string id = subject + "/" + contract;
  for (const Expectation& one : all_)
    if (matches(one.pattern, id)) return &one;
  return nullptr;
}

void apply(const Expectation& expected, ContractResult& result) {
  if (expected.kind != Expectation::Kind::xfail) return;
  if (result.verdict == Verdict::fails) {
    result.verdict = Verdict::xfail;
    result.detail += fmt::format(" (expected: {})", expected.reason);
  } else if (result.verdict == Verdict::holds || result.verdict == Verdict::acceptable) {
    result.verdict = Verdict::xpass;
    result.detail = fmt::format("it holds, but was to fail: {}", expected.reason);
  }
}

}  // namespace touchstone::inline v0::oracle::conformance
