#pragma once
/// \file
/// touchstone_parameters as the catalog takes them.

#include "bindings/c/touchstone.h"
#include "verify/oracle/catalog/method_spec.hpp"

namespace touchstone::inline v0::bindings {

/// A gamma that is not given is zero. Throws spec_error for NULL and for a text that is no number.
[[nodiscard]] oracle::MethodSpec method_spec_at(const char* name, const touchstone_parameters* parameters);

}  // namespace touchstone::inline v0::bindings
