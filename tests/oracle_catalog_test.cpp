// The catalog by which the oracle speaks of the reference: names, parameters, states, JSON.
#include <set>

#include <gtest/gtest.h>

#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/numbers/rational.hpp"
#include "touchstone/problems/rational_quadratic.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "verify/oracle/catalog/compressors.hpp"
#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/catalog/json_spec.hpp"
#include "verify/oracle/catalog/methods.hpp"
#include "verify/oracle/catalog/spec_error.hpp"

namespace touchstone::inline v0::oracle {
namespace {

const std::vector<std::string> examples = {"identity",
                                           "rand-k:2",
                                           "rand-k-unscaled:2",
                                           "bernoulli:1/3",
                                           "bernoulli-unscaled:0.25",
                                           "independent-sparsification:1/2,1/3,1,1/4",
                                           "adaptive-sparsification:2",
                                           "l1-sampling",
                                           "dithering:3",
                                           "dithering-1:2",
                                           "dithering-inf:2",
                                           "natural-dithering:3",
                                           "natural-dithering-1:2",
                                           "natural-dithering-inf:2",
                                           "tern-grad",
                                           "natural",
                                           "exp-stochastic:3",
                                           "exp-round:2",
                                           "top-k:2",
                                           "scaled-sign",
                                           "scaled-sign-plus",
                                           "svd-rank-r:2x2:1",
                                           "random-column:2x2:1"};

Vector<Rational> rational(std::initializer_list<Rational> values) {
  Vector<Rational> v(static_cast<Index>(values.size()));
  std::copy(values.begin(), values.end(), v.begin());
  return v;
}

TEST(OracleCatalog, EveryNameMakesACompressorThatStatesItsContract) {
  std::set<std::string> made;
  for (const std::string& text : examples) {
    const AnyCompressor<Rational> compressor = parse_compressor<Rational>("compressor", text);
    EXPECT_TRUE(compressor.omega_stated() || compressor.delta_stated()) << text;
    EXPECT_EQ(compressor.name(), text);
    made.insert(text.substr(0, text.find(':')));
  }
  EXPECT_EQ(made, std::set<std::string>(compressor_names().begin(), compressor_names().end()));
}

TEST(OracleCatalog, TheLawOfACompressorIsThatOfTheReference) {
  const Vector<Rational> x = rational({1, -2, 3});
  const AnyCompressor<Rational> named = parse_compressor<Rational>("compressor", "rand-k:2");
  const auto law = distribution<Rational>([&](auto& random) {
    Erased<Rational, std::remove_reference_t<decltype(random)>> erased(random);
    return named.compress(x, erased);
  });
  EXPECT_EQ(law, distribution<Rational>([&](auto& random) { return RandK{2}.compress(x, random); }));
}

TEST(OracleCatalog, RefusesWhatIsNoCompressor) {
  for (const char* wrong : {"", "rand", "rand-k", "rand-k:0", "rand-k:x", "rand-k:2:3", "identity:1", "bernoulli:2",
                            "bernoulli:0", "exp-round:1", "svd-rank-r:2:1", "svd-rank-r:2x:1", "rand-k:99999999"})
    EXPECT_THROW((void)parse_compressor<double>("compressor", wrong), spec_error) << wrong;
}

TEST(OracleCatalog, ReadsNumbersExactly) {
  EXPECT_EQ(read_exact("0.1"), Rational(1, 10));
  EXPECT_EQ(read_exact("-3/6"), Rational(-1, 2));
  EXPECT_EQ(read_exact("0x1.8p-3"), Rational(3, 16));
  EXPECT_EQ(read_exact("-1.5e-2"), Rational(-3, 200));
  EXPECT_EQ(read_exact("007"), Rational(7));
  for (const char* wrong : {"", "-", ".", "0x", "1/0", "1e", "nan", "inf", "1 ", "1e99999", "--1"})
    EXPECT_EQ(read_exact(wrong), std::nullopt) << wrong;
}

MethodSpec with_everything(const std::string& name, const Quadratic<Rational>& f) {
  MethodParameters parameters{.gamma = Rational(1, 7), .alpha = Rational(1, 3), .p = Rational(1, 2), .tau = 1};
  const bool compensated = name.starts_with("ec-");
  parameters.compressor = compensated ? "top-k:1" : "rand-k:1";
  parameters.shift_compressor = "rand-k:1";
  if (name.ends_with("-star"))
    for (Index i = 0; i < f.workers(); ++i) parameters.star_gradients.push_back(f.gradient(i, f.minimizer()));
  return {name, parameters};
}

TEST(OracleCatalog, EveryMethodStepsFromItsInitialStateInEveryNumberType) {
  Seeded draws(7);
  const Quadratic<Rational> f = random_quadratic(draws, {2, 1, 1});
  for (const std::string& name : method_names()) {
    SCOPED_TRACE(name);
    const MethodSpec spec = with_everything(name, f);
    const AnyMethod<Rational> exact = make_method<Rational>(spec, make_problem<Rational>(ProblemSpec(f)));
    const AnyMethod<double> rounded = make_method<double>(spec, make_problem<double>(ProblemSpec(f)));
    const Vector<Rational> x = rational({Rational(1, 2), Rational(-3)});
    Seeded exact_source(1);
    Seeded rounded_source(1);
    Erased<Rational, Seeded> exact_random(exact_source);
    Erased<double, Seeded> rounded_random(rounded_source);
    const NamedState<Rational> after = exact.step(exact.initial(x), exact_random);
    const NamedState<double> close = rounded.step(rounded.initial(convert<double>(x)), rounded_random);
    ASSERT_EQ(after.size(), exact.shapes().size());
    for (std::size_t part = 0; part < after.size(); ++part)
      for (std::size_t i = 0; i < after[part].vectors.size(); ++i)
        EXPECT_TRUE(convert<double>(after[part].vectors[i]).isApprox(close[part].vectors[i], 1e-12))
            << after[part].name;
  }
}

TEST(OracleCatalog, DerivedPartsAreComputedWhereTheyAreNotGiven) {
  Seeded draws(3);
  const Quadratic<Rational> f = random_quadratic(draws, {2, 1, 2});
  const AnyMethod<Rational> saga =
      make_method<Rational>(with_everything("saga", f), make_problem<Rational>(ProblemSpec(f)));
  const NamedState<Rational> state =
      saga.complete({{"table", {rational({1, 2}), rational({3, 4})}}, {"x", {rational({0, 0})}}});
  EXPECT_EQ(state.back(), (StatePart<Rational>{"table_mean", {rational({2, 3})}}));
  EXPECT_TRUE(saga.shapes().back().derived);
  EXPECT_THROW((void)saga.complete({{"x", {rational({0, 0})}}}), precondition_error);
  EXPECT_THROW((void)saga.complete({{"y", {rational({0, 0})}}}), precondition_error);
}

TEST(OracleCatalog, ProblemsAndParametersSurviveJson) {
  Seeded draws(5);
  const Quadratic<Rational> f = random_quadratic(draws, {3, 2, 2});
  const Json text = Json::parse(to_json(f).dump());
  EXPECT_EQ(to_json(std::get<Quadratic<Rational>>(problem_of("problem", text, "."))), text);
  const MethodSpec spec = with_everything("ec-gd-star", f);
  const Json method = {{"method", spec.name}, {"parameters", to_json(spec.parameters)}};
  EXPECT_EQ(to_json(method_of("", method).parameters), method["parameters"]);
}

TEST(OracleCatalog, AComplaintNamesThePlace) {
  const auto complaint = [](const char* text) -> std::string {
    try {
      (void)problem_of("problem", Json::parse(text), ".");
    } catch (const std::exception& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(complaint(R"({"kind": "quadratic", "workers": [[{"A": [[1]], "b": ["x"]}]]})"),
            "problem.workers[0][0].b[0]: found 'x', expected a number such as 3, 1/7, 0.05, 1e-3 or 0x1.8p-3");
  EXPECT_EQ(complaint(R"({"kind": "cubic"})"),
            "problem.kind: found \"cubic\", expected quadratic, random-quadratic or logistic");
  EXPECT_EQ(complaint(R"({"workers": 3})"), "problem.kind: found nothing, expected a value");
}

}  // namespace
}  // namespace touchstone::inline v0::oracle
