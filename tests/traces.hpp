#pragma once
/// \file
/// Traces for the tests of `touchstone check`: written as an implementation would write them, and judged.

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "touchstone/problems/rational_quadratic.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "touchstone/randomness/transcript.hpp"
#include "verify/oracle/catalog/json_spec.hpp"
#include "verify/oracle/trace/trace_check.hpp"

namespace touchstone::testing_support {

using oracle::Json;

/// A file that is there as long as the object.
class TraceFile {
 public:
  explicit TraceFile(const std::string& name = "trace.jsonl") {
    std::string folder = (std::filesystem::temp_directory_path() / "touchstone-trace-XXXXXX").string();
    folder_ = ::mkdtemp(folder.data());
    path_ = folder_ / name;
    out_.open(path_, std::ios::binary);
  }
  ~TraceFile() { std::filesystem::remove_all(folder_); }
  TraceFile(const TraceFile&) = delete;
  TraceFile& operator=(const TraceFile&) = delete;

  void line(const Json& json) { text(json.dump() + "\n"); }
  void text(const std::string& text) { out_ << text << std::flush; }
  [[nodiscard]] std::string path() const { return path_.string(); }
  [[nodiscard]] std::filesystem::path folder() const { return folder_; }

  [[nodiscard]] oracle::TraceReport judged() const {
    oracle::TraceReader reader(path());
    return oracle::check_trace(reader);
  }

 private:
  std::filesystem::path folder_, path_;
  std::ofstream out_;
};

[[nodiscard]] inline Json trace_header(const oracle::MethodSpec& method, const Json& problem,
                                       const std::string& dtype = "float64") {
  return {{"format", "touchstone-trace"},
          {"version", 1},
          {"implementation", "a test"},
          {"method", method.name},
          {"dtype", dtype},
          {"problem", problem},
          {"parameters", to_json(method.parameters)}};
}

[[nodiscard]] inline Json choices_json(const Transcript& transcript) {
  Json all = Json::array();
  for (const Choice& choice : transcript)
    all.push_back({{"worker", choice.place.worker},
                   {"kind", to_string(choice.kind)},
                   {"n", choice.n},
                   {"k", choice.k},
                   {"answer", choice.answer}});
  return all;
}

template <class State>
[[nodiscard]] Json state_json(const State& state) {
  Json parts = Json::object();
  for (const auto& part : state) {
    Json vectors = Json::array();
    for (const Vector<double>& vector : part.vectors) vectors.push_back(oracle::to_json(vector));
    parts[part.name] = std::move(vectors);
  }
  return parts;
}

}  // namespace touchstone::testing_support
