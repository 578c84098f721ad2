#include "data.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <string_view>

#include "options.hpp"

namespace {

struct Rows {
  std::vector<double> labels;
  std::vector<int> start{0};
  std::vector<int> column;
  std::vector<double> value;
  int features = 0;
};

class LineReader {
 public:
  LineReader(std::string where, std::string_view line) : where_(std::move(where)), rest_(line) {}

  bool ended() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r"), rest_.size()));
    return rest_.empty();
  }
  template <class T>
  T number() {
    if (rest_.starts_with('+')) rest_.remove_prefix(1);
    T value{};
    const std::from_chars_result result = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (result.ec != std::errc()) reject();
    rest_.remove_prefix(static_cast<std::size_t>(result.ptr - rest_.data()));
    return value;
  }
  void colon() {
    if (!rest_.starts_with(':')) reject();
    rest_.remove_prefix(1);
  }
  [[noreturn]] void reject() const {
    throw input_error(where_ + ": found '" + std::string(rest_.substr(0, 20)) +
                      "', expected LABEL INDEX:VALUE INDEX:VALUE ... with ascending indices");
  }

 private:
  std::string where_;
  std::string_view rest_;
};

Rows read_rows(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw input_error(path + ": cannot be read");
  Rows rows;
  std::string text;
  for (int line = 1; std::getline(in, text); ++line) {
    LineReader reader(path + ":" + std::to_string(line), text);
    if (reader.ended()) reader.reject();
    rows.labels.push_back(reader.number<double>());
    for (int last = 0; !reader.ended();) {
      const LineReader entry = reader;
      const int index = reader.number<int>();
      reader.colon();
      const double value = reader.number<double>();
      if (index <= last || !std::isfinite(value)) entry.reject();
      last = index;
      rows.column.push_back(index - 1);
      rows.value.push_back(value);
      rows.features = std::max(rows.features, index);
    }
    rows.start.push_back(static_cast<int>(rows.column.size()));
  }
  if (rows.features == 0) throw input_error(path + ": found no row with a feature, expected some");
  return rows;
}

/// The smaller of the two labels becomes -1, the larger +1.
void make_signs(const std::string& path, std::vector<double>& labels) {
  const auto [least, largest] = std::minmax_element(labels.begin(), labels.end());
  const double minus = *least;
  const double plus = *largest;
  for (double& label : labels) {
    if (minus == plus || (label != minus && label != plus))
      throw input_error(path + ": expected labels of exactly two kinds");
    label = label == plus ? 1 : -1;
  }
}

}  // namespace

Shards::Shards(const std::string& path, int n, int first, int last) : n_(n) {
  Rows all = read_rows(path);
  make_signs(path, all.labels);
  rows = static_cast<int>(all.labels.size());
  features = all.features;
  if (n > rows) throw input_error(path + ": found " + std::to_string(rows) + " rows, expected one for each worker");
  const auto first_row = [&](int i) { return i * (rows / n) + std::min(i, rows % n); };
  for (int i = first; i <= last; ++i) begin_.push_back(first_row(i) - first_row(first));
  start_.push_back(0);
  for (int r = first_row(first); r < first_row(last); ++r) {
    for (int k = all.start[index(r)]; k < all.start[index(r) + 1]; ++k) {
      column_.push_back(all.column[index(k)]);
      value_.push_back(all.labels[index(r)] * all.value[index(k)]);
    }
    start_.push_back(static_cast<int>(column_.size()));
  }
}

void Shards::gradient_of_rows(int first, int last, double weight, std::span<const double> x,
                              std::span<double> g) const {
  for (std::size_t c = 0; c < x.size(); ++c) g[c] = lambda * x[c];
  const int* const column = column_.data();
  const double* const value = value_.data();
  for (int r = first; r < last; ++r) {
    const int begin = start_[index(r)];
    const int end = start_[index(r) + 1];
    double margin = 0;
    for (int k = begin; k < end; ++k) margin += value[k] * x[index(column[k])];
    const double slope = -weight / (1 + std::exp(margin));
    for (int k = begin; k < end; ++k) g[index(column[k])] += slope * value[k];
  }
}
