#pragma once
/// \file
/// The oracle, measured: what it finds of implementations that are known to be faulty, and whether it lets the correct ones pass. Each is run
/// as a process of its own, through the protocol, in every way that it supports.

#include "verify/oracle/conform/conform.hpp"

namespace touchstone::inline v0::oracle::conformance {

struct SelfTestOptions {
  std::vector<std::string> command;  ///< what the id of a specimen is appended to
  Budget budget;                     ///< of a specimen and a way
  std::uint64_t first_seed = 1;
  Index seeds = 1;  ///< with which correct ones are judged
  std::size_t jobs = 1;
  std::vector<std::string> patterns;  ///< globs of ids; all without any
};

/// What one way found.
struct WayFound {
  Way way;
  std::vector<std::string> contracts;  ///< those that fail
  std::string detail;                  ///< of the first of them
  Json witness;
  Index calls = 0;
};

struct SpecimenResult {
  std::string id;
  std::string fault;  ///< empty for a correct one
  bool in_law = false;
  std::vector<WayFound> ways;             ///< of a faulty one: every way it supports
  std::vector<std::string> false_alarms;  ///< of a correct one: what failed, with way and seed

  [[nodiscard]] bool supports(Way way) const;
  [[nodiscard]] bool caught(Way way) const;
};

/// In the order of the catalogue, whatever the jobs. `finished` is told of each, in order. Throws spec_error for a pattern that
/// matches none.
[[nodiscard]] std::vector<SpecimenResult> run_self_test(const SelfTestOptions& options,
                                                        const std::function<void(const SpecimenResult&)>& finished);

struct SelfTestCounts {
  /// wrong_in_law: in law or step, of those whose choices can be injected.
  Index faulty = 0, wrong_in_law = 0, caught_injected = 0, wrong_in_law_caught_injected = 0, caught_replayed = 0,
        caught_black_box = 0;
  Index correct = 0, false_alarms = 0;  ///< correct ones; those of them with an alarm
};
[[nodiscard]] SelfTestCounts counts_of(const std::vector<SpecimenResult>& results);

}  // namespace touchstone::inline v0::oracle::conformance
