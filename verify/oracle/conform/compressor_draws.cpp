// Which draws a compressor makes: over seeds, by several workers, for the items of a list.
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "verify/oracle/conform/compressor_judge.hpp"
#include "verify/oracle/conform/outcome_reader.hpp"
#include "verify/oracle/conform/test_vectors.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

/// Calls of each test, as shares of the budget.
constexpr Index first_call_share = 40;
constexpr Index worker_share = 10;

/// The law at x, where it has at least so many outcomes and few enough for their pairs.
std::optional<OutcomeLaw> law_of_several(const Setting& at, const Vector<double>& x, std::size_t least) {
  constexpr std::size_t most = 16;
  std::optional<OutcomeLaw> law = reference_law(*at.exact, x);
  if (law && (law->size() < least || law->size() > most)) law.reset();
  return law;
}

}  // namespace

/// Over seeds that follow each other, as users choose them.
std::string CompressorJudge::first_call() {
  if (!takes_seeds()) throw not_judged{"no seeds are taken"};
  if (!subject_.reference) throw not_judged{"no reference is named"};
  for (const Setting& at : small_settings(5))
    for (const Vector<double>& x : law_vectors(at.d))
      if (const std::optional<OutcomeLaw> law = law_of_several(at, x, 3)) return require_first_calls(at, x, *law);
  throw not_judged{"its law at small vectors has very few outcomes, or very many"};
}

/// The first two calls of each seed, and the first calls of neighbours.
std::string CompressorJudge::require_first_calls(const Setting& at, const Vector<double>& x,
                                                 const OutcomeLaw& expected) {
  const std::vector<double> p = probabilities_of(expected);
  const double threshold = ledger_.threshold() + std::log(3);
  std::array<LawTest, 3> tests{LawTest(p), LawTest(pair_probabilities(p, false)),
                               LawTest(pair_probabilities(p, false))};
  constexpr std::array what{"first calls", "the first two calls", "the first calls of neighbouring seeds"};
  OutcomeReader reader(expected, x, at.allowance, ledger_.threshold());
  const Index seeds = std::max<Index>(100, options_.budget.calls / first_call_share);
  const std::uint64_t first_seed = options_.seed * 1'000'000;
  std::optional<std::size_t> neighbour;
  for (Index i = 0; i < seeds; ++i) {
    require_budget();
    Source source;
    source.seed = first_seed + static_cast<std::uint64_t>(i);
    source.count = 2;
    std::vector<std::size_t> calls;
    outputs(at, x, source, [&](const Vector<double>& y) {
      if (const std::optional<std::size_t> which = known_outcome(at, x, reader, y)) calls.push_back(*which);
    });
    if (calls.size() < 2) continue;
    tests[0].add(calls[0]);
    tests[1].add(calls[0] * p.size() + calls[1]);
    if (neighbour) tests[2].add(*neighbour * p.size() + calls[0]);
    neighbour = neighbour ? std::nullopt : std::optional(calls[0]);
    for (std::size_t t = 0; t < tests.size(); ++t) {
      if (tests[t].evidence() < threshold) continue;
      Json shown = witness(at, x);
      shown["seeds"] = fmt::format("{} to {}", first_seed, source.seed);
      throw broken_contract{fmt::format("{}, over {} seeds, do not have the law", what[t], i + 1), shown};
    }
  }
  return fmt::format("{} seeds", seeds);
}

/// The law of two workers with one seed, at the simplest vector and at the richest.
std::string CompressorJudge::workers() {
  if (!takes_seeds()) throw not_judged{"no seeds are taken"};
  if (!subject_.reference) throw not_judged{"no reference is named"};
  struct Case {
    Setting at;
    Vector<double> x;
    OutcomeLaw law;
  };
  std::vector<Case> cases;
  for (const Setting& at : small_settings(5))
    for (const Vector<double>& x : law_vectors(at.d)) {
      if (const std::optional<OutcomeLaw> law = law_of_several(at, x, 2)) cases.push_back({at, x, *law});
    }
  if (cases.empty()) throw not_judged{"its law at small vectors has one outcome, or very many"};
  require_workers(cases.front().at, cases.front().x, cases.front().law);
  if (cases.size() > 1) require_workers(cases.back().at, cases.back().x, cases.back().law);
  return subject_.shared ? "two workers share their choices" : "two workers";
}

void CompressorJudge::require_workers(const Setting& at, const Vector<double>& x, const OutcomeLaw& expected) {
  const std::vector<double> p = probabilities_of(expected);
  const double threshold = ledger_.threshold();
  LawTest test(pair_probabilities(p, subject_.shared));
  OutcomeReader reader(expected, x, at.allowance, ledger_.threshold());
  const Index each = std::min<Index>(1000, std::max<Index>(50, options_.budget.calls / worker_share / 4));
  const Index rounds = std::max<Index>(1, options_.budget.calls / worker_share / (4 * each));
  for (Index round = 0; round < rounds; ++round) {
    const std::uint64_t seed = next_seed();
    std::array<std::vector<std::optional<std::size_t>>, 2> outcomes;
    for (const Index worker : {0, 1}) {
      require_budget();
      Source source;
      source.seed = seed;
      source.count = each;
      source.worker = {worker, 2};
      outputs(at, x, source, [&](const Vector<double>& y) {
        outcomes[static_cast<std::size_t>(worker)].push_back(known_outcome(at, x, reader, y));
      });
    }
    for (std::size_t i = 0; i < outcomes[0].size(); ++i) {
      if (!outcomes[0][i] || !outcomes[1][i]) continue;
      test.add(*outcomes[0][i] * p.size() + *outcomes[1][i]);
      if (test.evidence() < threshold) continue;
      throw broken_contract{
          fmt::format("two workers draw {} ({} rounds)",
                      subject_.shared ? "apart what they are to share" : "dependently", test.total()),
          witness(at, x)};
    }
  }
}

/// The two items of a list, with the same content, do not share their choices.
void CompressorJudge::require_independent_items(const Setting& at, const Vector<double>& x) {
  const std::optional<OutcomeLaw> expected = law_of_several(at, x, 2);
  if (!expected) return;
  const std::vector<double> p = probabilities_of(*expected);
  const double threshold = ledger_.threshold();
  LawTest test(pair_probabilities(p, false));
  OutcomeReader reader(*expected, x, at.allowance, ledger_.threshold());
  Source source;
  source.seed = next_seed();
  source.count = std::min<Index>(1000, std::max<Index>(1, left() / 4));
  harness_.request("compress", at.about + ",\"items\":" + vectors_text({x, x}) + source_text(source), source.count,
                   [&](const Answer& answer) {
                     if (!answer.ys || answer.ys->size() != 2) throw not_judged{"the harness compresses no lists"};
                     const std::optional<std::size_t> first = known_outcome(at, x, reader, answer.ys->front());
                     const std::optional<std::size_t> second = known_outcome(at, x, reader, answer.ys->back());
                     if (!first || !second) return;
                     test.add(*first * p.size() + *second);
                     if (test.evidence() >= threshold)
                       throw broken_contract{"the items of a list are compressed dependently", witness(at, x)};
                   });
}

}  // namespace touchstone::inline v0::oracle::conformance
