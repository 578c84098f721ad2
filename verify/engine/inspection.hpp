#pragma once
/// \file
/// What a check saw: every comparison it made, the first that failed, and how tight the inequalities were.

#include <algorithm>
#include <cstddef>
#include <limits>
#include <sstream>
#include <string>
#include <utility>

#include "touchstone/numbers/interval.hpp"
#include "touchstone/numbers/rational.hpp"
#include "verify/engine/pictures.hpp"

namespace touchstone::inline v0 {

/// `undecided` is neither a pass nor a failure: an interval too wide, a solver that gave up. It is never green.
enum class Verdict { holds, fails, undecided };

[[nodiscard]] std::string to_string(Verdict verdict);

/// Over all inequalities left <= right of a check: the least right - left and the largest left/right (where right is
/// positive). Slack 0, ratio 1: attained. Nothing compared: slack +infinity, ratio -infinity.
struct Tightness {
  double slack = std::numeric_limits<double>::infinity();
  double ratio = -std::numeric_limits<double>::infinity();

  void add(double left, double right_minus_left, double right) {
    slack = std::min(slack, right_minus_left);
    if (right > 0) ratio = std::max(ratio, left / right);
  }
  void merge(const Tightness& other) {
    slack = std::min(slack, other.slack);
    ratio = std::max(ratio, other.ratio);
  }
};

struct Finding {
  Verdict verdict = Verdict::holds;
  Tightness tightness;
  std::string detail;   ///< one line: what was compared, how often
  std::string witness;  ///< one line, of the first comparison that did not hold; empty if all did
  Pictures pictures;
};

/// Collects comparisons. `where` is called only for the first that does not hold, and says in one line what was
/// compared at which instance and state.
class Inspection {
 public:
  template <class Where>
  void less_equal(const Rational& left, const Rational& right, Where&& where) {
    ++comparisons_;
    tightness_.add(static_cast<double>(left), static_cast<double>(Rational(right - left)),
                   static_cast<double>(right));
    if (!(left <= right)) note(Verdict::fails, left, "<=", right, where);
  }

  /// Holds only if it holds for all values enclosed; fails only if it fails for all.
  template <unsigned Digits, class Where>
  void less_equal(const Interval<Digits>& left, const Interval<Digits>& right, Where&& where) {
    ++comparisons_;
    const Real<Digits> high = upper_end(left);
    const Real<Digits> low = lower_end(right);
    tightness_.add(static_cast<double>(high), static_cast<double>(Real<Digits>(low - high)),
                   static_cast<double>(low));
    if (certainly_less_equal(left, right)) return;
    const bool violated = lower_end(left) > upper_end(right);
    note(violated ? Verdict::fails : Verdict::undecided, high, "<=", low, where);
  }

  /// Equality of scalars or vectors of an exact type.
  template <class T, class Where>
  void equal(const T& left, const T& right, Where&& where) {
    ++comparisons_;
    if (!(left == right)) note(Verdict::fails, left, "==", right, where);
  }

  /// An inequality left <= right that is attained: both sides are equal, for all values of the variables.
  template <class T, class Where>
  void attained(const T& left, const T& right, Where&& where) {
    equal(left, right, where);
    tightness_.add(1, 0, 1);
  }

  template <class Where>
  void holds(bool condition, Where&& where) {
    ++comparisons_;
    if (!condition) note(Verdict::fails, "false", "==", "true", where);
  }

  /// Keeps both sides of a comparison for a picture of the run: points of one run and quantity, one after the other.
  template <class S>
  void follow(const std::string& run, const std::string& quantity, Index iteration, const S& left, const S& right) {
    if (trajectories_.empty() || trajectories_.back().run != run || trajectories_.back().quantity != quantity)
      trajectories_.push_back({run, quantity, {}});
    trajectories_.back().points.push_back(
        {static_cast<long>(iteration), static_cast<double>(left), static_cast<double>(right)});
  }

  [[nodiscard]] std::size_t comparisons() const { return comparisons_; }
  [[nodiscard]] bool failed() const { return verdict_ == Verdict::fails; }

  /// A check that compared nothing does not hold.
  [[nodiscard]] Finding finding(std::string detail) const {
    if (comparisons_ == 0) return {Verdict::fails, tightness_, std::move(detail), "nothing was compared", {}};
    return {verdict_, tightness_, std::move(detail), witness_, pictures()};
  }

 private:
  /// Of the runs that were followed, the one whose end is nearest to its bound.
  [[nodiscard]] Pictures pictures() const;

  template <class Left, class Right, class Where>
  void note(Verdict verdict, const Left& left, const char* relation, const Right& right, Where&& where) {
    if (verdict_ == Verdict::fails || verdict_ == verdict) return;
    verdict_ = verdict;
    std::ostringstream line;
    line << where() << ": expected " << transposed(left) << " " << relation << " " << transposed(right);
    witness_ = line.str();
  }
  template <class T>
  static const T& transposed(const T& scalar) {
    return scalar;
  }
  template <class S>
  static auto transposed(const Vector<S>& v) {
    return v.transpose();
  }

  std::size_t comparisons_ = 0;
  Verdict verdict_ = Verdict::holds;
  Tightness tightness_;
  std::string witness_;
  std::vector<FollowedRun> trajectories_;
};

}  // namespace touchstone::inline v0
