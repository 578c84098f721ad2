// `touchstone check` on implementations that compute in low precision, every operation rounded: no false alarm, and how much slack
// the rule leaves.
#include "tests/support.hpp"
#include "tests/traces.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"

namespace touchstone::testing_support {

/// A number of 11 or 8 binary digits: the result of every operation is rounded.
template <int digits>
class Half {
 public:
  Half() = default;
  Half(int n) : Half(static_cast<double>(n)) {}  // NOLINT(google-explicit-constructor)
  explicit Half(long long n) : Half(static_cast<double>(n)) {}
  explicit Half(double a) : value_(static_cast<double>(format().rounded(a))) {}
  explicit Half(const Rational& q) : Half(static_cast<double>(q)) {}
  [[nodiscard]] static const oracle::NumberFormat& format() {
    return digits == 11 ? oracle::float16_format : oracle::bfloat16_format;
  }
  [[nodiscard]] double value() const { return value_; }
  explicit operator double() const { return value_; }

  friend Half operator+(Half a, Half b) { return Half(a.value_ + b.value_); }
  friend Half operator-(Half a, Half b) { return Half(a.value_ - b.value_); }
  friend Half operator*(Half a, Half b) { return Half(a.value_ * b.value_); }
  friend Half operator/(Half a, Half b) { return Half(a.value_ / b.value_); }
  Half operator-() const { return Half(-value_); }
  Half& operator+=(Half b) { return *this = *this + b; }
  Half& operator-=(Half b) { return *this = *this - b; }
  Half& operator*=(Half b) { return *this = *this * b; }
  Half& operator/=(Half b) { return *this = *this / b; }
  friend auto operator<=>(Half, Half) = default;
  friend std::ostream& operator<<(std::ostream& out, Half a) { return out << a.value_; }

 private:
  double value_ = 0;
};

[[nodiscard]] inline double value_of(float a) {
  return static_cast<double>(a);
}
template <int digits>
[[nodiscard]] double value_of(Half<digits> a) {
  return a.value();
}

}  // namespace touchstone::testing_support

template <int digits>
struct Eigen::NumTraits<touchstone::testing_support::Half<digits>>
    : touchstone::SymbolicNumTraits<touchstone::testing_support::Half<digits>> {};

namespace touchstone::inline v0::oracle {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace): a test reads as sentences

template <class S>
Json numbers(const Vector<S>& v) {
  Json all = Json::array();
  for (Index c = 0; c < v.size(); ++c) all.push_back(value_of(v[c]));
  return all;
}
template <class S>
Json numbers(const std::vector<Vector<S>>& vectors) {
  Json all = Json::array();
  for (const Vector<S>& v : vectors) all.push_back(numbers(v));
  return all;
}

/// Runs `method` in S and writes what it does under the names of its parts.
template <class S, class Method>
TraceReport judged_run(const Method& method, const MethodSpec& spec, const Quadratic<Rational>& exact,
                       const char* dtype, const std::vector<std::string>& names, Index steps) {
  const auto f = exact.map<S>([](const Rational& a) { return S(static_cast<S>(a)); });
  TraceFile file;
  file.line(trace_header(spec, to_json(exact), dtype));
  typename Method::State state = method.initial(f, Vector<S>(Vector<S>::Ones(f.dimension())));
  const auto stated = [&] {
    Json parts = Json::object();
    std::size_t next = 0;
    std::apply([&](const auto&... part) { ((parts[names[next++]] = numbers(part)), ...); }, state.parts());
    return parts;
  };
  Seeded source(3);
  for (Index k = 0; k < steps; ++k) {
    Recorder<Seeded> recorder(source);
    recorder.begin_iteration(k);
    Json line = {{"k", k}, {"state", stated()}};
    state = method.step(f, std::move(state), recorder);
    line["choices"] = choices_json(recorder.transcript());
    file.line(line);
  }
  file.line({{"k", steps}, {"state", stated()}});
  return file.judged();
}

