// The program `bench`: every figure that the README states about speed, as a counter `ratio` beside its limit.
//
//     build/release/bin/bench                                   on data of a9a's shape
//     TOUCHSTONE_DATA=FOLDER build/release/bin/bench            on FOLDER/a9a

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "bench/paired.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "verify/io/libsvm.hpp"

namespace touchstone::bench {
namespace {

constexpr Index features = 123;

[[nodiscard]] SparseData synthetic_data(Index rows) {
  constexpr Index ones = 14;
  std::vector<int> starts{0};
  std::vector<int> columns;
  SparseData data{"a9a's shape", {}, {}};
  Seeded random(1);
  for (Index r = 0; r < rows; ++r) {
    random.begin_iteration(r);
    for (const Index c : random.subset(features, ones)) columns.push_back(static_cast<int>(c));
    starts.push_back(static_cast<int>(columns.size()));
    data.labels.push_back(random.choose(4) == 0 ? 1 : -1);  // about a quarter, as in a9a
  }
  const std::vector<double> entries(columns.size(), 1);
  data.rows = Eigen::Map<const SparseRows<double>>(rows, features, static_cast<Index>(entries.size()),
                                                   starts.data(), columns.data(), entries.data());
  return data;
}

[[nodiscard]] SparseData first_rows(SparseData data, Index rows) {
  if (rows >= data.rows.rows()) return data;
  data.rows = SparseRows<double>(data.rows.topRows(rows));
  data.labels.resize(static_cast<std::size_t>(rows));
  return data;
}

}  // namespace

const SparseData& census_data(Index rows) {
  static std::map<Index, SparseData> known;
  if (const auto found = known.find(rows); found != known.end()) return found->second;
  const char* folder = std::getenv("TOUCHSTONE_DATA");  // NOLINT(concurrency-mt-unsafe): one thread
  return known[rows] = folder != nullptr ? first_rows(read_libsvm(std::string(folder) + "/a9a", features), rows)
                                         : synthetic_data(rows);
}

}  // namespace touchstone::bench

BENCHMARK_MAIN();
