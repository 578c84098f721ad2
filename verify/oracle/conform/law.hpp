#pragma once
/// \file
/// The law of a compressor at a vector: of an implementation, by handing it every tape; of the reference, by enumeration; and
/// which outcome of the reference an implementation's output is.

#include <functional>
#include <optional>

#include "verify/oracle/catalog/compressors.hpp"
#include "verify/oracle/conform/harness.hpp"

namespace touchstone::inline v0::oracle::conformance {

struct LawOutcome {
  Rational probability;
  Vector<double> y;
};
using OutcomeLaw = std::vector<LawOutcome>;

/// The implementation asks what nobody may ask: a probability outside [0, 1], probabilities that do not sum to one, another
/// question than before on the same tape.
struct law_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Makes a call with a tape: the answer, or what is asked where the tape ends.
using TapedCall = std::function<const Answer&(const std::vector<Indices>& tape)>;

/// Calls visit(probability, answer) for every tape, in canonical order. The probabilities are those that the implementation names.
/// Throws law_error; std::length_error beyond `limit` outcomes.
void for_each_tape(const TapedCall& call, std::size_t limit,
                   const std::function<void(const Rational& probability, const Answer& answer)>& visit);

/// Outcomes that are equal stand once.
[[nodiscard]] OutcomeLaw implementation_law(const TapedCall& call);

/// None where the reference has no exact law at x (an irrational norm), or more than a few thousand outcomes.
[[nodiscard]] std::optional<OutcomeLaw> reference_law(const AnyCompressor<Rational>& reference,
                                                      const Vector<double>& x);

/// How far an output may lie from the exact one, for whatever order of operations: (d + 8) u in units of the coordinate itself; for
/// low-rank compressors, whose coordinates are inner products, 8 (d + 8) u in units of |x|.
class RoundingAllowance {
 public:
  RoundingAllowance(const std::string& reference, Dtype dtype, Index d);
  [[nodiscard]] bool allows(const Vector<double>& found, const Vector<double>& exact, double norm) const;
  /// (d + 8) u
  [[nodiscard]] double unit() const { return unit_; }
  /// Of a probability: 64 (d + 8) u, for dithering with s levels s times that, as a level is s |x_i| / |x| and its fraction the
  /// probability.
  [[nodiscard]] double probability() const { return 64 * levels_ * unit_; }

 private:
  double unit_;
  double absolute_;
  double levels_;
  double smallest_;
};

/// The place of the outcome that `y` is; none where it is none.
[[nodiscard]] std::optional<std::size_t> outcome_of(const OutcomeLaw& law, const Vector<double>& y,
                                                    const RoundingAllowance& allowance, double norm);

/// Whether y is in the support of the reference's law at x, in any dimension: the choices are read from y and replayed.
[[nodiscard]] bool reachable(const AnyCompressor<double>& reference, const Vector<double>& x,
                             const Vector<double>& y, const RoundingAllowance& allowance);

/// Whether the reference has no law at x: a norm that overflows, a power beyond the numbers.
[[nodiscard]] bool refuses(const AnyCompressor<double>& reference, const Vector<double>& x);

/// The reference's outcome for these choices. Throws transcript_error where they do not answer its questions.
[[nodiscard]] Vector<double> replayed_outcome(const AnyCompressor<double>& reference, const Vector<double>& x,
                                              const std::vector<LoggedChoice>& choices);

}  // namespace touchstone::inline v0::oracle::conformance
