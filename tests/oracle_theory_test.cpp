// The catalog's theory, laws and draws by name: what the bindings rest on.
#include <gtest/gtest.h>

#include "touchstone/problems/rational_quadratic.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "touchstone/theory/error_feedback/d_lsvrg.hpp"
#include "touchstone/theory/marina/marina.hpp"
#include "verify/experiment/theorem.hpp"
#include "verify/oracle/catalog/compressors.hpp"
#include "verify/oracle/catalog/convex_quadratic.hpp"
#include "verify/oracle/catalog/draws.hpp"
#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/catalog/in_both.hpp"
#include "verify/oracle/catalog/law.hpp"
#include "verify/oracle/catalog/methods.hpp"
#include "verify/oracle/catalog/spec_error.hpp"

namespace touchstone::inline v0::oracle {
namespace {

const TheoryFacts many_nodes{.d = 5,
                             .n = 3,
                             .m = 4,
                             .mu = Rational(1, 7),
                             .L = 2,
                             .largest_L_i = 3,
                             .largest_L_ij = 5,
                             .mean_square_L_i = 4};

ProblemFacts as_of_an_experiment(const TheoryFacts& facts) {
  return {.d = facts.d,
          .n = facts.n,
          .m = facts.m,
          .mu = facts.mu,
          .L = facts.L,
          .largest_L_i = facts.largest_L_i,
          .largest_L_ij = facts.largest_L_ij,
          .zeta = 0,
          .sampling_variance = 0,
          .start_variance = 0};
}

struct NamedCase {
  std::string method;
  std::string compressor = "identity";
  std::string shift_compressor = "identity";
  bool sampled = false;
  std::optional<Index> batch{};
  Index workers = 1;
};

// Two lists of rows, one by type and one by name: neither may differ from the other.
TEST(OracleTheory, StepsizesAndRatesAreThoseOfTheExperiments) {
  const std::vector<NamedCase> cases = {
      {"gd"},
      {"sgd"},
      {.method = "sgd-mb", .batch = 2},
      {.method = "sgd-sr", .batch = 3},
      {.method = "sgd-star", .batch = 3},
      {"saga"},
      {"sega"},
      {"l-svrg"},
      {.method = "diana", .compressor = "rand-k:2", .workers = 3},
      {.method = "diana", .compressor = "rand-k:2", .sampled = true, .workers = 3},
      {"diana-single", "bernoulli:1/4"},
      {.method = "q-sgd-sr", .compressor = "natural", .batch = 2},
      {.method = "vr-diana-saga", .compressor = "dithering:2", .workers = 3},
      {.method = "vr-diana-loopless", .compressor = "tern-grad", .workers = 3},
      {.method = "parallel-sgd", .compressor = "rand-k:1", .workers = 3},
      {.method = "ec-gd", .compressor = "top-k:1", .workers = 3},
      {.method = "ec-gd-star", .compressor = "top-k:2", .workers = 3},
      {.method = "ec-gd-diana", .compressor = "top-k:1", .shift_compressor = "rand-k:2", .workers = 3},
      {.method = "ec-sgd", .compressor = "top-k:1", .workers = 3},
      {.method = "ec-sgd-diana",
       .compressor = "top-k:1",
       .shift_compressor = "rand-k:2",
       .sampled = true,
       .workers = 3},
      {.method = "ec-lsvrg", .compressor = "top-k:3", .workers = 3},
      {.method = "ec-lsvrg-star", .compressor = "top-k:1", .workers = 3},
      {.method = "ec-lsvrg-diana", .compressor = "top-k:1", .shift_compressor = "natural", .workers = 3}};
  for (const NamedCase& one : cases) {
    SCOPED_TRACE(one.method);
    TheoryFacts facts = many_nodes;
    facts.n = one.workers;
    MethodSpec spec{one.method, {}};
    spec.parameters.tau = one.batch;
    spec.parameters.compressor = one.compressor;
    spec.parameters.shift_compressor = one.shift_compressor;
    if (one.sampled) spec.parameters.gradient = GradientKind::sampled;
    ExperimentSettings settings;
    settings.method = one.method;
    settings.workers = one.workers;
    settings.compressor = v0::parse_compressor("compressor", one.compressor);
    if (one.shift_compressor != "identity")
      settings.shift_compressor = v0::parse_compressor("compressor", one.shift_compressor);
    settings.sampled = one.sampled && one.method != "ec-sgd-diana";  // there it always is
    settings.batch = one.batch;
    const Theory theory = theory_of(spec, facts);
    const Theorem theorem = theorem_of(settings);
    const ProblemFacts same = as_of_an_experiment(facts);
    ASSERT_EQ(theory.stepsize, theorem.largest_stepsize(same));
    for (const Rational& gamma : {theory.stepsize, Rational(theory.stepsize / 3)})
      EXPECT_EQ(contraction_of(spec, theory, gamma), theorem.guarantee(same, gamma).q);
  }
}

TEST(OracleTheory, ADelayedMethodWithoutDelayHasTheErrorFreeStepsize) {
  MethodSpec spec{"d-lsvrg", {.gamma = 0, .p = Rational(1, 3), .tau = 0}};
  const Rational at_once = theory_of(spec, many_nodes).stepsize;
  EXPECT_EQ(at_once, error_free_stepsize(d_lsvrg_constants(Rational(5), Rational(3), Rational(1, 3))));
  spec.parameters.tau = 2;
  const Theory late = theory_of(spec, many_nodes);
  EXPECT_LT(late.stepsize, at_once);
  EXPECT_EQ(late.p, Rational(1, 3));
  EXPECT_EQ(contraction_of(spec, late, late.stepsize), 1 - late.stepsize * many_nodes.mu / 2);
}

TEST(OracleTheory, MarinaContractsOnlyUnderPolyakLojasiewicz) {
  const MethodSpec spec{"marina", {.gamma = 0, .p = Rational(1, 2), .compressor = "rand-k:1"}};
  TheoryFacts facts = many_nodes;
  facts.n = 4;  // Lambda^2 = (1/2) 4 4/(1/2 4) = 4
  const Theory contracting = theory_of(spec, facts);
  EXPECT_EQ(contraction_of(spec, contracting, contracting.stepsize), 1 - contracting.stepsize * facts.mu);
  facts.mu = 0;
  const Theory descending = theory_of(spec, facts);
  EXPECT_EQ(descending.stepsize, Rational(1, 4));
  EXPECT_LT(contracting.stepsize, descending.stepsize);
  EXPECT_THROW((void)contraction_of(spec, descending, Rational(1, 8)), spec_error);
}

TEST(OracleTheory, EveryMethodButSvrgHasOne) {
  EXPECT_EQ(theory_names().size() + 1, method_names().size());
  for (const std::string& name : theory_names()) {
    SCOPED_TRACE(name);
    MethodSpec spec{name, {.gamma = 0, .p = Rational(1, 2), .tau = 1}};
    TheoryFacts facts = many_nodes;
    facts.n = 1;
    const Theory theory = theory_of(spec, facts);
    EXPECT_GT(theory.stepsize, 0);
    const Rational q = contraction_of(spec, theory, theory.stepsize);
    EXPECT_TRUE(0 <= q && q < 1) << q;
  }
}

std::string refusal(const MethodSpec& spec, const TheoryFacts& facts) {
  try {
    (void)theory_of(spec, facts);
  } catch (const std::exception& error) {
    return error.what();
  }
  return "accepted";
}

TEST(OracleTheory, RefusesWhatTheTheoremDoesNotCover) {
  MethodSpec diana{"diana", {.gamma = 0, .alpha = Rational(1, 2), .compressor = "rand-k:2"}};
  EXPECT_EQ(refusal(diana, many_nodes), "alpha: found 1/2, expected 0 < alpha <= 2/5");
  diana.parameters.compressor = "top-k:2";
  EXPECT_EQ(refusal(diana, many_nodes),
            "compressor: found 'top-k:2', expected an unbiased compressor for the theorem of diana");
  EXPECT_EQ(refusal({"saga", {}}, many_nodes), "workers: found 3, expected 1, as saga is a method of one node");
  EXPECT_EQ(refusal({"marina", {}}, many_nodes), "p: found nothing, expected a value, as marina needs one");
  EXPECT_EQ(refusal({"ec-lsvrg", {.gamma = 0, .p = Rational(3, 2)}}, many_nodes),
            "p: found 3/2, expected 0 < p <= 1");
  TheoryFacts flat = many_nodes;
  flat.mu = 0;
  EXPECT_EQ(refusal({"gd", {}}, flat),
            "mu: found 0, expected > 0, as the theorem is about strongly convex functions");
}

Vector<Rational> vector_of_three() {
  Vector<Rational> x(3);
  x << 1, -2, Rational(1, 3);
  return x;
}

TEST(OracleLaw, HasTheMeanAndTheVarianceOfTheContract) {
  const AnyCompressor<Rational> rand_2 = oracle::parse_compressor<Rational>("compressor", "rand-k:2");
  const Vector<Rational> x = vector_of_three();
  Vector<Rational> mean = Vector<Rational>::Zero(3);
  Rational variance = 0;
  const ExactLaw<Vector<Rational>> law = exact_law(rand_2, x);
  for (const auto& [probability, outcome] : law) {
    mean += probability * outcome;
    variance += probability * Vector<Rational>(outcome - x).squaredNorm();
  }
  EXPECT_EQ(law.size(), 3U);
  EXPECT_EQ(mean, x);
  EXPECT_EQ(variance, *rand_2.omega(3) * x.squaredNorm());
  EXPECT_THROW((void)exact_law(rand_2, x, 2), std::length_error);
  // Coordinates that are zero: two subsets give the same vector.
  EXPECT_EQ(exact_law(rand_2, Vector<Rational>(Vector<Rational>::Unit(3, 0))).size(), 2U);
}

TEST(OracleLaw, AStepOfDianaIsAGradientStepInTheMean) {
  Seeded random(4);
  const Quadratic<Rational> f = random_quadratic(random, {2, 2, 1});
  const MethodSpec spec{"diana", {.gamma = Rational(1, 5), .alpha = Rational(1, 2), .compressor = "rand-k:1"}};
  const AnyMethod<Rational> diana = make_method<Rational>(spec, make_problem<Rational>(ProblemSpec(f)));
  const Vector<Rational> x = random_vector(random, 2);
  Vector<Rational> mean = Vector<Rational>::Zero(2);
  const ExactLaw<NamedState<Rational>> law = exact_law(diana, diana.initial(x));
  for (const auto& [probability, state] : law) mean += probability * state.front().vectors.front();
  EXPECT_EQ(law.size(), 4U);
  EXPECT_EQ(mean, x - spec.parameters.gamma * full_gradient<Rational>(f, x));
}

TEST(OracleDraws, ANotedCallIsRepeatedByItsTranscript) {
  const CompressorInBoth rand_1 = compressor_in_both("compressor", "rand-k:1");
  const Vector<Rational> x = vector_of_three();
  Draws draws{.seed = 5, .stream = 1, .iteration = 2, .worker = 1};
  Transcript noted;
  const Vector<Rational> once = compress(rand_1.exact, x, draws, &noted);
  ASSERT_EQ(noted.size(), 1U);
  EXPECT_EQ(noted.front().place, (Place{2, 1, 0}));
  Seeded seeded(5, 1);
  seeded.begin_iteration(2);
  EXPECT_EQ(noted.front().answer, seeded.worker(1).subset(3, 1));
  draws.given = &noted;
  EXPECT_EQ(compress(rand_1.exact, x, draws), once);
  EXPECT_EQ(compress(rand_1.rounded, convert<double>(x), draws), convert<double>(once));
  draws.worker = 0;
  EXPECT_THROW((void)compress(rand_1.exact, x, draws), transcript_error);
  noted.push_back(noted.front());
  draws.worker = 1;
  EXPECT_THROW((void)compress(rand_1.exact, x, draws), transcript_error);
}

TEST(OracleQuadratic, ItsConstantsAreProvenBounds) {
  Seeded random(2);
  const Quadratic<Rational> f = random_aligned_quadratic(random, {3, 2, 2});  // its own constants are attained
  std::vector<std::vector<QuadraticForm<Rational>>> forms;
  for (Index i = 0; i < 2; ++i) forms.push_back({f.form(i, 0), f.form(i, 1)});
  const ProblemConstants<Rational> found = convex_quadratic(forms).constants();
  const auto close_above = [](const Rational& bound, const Rational& value) {
    return bound >= value && bound <= value * Rational(1000001, 1000000);
  };
  EXPECT_TRUE(close_above(found.L, f.constants().L));
  EXPECT_TRUE(close_above(f.constants().mu, found.mu));
  EXPECT_TRUE(close_above(found.L_i[1], f.constants().L_i[1]));
  EXPECT_TRUE(close_above(found.L_ij[1][0], f.constants().L_ij[1][0]));
  forms[1][0].A(0, 0) = -1;
  EXPECT_THROW((void)convex_quadratic(forms), precondition_error);
}

QuadraticForm<Rational> form_of(const Matrix<Rational>& A) {
  return {A, Vector<Rational>::Zero(A.rows())};
}

TEST(OracleQuadratic, ConstantsAreExactForDiagonalMatricesAndNoProductOfRounding) {
  Matrix<Rational> A(2, 2);
  A << Rational(1, 3), 0, 0, Rational(1, 7);
  const ProblemConstants<Rational> diagonal = convex_quadratic({{form_of(A)}}).constants();
  EXPECT_EQ(diagonal.L, Rational(1, 3));
  EXPECT_EQ(diagonal.mu, Rational(1, 7));
  // The smallest eigenvalue is about 5e-31, which no double computation sees; one part in 10^31 less and it is negative.
  const Rational tiny(1, boost::multiprecision::pow(boost::multiprecision::mpz_int(10), 30));
  A << 1, 1, 1, Rational(1 + tiny);
  EXPECT_EQ(convex_quadratic({{form_of(A)}}).constants().mu, 0);
  A(1, 1) = 1 - tiny;
  EXPECT_THROW((void)convex_quadratic({{form_of(A)}}), precondition_error);
  A << Rational(1 / tiny), 0, 0, 1;
  EXPECT_EQ(convex_quadratic({{form_of(A)}}).constants().mu, 1);
}

TEST(OracleExactText, RoundsToDoublesOnTheSideThatIsAskedFor) {
  for (const Rational& value : {Rational(1, 3), Rational(2, 3), Rational(-1, 10), Rational(1, 7)}) {
    EXPECT_LT(Rational(double_below(value)), value);
    EXPECT_GT(Rational(double_above(value)), value);
    EXPECT_EQ(std::nextafter(double_below(value), 2.0), double_above(value));
  }
  EXPECT_EQ(double_below(Rational(3, 8)), 0.375);
  EXPECT_EQ(double_above(Rational(3, 8)), 0.375);
}

}  // namespace
}  // namespace touchstone::inline v0::oracle
