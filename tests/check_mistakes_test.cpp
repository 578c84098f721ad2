// Every known mistake, planted in implementations that share nothing with the reference but the problem's gradients, and named
// by `touchstone check`.
#include <algorithm>
#include <set>

#include "tests/support.hpp"
#include "tests/traces.hpp"
#include "verify/oracle/trace/variation.hpp"

namespace touchstone::inline v0::oracle::check_mistakes_test {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace): a test reads as sentences
using V = Vector<double>;
using Rows = std::vector<V>;

constexpr Index n = 3, d = 4, K = 2, steps = 12;

V masked(const V& x, const Indices& kept) {
  V sent = V::Zero(x.size());
  for (const Index c : kept) sent[c] = x[c];
  return sent;
}

Json rows_json(const Rows& rows) {
  Json all = Json::array();
  for (const V& row : rows) all.push_back(to_json(row));
  return all;
}

Json subsets_json(const std::vector<Indices>& subsets) {
  Json all = Json::array();
  for (std::size_t i = 0; i < subsets.size(); ++i)
    all.push_back({{"worker", i}, {"kind", "subset"}, {"answer", subsets[i]}});
  return all;
}

std::size_t at(Index i) {
  return static_cast<std::size_t>(i);
}

/// What a faulty DIANA knows of its problem.
struct GradientSource {
  Json problem;
  std::function<V(Index i, const V& x)> gradient;
  std::function<V(Index i, const V& x, const std::string& fault)> faulty;
};

GradientSource quadratics() {
  Seeded draws(21);
  const Quadratic<Rational> f = random_quadratic(draws, {d, n, 2});
  const auto g = f.map<double>([](const Rational& a) { return static_cast<double>(a); });
  return {to_json(f), [g](Index i, const V& x) { return g.gradient(i, x); },
          [g](Index i, const V& x, const std::string& fault) {
            const V right = g.gradient(i, x);
            if (fault == "gradient-sign") return V(-right);
            if (fault == "labels-sign") return V(g.form(i).A * x + g.form(i).b);
            if (fault == "shard-sum") return V(right * 2);
            if (fault == "one-over-m") return V(right / n);
            return right;
          }};
}

/// DIANA over Rand2 with one fault.
class FaultyDiana {
 public:
  FaultyDiana(GradientSource source, std::string fault) : source_(std::move(source)), fault_(std::move(fault)) {}

  [[nodiscard]] TraceReport judged() {
    MethodParameters parameters{.gamma = q(1, 32), .alpha = q(1, 4), .compressor = "rand-k:2"};
    if (fault_ == "regularizer-forgotten") parameters.regularizer = {RegularizerKind::squared_norm, q(1), {}, {}};
    TraceFile file;
    file.line(trace_header({"diana", parameters}, source_.problem));
    if (fault_ == "alpha-gamma-exchanged") std::swap(gamma_, alpha_);
    if (fault_ == "stepsize-twice") gamma_ *= 2;
    if (fault_ == "stepsize-half") gamma_ /= 2;
    if (fault_ == "alpha-left-out") alpha_ = 1;
    Seeded random(4);
    std::vector<Indices> late;
    for (Index k = 0; k < steps; ++k) {
      random.begin_iteration(k);
      std::vector<Indices> kept;
      for (Index i = 0; i < n; ++i) kept.push_back(random.worker(i).subset(d, K));
      random.begin_iteration(k + 1);
      std::vector<Indices> early;
      for (Index i = 0; i < n; ++i) early.push_back(random.worker(i).subset(d, K));
      file.line({{"k", k}, {"state", state()}, {"choices", subsets_json(kept)}});
      if (fault_ == "choices-late" && k > 0) std::swap(kept, late);
      if (fault_ == "choices-early") kept = early;
      step(kept);
      if (fault_ != "choices-late" || k == 0) late = kept;
    }
    file.line({{"k", steps}, {"state", state()}});
    return file.judged();
  }

 private:
  [[nodiscard]] Json state() const { return {{"x", to_json(x_)}, {"h", rows_json(h_)}}; }
  [[nodiscard]] bool has(const char* fault) const { return fault_ == fault; }

  [[nodiscard]] V message(Index i, const V& difference, const std::vector<Indices>& kept) const {
    Index whose = i;
    if (has("shared-draws")) whose = 0;
    if (has("draws-of-next-worker")) whose = (i + 1) % n;
    if (has("draws-of-worker-before")) whose = (i + n - 1) % n;
    if (has("draws-mirrored")) whose = n - 1 - i;
    const V own = masked(difference, kept[at(whose)]);
    const double scale = static_cast<double>(d) / K;
    if (has("scale-forgotten")) return own;
    if (has("scale-twice")) return scale * scale * own;
    if (has("scale-inverted")) return own / scale;
    if (has("not-compressed")) return difference;
    if (has("complement-sent")) return difference - scale * own;
    return scale * own;
  }

