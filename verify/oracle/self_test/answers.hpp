#pragma once
/// \file
/// Requests read and answers written, a line each. Answers are formatted into a buffer: the oracle asks for hundreds of
/// thousands.

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "verify/oracle/self_test/choices.hpp"

namespace touchstone::inline v0::oracle::self_test {

using Json = nlohmann::ordered_json;

/// A JSON number, or a string: "1/3", "inf", "-inf", "nan", "0.1", "0x1.8p-3". Throws Refused for anything else.
[[nodiscard]] double number_of(const Json& value);
[[nodiscard]] Size count_of(const Json& value);

template <class T>
[[nodiscard]] std::vector<T> vector_of(const Json& list) {
  std::vector<T> numbers;
  numbers.reserve(list.size());
  for (const Json& value : list) numbers.push_back(static_cast<T>(number_of(value)));
  return numbers;
}

template <class T>
[[nodiscard]] std::vector<std::vector<T>> vectors_of(const Json& list) {
  std::vector<std::vector<T>> vectors;
  for (const Json& one : list) vectors.push_back(vector_of<T>(one));
  return vectors;
}

/// The source of choices that a request names.
[[nodiscard]] Choices choices_of(const Json& request, const Habits& habits);

class Answers {
 public:
  explicit Answers(std::ostream& out) : out_(out) {}

  /// Of the answers from now on.
  void answer_to(const Json& id);
  void begin();
  void end();
  /// Forgets what was begun and not ended.
  void drop() { buffer_.resize(line_); }
  void flush();

  void raw(std::string_view name, std::string_view json);
  void text(std::string_view name, const std::string& value);
  void number(std::string_view name, double value);
  template <class T>
  void vector(std::string_view name, const std::vector<T>& values) {
    key(name);
    append(values);
  }
  template <class T>
  void vectors(std::string_view name, const std::vector<std::vector<T>>& list) {
    key(name);
    append(list);
  }
  /// {"d":..,"indices":[..],"values":[..]}: only what is not zero.
  template <class T>
  void sparse(std::string_view name, const std::vector<T>& values) {
    std::vector<double> kept;
    std::vector<double> indices;
    for (Size i = 0; i < values.size(); ++i) {
      if (values[i] == T(0)) continue;
      indices.push_back(static_cast<double>(i));
      kept.push_back(static_cast<double>(values[i]));
    }
    key(name);
    fmt::format_to(std::back_inserter(buffer_), "{{\"d\":{}", values.size());
    vector("indices", indices);
    vector("values", kept);
    buffer_.push_back('}');
  }
  /// A member that is an object.
  void open(std::string_view name);
  void close() { buffer_.push_back('}'); }
  /// What choices were made, if they are noted.
  void choices(const Choices& random);

 private:
  void key(std::string_view name);
  template <class T>
  void append(const T& value) {
    append_number(buffer_, static_cast<double>(value));
  }
  template <class T>
  void append(const std::vector<T>& list) {
    char before = '[';
    for (const T& item : list) {
      buffer_.push_back(before);
      append(item);
      before = ',';
    }
    if (list.empty()) buffer_.push_back('[');
    buffer_.push_back(']');
  }

  std::ostream& out_;
  std::string id_ = "null";
  fmt::memory_buffer buffer_;
  Size line_ = 0;
};

}  // namespace touchstone::inline v0::oracle::self_test
