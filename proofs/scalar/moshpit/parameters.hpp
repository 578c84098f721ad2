#pragma once
/// \file
/// What the obligations of chapter 6 share.

#include <string>
#include <utility>
#include <vector>

#include "proofs/statement.hpp"

namespace touchstone::inline v0::proofs {

/// With the claim's id, and a suffix where several obligations make up a claim.
[[nodiscard]] inline Obligation moshpit_obligation(const std::string& claim, const std::string& suffix,
                                                   const std::string& title, const std::string& generated_from,
                                                   std::vector<std::string> formula) {
  return {.id = "moshpit/" + claim + suffix,
          .claim = "moshpit/" + claim,
          .title = title,
          .source = "chapter 6; derived",
          .generated_from = generated_from,
          .formula = std::move(formula)};
}

}  // namespace touchstone::inline v0::proofs
