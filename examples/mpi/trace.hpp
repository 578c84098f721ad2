#pragma once
/// \file
/// A run as lines of JSON, in the format touchstone-trace, version 1: a header; for every iteration the state before it and the
/// messages; at the end the last state. Numbers read back to the same doubles.

#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "exchange.hpp"
#include "methods.hpp"
#include "options.hpp"

class Trace {
 public:
  /// `options` with all its numbers. Throws input_error where the file cannot be opened.
  Trace(const Options& options, int features);

  /// Before iteration k: the model, and what the workers keep, d numbers each, one after the other; empty where there is none.
  void state(int k, const std::vector<double>& x, const std::vector<double>& h, const std::vector<double>& e,
             const std::vector<double>& w);
  /// Of the iteration: worker i sent message(i), zero elsewhere.
  template <class Message>
  void messages(int n, const Message& message) {
    line_ += ",\"messages\":[";
    for (int i = 0; i < n; ++i) {
      std::vector<double> dense(d_);
      for (const Entry& entry : message(i)) dense[static_cast<std::size_t>(entry.index)] = entry.value;
      line_ += i == 0 ? "" : ",";
      put(dense);
    }
    line_ += "]";
  }
  void end_line();
  /// A regular file appears now, whole; anything else has been written as the run went. Throws input_error where it cannot be written.
  void commit();

 private:
  void put(std::span<const double> numbers);
  void put_vectors(const char* name, const std::vector<double>& all);

  std::string path_;
  std::string written_;  ///< path_, or beside it what becomes path_
  std::size_t d_;
  std::ofstream out_;
  std::string line_;
};
