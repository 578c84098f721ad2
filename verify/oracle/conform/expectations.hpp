#pragma once
/// \file
/// What the owner of an implementation expects: a file of theirs, with a line for every contract that is not to be judged, or
/// known to fail.
///
///     # subject/contract, shell globs; what follows is the reason
///     skip   top-k/edges       NaN is caught one level above
///     xfail  rand-k/counting   the bits of the header are missing, see #12

#include <string>
#include <vector>

#include "verify/oracle/conform/verdict.hpp"

namespace touchstone::inline v0::oracle::conformance {

struct Expectation {
  enum class Kind { skip, xfail };
  Kind kind;
  std::string pattern;
  std::string reason;
};

class Expectations {
 public:
  Expectations() = default;
  /// Throws spec_error "NAME:LINE: found ..., expected ...".
  Expectations(const std::string& name, const std::string& text);

  /// The first that speaks of the contract; null where none does.
  [[nodiscard]] const Expectation* find(const std::string& subject, const std::string& contract) const;

 private:
  std::vector<Expectation> all_;
};

/// A failure that is expected becomes xfail, a contract that holds although it was to fail xpass.
void apply(const Expectation& expected, ContractResult& result);

}  // namespace touchstone::inline v0::oracle::conformance
