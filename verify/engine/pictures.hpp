#pragma once
/// \file
/// What a check saw, kept for pictures and tables. Nothing is judged by it.

#include <string>
#include <vector>

namespace touchstone::inline v0 {

/// Both sides of an inequality left <= right along a run.
struct FollowedRun {
  struct Point {
    long iteration = 0;
    double measured = 0;  ///< left, rounded
    double bound = 0;     ///< right, rounded
    bool operator==(const Point&) const = default;
  };
  std::string run;       ///< which instance
  std::string quantity;  ///< the left side, in the notation of the theory headers
  std::vector<Point> points;
  bool operator==(const FollowedRun&) const = default;
};

/// At most so many points of it: the first, the last, and evenly between.
[[nodiscard]] FollowedRun thinned(const FollowedRun& all, std::size_t most);

/// What a compressor makes of one vector: outcomes that differ, in the order they were met.
struct OutcomeTable {
  struct Outcome {
    std::string probability;  ///< exact
    double weight = 0;        ///< the probability, rounded
    std::vector<std::string> coordinates;
    std::vector<double> rounded;
    bool operator==(const Outcome&) const = default;
  };
  std::string compressor;  ///< with its parameters
  std::vector<std::string> coordinates;
  std::vector<double> rounded;
  std::vector<Outcome> outcomes;
  bool operator==(const OutcomeTable&) const = default;
};

struct Pictures {
  std::vector<FollowedRun> trajectories;
  std::vector<OutcomeTable> laws;
};

}  // namespace touchstone::inline v0
