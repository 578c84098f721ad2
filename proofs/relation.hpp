#pragma once
/// \file
/// The comparisons that formulas are made of.

namespace touchstone::inline v0::proofs {

enum class Relation { less, less_equal, equal };

}  // namespace touchstone::inline v0::proofs
