#pragma once
/// \file
/// What the claims and checks of the chapters' rows share.

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "touchstone/randomness/seeded.hpp"
#include "verify/engine/inspection.hpp"

namespace touchstone::inline v0 {

/// What the claims of a method call it.
struct MethodNames {
  std::string subject;  ///< "ec-sgd", "s-local-svrg"
  std::string title;    ///< "EC-SGD", "S-Local-SVRG"
  std::string source;   ///< slide and algorithm
};

/// Calls run(inspection, instance) for the instances in turn until one fails; returns how many it saw.
template <class Instance, class Run>
std::size_t inspect_each(Seeded& random, const std::function<std::vector<Instance>(Seeded&)>& instances,
                         Inspection& inspection, const Run& run) {
  std::size_t seen = 0;
  for (const Instance& one : instances(random)) {
    run(inspection, one);
    ++seen;
    if (inspection.failed()) break;
  }
  return seen;
}

/// The largest ratio of left to right of every line left <= right.
class LineTightness {
 public:
  void add(const std::string& line, const Rational& left, const Rational& right) {
    all_[line].add(static_cast<double>(left), static_cast<double>(Rational(right - left)),
                   static_cast<double>(right));
  }
  /// "(A) 0.5, (N) 0.25": the first word of each line's name.
  [[nodiscard]] std::string text() const {
    std::string text;
    for (const auto& [name, tightness] : all_)
      if (tightness.ratio >= 0)
        text +=
            fmt::format("{}{} {:.4g}", text.empty() ? "" : ", ", name.substr(0, name.find(' ')), tightness.ratio);
    return text;
  }

 private:
  std::map<std::string, Tightness> all_;
};

}  // namespace touchstone::inline v0
