#include "verify/oracle/conform/read_choices.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "verify/oracle/catalog/logged_answer.hpp"

namespace touchstone::inline v0::oracle::conformance {

Indices LoggedAnswers::draw_subset(Index n, Index k) {
  Indices answer = next(ChoiceKind::subset, n, k);
  std::sort(answer.begin(), answer.end());
  return answer;
}

void LoggedAnswers::require_exhausted() const {
  if (used_ < choices_.size())
    throw transcript_error(fmt::format("{} choices were made, the method makes {}", choices_.size(), used_));
}

const Indices& LoggedAnswers::next(ChoiceKind kind, Index n, Index k) {
  const std::string asked = describe(kind, n, k);
  if (used_ == choices_.size()) reject_choice(place(), fmt::format("found none, expected {}", asked));
  const LoggedChoice& choice = choices_[used_++];
  const Question& made = choice.question;
  const bool sizes_fit = (made.n == 0 || made.n == n) && (kind != ChoiceKind::subset || made.n == 0 || made.k == k);
  if (made.kind != kind || !sizes_fit)
    reject_choice(place(), fmt::format("found {}, expected {}", describe(made.kind, made.n, made.k), asked));
  if (made.worker != Place::server && made.worker != place().worker)
    reject_choice(place(), fmt::format("found a choice of worker {}", made.worker));
  require_answer(place(), kind, n, k, choice.answer);
  return choice.answer;
}

namespace {

/// y shows no answer to a question.
struct unreadable : std::runtime_error {
  unreadable() : std::runtime_error("unreadable") {}
};

/// Subsets and indices are the support of y; all coins fall on one side.
class SupportAnswers : public Choices<SupportAnswers> {
 public:
  SupportAnswers(const Vector<double>& x, const Vector<double>& y) : x_(x), y_(y) {}

  bool side = false;      ///< on which all coins fall
  std::size_t asked = 0;  ///< coins

  Index draw_index(Index n) { return single(n); }
  Index draw_category(const std::vector<double>& weights) { return single(static_cast<Index>(weights.size())); }
  Indices draw_permutation(Index /*n*/) { throw unreadable(); }
  bool draw_bernoulli(double /*p*/) {
    ++asked;
    return side;
  }

  /// The nonzeros of y, filled up by coordinates at which x is zero.
  Indices draw_subset(Index n, Index k) {
    if (n != y_.size()) throw unreadable();
    Indices support;
    for (Index i = 0; i < n; ++i)
      if (y_[i] != 0) support.push_back(i);
    for (Index i = 0; i < n && static_cast<Index>(support.size()) < k; ++i)
      if (x_[i] == 0 && y_[i] == 0) support.push_back(i);
    if (static_cast<Index>(support.size()) != k) throw unreadable();
    std::sort(support.begin(), support.end());
    return support;
  }

 private:
  Index single(Index n) const {
    if (n != y_.size()) throw unreadable();
    Index support = -1;
    for (Index i = 0; i < n; ++i) {
      if (y_[i] == 0) continue;
      if (support >= 0) throw unreadable();
      support = i;
    }
    if (support < 0) throw unreadable();
    return support;
  }

  const Vector<double>& x_;
  const Vector<double>& y_;
};

/// Without squares, which may overflow or vanish.
double distance(const Vector<double>& a, const Vector<double>& b) {
  return (a - b).cwiseAbs().maxCoeff();
}

Vector<double> outcome(const AnyCompressor<double>& compressor, const Vector<double>& x, SupportAnswers& answers) {
  answers.asked = 0;
  answers.begin_iteration(0);
  Erased<double, SupportAnswers> random(answers);
  return compressor.compress(x, random);
}

}  // namespace

std::optional<Vector<double>> outcome_with_choices_of(const AnyCompressor<double>& compressor,
                                                      const Vector<double>& x, const Vector<double>& y) {
  try {
    SupportAnswers answers(x, y);
    const Vector<double> down = outcome(compressor, x, answers);
    const std::size_t coins = answers.asked;
    if (coins == 0) return down;
    answers.side = true;
    const Vector<double> up = outcome(compressor, x, answers);
    if (coins == 1) return distance(y, up) < distance(y, down) ? up : down;
    Vector<double> nearest = down;
    for (Index i = 0; i < x.size(); ++i)
      if (std::abs(y[i] - up[i]) < std::abs(y[i] - down[i])) nearest[i] = up[i];
    return nearest;
  } catch (const unreadable&) {
    return std::nullopt;
  }
}

}  // namespace touchstone::inline v0::oracle::conformance
