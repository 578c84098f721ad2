// `touchstone check` on traces of the reference itself, in double: no false alarm; and what it says about traces that are no
// traces.
#include <fmt/format.h>

#include "tests/support.hpp"
#include "tests/traces.hpp"
#include "verify/oracle/catalog/methods.hpp"

namespace touchstone::inline v0::oracle {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace): a test reads as sentences

MethodSpec spec_of(const std::string& name, const Quadratic<Rational>& f) {
  MethodParameters parameters{.gamma = q(1, 16), .alpha = q(1, 3), .p = q(1, 3), .tau = 2};
  const bool compensated = name.starts_with("ec-");
  parameters.compressor = compensated ? "top-k:2" : "rand-k:2";
  parameters.shift_compressor = "rand-k:3";
  if (name.ends_with("-star"))
    for (Index i = 0; i < f.workers(); ++i) parameters.star_gradients.push_back(f.gradient(i, f.minimizer()));
  if (name == "sgd-star") {
    parameters.star_gradients.clear();
    for (Index j = 0; j < f.components(0); ++j)
      parameters.star_gradients.push_back(f.component_gradient(0, j, f.minimizer()));
  }
  return {name, parameters};
}

bool on_one_node(const std::string& name) {
  static const std::set<std::string> names = {"sgd",  "sgd-mb", "sgd-sr", "sgd-star",     "saga",
                                              "sega", "svrg",   "l-svrg", "diana-single", "q-sgd-sr"};
  return names.contains(name);
}

/// As JSON, with a single vector where the method keeps one.
Json stated(const AnyMethod<double>& method, const NamedState<double>& state) {
  Json parts = state_json(state);
  for (const PartShape& shape : method.shapes())
    if (shape.single) parts[shape.name] = Json(parts[shape.name][0]);
  return parts;
}

enum class Told { choices, seed };

void write_run(TraceFile& file, const MethodSpec& spec, const Quadratic<Rational>& f, Index steps, Told told) {
  const AnyMethod<double> method = make_method<double>(spec, make_problem<double>(ProblemSpec(f)));
  Json header = trace_header(spec, to_json(f));
  if (told == Told::seed) header["seed"] = 11;
  file.line(header);
  NamedState<double> state = method.initial(Vector<double>(Vector<double>::Ones(f.dimension())));
  for (Index k = 0; k < steps; ++k) {
    Seeded source(11);
    Recorder<Seeded> recorder(source);
    Erased<double, Recorder<Seeded>> random(recorder);
    random.begin_iteration(k);
    Json line = {{"k", k}, {"state", stated(method, state)}};
    state = method.step(state, random);
    if (told == Told::choices) line["choices"] = choices_json(recorder.transcript());
    file.line(line);
  }
  file.line({{"k", steps}, {"state", stated(method, state)}});
}

TEST(CheckTrace, EveryMethodInDoublePasses) {
  Seeded draws(5);
  const Quadratic<Rational> single = random_quadratic(draws, {4, 1, 3});
  const Quadratic<Rational> shared = random_quadratic(draws, {4, 3, 2});
  for (const std::string& name : method_names())
    for (const Told told : {Told::choices, Told::seed}) {
      SCOPED_TRACE(fmt::format("{} {}", name, told == Told::seed ? "seed" : "choices"));
      const Quadratic<Rational>& f = on_one_node(name) ? single : shared;
      TraceFile file;
      write_run(file, spec_of(name, f), f, 20, told);
      const TraceReport report = file.judged();
      EXPECT_EQ(report.passed, 20);
      EXPECT_TRUE(report.holds());
      if (report.first_wrong)
        ADD_FAILURE() << report.first_wrong->k << " " << report.first_wrong->departure.part << " "
                      << report.first_wrong->departure.error() << report.first_wrong->departure.reason;
      EXPECT_TRUE(report.acceptable.empty());
      ASSERT_TRUE(report.drift.has_value());
      EXPECT_LT(*report.drift, 1e-12);
      ASSERT_TRUE(report.closest.has_value());
      EXPECT_GT(report.closest->departure.error(), 0.01);  // the bound is not idle
    }
}

