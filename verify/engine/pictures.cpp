#include "verify/engine/pictures.hpp"

namespace touchstone::inline v0 {

FollowedRun thinned(const FollowedRun& all, std::size_t most) {
  const std::size_t count = all.points.size();
  if (count <= most || most < 2) return all;
  FollowedRun few{all.run, all.quantity, {}};
  for (std::size_t k = 0; k < most; ++k) few.points.push_back(all.points[k * (count - 1) / (most - 1)]);
  return few;
}

}  // namespace touchstone::inline v0
