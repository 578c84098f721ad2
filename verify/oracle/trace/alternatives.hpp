#pragma once
/// \file
/// What the method leaves open, tried in turn: comparisons that the rounding of the implementation does not decide, the order
/// among ties.

#include <map>
#include <optional>
#include <vector>

#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0::oracle {

/// The reference is run once for every path through what is open, from the start each time. Alternative 0 is what exact
/// numbers would do.
class Alternatives {
 public:
  /// Those of this thread, while an object lives; nothing is open without one: alternative 0 is taken.
  Alternatives();
  ~Alternatives();
  Alternatives(const Alternatives&) = delete;
  Alternatives& operator=(const Alternatives&) = delete;

  /// Before each run.
  void begin();
  /// What is open from here on belongs to worker i, or to the server.
  void at_worker(Index i) { worker_ = i; }
  /// 0, ..., count - 1; count >= 1.
  Index choose(Index count);
  /// Moves on to the next path: of this worker and the server where one is named, of all otherwise. False when all have been
  /// taken.
  bool advance(std::optional<Index> worker);
  /// Whether the run took anything but alternative 0.
  [[nodiscard]] bool departed() const;

 private:
  struct Open {
    Index count;
    Index taken;
  };
  static bool advance(std::vector<Open>& path);

  std::map<Index, std::vector<Open>> paths_;
  std::map<Index, std::size_t> used_;
  Index worker_ = Place::server;
  Alternatives* outer_;
};

/// One of `count` alternatives, where there are Alternatives; 0 elsewhere.
[[nodiscard]] Index open_choice(Index count);

/// What is open from here on belongs to worker i, or to the server.
void open_choices_of(Index worker);

/// `likely`, or the contrary as an alternative.
[[nodiscard]] inline bool open_comparison(bool likely) {
  return (open_choice(2) == 0) == likely;
}

}  // namespace touchstone::inline v0::oracle