TEST(CheckTrace, EveryCompressorInDoublePasses) {
  Seeded draws(6);
  const Quadratic<Rational> f = random_quadratic(draws, {4, 2, 1});
  for (const char* compressor : {"identity",
                                 "rand-k:3",
                                 "bernoulli:1/3",
                                 "independent-sparsification:1/2,1/3,1,1/4",
                                 "dithering:3",
                                 "dithering-1:2",
                                 "dithering-inf:2",
                                 "natural-dithering:3",
                                 "natural",
                                 "tern-grad",
                                 "exp-stochastic:3",
                                 "l1-sampling",
                                 "adaptive-sparsification:2",
                                 "random-column:2x2:1",
                                 "scaled-sign",
                                 "scaled-sign-plus",
                                 "top-k:1",
                                 "exp-round:2",
                                 "rand-k-unscaled:2",
                                 "bernoulli-unscaled:0.25"}) {
    SCOPED_TRACE(compressor);
    TraceFile file;
    MethodSpec spec{"parallel-sgd", {.gamma = q(1, 16), .compressor = compressor}};
    write_run(file, spec, f, 15, Told::choices);
    const TraceReport report = file.judged();
    EXPECT_EQ(report.passed, 15) << report.first_reason
                                 << (report.first_wrong ? report.first_wrong->departure.reason : "");
  }
}

Quadratic<Rational> small_problem() {
  const Matrix<Rational> A = Matrix<Rational>::Identity(2, 2);
  return {{QuadraticForm<Rational>{A, vec({1, 0})}, QuadraticForm<Rational>{A, vec({0, 1})}}, {1, 1, {1, 1}, {}}};
}

TEST(CheckTrace, AWrongLastBitIsFound) {
  TraceFile right;
  TraceFile wrong;
  const MethodSpec spec{"gd", {.gamma = q(1, 4)}};
  for (TraceFile* file : {&right, &wrong}) {
    file->line(trace_header(spec, to_json(small_problem())));
    file->line({{"k", 0}, {"state", {{"x", {0.5, 0.25}}}}});
  }
  // x - (x - (1/2, 1/2))/4, exactly (1/2, 5/16); rounding may cost a few units in the last place.
  right.line({{"k", 1}, {"state", {{"x", {0.5, 0.3125}}}}});
  wrong.line({{"k", 1}, {"state", {{"x", {0.5, 0.3125 + 0x1p-49}}}}});
  EXPECT_TRUE(right.judged().holds());
  const TraceReport report = wrong.judged();
  EXPECT_FALSE(report.holds());
  ASSERT_TRUE(report.first_wrong.has_value());
  EXPECT_EQ(report.first_wrong->departure.coordinate, 1);
  EXPECT_LT(report.first_wrong->departure.error(), 8);  // the rule allows 2^-52 to 2^-49 here
  EXPECT_TRUE(report.mistakes.empty());
}

TEST(CheckTrace, AnotherOrderAmongTiesIsAcceptable) {
  const MethodSpec spec{"ec-gd", {.gamma = q(1, 4), .compressor = "top-k:1"}};
  TraceFile file;
  file.line(trace_header(spec, to_json(small_problem())));
  file.line({{"k", 0}, {"state", {{"x", {2, 1}}, {"e", {{0, 0}, {0, 0}}}}}});
  // Both coordinates of each gradient are 1: worker 0 sends the second one, worker 1 has no tie.
  file.line({{"k", 1}, {"state", {{"x", {1.75, 0.875}}, {"e", {{0.25, 0}, {0, 0}}}}}});
  const TraceReport report = file.judged();
  EXPECT_TRUE(report.holds());
  EXPECT_EQ(report.acceptable, std::set<std::string>{"order-among-ties"});
}

