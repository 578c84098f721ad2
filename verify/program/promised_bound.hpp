#pragma once
/// \file
/// A trace beside the theorem of its method.

#include <memory>
#include <string>

#include "verify/oracle/trace/trace.hpp"

namespace touchstone::inline v0 {

/// The bound is known for what `touchstone run` knows, logistic regression from x = 0 and empty memories with the parameters
/// of the theorem, and for gradient descent on quadratics that declare L and mu. A deterministic method is compared in every
/// iteration, a randomized one in the last, where a factor of a million is allowed; bounds below what the declared format resolves are not
/// compared (experiment.hpp).
class PromisedBound {
 public:
  explicit PromisedBound(const oracle::TraceHeader& header);
  ~PromisedBound();
  PromisedBound(const PromisedBound&) = delete;
  PromisedBound& operator=(const PromisedBound&) = delete;

  /// Every line of the trace, in order.
  void look_at(const oracle::TraceLine& line);

  /// Whether the bound held; why there is none. One line.
  [[nodiscard]] std::string conclusion() const;

 private:
  struct Watch;
  std::unique_ptr<Watch> watch_;
  std::string none_ = "no bound is known for this run";
};

}  // namespace touchstone::inline v0
