#pragma once
/// \file
/// Randomness for following an implementation: choices that it logged, and choices that are read from its output.

#include <optional>

#include "verify/oracle/catalog/any_compressor.hpp"
#include "verify/oracle/conform/answer.hpp"

namespace touchstone::inline v0::oracle::conformance {

/// Answers from a list of logged choices, in order. A question that the next choice does not answer throws transcript_error.
class LoggedAnswers : public Choices<LoggedAnswers> {
 public:
  /// `choices` must outlive this object.
  explicit LoggedAnswers(const std::vector<LoggedChoice>& choices) : choices_(choices) {}

  Index draw_index(Index n) { return next(ChoiceKind::choose, n, 1).front(); }
  Indices draw_subset(Index n, Index k);
  Indices draw_permutation(Index n) { return next(ChoiceKind::permutation, n, n); }
  template <Field S>
  bool draw_bernoulli(const S& /*p*/) {
    return next(ChoiceKind::bernoulli, 2, 1).front() == 1;
  }
  template <Field S>
  Index draw_category(const std::vector<S>& weights) {
    return next(ChoiceKind::pick, static_cast<Index>(weights.size()), 1).front();
  }

  /// Throws transcript_error where choices are left over.
  void require_exhausted() const;

 private:
  const Indices& next(ChoiceKind kind, Index n, Index k);

  const std::vector<LoggedChoice>& choices_;
  std::size_t used_ = 0;
};

/// The outcome of the compressor at x that the choices which y shows lead to: a subset or an index is the support of y, one coin
/// is read from all of y, several from a coordinate each. None where y shows no choices that could be.
[[nodiscard]] std::optional<Vector<double>> outcome_with_choices_of(const AnyCompressor<double>& compressor,
                                                                    const Vector<double>& x,
                                                                    const Vector<double>& y);

}  // namespace touchstone::inline v0::oracle::conformance
