#include "verify/claims/data_sets.hpp"

#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "verify/experiment/facts.hpp"
#include "verify/io/libsvm.hpp"

namespace touchstone::inline v0 {

namespace {

constexpr Index most_rows = 300;

SolvedData solve(const std::string& name, const std::string& path) {
  SolvedData solved{name, read_libsvm(path), {}, {}};
  SparseData& data = solved.data;
  if (data.rows.rows() > most_rows) {
    solved.name = fmt::format("{} (first {} rows)", name, most_rows);
    data.rows = SparseRows<double>(data.rows.topRows(most_rows));
    data.labels.resize(static_cast<std::size_t>(most_rows));
  }
  const CertifiedSolution<50> solution = certified_solution<50>(data, Rational(SolvedData::lambda));
  solved.x_star = solution.x.unaryExpr([](const Real<50>& a) { return static_cast<double>(a); });
  solved.enclosure = enclosure(solution);
  return solved;
}

constexpr const char* packaged = "/usr/share/doc/liblinear-tools/examples/heart_scale";

/// In the folder TOUCHSTONE_DATA; "" where there is none.
std::string in_folder(const std::string& name) {
  const char* folder = std::getenv("TOUCHSTONE_DATA");  // NOLINT(concurrency-mt-unsafe): nothing sets it
  return folder != nullptr ? std::string(folder) + "/" + name : std::string();
}

std::vector<SolvedData> solve_all() {
  using std::filesystem::exists;
  const std::string heart = exists(packaged) ? packaged : in_folder("heart_scale");
  if (!exists(heart))
    throw input_error(std::string(packaged) +
                      ": found no file, expected liblinear-tools with its documentation, or a folder "
                      "TOUCHSTONE_DATA that has heart_scale");
  std::vector<SolvedData> all;
  for (const std::string& name : data_set_names())
    all.push_back(solve(name, all.empty() ? heart : in_folder(name)));
  return all;
}

}  // namespace

const std::vector<SolvedData>& solved_data() {
  static const std::vector<SolvedData> all = solve_all();
  return all;
}

std::vector<std::string> data_set_names() {
  std::vector<std::string> names{"heart_scale"};
  for (const char* name : {"mushrooms", "phishing", "a9a", "w8a"})
    if (const std::string path = in_folder(name); !path.empty() && std::filesystem::exists(path))
      names.emplace_back(name);
  return names;
}

}  // namespace touchstone::inline v0
