#include "verify/oracle/conform/judge.hpp"

#include <fmt/format.h>

#include "verify/oracle/catalog/spec_error.hpp"

namespace touchstone::inline v0::oracle {

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
  ContractResult result{name, Verdict::holds, way, "", nullptr};
  result_.contracts.push_back(result);
  const std::size_t at = result_.contracts.size() - 1;
  try {
    require_budget();
    const std::string detail = check();
    if (result_.contracts[at].verdict == Verdict::holds) result_.contracts[at].detail = detail;
    return;
  } catch (const broken_contract& broken) {
    result = {name, Verdict::fails, way, broken.detail, broken.witness};
  } catch (const not_judged& other) {
    result = {name, other.verdict, way, other.why, nullptr};
  } catch (const unsupported_call& call) {
    result = {name, Verdict::skip, way, fmt::format("not supported: {}", call.what()), nullptr};
  } catch (const refused_call& call) {
    result = {name, Verdict::fails, way, fmt::format("refused: {}", call.what()), Json::object()};
  } catch (const spec_error& error) {
    result = {name, Verdict::fails, way, error.what(), Json::object()};
  }
  result_.contracts[at] = result;
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

}  // namespace touchstone::inline v0::oracle
