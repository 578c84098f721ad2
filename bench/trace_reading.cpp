// A trace of 100 MB, parsed: DIANA with 10 workers in dimension 100, every number with 17 digits.

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "touchstone/randomness/seeded.hpp"
#include "verify/oracle/trace/trace_reader.hpp"

namespace touchstone::bench {
namespace {

constexpr Index workers = 10;
constexpr Index dimension = 100;
constexpr std::uintmax_t size = 100'000'000;

std::string random_vector_text(Seeded& random) {
  std::string text = "[";
  for (Index c = 0; c < dimension; ++c) {
    const Index numerator = random.choose(Index{1} << 53);
    text += fmt::format("{}{:.17g}", c == 0 ? "" : ", ", static_cast<double>(numerator) * 0x1p-50 - 4);
  }
  return text + "]";
}

class SyntheticTrace {
 public:
  SyntheticTrace() {
    std::string name = (std::filesystem::temp_directory_path() / "touchstone-bench-XXXXXX").string();
    ::close(::mkstemp(name.data()));
    path_ = name;
    std::ofstream out(path_);
    out << R"({"format": "touchstone-trace", "version": 1, "implementation": "none", "method": "diana", "dtype": "float64",)"
        << R"( "problem": {"kind": "random-quadratic", "seed": 1, "n": 1, "m": 1, "d": 2},)"
        << R"( "parameters": {"gamma": 1, "alpha": 1}})"
        << "\n";
    Seeded random(1);
    for (Index k = 0; static_cast<std::uintmax_t>(out.tellp()) < size; ++k) {
      random.begin_iteration(k);
      out << fmt::format(R"({{"k": {}, "state": {{"x": {}, "h": [)", k, random_vector_text(random));
      for (Index i = 0; i < workers; ++i) out << (i == 0 ? "" : ", ") << random_vector_text(random);
      out << R"(]}, "choices": [{"worker": 0, "kind": "subset", "answer": [1, 2, 3]}]})"
          << "\n";
    }
  }
  ~SyntheticTrace() { std::filesystem::remove(path_); }
  SyntheticTrace(const SyntheticTrace&) = delete;
  SyntheticTrace& operator=(const SyntheticTrace&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void trace_reading(benchmark::State& state) {
  const SyntheticTrace trace;
  for ([[maybe_unused]] auto _ : state) {
    oracle::TraceReader reader(trace.path());
    reader.expect({{{"x", true, false}, 1, dimension}, {{"h", false, false}, workers, dimension}}, workers);
    while (const auto line = reader.next()) benchmark::DoNotOptimize(line->state.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(std::filesystem::file_size(trace.path())) *
                          static_cast<std::int64_t>(state.iterations()));
  state.counters["MB_per_s_at_least"] = 50;
}

BENCHMARK(trace_reading)->Unit(benchmark::kMillisecond)->MinTime(2);

}  // namespace
}  // namespace touchstone::bench
