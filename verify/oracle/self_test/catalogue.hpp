#pragma once
/// \file
/// The implementations against which the oracle itself is measured: other people's code, as it is written in practice, with one
/// fault each, or none. Every faulty one should be rejected, every correct one accepted. Nothing here knows the reference.

#include <functional>
#include <memory>

#include "verify/oracle/self_test/implementation.hpp"

namespace touchstone::inline v0::oracle::self_test {

struct Specimen {
  std::string id;     ///< "rand-k/scale-forgotten", "dithering-inf/correct/s=3/float32"
  std::string fault;  ///< one sentence; empty for a correct one
  bool
      in_law;  ///< of a faulty one: shows in the law or in a step at the dimensions that are usual, when the choices
               ///< are injected; not what only a generator, a second worker, memory or a large index shows
  std::function<std::unique_ptr<Implementation>()> make;
};

using Specimens = std::vector<Specimen>;

[[nodiscard]] const Specimens& catalogue();

/// The specimen of this name, or nullptr.
[[nodiscard]] const Specimen* find_specimen(const std::string& id);

/// The parts of the catalogue, a family each.
[[nodiscard]] Specimens sparsifier_specimens();
[[nodiscard]] Specimens lazy_specimens();
[[nodiscard]] Specimens dithering_specimens();
[[nodiscard]] Specimens power_specimens();
[[nodiscard]] Specimens contractive_specimens();
[[nodiscard]] Specimens conduct_specimens();
[[nodiscard]] Specimens unknown_law_specimens();
[[nodiscard]] Specimens average_specimens();
[[nodiscard]] Specimens feedback_specimens();
[[nodiscard]] Specimens single_node_specimens();
[[nodiscard]] Specimens shifted_specimens();
[[nodiscard]] Specimens compensated_specimens();

}  // namespace touchstone::inline v0::oracle::self_test
