#include "verify/figures/chapters.hpp"
namespace touchstone::inline v0 {
std::vector<Figure> local_figures() {
  return {};
}
}  // namespace touchstone::inline v0
