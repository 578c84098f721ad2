#include "verify/oracle/conform/compressor_judge.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace touchstone::inline v0::oracle::conformance {

SubjectResult judge_compressor(Harness& harness, const Subject& subject, const JudgeOptions& options,
                               ErrorLedger& ledger, std::chrono::steady_clock::time_point deadline) {
  CompressorJudge judge(harness, subject, options, ledger, deadline);
  judge.judge();
  return judge.take_result();
}

void CompressorJudge::judge() {
  const std::optional<Way> by = way();
  const std::optional<Way> seeds = Way::black_box;
  contract("support", std::nullopt, [this] { return support(); });
  contract("sparsity", std::nullopt, [this] { return sparsity(); });
  contract("zero", std::nullopt, [this] { return zero(); });
  contract("edges", std::nullopt, [this] { return edges(); });
  contract("purity", std::nullopt, [this] { return purity(); });
  contract("degenerate", std::nullopt, [this] { return degenerate(); });
  contract("index-width", std::nullopt, [this] { return index_width(); });
  contract("lists", std::nullopt, [this] { return lists(); });
  contract("projection", std::nullopt, [this] { return projection(); });
  contract("counting", std::nullopt, [this] { return counting(); });
  contract("constants", std::nullopt, [this] { return constants(); });
  contract("law", by, [this] { return law(); });
  contract("parameters", by, [this] { return parameters(); });
  contract("equivariance", by, [this] { return equivariance(); });
  contract("unbiased", by, [this] { return unbiased(); });
  contract("omega", by, [this] { return omega(); });
  contract("delta", by, [this] { return delta(); });
  contract("first-call", seeds, [this] { return first_call(); });
  contract("independence", seeds, [this] { return workers(); });
}

Setting CompressorJudge::setting(const ParameterValues& values, Index d) const {
  std::string reference = subject_.reference_of(values, d);
  Setting at{
      values,       d, reference, std::nullopt, std::nullopt, RoundingAllowance(reference, subject_.dtype, d),
      about(values)};
  if (reference.empty()) return at;
  const std::string where = subject_.name + ".reference";
  at.exact = parse_compressor<Rational>(where, reference);
  at.rounded = parse_compressor<double>(where, reference);
  return at;
}

std::vector<Setting> CompressorJudge::small_settings(Index largest) const {
  std::vector<Setting> settings;
  Indices dimensions = subject_.dimensions;
  std::sort(dimensions.begin(), dimensions.end());  // what fails at the smallest is the witness
  for (const Index d : dimensions) {
    if (d > largest) break;
    Setting at = setting(subject_.usual(), d);
    // A dimension that the reference refuses (K > d) is not the implementation's business.
    if (at.exact) try {
        (void)at.exact->message_bits(d, scalar_bits(subject_.dtype));
        if (at.exact->omega_stated()) (void)at.exact->omega(d);
        if (at.exact->delta_stated()) (void)at.exact->delta(d);
      } catch (const precondition_error&) {
        continue;
      }
    settings.push_back(std::move(at));
  }
  return settings;
}

TapedCall CompressorJudge::taped(const Setting& at, const Vector<double>& x) const {
  const std::string members = at.about + ",\"x\":" + vector_text(x);
  return [this, members](const std::vector<Indices>& tape) -> const Answer& {
    Source source;
    source.tape = tape;
    return harness_.request("compress", members + source_text(source));
  };
}

void CompressorJudge::require_dimension_of(const Setting& at, const Vector<double>& x,
                                           const Vector<double>& y) const {
  if (y.size() == x.size()) return;
  Json shown = witness(at, x);
  shown["y"] = numbers_json(y);
  throw broken_contract{fmt::format("{} numbers came back for {}", y.size(), x.size()), shown};
}

Vector<double> CompressorJudge::one_output(const Setting& at, const Vector<double>& x) {
  Vector<double> y;
  if (takes_seeds()) {
    sample(at, x, 1, [&](const Vector<double>& output) { y = output; });
    return y;
  }
  const TapedCall call = taped(at, x);
  std::vector<Indices> tape;
  for_each_tape(call, 1'000'000, [&](const Rational&, const Answer& answer) {
    if (y.size() == 0 && answer.y) y = *answer.y;
  });
  require_dimension_of(at, x, y);
  return y;
}

void CompressorJudge::outputs(const Setting& at, const Vector<double>& x, const Source& source,
                              const Visit& visit) {
  harness_.request("compress", at.about + ",\"x\":" + vector_text(x) + source_text(source), source.count,
                   [&](const Answer& answer) {
                     if (!answer.y) throw harness_failure("an answer to compress has y");
                     require_dimension_of(at, x, *answer.y);
                     visit(*answer.y);
                   });
}

void CompressorJudge::sample(const Setting& at, const Vector<double>& x, Index calls, const Visit& visit) {
  constexpr Index with_one_generator = 1000;
  for (Index done = 0; done < calls;) {
    require_budget();
    Source source;
    source.seed = seeds_for_both_.value_or(next_seed());
    source.count = std::min({calls - done, with_one_generator, left()});
    outputs(at, x, source, visit);
    done += source.count;
  }
}

const OutcomeLaw& CompressorJudge::injected_law(const Setting& at, const Vector<double>& x) {
  const std::string key = at.about + vector_text(x);
  const auto known = laws_.find(key);
  if (known != laws_.end()) return known->second;
  require_budget();
  try {
    OutcomeLaw law = implementation_law(taped(at, x));
    for (const LawOutcome& outcome : law) require_dimension_of(at, x, outcome.y);
    return laws_.emplace(key, std::move(law)).first->second;
  } catch (const law_error& error) {
    throw broken_contract{error.what(), witness(at, x)};
  } catch (const std::length_error&) {
    throw not_judged{"the law has too many outcomes"};
  }
}

Json CompressorJudge::witness(const Setting& at, const Vector<double>& x) const {
  Json shown = {{"x", numbers_json(x)}};
  for (const auto& [name, value] : at.values) shown[name] = value;
  if (!at.reference.empty()) shown["reference"] = at.reference;
  return shown;
}

}  // namespace touchstone::inline v0::oracle::conformance
