#pragma once
/// \file
/// Work on several threads whose results come in order.

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace touchstone::inline v0 {

/// finished(work(k)) for k = 0, ..., count - 1 in this order, on the calling thread, each as soon as it can be; work runs on `jobs`
/// threads (at least one). What work or finished throws is thrown; what has not begun then does not begin.
template <class Work, class Finished>
void run_in_order(std::size_t count, std::size_t jobs, const Work& work, const Finished& finished) {
  using Result = std::invoke_result_t<const Work&, std::size_t>;
  std::vector<std::optional<Result>> results(count);
  std::exception_ptr problem;
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::condition_variable one_more;
  const auto keep = [&](const auto& change) {
    const std::lock_guard lock(mutex);
    change();
    one_more.notify_one();
  };
  std::vector<std::jthread> workers;  // the last: they end before what they use
  for (std::size_t job = 0; job < std::min(std::max<std::size_t>(jobs, 1), count); ++job)
    workers.emplace_back([&] {
      for (std::size_t k = next++; k < count; k = next++) try {
          Result result = work(k);
          keep([&] { results[k] = std::move(result); });
        } catch (...) {
          keep([&] { problem = std::current_exception(); });
        }
    });
  try {
    for (std::size_t k = 0; k < count; ++k) {
      std::unique_lock lock(mutex);
      one_more.wait(lock, [&] { return results[k].has_value() || problem; });
      if (problem) std::rethrow_exception(problem);
      Result result = std::move(*results[k]);
      lock.unlock();
      finished(std::move(result));
    }
  } catch (...) {
    next = count;
    throw;
  }
}

}  // namespace touchstone::inline v0
