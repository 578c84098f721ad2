// The judge of an averaging function.
#include <cmath>

#include <fmt/format.h>

#include "touchstone/numbers/convert.hpp"
#include "verify/oracle/conform/judge.hpp"
#include "verify/oracle/conform/test_vectors.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

using Vectors = std::vector<Vector<double>>;

class AverageJudge : public Judge {
 public:
  using Judge::Judge;

  void judge() {
    contract("equal-inputs", std::nullopt, [this] { return equal_inputs(); });
    contract("mean", std::nullopt, [this] { return mean(); });
    contract("single", std::nullopt, [this] { return single(); });
    contract("order", std::nullopt, [this] { return order(); });
    contract("degenerate", std::nullopt, [this] { return degenerate(); });
    contract("edges", std::nullopt, [this] { return edges(); });
  }

 private:
  Vector<double> average(const Vectors& vectors) {
    const Answer& answer =
        harness_.request("average", about(subject_.usual()) + ",\"vectors\":" + vectors_text(vectors));
    if (!answer.y) throw harness_failure("an answer to average has y");
    if (answer.y->size() == vectors.front().size()) return *answer.y;
    throw broken_contract{
        fmt::format("{} numbers came back for vectors of {}", answer.y->size(), vectors.front().size()),
        witness(vectors, *answer.y)};
  }

  static Json witness(const Vectors& vectors, const Vector<double>& y) {
    constexpr std::size_t shown = 4;
    Json list = Json::array();
    for (std::size_t i = 0; i < std::min(shown, vectors.size()); ++i) list.push_back(numbers_json(vectors[i]));
    return {{"vectors", list}, {"count", vectors.size()}, {"y", numbers_json(y)}};
  }

  /// A mean of n numbers in any order of summation: within (n + 1) u of the sum of their magnitudes over n; 2 u where the format has 16
  /// bits, whose sums are kept in 32: in its own 256 + 1 would be 256.
  void require_mean(const Vectors& vectors, const std::string& what) {
    const Vector<double> y = average(vectors);
    const auto n = static_cast<Index>(vectors.size());
    const double roundings = scalar_bits(subject_.dtype) == 16 ? 2 : static_cast<double>(n + 1);
    const double allowed = roundings * static_cast<double>(unit_roundoff(subject_.dtype));
    for (Index i = 0; i < y.size(); ++i) {
      Rational sum;
      double size = 0;
      for (const Vector<double>& x : vectors) {
        sum += Rational(x[i]);
        size += std::abs(x[i]) / static_cast<double>(n);
      }
      const Rational expected = sum / Rational(n);
      const double error = std::isfinite(y[i]) ? std::abs(static_cast<double>(Rational(Rational(y[i]) - expected)))
                                               : std::numeric_limits<double>::infinity();
      if (error <= allowed * size + least_positive(subject_.dtype)) continue;
      Json shown = witness(vectors, y);
      shown["coordinate"] = i;
      shown["expected"] = to_json(expected);
      throw broken_contract{
          fmt::format("{}: coordinate {} is {:.6g}, expected {:.6g}", what, i, y[i], static_cast<double>(expected)),
          shown};
    }
  }

  std::string equal_inputs() {
    const Index d = subject_.dimensions.front();
    for (const Index n : {2, 3, 7, 32})
      for (const double scale : {1.0, 1.0 / 8, 4096.0, -3.0})
        require_mean(Vectors(static_cast<std::size_t>(n), Vector<double>(distinct_vector(d) * scale)),
                     fmt::format("{} equal vectors", n));
    return "2, 3, 7 and 32 vectors, up to 4096";
  }

  std::string mean() {
    for (const Index d : subject_.dimensions)
      for (const Index n : {2, 3, 5}) {
        Vectors vectors;
        for (Index i = 0; i < n; ++i)
          vectors.emplace_back(distinct_vector(d) * static_cast<double>(i % 2 == 0 ? i + 1 : -2 * i));
        require_mean(vectors, fmt::format("{} vectors", n));
      }
    return fmt::format("{} dimensions", subject_.dimensions.size());
  }

  std::string single() {
    require_mean({distinct_vector(subject_.dimensions.front())}, "one vector");
    return "n = 1";
  }

  /// The vectors in another order.
  std::string order() {
    const Index d = subject_.dimensions.front();
    const Vectors vectors{Vector<double>(distinct_vector(d) * 64), Vector<double>(-distinct_vector(d) * 32),
                          Vector<double>(Vector<double>::Ones(d) * 0.5),
                          Vector<double>(Vector<double>::Unit(d, 0) * 16)};
    require_mean(vectors, "four vectors");
    require_mean(Vectors(vectors.rbegin(), vectors.rend()), "the same in the reverse order");
    return "and in the reverse order";
  }

  std::string degenerate() {
    require_mean({Vector<double>::Constant(1, 3), Vector<double>::Constant(1, -1)}, "d = 1");
    require_mean(Vectors(3, Vector<double>(Vector<double>::Zero(4))), "zeros");
    return "d = 1, zeros";
  }

  std::string edges() {
    Vectors vectors(3, Vector<double>(Vector<double>::Ones(3)));
    for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
      vectors[1][1] = bad;
      try {
        const Vector<double> y = average(vectors);
        if (!std::isfinite(y[1])) continue;
        throw broken_contract{fmt::format("{} disappears: the mean is finite", bad), witness(vectors, y)};
      } catch (const refused_call&) {
        continue;
      }
    }
    return "NaN, infinity";
  }
};

}  // namespace

SubjectResult judge_average(Harness& harness, const Subject& subject, const JudgeOptions& options,
                            ErrorLedger& ledger, std::chrono::steady_clock::time_point deadline) {
  AverageJudge judge(harness, subject, options, ledger, deadline);
  judge.judge();
  return judge.take_result();
}

}  // namespace touchstone::inline v0::oracle::conformance
