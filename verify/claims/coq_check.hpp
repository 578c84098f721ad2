#pragma once
/// \file
/// Theorems of the Coq layer as evidence.

#include "verify/claim.hpp"

namespace touchstone::inline v0 {

/// The claim with the theorems of the Coq layer that name it among its checks, and for `explain`; as it is where there
/// are none.
[[nodiscard]] Claim with_coq(Claim claim);

/// proofs/coq/bridge: the formal steps are the reference's.
[[nodiscard]] std::vector<Claim> bridge_claims();

}  // namespace touchstone::inline v0
