#include "verify/oracle/conform/read_choices.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace touchstone::inline v0::oracle::conformance {

template <OrderedField S>
Index LoggedAnswers<S>::choose(Index n) {
  return n == 1 ? 0 : next(ChoiceKind::choose, n, 1).front();
}

template <OrderedField S>
Indices LoggedAnswers<S>::subset(Index n, Index k) {
  Indices all(static_cast<std::size_t>(k));
  std::iota(all.begin(), all.end(), Index{0});
  if (k == 0 || k == n) return all;
  Indices answer = next(ChoiceKind::subset, n, k);
  std::sort(answer.begin(), answer.end());
  if (std::adjacent_find(answer.begin(), answer.end()) != answer.end())
    throw transcript_error(fmt::format("choice {}: a subset names an index twice", used_ - 1));
  return answer;
}

template <OrderedField S>
Indices LoggedAnswers<S>::permutation(Index n) {
  if (n <= 1) return Indices(static_cast<std::size_t>(n), 0);
  return next(ChoiceKind::permutation, n, n);
}

template <OrderedField S>
bool LoggedAnswers<S>::bernoulli(const S& p) {
  if (p <= S(0) || p >= S(1)) return p >= S(1);
  return next(ChoiceKind::bernoulli, 2, 1).front() == 1;
}

template <OrderedField S>
Index LoggedAnswers<S>::pick(const std::vector<S>& weights) {
  const auto positive = std::count_if(weights.begin(), weights.end(), [](const S& w) { return w > S(0); });
  if (positive == 1) return std::distance(weights.begin(), std::max_element(weights.begin(), weights.end()));
  return next(ChoiceKind::pick, static_cast<Index>(weights.size()), 1).front();
}

template <OrderedField S>
LoggedAnswers<S>& LoggedAnswers<S>::worker(Index i) {
  worker_ = i;
  return *this;
}

template <OrderedField S>
void LoggedAnswers<S>::require_exhausted() const {
  if (used_ < choices_.size())
    throw transcript_error(fmt::format("{} choices were made, the method makes {}", choices_.size(), used_));
}

template <OrderedField S>
const Indices& LoggedAnswers<S>::next(ChoiceKind kind, Index n, Index k) {
  const std::string asked = describe(kind, n, k);
  if (used_ == choices_.size())
    throw transcript_error(fmt::format("{} choices were made, then the method asks {}", used_, asked));
  const LoggedChoice& choice = choices_[used_++];
  const Question& made = choice.question;
  const bool sizes_fit = (made.n == 0 || made.n == n) && (kind != ChoiceKind::subset || made.n == 0 || made.k == k);
  if (made.kind != kind || !sizes_fit)
    throw transcript_error(
        fmt::format("choice {} is {}, the method asks {}", used_ - 1, describe(made.kind, made.n, made.k), asked));
  if (made.worker != Place::server && made.worker != worker_)
    throw transcript_error(
        fmt::format("choice {} is worker {}'s, the method asks worker {}", used_ - 1, made.worker, worker_));
  const bool in_range =
      std::all_of(choice.answer.begin(), choice.answer.end(), [n](Index i) { return 0 <= i && i < n; });
  if (static_cast<Index>(choice.answer.size()) != k || !in_range)
    throw transcript_error(fmt::format("choice {} is no answer to {}", used_ - 1, asked));
  return choice.answer;
}

template class LoggedAnswers<double>;
template class LoggedAnswers<Rational>;

namespace {

/// y shows no answer to a question.
struct unreadable : std::runtime_error {
  unreadable() : std::runtime_error("unreadable") {}
};

/// Subsets and indices are the support of y; all coins fall on one side.
class SupportAnswers final : public AnyRandomness<double> {
 public:
  SupportAnswers(const Vector<double>& x, const Vector<double>& y) : x_(x), y_(y) {}

  bool side = false;      ///< on which all coins fall
  std::size_t asked = 0;  ///< coins

  Index choose(Index n) override { return single(n); }
  Index pick(const std::vector<double>& weights) override { return single(static_cast<Index>(weights.size())); }

  Indices subset(Index n, Index k) override {
    if (n != y_.size()) throw unreadable();
    std::vector<bool> taken(static_cast<std::size_t>(n), false);
    Index count = 0;
    for (Index i = 0; i < n; ++i)
      if (y_[i] != 0) {
        taken[static_cast<std::size_t>(i)] = true;
        ++count;
      }
    for (Index i = 0; i < n && count < k; ++i)
      if (x_[i] == 0 && !taken[static_cast<std::size_t>(i)]) {
        taken[static_cast<std::size_t>(i)] = true;
        ++count;
      }
    if (count != k) throw unreadable();
    Indices support;
    for (Index i = 0; i < n; ++i)
      if (taken[static_cast<std::size_t>(i)]) support.push_back(i);
    return support;
  }

  Indices permutation(Index /*n*/) override { throw unreadable(); }
  bool bernoulli(const double& p) override {
    if (p <= 0 || p >= 1) return p >= 1;
    ++asked;
    return side;
  }
  SupportAnswers& worker(Index /*i*/) override { return *this; }
  void begin_iteration(Index /*k*/) override {}

 private:
  Index single(Index n) const {
    if (n == 1) return 0;
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
  return compressor.compress(x, answers);
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
