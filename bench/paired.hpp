#pragma once
/// \file
/// What the benchmarks share: two pieces of work timed turn by turn, so that whatever else the machine does slows
/// both, and the logistic regression they run on.

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "touchstone/problems/sparse_data.hpp"

namespace touchstone::bench {

template <class Work>
[[nodiscard]] double seconds(Work&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Reports the time of `work`, and counters: `bare_ms`, the median time of `bare`; `ratio`, the median over the
/// iterations of time(work)/time(bare), which may not exceed `limit`.
template <class Work, class Bare>
void compare(benchmark::State& state, double limit, Work&& work, Bare&& bare) {
  const auto median = [](std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
  };
  std::vector<double> ratios;
  std::vector<double> bare_milliseconds;
  work();  // caches warm, pages touched
  bare();
  for ([[maybe_unused]] auto _ : state) {
    const double of_bare = seconds(bare);
    const double of_work = seconds(work);
    state.SetIterationTime(of_work);
    ratios.push_back(of_work / of_bare);
    bare_milliseconds.push_back(of_bare * 1e3);
  }
  state.counters["bare_ms"] = median(std::move(bare_milliseconds));
  state.counters["ratio"] = median(std::move(ratios));
  if (limit > 0) state.counters["at_most"] = limit;
}

/// a9a from the folder that the environment variable TOUCHSTONE_DATA names; without it, data of the same shape (123
/// columns, 14 ones in a row), the same each time. At most `rows` rows.
[[nodiscard]] const SparseData& census_data(Index rows = 32'561);

}  // namespace touchstone::bench