  void step(const std::vector<Indices>& kept) {
    const Rows before = h_;
    const V old_x = x_;
    V point = has("previous-iterate") ? previous_ : x_;
    for (int round = 0; round < (has("new-iterate") ? 400 : 1); ++round) {
      h_ = before;
      x_ = old_x;
      from(point, kept);
      if (has("new-iterate")) point = x_;
    }
    previous_ = old_x;
    Rows moved = h_;
    for (Index i = 0; i < n; ++i) {
      if (has("rows-rotated")) moved[at(i)] = h_[at((i + 1) % n)];
      if (has("rows-rotated-back")) moved[at(i)] = h_[at((i + n - 1) % n)];
      if (has("rows-mirrored")) moved[at(i)] = h_[at(n - 1 - i)];
    }
    h_ = moved;
    if (!has("single-precision")) return;
    x_ = x_.cast<float>().cast<double>();
    for (V& h_i : h_) h_i = h_i.cast<float>().cast<double>();
  }

  void from(const V& point, const std::vector<Indices>& kept) {
    V sum = V::Zero(d);
    for (Index i = 0; i < n; ++i) {
      V& h_i = h_[at(i)];
      const V old = h_i;
      const V gradient = source_.faulty(i, point, fault_);
      const V read = has("shift-not-read") ? V(V::Zero(d)) : old;
      const V m = message(i, gradient - read, kept);
      if (has("shift-sign"))
        h_i = old - alpha_ * m;
      else if (has("shift-uncompressed"))
        h_i = old + alpha_ * (gradient - old);
      else if (has("shift-replaced"))
        h_i = alpha_ * m;
      else if (has("shift-not-read"))
        h_i = alpha_ * m;
      else if (!has("shift-not-updated"))
        h_i = old + alpha_ * m;
      const double times = (has("worker-skipped") || has("worker-absent")) && i == 1 ? 0
                           : has("worker-twice") && i == 1                           ? 2
                                                                                     : 1;
      sum += times * ((has("new-shifts-in-mean") ? h_i : read) + m);
    }
    double divisor = n;
    if (has("sum-for-mean")) divisor = 1;
    if (has("mean-twice")) divisor = n * n;
    if (has("worker-absent")) divisor = n - 1;
    double gamma = gamma_;
    if (has("ascent")) gamma = -gamma;
    if (has("no-step")) gamma = 0;
    x_ -= gamma / divisor * sum;
  }

  GradientSource source_;
  std::string fault_;
  double gamma_ = 1.0 / 32;
  double alpha_ = 0.25;
  V x_ = V::Ones(d) * 3;
  V previous_ = V::Ones(d) * 3;
  Rows h_ = Rows(n, V(V::Zero(d)));
};

/// EC-GD over Top2 with one fault.
TraceReport faulty_ec_gd(const std::string& fault) {
  const GradientSource source = quadratics();
  const double gamma = 1.0 / 32;
  TraceFile file;
  file.line(trace_header({"ec-gd", {.gamma = q(1, 32), .compressor = "top-k:2"}}, source.problem));
  V x = V::Ones(d) * 3;
  Rows e(n, V(V::Ones(d) / 64));  // from zero errors, some mistakes would look alike
  const auto write = [&](Index k) { file.line({{"k", k}, {"state", {{"x", to_json(x)}, {"e", rows_json(e)}}}}); };
  for (Index k = 0; k < steps; ++k) {
    write(k);
    V sum = V::Zero(d);
    for (Index i = 0; i < n; ++i) {
      const V g = source.gradient(i, x);
      const V old = e[at(i)];
      const double unit = fault == "unscaled-memory" ? gamma : 1;  // what the memory is kept in
      V y = unit * old + gamma * g;
      if (fault == "memory-not-read") y = gamma * g;
      if (fault == "memory-subtracted") y = gamma * g - old;
      Indices order = {0, 1, 2, 3};
      std::stable_sort(order.begin(), order.end(),
                       [&](Index a, Index b) { return std::abs(y[a]) > std::abs(y[b]); });
      order.resize(K);
      const V v = masked(y, order);
      V kept = y - v;
      if (fault == "memory-lost") kept = V::Zero(d);
      if (fault == "memory-not-updated") kept = old;
      if (fault == "memory-sign") kept = v - y;
      if (fault == "memory-keeps-message") kept = v;
      if (fault == "memory-keeps-all") kept = y;
      if (fault == "memory-without-gamma") kept = old + g - v;
      e[at(i)] = kept / unit;
      sum += v;
    }
    x -= sum / n;
  }
  write(steps);
  return file.judged();
}

