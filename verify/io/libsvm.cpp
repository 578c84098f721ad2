#include "verify/io/libsvm.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

#include "touchstone/core/require.hpp"
#include "verify/io/text_file.hpp"

namespace touchstone::inline v0 {
namespace {

/// A piece of the file as it may stand in a one-line message.
[[nodiscard]] std::string quoted(std::string_view token) {
  constexpr std::size_t longest = 40;
  std::string shown = "'";
  for (const char c : token.substr(0, longest)) shown += c >= ' ' && c <= '~' ? c : '?';
  return shown + (token.size() > longest ? "...'" : "'");
}

[[nodiscard]] bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

[[nodiscard]] std::string shortest(double a) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), a).ptr;
  return {digits.data(), end};
}

class Parser {
 public:
  Parser(const std::string& path, std::optional<Index> features) : path_(path), features_(features) {}

  SparseData parse(std::string_view text) {
    if (text.empty()) reject("an empty file", "a labelled row on each line");
    while (!text.empty()) {
      ++line_;
      const std::size_t end = text.find('\n');
      cut_ = end == std::string_view::npos;
      parse_line(text.substr(0, end));
      text.remove_prefix(cut_ ? text.size() : end + 1);
    }
    return finished();
  }

 private:
  void parse_line(std::string_view line) {
    const std::size_t comment = line.find('#');
    rest_ = line.substr(0, comment);
    const std::string_view label = next_token();
    if (label.empty()) {
      if (comment != std::string_view::npos) return;  // a comment alone is no row
      reject("an empty line", "a label");
    }
    note_label(label);
    int last = 0;
    for (std::string_view token = next_token(); !token.empty(); token = next_token()) parse_entry(token, last);
    starts_.push_back(static_cast<int>(columns_.size()));
  }

  void note_label(std::string_view token) {
    if (token.find(':') != std::string_view::npos) reject("no label before " + quoted(token), "a label");
    const double label = number(token, "the label ");
    if (std::find(distinct_.begin(), distinct_.end(), label) == distinct_.end()) {
      if (distinct_.size() == 2)
        reject("a third label " + shortest(label) + " after " + shortest(distinct_[0]) + " and " +
                   shortest(distinct_[1]),
               "two distinct labels");
      distinct_.push_back(label);
    }
    labels_.push_back(label);
  }

  /// `last` is the index before this one, counted from 1.
  void parse_entry(std::string_view token, int& last) {
    const std::size_t colon = token.find(':');
    if (colon == std::string_view::npos) reject(quoted(token), "INDEX:VALUE");
    const int index = parse_index(token.substr(0, colon));
    if (index == last) reject("the index " + std::to_string(index) + " again", "ascending indices");
    if (index < last)
      reject("the index " + std::to_string(index) + " after " + std::to_string(last), "ascending indices");
    last = index;
    const std::string_view digits = token.substr(colon + 1);
    if (digits.empty()) reject(quoted(token), "a value after the colon");
    const double value = number(digits, "the value ");
    largest_ = std::max(largest_, index);
    if (value == 0) return;
    if (columns_.size() == most) reject("more than " + std::to_string(most) + " entries", "fewer");
    columns_.push_back(index - 1);
    values_.push_back(value);
  }

  [[nodiscard]] int parse_index(std::string_view token) const {
    long long index = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
    if (token.empty() || end != token.data() + token.size() || error == std::errc::invalid_argument)
      reject("the index " + quoted(token), "a whole number from 1");
    if (index < 1 && error == std::errc{}) reject("the index " + std::to_string(index), "indices from 1");
    const Index last = features_.value_or(static_cast<Index>(most));
    if (error != std::errc{} || index > last)
      reject("the index " + std::string(token.substr(0, 20)),
             "at most " + std::to_string(last) + (features_ ? ", the number of features" : ""));
    return static_cast<int>(index);
  }

  /// The nearest double. A leading plus is allowed.
  [[nodiscard]] double number(std::string_view token, const char* what) const {
    std::string_view digits = token;
    if (digits.size() > 1 && digits[0] == '+' && digits[1] != '-') digits.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error == std::errc::invalid_argument || end != digits.data() + digits.size())
      reject(what + quoted(token), "a number");
    if (error == std::errc::result_out_of_range) reject(what + quoted(token), "a number in the range of double");
    if (!std::isfinite(value)) reject(what + quoted(token), "a finite number");
    return value;
  }

  /// Empty at the end of the line.
  std::string_view next_token() {
    std::size_t begin = 0;
    while (begin < rest_.size() && is_blank(rest_[begin])) ++begin;
    std::size_t end = begin;
    while (end < rest_.size() && !is_blank(rest_[end])) ++end;
    const std::string_view token = rest_.substr(begin, end - begin);
    rest_.remove_prefix(end);
    return token;
  }

  [[noreturn]] void reject(const std::string& found, const std::string& expected) const {
    const bool at_the_end = cut_ && rest_.empty();
    throw input_error(path_ + ":" + std::to_string(std::max(line_, 1LL)) + ": found " + found + ", expected " +
                      expected + (at_the_end ? " (the file ends here, without an end of line)" : ""));
  }

  SparseData finished() {
    if (distinct_.empty()) reject("no row", "a labelled row on each line");
    if (distinct_.size() == 1) reject("the only label " + shortest(distinct_[0]), "two distinct labels");
    if (largest_ == 0 && !features_) reject("no feature in any row", "INDEX:VALUE in some row");
    SparseData data;
    data.name = path_;
    data.rows = Eigen::Map<const SparseRows<double>>(
        static_cast<Index>(labels_.size()), features_.value_or(largest_), static_cast<Index>(values_.size()),
        starts_.data(), columns_.data(), values_.data());
    const double larger = std::max(distinct_[0], distinct_[1]);
    data.labels.reserve(labels_.size());
    for (const double label : labels_) data.labels.push_back(label == larger ? 1 : -1);
    return data;
  }

  static constexpr std::size_t most = std::numeric_limits<int>::max();  // of an index of SparseRows

  const std::string& path_;
  std::optional<Index> features_;
  long long line_ = 0;
  bool cut_ = false;  ///< the line has no end of line
  std::string_view rest_;
  int largest_ = 0;
  std::vector<double> labels_;
  std::vector<double> distinct_;
  std::vector<int> starts_{0};
  std::vector<int> columns_;
  std::vector<double> values_;
};

}  // namespace

SparseData read_libsvm(const std::string& path, std::optional<Index> features) {
  if (features)
    require(1 <= *features && *features <= std::numeric_limits<int>::max(),
            "the number of features needs to be at least 1, and at most the largest int", *features);
  return Parser(path, features).parse(read_text(path, "a LIBSVM file"));
}

}  // namespace touchstone::inline v0
