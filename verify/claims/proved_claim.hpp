#pragma once
/// \file
/// A claim that solvers, certificates and Coq alone decide.

#include <string>
#include <utility>
#include <vector>

#include "verify/claims/proof_check.hpp"

namespace touchstone::inline v0 {

[[nodiscard]] inline Claim proved_claim(std::string id, std::string title, std::string statement,
                                        std::vector<std::string> hypotheses, std::string source) {
  return {std::move(id),         std::move(title),  std::move(statement),
          std::move(hypotheses), std::move(source), {proof_check()}};
}

}  // namespace touchstone::inline v0
