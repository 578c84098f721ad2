#include "verify/oracle/conform/judge.hpp"

#include <fmt/format.h>

#include "verify/io/glob.hpp"
#include "verify/oracle/catalog/spec_error.hpp"

namespace touchstone::inline v0::oracle::conformance {

const char* name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds:
      return "holds";
    case Verdict::acceptable:
      return "acceptable";
    case Verdict::skip:
      return "skip";
    case Verdict::undecided:
      return "undecided";
    case Verdict::fails:
      return "fails";
    case Verdict::xfail:
      return "xfail";
    case Verdict::xpass:
      return "xpass";
  }
  throw std::logic_error("a verdict without a name");
}

Judge::Judge(Harness& harness, const Subject& subject, const JudgeOptions& options, ErrorLedger& ledger,
             std::chrono::steady_clock::time_point deadline)
    : harness_(harness),
      subject_(subject),
      options_(options),
      ledger_(ledger),
      deadline_(deadline),
      way_(options.way.value_or(subject.ways.front())),
      calls_before_(harness.calls()) {
  result_.subject = subject.name;
}

SubjectResult Judge::take_result() {
  result_.calls = harness_.calls() - calls_before_;
  return std::move(result_);
}

void Judge::contract(const std::string& name, std::optional<Way> way, const std::function<std::string()>& check) {
  if (!selected_by(options_.contracts, name)) return;
  constexpr std::uint64_t prime = 0x100000001b3ULL;
  seeds_ =
      0xcbf29ce484222325ULL;  // Fowler-Noll-Vo, so that a contract judged alone has the seeds it has among others
  for (const char c : subject_.name + "/" + name) seeds_ = (seeds_ ^ static_cast<unsigned char>(c)) * prime;
  result_.contracts.push_back({name, Verdict::holds, way, "", nullptr});
  ContractResult& result = result_.contracts.back();
  const Expectation* expected = options_.expectations.find(subject_.name, name);
  if (expected != nullptr && expected->kind == Expectation::Kind::skip) {
    result.verdict = Verdict::skip;
    result.detail = "skipped: " + expected->reason;
    if (options_.finished) options_.finished(subject_.name, result);
    return;
  }
  std::optional<std::string> failure;
  try {
    judge_one(result, check);
  } catch (const harness_failure& error) {
    failure = error.what();
    result = {name, Verdict::fails, way, fmt::format("the harness: {}", error.what()), Json::object()};
  }
  if (expected != nullptr) apply(*expected, result);
  if (options_.finished) options_.finished(subject_.name, result);
  if (!failure) return;
  constexpr int patience = 5;
  if (++harness_failures_ == patience)
    throw harness_failure(fmt::format("it failed {} times; the last: {}", patience, *failure));
  harness_.restart();
}

void Judge::judge_one(ContractResult& result, const std::function<std::string()>& check) {
  const auto becomes = [&](Verdict verdict, const std::string& detail, const Json& witness) {
    result.verdict = verdict;
    result.detail = detail;
    result.witness = witness;
  };
  try {
    require_budget();
    const std::string detail = check();
    if (result.verdict == Verdict::holds) result.detail = detail;
  } catch (const broken_contract& broken) {
    becomes(Verdict::fails, broken.detail, broken.witness);
  } catch (const not_judged& other) {
    becomes(other.verdict, other.why, nullptr);
  } catch (const unsupported_call& call) {
    becomes(Verdict::skip, fmt::format("not supported: {}", call.what()), nullptr);
  } catch (const refused_call& call) {
    becomes(Verdict::fails, fmt::format("refused: {}", call.what()), Json::object());
  } catch (const spec_error& error) {
    becomes(Verdict::fails, error.what(), Json::object());
  } catch (const precondition_error& error) {
    becomes(Verdict::undecided, fmt::format("the reference refuses: {}", error.what()), nullptr);
  }
}

void Judge::accept(const std::string& detail) {
  result_.contracts.back().verdict = Verdict::acceptable;
  result_.contracts.back().detail = detail;
}

std::string Judge::about(const ParameterValues& values) const {
  std::string text = fmt::format(",\"subject\":{}", Json(subject_.name).dump());
  if (!values.empty()) text += ",\"parameters\":" + parameters_text(values);
  return text;
}

std::uint64_t Judge::next_seed() {
  constexpr std::uint64_t spread = 0x9e3779b97f4a7c15ULL;
  return (options_.seed * spread + ++seeds_ * 0xd1342543de82ef95ULL) >> 12;  // 52 bits: exact in every language
}

Index Judge::left() const {
  return options_.budget.calls - (harness_.calls() - calls_before_);
}

void Judge::require_budget() const {
  if (left() <= 0) throw not_judged{"the budget of calls is used up", Verdict::undecided};
  if (std::chrono::steady_clock::now() > deadline_) throw not_judged{"the time is over", Verdict::undecided};
}

Declared declared_by(Harness& harness, const std::string& about, const std::string& more) {
  Declared declared;
  Json answer;
  try {
    answer = harness.ask("describe", about + more);
  } catch (const unsupported_call&) {
    return declared;
  }
  const auto take = [&](const char* name, std::optional<Json>& into) {
    if (answer.contains(name) && !answer[name].is_null()) into = answer[name];
  };
  take("omega", declared.omega);
  take("delta", declared.delta);
  take("bits", declared.bits);
  take("alpha", declared.alpha);
  take("stepsize", declared.stepsize);
  return declared;
}

Json numbers_json(const Vector<double>& x) {
  constexpr Index shown = 12;
  Json list = Json::array();
  for (Index i = 0; i < std::min(shown, x.size()); ++i) list.push_back(to_json(x[i]));
  if (x.size() > shown) list.push_back(fmt::format("... {} numbers in all", x.size()));
  return list;
}

}  // namespace touchstone::inline v0::oracle::conformance
