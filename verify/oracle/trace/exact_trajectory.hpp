#pragma once
/// \file
/// The run that an implementation would have made without rounding: from its first state, with its choices.

#include <optional>

#include "verify/oracle/trace/step_case.hpp"

namespace touchstone::inline v0::oracle {

/// "Without rounding": with 64 binary digits or more.
class ExactTrajectory {
 public:
  ExactTrajectory(const Reference& reference, const TraceLine& first, ErrorMemoryScale memory);

  /// The step of an iteration; x after it is compared with the implementation's. Where the step cannot be made, the trajectory
  /// ends.
  void follow(const StepCase& step);

  /// Largest |x - exact x| so far, over coordinates and iterations; none where nothing was compared.
  [[nodiscard]] std::optional<double> drift() const { return drift_; }
  [[nodiscard]] Index drift_at() const { return drift_at_; }
  [[nodiscard]] Index until() const { return until_; }

 private:
  std::optional<NamedState<Bounded>> state_;
  std::optional<double> drift_;
  Index drift_at_ = 0;
  Index until_ = 0;
};

}  // namespace touchstone::inline v0::oracle
