#pragma once
/// \file
/// What the obligations about the counterexample of Top1 share.

#include "proofs/statement.hpp"

namespace touchstone::inline v0::proofs {

/// u with u_1 + u_2 + u_3 = 0, declared as two variables.
[[nodiscard]] Vector<Term> declare_transversal(Statement& s);

/// error-feedback/parallel-top1-gd/NAME, for the claim of that subject.
[[nodiscard]] Obligation top1_obligation(const std::string& name, const std::string& claim,
                                         const std::string& title, std::vector<std::string> formula,
                                         const Statement& statement);

}  // namespace touchstone::inline v0::proofs