TEST(CheckTrace, NanIsAFailingStepAndNoBadFile) {
  for (const char* written : {"NaN", "\"nan\"", "Infinity", "-Infinity", "\"inf\"", "1e400"}) {
    SCOPED_TRACE(written);
    TraceFile file;
    file.line(trace_header({"gd", {.gamma = q(1, 4)}}, to_json(small_problem())));
    file.text("{\"k\": 0, \"state\": {\"x\": [1, 2]}}\n{\"k\": 1, \"state\": {\"x\": [0.875, " +
              std::string(written) + "]}}\n");
    if (written == std::string("1e400")) {
      EXPECT_THROW((void)file.judged(), input_error);
      continue;
    }
    const TraceReport report = file.judged();
    ASSERT_TRUE(report.first_wrong.has_value());
    EXPECT_EQ(report.first_wrong->departure.coordinate, 1);
  }
}

TEST(CheckTrace, ChoicesThatAreNotToldAreReadFromTheMessagesOrUndecided) {
  const MethodSpec spec{"diana", {.gamma = q(1, 4), .alpha = q(1, 2), .compressor = "rand-k:1"}};
  const Json before = {{"x", {2, 3}}, {"h", {{0, 0}, {0, 0}}}};
  const Json after = {{"x", {1.5, 2}}, {"h", {{0, 3}, {2, 0}}}};
  const auto judge = [&](const Json& line) {
    TraceFile file;
    file.line(trace_header(spec, to_json(small_problem())));
    file.line(line);
    file.line({{"k", 1}, {"state", after}});
    return file.judged();
  };
  // Worker 0 sends 2 (3 - 0) in coordinate 1, worker 1 sends 2 (2 - 0) in coordinate 0.
  EXPECT_FALSE(judge({{"k", 0}, {"state", before}, {"messages", {{0, 6}, {4, 0}}}}).holds());
  const Json right = {{"x", {1.5, 2.25}}, {"h", {{0, 3}, {2, 0}}}};
  TraceFile file;
  file.line(trace_header(spec, to_json(small_problem())));
  file.line({{"k", 0}, {"state", before}, {"messages", {{0, 6}, {4, 0}}}});
  file.line({{"k", 1}, {"state", right}});
  EXPECT_TRUE(file.judged().holds());
  const TraceReport silent = judge({{"k", 0}, {"state", before}});
  EXPECT_EQ(silent.undecided, 1);
  EXPECT_FALSE(silent.holds());
  EXPECT_EQ(
      silent.first_reason,
      "worker 0 makes a choice, subset(2, 1), that the trace does not tell: no choices, no seed, no messages");
  const TraceReport too_many = judge({{"k", 0}, {"state", before}, {"messages", {{1, 6}, {4, 0}}}});
  ASSERT_TRUE(too_many.first_wrong.has_value());
  EXPECT_EQ(too_many.first_wrong->departure.reason,
            "worker 0, choice 0: found a message with 2 coordinates, expected 1");
}

std::string complaint(const std::string& lines) {
  TraceFile file;
  file.text(lines);
  return error_of<input_error>([&] { (void)file.judged(); }).substr(file.folder().string().size() + 1);
}

