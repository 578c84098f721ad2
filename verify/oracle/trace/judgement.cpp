#include "verify/oracle/trace/judgement.hpp"

#include <cmath>
#include <limits>
#include <tuple>

#include <fmt/format.h>

namespace touchstone::inline v0::oracle {

namespace {

/// Departures in the order in which they are worth telling: what a worker sent, what it keeps, what the server has.
class Comparison {
 public:
  void vector(const Departure& place, int rank, const Vector<Bounded>& expected, const Vector<double>& found) {
    for (Index c = 0; c < found.size(); ++c) {
      Departure here = place;
      here.coordinate = c;
      here.expected = expected[c].centre();
      here.bound = expected[c].bound();
      here.found = found[c];
      look_at(std::move(here), rank);
    }
  }

  [[nodiscard]] Judgement judgement() const {
    if (worst_) return {Verdict::fail, worst_, {}, {}};
    if (vacuous_)
      return {Verdict::undecided,
              {},
              fmt::format("{} has gone through so many operations that rounding allows anything", *vacuous_),
              {}};
    return {Verdict::pass, {}, {}, closest_};
  }

 private:
  void look_at(Departure here, int rank) {
    if (!std::isfinite(here.bound) && std::isfinite(here.found)) {
      vacuous_ = here.part;
      return;
    }
    const double error = here.error();
    if (error <= 1) {
      if (error > 0 && (!closest_ || error > closest_->error())) closest_ = std::move(here);
      return;
    }
    const std::tuple key{rank, here.worker.value_or(0), -error};
    if (worst_ && key >= key_) return;
    key_ = key;
    worst_ = std::move(here);
  }

  std::optional<Departure> worst_, closest_;
  std::tuple<int, Index, double> key_;
  std::optional<std::string> vacuous_;
};

}  // namespace

double Departure::error() const {
  const auto difference = static_cast<double>(std::fabs(static_cast<long double>(found) - expected));
  if (difference == 0) return 0;
  return difference / bound >= 0 ? difference / bound : std::numeric_limits<double>::infinity();
}

Judgement judge(const StepCase& step, const StepOutcome& outcome) {
  Comparison comparison;
  if (step.before.messages)
    for (const auto& [i, compressed] : outcome.compressed)
      if (i >= 0 && i < step.reference.workers() && i == step.only.value_or(i))
        comparison.vector({.part = "message", .worker = i}, 0, compressed.message,
                          (*step.before.messages)[static_cast<std::size_t>(i)]);
  for (const StatePart<double>& found : step.after.state) {
    const std::vector<Vector<Bounded>>& expected = *part_of(outcome.state, found.name);
    const bool shared = step.reference.per_worker(found.name, found.vectors.size());
    const auto own = static_cast<Index>(found.vectors.size()) / (shared ? step.reference.workers() : 1);
    for (std::size_t v = 0; v < found.vectors.size(); ++v) {
      Departure place{.part = found.name};
      if (shared) place.worker = static_cast<Index>(v) / own;
      if (own > 1) place.vector = static_cast<Index>(v) % own;
      if (step.only && place.worker != step.only) continue;
      comparison.vector(place, shared ? 1 : 2, expected[v], found.vectors[v]);
    }
  }
  return comparison.judgement();
}

Judgement judge_openly(const StepCase& step, const std::function<StepOutcome()>& attempt, int runs,
                       StepOutcome* outcome) {
  Alternatives alternatives;
  std::optional<Judgement> first;
  for (int run = 0; run < runs; ++run) {
    alternatives.begin();
    Judgement judgement;
    try {
      StepOutcome reached = attempt();
      judgement = judge(step, reached);
      if (outcome != nullptr && (!first || judgement.verdict == Verdict::pass)) *outcome = std::move(reached);
    } catch (const transcript_error& error) {
      judgement = {Verdict::fail, Departure{.part = "choices", .reason = error.what()}, {}, {}};
    } catch (const precondition_error& error) {
      judgement = {Verdict::fail, Departure{.part = "step", .reason = error.what()}, {}, {}};
    } catch (const undecided_error& error) {
      return {Verdict::undecided, {}, error.what(), {}};
    }
    judgement.alternative = alternatives.departed();
    if (judgement.verdict == Verdict::pass) return judgement;
    if (!first) first = judgement;
    const std::optional<Index> who = judgement.departure ? judgement.departure->worker : std::nullopt;
    if (!alternatives.advance(who)) break;
  }
  first->alternative = false;
  return *first;
}

}  // namespace touchstone::inline v0::oracle
