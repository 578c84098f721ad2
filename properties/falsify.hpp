#pragma once
/// \file
/// A property that must fail: RapidCheck searches, quietly and from a fixed seed, and hands back what it found.

#include <optional>
#include <string>

#include <rapidcheck.h>
#include <rapidcheck/detail/TestListenerAdapter.h>

namespace touchstone::properties {

/// The smallest counterexample found, as "name = value" lines; none if the property held in every case tried.
template <class Testable>
[[nodiscard]] std::optional<std::string> falsify(Testable&& testable, int cases = 300) {
  rc::detail::TestParams parameters;
  parameters.seed = 1;
  parameters.maxSuccess = cases;
  rc::detail::TestListenerAdapter silent;
  const auto result =
      rc::detail::checkTestable(std::forward<Testable>(testable), rc::detail::TestMetadata(), parameters, silent);
  rc::detail::FailureResult failure;
  if (!result.match(failure)) return std::nullopt;
  std::string lines;
  for (const auto& [name, value] : failure.counterExample)
    lines.append(name).append(" = ").append(value).append("\n");
  return lines;
}

}  // namespace touchstone::properties