template <class S>
void expect_no_false_alarm(const char* dtype, double least_slack_used) {
  SCOPED_TRACE(dtype);
  const S gamma = ratio<S>(1, 10);
  const S alpha = ratio<S>(1, 3);
  double largest = 0;
  for (const Index seed : {1, 2, 3}) {
    Seeded draws(static_cast<std::uint64_t>(seed));
    const Quadratic<Rational> f = random_quadratic(draws, {4, 3, 1});
    const std::vector<TraceReport> reports = {
        judged_run<S>(Gd<S>{gamma}, {"gd", {.gamma = q(1, 10)}}, f, dtype, {"x"}, 60),
        judged_run<S>(Diana<S, RandK>{{2}, gamma, alpha},
                      {"diana", {.gamma = q(1, 10), .alpha = q(1, 3), .compressor = "rand-k:2"}}, f, dtype,
                      {"x", "h"}, 60),
        judged_run<S>(EcGd<S, TopK>{{{2}}, gamma}, {"ec-gd", {.gamma = q(1, 10), .compressor = "top-k:2"}}, f,
                      dtype, {"x", "e"}, 60)};
    for (const TraceReport& report : reports) {
      EXPECT_EQ(report.passed, 60) << (report.first_wrong ? report.first_wrong->departure.error() : 0)
                                   << report.first_reason;
      EXPECT_EQ(report.not_of_format, 0);
      ASSERT_TRUE(report.closest.has_value());
      largest = std::max(largest, report.closest->departure.error());
    }
  }
  testing::Test::RecordProperty(dtype, std::to_string(largest));
  EXPECT_GT(largest, least_slack_used);
}

TEST(CheckPrecision, NoFalseAlarm) {
  expect_no_false_alarm<float>("float32", 0.1);
  expect_no_false_alarm<Half<11>>("float16", 0.1);
  expect_no_false_alarm<Half<8>>("bfloat16", 0.1);
}

TEST(CheckPrecision, LessPrecisionThanDeclaredIsFound) {
  Seeded draws(1);
  const Quadratic<Rational> f = random_quadratic(draws, {4, 3, 1});
  const MethodSpec spec{"gd", {.gamma = q(1, 10)}};
  const TraceReport as_double = judged_run<float>(Gd<float>{ratio<float>(1, 10)}, spec, f, "float64", {"x"}, 10);
  EXPECT_FALSE(as_double.holds());
  ASSERT_EQ(as_double.mistakes.size(), 1U);
  EXPECT_EQ(as_double.mistakes.front().name, "single-precision");
  using Brain = Half<8>;
  EXPECT_FALSE(judged_run<Brain>(Gd<Brain>{ratio<Brain>(1, 10)}, spec, f, "float32", {"x"}, 10).holds());
}

TEST(CheckPrecision, RoundsLikeTheFormat) {
  EXPECT_EQ(float16_format.rounded(2049), 2048);  // ties to even
  EXPECT_EQ(float16_format.rounded(2051), 2052);
  EXPECT_EQ(float16_format.rounded(0x1p-25), 0);
  EXPECT_EQ(float16_format.rounded(0x1.8p-25), 0x1p-24);
  EXPECT_EQ(bfloat16_format.rounded(257), 256);
  for (const double a : {0.1, 1.0 / 3, 1e-40, 3e38, 1e-45})
    EXPECT_EQ(float32_format.rounded(a), static_cast<double>(static_cast<float>(a))) << a;
  EXPECT_TRUE(float64_format.holds(5e-324));
  EXPECT_FALSE(float64_format.holds(0x1p60L + 1));
}

/// The rule against what it is to bound: sums in every order, products over sums.
TEST(CheckPrecision, TheBoundHoldsInEveryOrderOfSummation) {
  const FormatScope scope(float16_format);
  using S = Half<11>;
  Seeded random(5);
  double largest = 0;
  for (Index trial = 0; trial < 2000; ++trial) {
    random.begin_iteration(trial);
    Bounded bounded(0);
    std::vector<S> terms;
    for (Index t = 0; t < 8; ++t) {
      const S a(static_cast<double>(random.choose(4001) - 2000) / 7);
      const S b(static_cast<double>(random.choose(401) - 200) / 64);
      bounded += Bounded::exactly(a.value()) * Bounded::exactly(b.value());
      terms.push_back(a * b);
    }
    const Indices order = random.permutation(8);
    S sum(0);
    for (const Index t : order) sum += terms[static_cast<std::size_t>(t)];
    const S pairs =
        ((terms[0] + terms[5]) + (terms[1] + terms[6])) + ((terms[2] + terms[3]) + (terms[4] + terms[7]));
    for (const S& found : {sum, pairs}) {
      const double error = std::fabs(found.value() - static_cast<double>(bounded.centre()));
      EXPECT_LE(error, bounded.bound());
      largest = std::max(largest, error / bounded.bound());
    }
  }
  EXPECT_GT(largest, 0.15);
}

}  // namespace
}  // namespace touchstone::inline v0::oracle
