#include "verify/exercises/exercise.hpp"

#include "verify/exercises/chapters.hpp"

namespace touchstone::inline v0 {

const std::vector<Exercise>& exercises() {
  static const std::vector<Exercise> all = [] {
    std::vector<Exercise> list;
    for (const auto of_chapter : {exercising::compressors_exercises, exercising::unified_sgd_exercises,
                                  exercising::error_feedback_exercises, exercising::local_exercises,
                                  exercising::marina_exercises, exercising::moshpit_exercises})
      for (Exercise& one : of_chapter()) list.push_back(std::move(one));
    return list;
  }();
  return all;
}

}  // namespace touchstone::inline v0