/// L-SVRG with one fault; the coin comes up in about every second iteration.
TraceReport faulty_l_svrg(const std::string& fault) {
  constexpr Index m = 3;
  Seeded draws(22);
  const Quadratic<Rational> exact = random_quadratic(draws, {d, 1, m});
  const auto f = exact.map<double>([](const Rational& a) { return static_cast<double>(a); });
  TraceFile file;
  file.line(trace_header({"l-svrg", {.gamma = q(1, 32), .p = q(1, 2)}}, to_json(exact)));
  V x = V::Ones(d) * 3;
  V w = V::Ones(d);
  V at_w = f.gradient(0, w);
  const auto state = [&] {
    return Json{{"x", to_json(x)}, {"w", to_json(w)}, {"reference_gradient", to_json(at_w)}};
  };
  Seeded random(9);
  for (Index k = 0; k < steps; ++k) {
    random.begin_iteration(k);
    const Index j = random.choose(m);
    const bool coin = random.bernoulli(q(1, 2));
    file.line({{"k", k},
               {"state", state()},
               {"choices",
                {{{"worker", -1}, {"kind", "choose"}, {"answer", j}},
                 {{"worker", -1}, {"kind", "bernoulli"}, {"answer", coin}}}}});
    const bool refresh = fault == "coin-always" || (coin && fault != "coin-ignored");
    const V old_x = x;
    if (refresh && fault == "refreshed-before-gradient") {
      w = x;
      at_w = f.gradient(0, w);
    }
    const V g = f.component_gradient(0, j, x) - f.component_gradient(0, j, w) + at_w;
    x -= g / 32;
    if (!refresh) continue;
    w = fault == "snapshot-after-step" ? x : old_x;
    if (fault != "reference-gradient-stale") at_w = f.gradient(0, w);
  }
  file.line({{"k", steps}, {"state", state()}});
  return file.judged();
}

/// DIANA on logistic regression whose shards differ in size, with gradients of its own.
TraceReport faulty_logistic(const std::string& fault, TraceFile& folder) {
  const std::vector<std::pair<int, V>> rows = [] {
    std::vector<std::pair<int, V>> all;
    Seeded random(31);
    for (Index r = 0; r < 7; ++r) {
      random.begin_iteration(r);
      V row(d);
      for (Index c = 0; c < d; ++c) row[c] = static_cast<double>(random.choose(9) - 4) / 4;
      all.emplace_back(random.choose(2) == 0 ? -1 : 1, row);
    }
    return all;
  }();
  std::ofstream data(folder.folder() / "data");
  for (const auto& [label, row] : rows) {
    data << label;
    for (Index c = 0; c < d; ++c) data << " " << c + 1 << ":" << row[c];
    data << "\n";
  }
  data.close();
  const double lambda = 0.125;
  const auto gradient = [=](Index i, const V& x, const std::string& wrong) {
    const Index first = i == 0 ? 0 : i == 1 ? 3 : 5;  // shards of 3, 2 and 2 rows
    const Index last = i == 0 ? 3 : i == 1 ? 5 : 7;
    const double weight = wrong == "shard-mean" ? 1.0 / static_cast<double>(last - first) : 3.0 / 7;
    V g = wrong == "regularization-forgotten" ? V(V::Zero(d)) : V(lambda * x);
    for (Index r = first; r < last; ++r) {
      const double b = (wrong == "labels-sign" ? -1 : 1) * rows[at(r)].first;
      g -= weight * b / (1 + std::exp(b * rows[at(r)].second.dot(x))) * rows[at(r)].second;
    }
    return g;
  };
  const Json problem = {{"kind", "logistic"},
                        {"file", (folder.folder() / "data").string()},
                        {"features", d},
                        {"workers", n},
                        {"lambda", "1/8"}};
  return FaultyDiana({problem, [=](Index i, const V& x) { return gradient(i, x, ""); }, gradient}, fault).judged();
}

bool names(const TraceReport& report, const std::string& fault) {
  return std::any_of(report.mistakes.begin(), report.mistakes.end(),
                     [&](const Explanation& mistake) { return mistake.name == fault; });
}

void expect_named(const TraceReport& report, const std::string& fault) {
  SCOPED_TRACE(fault);
  EXPECT_FALSE(report.holds());
  EXPECT_GT(report.failed, 0);
  EXPECT_TRUE(names(report, fault));
  std::string all;
  for (const Explanation& mistake : report.mistakes) all += mistake.name + ": " + mistake.says + "; ";
  EXPECT_EQ(report.mistakes.size(), 1U) << all;
}

