#pragma once
/// \file
/// The leading comments of the reference's headers: the page of a method is the comment in its own file.

#include <string>
#include <vector>

namespace touchstone::inline v0 {

struct Page {
  std::string header;  ///< path below reference/touchstone, such as "methods/unified_sgd/saga.hpp"
  std::string text;
};

[[nodiscard]] const std::vector<Page>& pages();

}  // namespace touchstone::inline v0
