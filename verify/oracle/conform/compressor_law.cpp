// The law of a compressor: against the reference it claims, by every tape, by replays or by samples.
#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "verify/oracle/conform/compressor_judge.hpp"
#include "verify/oracle/conform/outcome_reader.hpp"
#include "verify/oracle/conform/read_choices.hpp"
#include "verify/oracle/conform/test_vectors.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

/// Calls of the sampled law test, as a share of the budget.
constexpr Index law_share = 3;

/// The outcome whose frequency is furthest from its probability, as a sentence.
std::string largest_departure(const LawTest& test, const std::vector<double>& p) {
  std::size_t worst = 0;
  double largest = 0;
  for (std::size_t j = 0; j < p.size(); ++j) {
    const double deviation = test.counts()[j] / test.total() - p[j];
    const double size = std::abs(deviation) / std::sqrt(p[j] * (1 - p[j]) / test.total() + 1e-300);
    if (size > largest) {
      largest = size;
      worst = j;
    }
  }
  return fmt::format("an outcome of probability {:.4g} came {} of {} times", p[worst], test.counts()[worst],
                     test.total());
}

/// All orders of the coordinates, applied before and undone after: what ties leave open.
std::vector<Vector<double>> tie_outcomes(const AnyCompressor<Rational>& reference, const Vector<double>& x) {
  std::vector<Vector<double>> outcomes;
  Indices order(static_cast<std::size_t>(x.size()));
  std::iota(order.begin(), order.end(), Index{0});
  do {
    Vector<double> permuted(x.size());
    for (Index i = 0; i < x.size(); ++i) permuted[i] = x[order[static_cast<std::size_t>(i)]];
    const std::optional<OutcomeLaw> law = reference_law(reference, permuted);
    if (!law) return outcomes;
    Vector<double> y(x.size());
    for (Index i = 0; i < x.size(); ++i) y[order[static_cast<std::size_t>(i)]] = law->front().y[i];
    outcomes.push_back(y);
  } while (std::next_permutation(order.begin(), order.end()));
  return outcomes;
}

}  // namespace

/// The outcome that y is; none where rounding may explain that it is none. Throws broken_contract where it does not.
std::optional<std::size_t> CompressorJudge::known_outcome(const Setting& at, const Vector<double>& x,
                                                          OutcomeReader& reader, const Vector<double>& y) const {
  try {
    return reader.read(y);
  } catch (const OutcomeReader::TooMany&) {
    Json shown = witness(at, x);
    shown["y"] = numbers_json(y);
    throw broken_contract{"an outcome that the law does not have", shown};
  }
}

std::string CompressorJudge::law() {
  if (!subject_.reference) throw not_judged{"no reference is named"};
  std::vector<std::pair<Setting, Vector<double>>> cases;
  for (const Setting& at : small_settings(5))
    for (const Vector<double>& x : law_vectors(at.d)) cases.emplace_back(at, x);
  if (cases.empty()) throw not_judged{"no dimension of at most 5 may be tried"};
  const Index each = options_.budget.calls / law_share / static_cast<Index>(cases.size());
  for (const auto& [at, x] : cases) require_law(at, x, each);
  return fmt::format("{} vectors", cases.size());
}

std::string CompressorJudge::parameters() {
  std::vector<Setting> settings;
  for (const auto& [name, values] : subject_.parameters)
    for (std::size_t v = 1; v < values.size(); ++v) {
      ParameterValues changed = subject_.usual();
      changed[name] = values[v];
      settings.push_back(setting(changed, subject_.dimensions.front()));
    }
  if (settings.empty()) throw not_judged{"no parameter has two values"};
  if (!subject_.reference) throw not_judged{"no reference is named"};
  Index judged = 0;
  for (const Setting& at : settings) {
    const std::vector<Vector<double>> vectors = law_vectors(at.d);
    if (vectors.empty()) continue;
    require_law(at, vectors.back(), options_.budget.calls / law_share / (8 * static_cast<Index>(settings.size())));
    ++judged;
  }
  if (judged == 0) throw not_judged{"the usual dimension is above 5"};
  return fmt::format("{} other values", judged);
}

void CompressorJudge::require_law(const Setting& at, const Vector<double>& x, Index calls) {
  const std::optional<OutcomeLaw> expected = reference_law(*at.exact, x);
  if (!expected) throw not_judged{fmt::format("{} has no exact law at a vector that is tried", at.reference)};
  if (at.exact->flags().deterministic) return require_deterministic(at, x);
  if (injected()) return require_injected_law(at, x, *expected);
  if (way() == Way::replayed) require_replays(at, x);
  require_sampled_law(at, x, *expected, expected->size() == 1 ? std::min<Index>(calls, 100) : calls);
}

