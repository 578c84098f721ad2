#pragma once
/// \file
/// When the workers of a local method are synchronized: one axis of the methods of chapter 4.
///
///     DeterministicSchedule   after tau_1 iterations, then after tau_2 more, ..., and round again: every tau_i >= 1
///     RandomSchedule          after every iteration with probability p, one coin for all workers
///
/// A deterministic schedule whose largest gap is tau has the constants of one that synchronizes every tau iterations.
///
/// State      of a deterministic schedule the iterations made since its list began
/// Draws      of a random schedule the coin

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// Iterations made, less whole rounds of the schedule.
struct ScheduleMemory {
  Index position = 0;
  [[nodiscard]] auto parts() { return std::tie(position); }
  [[nodiscard]] auto parts() const { return std::tie(position); }
  bool operator==(const ScheduleMemory&) const = default;
};

class DeterministicSchedule {
 public:
  using Memory = ScheduleMemory;

  /// Throws precondition_error unless there is a gap and all are at least 1.
  explicit DeterministicSchedule(Indices gaps) : gaps_(std::move(gaps)) {
    require(!gaps_.empty(), "a schedule needs a gap between synchronizations (gaps)", gaps_.size());
    for (const Index gap : gaps_) require(gap >= 1, "a schedule synchronizes after 1 iteration or more (gap)", gap);
  }
  /// After every tau iterations.
  [[nodiscard]] static DeterministicSchedule every(Index tau) { return DeterministicSchedule({tau}); }

  /// The largest gap.
  [[nodiscard]] Index tau() const { return *std::max_element(gaps_.begin(), gaps_.end()); }
  /// Iterations until the list of gaps begins anew.
  [[nodiscard]] Index period() const { return std::accumulate(gaps_.begin(), gaps_.end(), Index{0}); }

  [[nodiscard]] Memory memory() const { return {}; }

  /// Whether the iteration that is being made ends with a synchronization.
  template <class R>
  [[nodiscard]] bool synchronizes(Memory& memory, R& /*random*/) const {
    const Index made = memory.position + 1;
    memory.position = made == period() ? 0 : made;
    Index end = 0;
    return std::any_of(gaps_.begin(), gaps_.end(), [&](Index gap) { return (end += gap) == made; });
  }

 private:
  Indices gaps_;
};

template <Field S>
struct RandomSchedule {
  S p;  ///< probability of a synchronization, 0 < p <= 1

  template <class Memory, Randomness<S> R>
  [[nodiscard]] bool synchronizes(Memory& /*none*/, R& random) const {
    return random.bernoulli(p);
  }
};

}  // namespace touchstone::inline v0
