#include <algorithm>
#include <numeric>

#include "verify/oracle/trace/variation.hpp"

namespace touchstone::inline v0::oracle {

namespace {

using namespace variations;  // NOLINT(google-build-using-namespace): all of this file is made of them

/// One way for each worker, up to a number that keeps the search short.
Index each_worker(const StepCase& step) {
  constexpr Index most = 64;
  return step.reference.workers() > 1 ? std::min(step.reference.workers(), most) : 0;
}

std::vector<Index> everyone(const StepCase& step) {
  std::vector<Index> all(static_cast<std::size_t>(step.reference.workers()));
  std::iota(all.begin(), all.end(), Index{0});
  return all;
}

/// x moves by what these workers send, divided by `divisor`; everything else is as it should be.
StepOutcome moved_by(const StepCase& step, std::vector<Index> who, const Bounded& divisor) {
  const NamedState<Bounded> start = step.start();
  StepOutcome outcome = step.run_from(start, {});
  const Bounded share = integer<Bounded>(static_cast<Index>(who.size())) / divisor;
  const StepOutcome others = step.run_from(start, {.workers = std::move(who)});
  x_of(outcome.state) = x_of(start) + share * (x_of(others.state) - x_of(start));
  return outcome;
}

template <bool divide_by_fewer>
StepOutcome without(const StepCase& step, Index way) {
  std::vector<Index> who = everyone(step);
  who.erase(who.begin() + way);
  return moved_by(step, who, integer<Bounded>(step.reference.workers() - (divide_by_fewer ? 1 : 0)));
}

StepOutcome twice(const StepCase& step, Index way) {
  std::vector<Index> who = everyone(step);
  who.insert(who.begin() + way, way);
  return moved_by(step, who, integer<Bounded>(step.reference.workers()));
}

/// Worker i makes the draws of worker whose(i, n).
template <class Whose>
auto draws_of_others(Whose whose) {
  return changed([whose](const StepCase& step) {
    const Index n = step.reference.workers();
    return Changes{.choices = {.draws_of = [whose, n](Index i) { return i < n ? whose(i, n) : i; }}};
  });
}

/// The rows of the workers in the state after the step, in another order.
template <class Whose>
auto rows_of_others(Whose whose) {
  return afterwards([whose](const StepCase& step, const NamedState<Bounded>&, StepOutcome& outcome) {
    const Index n = step.reference.workers();
    for (StatePart<Bounded>& part : outcome.state) {
      if (static_cast<Index>(part.vectors.size()) != n ||
          !step.reference.per_worker(part.name, part.vectors.size()))
        continue;
      const Vectors own = part.vectors;
      for (Index i = 0; i < n; ++i)
        part.vectors[static_cast<std::size_t>(i)] = own[static_cast<std::size_t>(whose(i, n))];
    }
  });
}

Index next_worker(Index i, Index n) {
  return (i + 1) % n;
}
Index worker_before(Index i, Index n) {
  return (i + n - 1) % n;
}
Index mirrored_worker(Index i, Index n) {
  return n - 1 - i;
}

}  // namespace

std::vector<Variation> worker_mistakes() {
  return {
      {"worker-skipped", "what a worker sent is not added", each_worker, without<false>, true},
      {"worker-absent", "a worker is left out, of the number of workers too", each_worker, without<true>, true},
      {"worker-twice", "what a worker sent is added twice", each_worker, twice, true},
      {"shared-draws", "one draw for all workers, where each makes its own", with_workers,
       draws_of_others([](Index, Index) { return Index{0}; })},
      {"draws-of-next-worker", "worker i makes the draws of worker i + 1", with_workers,
       draws_of_others(next_worker)},
      {"draws-of-worker-before", "worker i makes the draws of worker i - 1", with_workers,
       draws_of_others(worker_before)},
      {"draws-mirrored", "the draws of the workers in reverse order", with_workers,
       draws_of_others(mirrored_worker)},
      {"rows-rotated", "what the workers keep is kept by the next", with_workers, rows_of_others(next_worker)},
      {"rows-rotated-back", "what the workers keep is kept by the one before", with_workers,
       rows_of_others(worker_before)},
      {"rows-mirrored", "what the workers keep is kept in reverse order", with_workers,
       rows_of_others(mirrored_worker)},
  };
}

const std::vector<Variation>& mistakes() {
  static const std::vector<Variation> all = [] {
    std::vector<Variation> every;
    for (const auto& part : {compressor_mistakes(), parameter_mistakes(), memory_mistakes(),
                             reference_point_mistakes(), gradient_mistakes(), worker_mistakes()})
      every.insert(every.end(), part.begin(), part.end());
    return every;
  }();
  return all;
}

}  // namespace touchstone::inline v0::oracle