const std::vector<std::string> of_diana = {"scale-forgotten",
                                           "scale-twice",
                                           "scale-inverted",
                                           "not-compressed",
                                           "complement-sent",
                                           "choices-late",
                                           "choices-early",
                                           "alpha-left-out",
                                           "alpha-gamma-exchanged",
                                           "stepsize-twice",
                                           "stepsize-half",
                                           "ascent",
                                           "no-step",
                                           "sum-for-mean",
                                           "mean-twice",
                                           "regularizer-forgotten",
                                           "new-shifts-in-mean",
                                           "shift-not-updated",
                                           "shift-sign",
                                           "shift-uncompressed",
                                           "shift-replaced",
                                           "shift-not-read",
                                           "previous-iterate",
                                           "new-iterate",
                                           "gradient-sign",
                                           "labels-sign",
                                           "shard-sum",
                                           "one-over-m",
                                           "worker-skipped",
                                           "worker-absent",
                                           "worker-twice",
                                           "shared-draws",
                                           "draws-of-next-worker",
                                           "draws-of-worker-before",
                                           "draws-mirrored",
                                           "rows-rotated",
                                           "rows-rotated-back",
                                           "rows-mirrored",
                                           "single-precision"};
const std::vector<std::string> of_ec_gd = {"memory-lost",      "memory-not-read",     "memory-not-updated",
                                           "memory-sign",      "memory-subtracted",   "memory-keeps-message",
                                           "memory-keeps-all", "memory-without-gamma"};
const std::vector<std::string> of_l_svrg = {"coin-ignored", "coin-always", "refreshed-before-gradient",
                                            "reference-gradient-stale"};
const std::vector<std::string> of_logistic = {"regularization-forgotten", "shard-mean", "labels-sign"};

TEST(CheckMistakes, AreNamedInDiana) {
  for (const std::string& fault : of_diana) expect_named(FaultyDiana(quadratics(), fault).judged(), fault);
}

TEST(CheckMistakes, AreNamedInErrorFeedback) {
  for (const std::string& fault : of_ec_gd) expect_named(faulty_ec_gd(fault), fault);
}

TEST(CheckMistakes, AreNamedInVarianceReduction) {
  for (const std::string& fault : of_l_svrg) expect_named(faulty_l_svrg(fault), fault);
}

TEST(CheckMistakes, AreNamedInLogisticRegression) {
  TraceFile folder("none");
  for (const std::string& fault : of_logistic) expect_named(faulty_logistic(fault, folder), fault);
}

TEST(CheckMistakes, TheSameImplementationsWithoutFaultPass) {
  TraceFile folder("none");
  EXPECT_TRUE(FaultyDiana(quadratics(), "").judged().holds());
  EXPECT_TRUE(faulty_ec_gd("").holds());
  EXPECT_TRUE(faulty_l_svrg("").holds());
  EXPECT_TRUE(faulty_logistic("", folder).holds());
}

TEST(CheckMistakes, FreedomsAreAcceptable) {
  const TraceReport memory = faulty_ec_gd("unscaled-memory");
  EXPECT_TRUE(memory.holds());
  EXPECT_EQ(memory.acceptable, std::set<std::string>{"unscaled-memory"});
  const TraceReport snapshot = faulty_l_svrg("snapshot-after-step");
  EXPECT_TRUE(snapshot.holds());
  EXPECT_EQ(snapshot.acceptable, std::set<std::string>{"snapshot-after-step"});
}

TEST(CheckMistakes, EveryNameIsPlantedSomewhere) {
  std::set<std::string> planted = {"single-precision"};
  for (const auto& part : {of_diana, of_ec_gd, of_l_svrg, of_logistic}) planted.insert(part.begin(), part.end());
  std::set<std::string> known = {"single-precision"};
  for (const Variation& mistake : mistakes()) EXPECT_TRUE(known.insert(mistake.name).second) << mistake.name;
  EXPECT_EQ(planted, known);
}

TEST(CheckMistakes, TheFirstWrongStepIsPlaced) {
  const TraceReport report = FaultyDiana(quadratics(), "worker-skipped").judged();
  ASSERT_TRUE(report.first_wrong.has_value());
  EXPECT_EQ(report.first_wrong->k, 0);
  EXPECT_EQ(report.first_wrong->departure.part, "x");
  ASSERT_EQ(report.mistakes.size(), 1U);
  EXPECT_EQ(report.mistakes.front().says, "what a worker sent is not added (worker 1)");
  const TraceReport rotated = FaultyDiana(quadratics(), "rows-rotated").judged();
  ASSERT_TRUE(rotated.first_wrong.has_value());
  EXPECT_EQ(rotated.first_wrong->departure.part, "h");
  EXPECT_EQ(rotated.first_wrong->departure.worker, 0);
}

}  // namespace
}  // namespace touchstone::inline v0::oracle::check_mistakes_test
