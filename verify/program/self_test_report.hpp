#pragma once
/// \file
/// What `touchstone conform --self-test` prints and writes.

#include "verify/oracle/conform/self_test.hpp"

namespace touchstone::inline v0::oracle::conformance {

/// A line a specimen: what caught a fault, in which ways; or that a right one passes.
[[nodiscard]] std::string self_test_line(const SpecimenResult& result);

[[nodiscard]] std::string self_test_summary(const SelfTestCounts& counts);

/// {"faulty": {"tried", "caught_injected", "caught_black_box", ...}, "correct": {"tried", "false_alarms"}, "table": [...]}. Ends with a newline.
[[nodiscard]] std::string self_test_json(const std::vector<SpecimenResult>& results);

/// Everything that is wrong in law or step is caught when choices are injected, nineteen of twenty faults in the black box, and nothing
/// right is called wrong.
[[nodiscard]] bool as_good_as_promised(const SelfTestCounts& counts);

}  // namespace touchstone::inline v0::oracle::conformance
