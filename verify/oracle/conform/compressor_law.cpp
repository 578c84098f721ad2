// The law of a compressor: against the reference it claims, by every tape, by replays or by samples.
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "verify/oracle/conform/compressor_judge.hpp"
#include "verify/oracle/conform/read_choices.hpp"
#include "verify/oracle/conform/test_vectors.hpp"

namespace touchstone::inline v0::oracle {

namespace {

/// Calls of the sampled law test, of the test of pairs and of the first calls, as shares of the budget.
constexpr Index law_share = 3;
constexpr Index first_call_share = 40;
constexpr Index worker_share = 10;

std::vector<double> probabilities_of(const OutcomeLaw& law) {
  std::vector<double> probabilities;
  for (const LawOutcome& outcome : law) probabilities.push_back(static_cast<double>(outcome.probability));
  return probabilities;
}

/// p_i p_j for all pairs; those of equal ones alone where the choice is shared.
std::vector<double> pair_probabilities(const std::vector<double>& p, bool shared) {
  std::vector<double> pairs;
  for (std::size_t i = 0; i < p.size(); ++i)
    for (std::size_t j = 0; j < p.size(); ++j) pairs.push_back(shared ? (i == j ? p[i] : 0) : p[i] * p[j]);
  return pairs;
}

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
  if (expected->size() == 1) return require_deterministic(at, x);
  if (injected()) return require_injected_law(at, x, *expected);
  if (way() == Way::replayed) require_replays(at, x);
  require_sampled_law(at, x, *expected, calls);
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
  const double allowed = 64 * at.allowance.unit();
  std::vector<Rational> found(expected.size());
  for (const LawOutcome& outcome : injected_law(at, x)) {
    const std::optional<std::size_t> which = outcome_of(expected, outcome.y, at.allowance, x.norm());
    if (!which) {
      Json shown = witness(at, x);
      shown["y"] = numbers_json(outcome.y);
      throw broken_contract{"an outcome that the law does not have", shown};
    }
    found[*which] += outcome.probability;
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
  std::optional<std::size_t> previous;
  const double norm = x.norm();
  sample(at, x, calls, [&](const Vector<double>& y) {
    const std::optional<std::size_t> which = outcome_of(expected, y, at.allowance, norm);
    if (!which) {
      Json shown = witness(at, x);
      shown["y"] = numbers_json(y);
      throw broken_contract{"an outcome that the law does not have", shown};
    }
    test.add(*which);
    if (test.evidence() >= threshold) throw broken_contract{largest_departure(test, p), witness(at, x)};
    if (!in_pairs) return;
    if (previous) {
      pairs.add(*previous * p.size() + *which);
      if (pairs.evidence() >= pair_threshold)
        throw broken_contract{
            fmt::format("calls with one generator depend on each other ({} pairs)", pairs.total()), witness(at, x)};
      previous.reset();
    } else {
      previous = which;
    }
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

std::string CompressorJudge::first_call() {
  if (!takes_seeds()) throw not_judged{"no seeds are taken"};
  if (!subject_.reference) throw not_judged{"no reference is named"};
  for (const Setting& at : small_settings(5)) {
    const std::vector<Vector<double>> vectors = law_vectors(at.d);
    const std::optional<OutcomeLaw> expected = reference_law(*at.exact, vectors.back());
    if (!expected || expected->size() < 2) continue;
    const Vector<double>& x = vectors.back();
    const std::string members = at.about + ",\"x\":" + vector_text(x);
    const double threshold = ledger_.threshold();
    LawTest test(probabilities_of(*expected));
    const Index calls = std::max<Index>(100, options_.budget.calls / first_call_share);
    for (Index i = 0; i < calls; ++i) {
      require_budget();
      Source source;
      source.seed = next_seed();
      const Answer& answer = harness_.request("compress", members + source_text(source));
      if (!answer.y) throw harness_failure("an answer to compress has y");
      const std::optional<std::size_t> which = outcome_of(*expected, *answer.y, at.allowance, x.norm());
      Json shown = witness(at, x);
      shown["y"] = numbers_json(*answer.y);
      if (!which) throw broken_contract{"the first call gives an outcome that the law does not have", shown};
      test.add(*which);
      if (test.evidence() >= threshold)
        throw broken_contract{"first calls, over seeds: " + largest_departure(test, probabilities_of(*expected)),
                              shown};
    }
    return fmt::format("{} seeds", calls);
  }
  throw not_judged{"its law at small vectors has one outcome"};
}

std::string CompressorJudge::workers() {
  if (!takes_seeds()) throw not_judged{"no seeds are taken"};
  if (!subject_.reference) throw not_judged{"no reference is named"};
  constexpr std::size_t most = 16;
  for (const Setting& at : small_settings(5)) {
    for (const Vector<double>& x : law_vectors(at.d)) {
      const std::optional<OutcomeLaw> expected = reference_law(*at.exact, x);
      if (!expected || expected->size() < 2 || expected->size() > most) continue;
      const std::vector<double> p = probabilities_of(*expected);
      const std::string members = at.about + ",\"x\":" + vector_text(x);
      const double threshold = ledger_.threshold();
      LawTest test(pair_probabilities(p, subject_.shared));
      const Index rounds = std::max<Index>(1, options_.budget.calls / worker_share / 2000);
      for (Index round = 0; round < rounds; ++round) {
        const std::uint64_t seed = next_seed();
        std::array<std::vector<std::size_t>, 2> outcomes;
        for (const Index worker : {0, 1}) {
          require_budget();
          Source source;
          source.seed = seed;
          source.count = 1000;
          source.worker = {worker, 2};
          harness_.request("compress", members + source_text(source), source.count, [&](const Answer& answer) {
            if (!answer.y) throw harness_failure("an answer to compress has y");
            const std::optional<std::size_t> which = outcome_of(*expected, *answer.y, at.allowance, x.norm());
            if (!which) throw broken_contract{"an outcome that the law does not have", witness(at, x)};
            outcomes[static_cast<std::size_t>(worker)].push_back(*which);
          });
        }
        for (std::size_t i = 0; i < outcomes[0].size(); ++i) {
          test.add(outcomes[0][i] * p.size() + outcomes[1][i]);
          if (test.evidence() >= threshold)
            throw broken_contract{
                fmt::format("two workers draw {} after {} rounds",
                            subject_.shared ? "apart, not what they share," : "dependently", test.total()),
                witness(at, x)};
        }
      }
      return fmt::format("{} rounds of two workers", test.total());
    }
  }
  throw not_judged{"its law at small vectors has one outcome, or very many"};
}

}  // namespace touchstone::inline v0::oracle
