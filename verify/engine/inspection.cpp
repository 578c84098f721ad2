#include "verify/engine/inspection.hpp"

namespace touchstone::inline v0 {

namespace {

/// How near the last point is to its bound.
double nearness(const FollowedRun& trajectory) {
  const FollowedRun::Point& last = trajectory.points.back();
  return last.bound > 0 ? last.measured / last.bound : 0;
}

}  // namespace

Pictures Inspection::pictures() const {
  constexpr std::size_t most_points = 101;
  const auto nearest = std::ranges::max_element(trajectories_, {}, nearness);
  if (nearest == trajectories_.end()) return {};
  return {{thinned(*nearest, most_points)}, {}};
}

std::string to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds:
      return "holds";
    case Verdict::fails:
      return "fails";
    case Verdict::undecided:
      return "undecided";
  }
  throw std::logic_error("a verdict without a name");
}

}  // namespace touchstone::inline v0
