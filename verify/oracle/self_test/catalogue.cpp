#include "verify/oracle/self_test/catalogue.hpp"

#include <algorithm>
#include <iterator>

namespace touchstone::inline v0::oracle::self_test {

const Specimens& catalogue() {
  static const Specimens all = [] {
    Specimens joined;
    for (const auto family : {sparsifier_specimens, lazy_specimens, dithering_specimens, power_specimens,
                              contractive_specimens, conduct_specimens, unknown_law_specimens, average_specimens,
                              feedback_specimens, single_node_specimens, shifted_specimens, compensated_specimens})
      for (Specimen& specimen : family()) joined.push_back(std::move(specimen));
    return joined;
  }();
  return all;
}

const Specimen* find_specimen(const std::string& id) {
  const auto found =
      std::find_if(catalogue().begin(), catalogue().end(), [&](const Specimen& one) { return one.id == id; });
  return found == catalogue().end() ? nullptr : &*found;
}

}  // namespace touchstone::inline v0::oracle::self_test
