#pragma once
/// \file
/// Eigen's traits for exact scalars that are classes.

#include <Eigen/Core>

namespace touchstone::inline v0 {

/// What Eigen must be told of a scalar without a built-in notion of precision.
template <class S>
struct SymbolicNumTraits : Eigen::GenericNumTraits<S> {
  using Real = S;
  using NonInteger = S;
  using Nested = S;
  using Literal = int;
  static int digits10() { return 0; }  // printing a vector asks
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 1,
    ReadCost = 8,
    AddCost = 64,
    MulCost = 256
  };
};

}  // namespace touchstone::inline v0