void CompressorJudge::require_deterministic(const Setting& at, const Vector<double>& x) {
  const std::vector<Vector<double>> allowed = tie_outcomes(*at.exact, x);
  const double norm = x.norm();
  const auto look = [&](const Vector<double>& y) {
    if (at.allowance.allows(y, allowed.front(), norm)) return;
    Json shown = witness(at, x);
    shown["y"] = numbers_json(y);
    shown["expected"] = numbers_json(allowed.front());
    const bool tie = std::any_of(allowed.begin(), allowed.end(),
                                 [&](const Vector<double>& other) { return at.allowance.allows(y, other, norm); });
    if (!tie) throw broken_contract{"an outcome that the law does not have", shown};
    accept("order among ties");
  };
  if (injected()) {
    for (const LawOutcome& outcome : injected_law(at, x)) look(outcome.y);
  } else {
    sample(at, x, 20, look);
  }
}

void CompressorJudge::require_injected_law(const Setting& at, const Vector<double>& x, const OutcomeLaw& expected) {
  const double allowed = at.allowance.probability();
  std::vector<Rational> found(expected.size());
  Rational others;
  for (const LawOutcome& outcome : injected_law(at, x)) {
    const std::optional<std::size_t> which = outcome_of(expected, outcome.y, at.allowance, x.norm());
    if (which) {
      found[*which] += outcome.probability;
      continue;
    }
    others += outcome.probability;
    if (static_cast<double>(others) <= allowed) continue;
    Json shown = witness(at, x);
    shown["y"] = numbers_json(outcome.y);
    throw broken_contract{"an outcome that the law does not have", shown};
  }
  for (std::size_t j = 0; j < expected.size(); ++j) {
    if (std::abs(static_cast<double>(Rational(found[j] - expected[j].probability))) <= allowed) continue;
    Json shown = witness(at, x);
    shown["y"] = numbers_json(expected[j].y);
    shown["probability"] = static_cast<double>(found[j]);
    shown["expected"] = to_json(expected[j].probability);
    throw broken_contract{fmt::format("an outcome of probability {:.9g} has {:.9g}",
                                      static_cast<double>(expected[j].probability), static_cast<double>(found[j])),
                          shown};
  }
}

void CompressorJudge::require_sampled_law(const Setting& at, const Vector<double>& x, const OutcomeLaw& expected,
                                          Index calls) {
  constexpr std::size_t most_pairs = 400;
  const std::vector<double> p = probabilities_of(expected);
  const bool in_pairs = p.size() * p.size() <= most_pairs;
  const double threshold = ledger_.threshold();
  const double pair_threshold = ledger_.threshold();
  LawTest test(p);
  LawTest pairs(pair_probabilities(p, false));
  OutcomeReader reader(expected, x, at.allowance, ledger_.threshold());
  std::optional<std::size_t> previous;
  sample(at, x, calls, [&](const Vector<double>& y) {
    const std::optional<std::size_t> which = known_outcome(at, x, reader, y);
    if (!which) return;
    test.add(*which);
    if (test.evidence() >= threshold) throw broken_contract{largest_departure(test, p), witness(at, x)};
    if (!in_pairs) return;
    if (!previous) {
      previous = which;
      return;
    }
    pairs.add(*previous * p.size() + *which);
    previous.reset();
    if (pairs.evidence() >= pair_threshold)
      throw broken_contract{fmt::format("calls with one generator depend on each other ({} pairs)", pairs.total()),
                            witness(at, x)};
  });
}

void CompressorJudge::require_replays(const Setting& at, const Vector<double>& x) {
  Source source;
  source.seed = next_seed();
  source.count = 50;
  source.log = true;
  harness_.request("compress", at.about + ",\"x\":" + vector_text(x) + source_text(source), source.count,
                   [&](const Answer& answer) {
                     if (!answer.y || !answer.choices) throw not_judged{"no choices are logged"};
                     Json shown = witness(at, x);
                     shown["y"] = numbers_json(*answer.y);
                     try {
                       const Vector<double> expected = replayed_outcome(*at.rounded, x, *answer.choices);
                       shown["expected"] = numbers_json(expected);
                       if (at.allowance.allows(*answer.y, expected, x.norm())) return;
                     } catch (const transcript_error&) {
                       return;  // it draws otherwise; its samples are judged
                     }
                     throw broken_contract{"with the choices that were logged another outcome follows", shown};
                   });
}

}  // namespace touchstone::inline v0::oracle::conformance