TEST(CheckTrace, ABadFileGetsOneLine) {
  const std::string header = trace_header({"gd", {.gamma = q(1, 4)}}, to_json(small_problem())).dump() + "\n";
  const std::string first = "{\"k\": 0, \"state\": {\"x\": [1, 2]}}\n";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "trace.jsonl:1: found the end of the file, expected a header"},
      {"\n\n", "trace.jsonl:3: found the end of the file, expected a header"},
      {"{}\n", "trace.jsonl:1: format: found nothing, expected a value"},
      {"[1]\n", "trace.jsonl:1: header: found [1], expected an object"},
      {"{\"format\": \n", "trace.jsonl:1: header: found no JSON at byte 12, expected an object"},
      {"{\"format\": 1e999}\n",
       "trace.jsonl:1: header: found a number beyond float64, expected smaller ones, or a string"},
      {header, "trace.jsonl:2: found the end of the file, expected an iteration"},
      {header + first, "trace.jsonl:3: found the end of the file, expected a second iteration"},
      {header + first + "{\"k\": 1, \"state\": {\"x\": [1, 2", "trace.jsonl:3: found no JSON"},
      {header + first + "\xff\xfe\n", "trace.jsonl:3: found no JSON"},
      {header + first + "7\n", "trace.jsonl:3: iteration: found 7, expected an object"},
      {header + first + "{\"k\": 2, \"state\": {\"x\": [1, 2]}}\n", "trace.jsonl:3: k: found 2, expected 1"},
      {header + first + "{\"k\": 1.5, \"state\": {\"x\": [1, 2]}}\n",
       "trace.jsonl:3: k: found 1.5, expected a whole number from 0"},
      {header + first + "{\"k\": 1}\n", "trace.jsonl:3: state: found nothing, expected an object"},
      {header + first + "{\"k\": 1, \"state\": {}}\n",
       "trace.jsonl:3: state.x: found nothing, expected a part of the state"},
      {header + first + "{\"k\": 1, \"state\": {\"x\": [1]}}\n",
       "trace.jsonl:3: state.x: found 1 numbers, expected 2"},
      {header + first + "{\"k\": 1, \"state\": {\"x\": [1, \"a\"]}}\n",
       "trace.jsonl:3: state.x[1]: found \"a\", expected a number such as 0.5, \"1/3\" or \"0x1.8p-3\""},
      {header + first + "{\"k\": 1, \"state\": {\"x\": [1, 2], \"h\": []}}\n",
       "trace.jsonl:3: state.h: found a part that the method has not, expected x"},
      {header + first + "{\"k\": 1, \"state\": {\"x\": [1, 2]}, \"extra\": 1}\n",
       "trace.jsonl:3: extra: found 1, expected only k, state, choices and messages"},
      {header + "{\"k\": 0, \"state\": {\"x\": [1, 2]}, \"choices\": [{\"kind\": \"guess\", \"answer\": 1}]}\n",
       "trace.jsonl:2: choices[0].kind: found \"guess\", expected choose, subset, permutation, bernoulli or pick"},
      {header + "{\"k\": 0, \"state\": {\"x\": [1, 2]}, \"messages\": [[1, 2]]}\n",
       "trace.jsonl:2: messages: found 1 vectors, expected 2"},
  };
  for (const auto& [lines, expected] : cases)
    EXPECT_TRUE(complaint(lines).starts_with(expected)) << complaint(lines);
  Json wrong = Json::parse(header);
  wrong["dtype"] = "float128";
  EXPECT_EQ(complaint(wrong.dump()),
            "trace.jsonl:1: dtype: found \"float128\", expected float64, float32, float16 or bfloat16");
  EXPECT_TRUE(error_of<input_error>([] {
                TraceReader reader("/nowhere/trace.jsonl");
              }).starts_with("/nowhere/trace.jsonl: cannot be read"));
}

TEST(CheckTrace, NumbersMayBeWrittenInEveryWay) {
  TraceFile file;
  file.line(trace_header({"gd", {.gamma = q(1, 4)}}, to_json(small_problem())));
  file.text("\r\n{\"k\": 0, \"state\": {\"x\": [\"0x1p-1\", \"1/4\"]}}\r\n");
  file.text("{\"k\": 1, \"state\": {\"x\": [5e-1, \"0.3125\"]}}");  // no end of the line
  EXPECT_TRUE(file.judged().holds());
  TraceFile large;
  large.line(trace_header({"gd", {.gamma = q(1, 4)}}, to_json(small_problem())));
  large.text(
      "{\"k\": 0, \"state\": {\"x\": [100000000000000000000, 0]}}\n"
      "{\"k\": 1, \"state\": {\"x\": [75000000000000000000, 0.125]}}\n");
  EXPECT_TRUE(large.judged().holds());
}

TEST(CheckTrace, DerivedPartsMayBeLeftOut) {
  Seeded draws(8);
  const Quadratic<Rational> f = random_quadratic(draws, {3, 1, 3});
  TraceFile full;
  write_run(full, spec_of("saga", f), f, 10, Told::choices);
  TraceFile less;
  std::ifstream in(full.path());
  for (std::string line; std::getline(in, line);) {
    Json json = Json::parse(line);
    if (json.contains("state")) json["state"].erase("table_mean");
    less.line(json);
  }
  EXPECT_TRUE(less.judged().holds());
}

}  // namespace
}  // namespace touchstone::inline v0::oracle
