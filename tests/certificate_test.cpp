// Stored certificates hold and their mutants do not; problems are what the reference does; every defect of a
// certificate or of its file is refused with its reason.

#include <algorithm>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "proofs/certificate/certificate.hpp"
#include "tests/instances.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd_star.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/methods/unified_sgd/saga.hpp"
#include "touchstone/numbers/definiteness.hpp"

namespace touchstone::proofs {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace)

CertificateProblem problem_called(const std::string& id) {
  const auto all = certificate_problems();
  return *std::ranges::find(all, id, &CertificateProblem::id);
}

Rational parameter(const CertificateProblem& problem, const std::string& name) {
  return std::ranges::find(problem.parameters, name, &std::pair<std::string, Rational>::first)->second;
}

TEST(StoredCertificates, HoldForEveryProblem) {
  for (const CertificateProblem& problem : certificate_problems()) {
    const CheckedCertificate checked = check_certificate(problem, stored_certificate(problem));
    EXPECT_TRUE(checked.holds) << problem.id << ": " << checked.reason;
  }
}

TEST(StoredCertificates, AreOneForEachProblem) {
  std::set<std::string> expected;
  for (const CertificateProblem& problem : certificate_problems()) expected.insert(problem.id + ".json");
  EXPECT_EQ(expected.size(), certificate_problems().size());
  std::set<std::string> embedded;
  for (const EmbeddedFile& file : stored_certificates()) embedded.insert(file.name);
  EXPECT_EQ(embedded, expected);
  std::set<std::string> in_tree;
  for (const auto& entry : std::filesystem::directory_iterator(TOUCHSTONE_SOURCE "/proofs/certificate/stored"))
    in_tree.insert(entry.path().filename());
  EXPECT_EQ(in_tree, expected);
}

TEST(StoredCertificates, LeaveATenThousandthBetweenRateAndBound) {
  for (const CertificateProblem& problem : certificate_problems()) {
    const StoredCertificate stored = stored_certificate(problem);
    const bool tight = problem.claim == "error-feedback/ec-gd-star/tight-rate";
    EXPECT_EQ(stored.certificate.rate - stored.witness.bound, tight ? q(0) : q(1, 10000)) << problem.id;
  }
}

TEST(StoredCertificates, AreRefusedOnceMutated) {
  for (const CertificateProblem& problem : certificate_problems()) {
    const auto mutants = certificate_mutants(problem, stored_certificate(problem));
    EXPECT_GE(mutants.size(), 10U) << problem.id;
    for (const CertificateMutant& mutant : mutants)
      EXPECT_FALSE(check_certificate(mutant.problem, mutant.stored).holds) << problem.id << ": " << mutant.name;
  }
}

// The identity determines the matrices: below the bound those of the stored multipliers are not semidefinite.
TEST(StoredCertificates, AreRefusedAtARateThatTheWitnessExcludes) {
  for (const CertificateProblem& problem : certificate_problems()) {
    StoredCertificate stored = stored_certificate(problem);
    stored.certificate.rate = stored.witness.bound - q(1, 1000000);
    LinearForm rest = stored.certificate.rate * problem.V - problem.next_V;
    for (const CertificateHypothesis& h : problem.hypotheses)
      rest -= stored.certificate.multipliers.at(h.name) * h.expression;
    for (const GramBlock& block : problem.blocks) stored.certificate.matrices[block.name] = block.matrix(rest);
    EXPECT_NE(check_certificate(problem, stored).reason.find("not positive semidefinite"), std::string::npos)
        << problem.id;
  }
}

TEST(PositiveSemidefinite, AllowsAZeroPivotWhereItsRowIsZero) {
  EXPECT_TRUE(is_positive_semidefinite(matrix2(0, 0, 0, 0)));
  EXPECT_TRUE(is_positive_semidefinite(matrix2(0, 0, 0, 1)));
  EXPECT_TRUE(is_positive_semidefinite(matrix2(1, 1, 1, 1)));
  EXPECT_FALSE(is_positive_semidefinite(matrix2(0, 1, 1, 1)));
  EXPECT_FALSE(is_positive_semidefinite(matrix2(1, 1, 1, 0)));
  EXPECT_FALSE(is_positive_semidefinite(matrix2(0, 0, 0, -1)));
  Matrix<Rational> later(3, 3);
  later << 1, 1, 1, 1, 1, 2, 1, 2, 5;
  EXPECT_FALSE(is_positive_semidefinite(later)) << "after one step the pivot is 0 beside 1";
  later << 1, 1, 1, 1, 1, 1, 1, 1, 2;
  EXPECT_TRUE(is_positive_semidefinite(later));
}

// Problems against the reference

using Vectors = std::vector<Vector<Rational>>;

Vectors relative(Vectors vectors, const Vectors& to) {
  for (std::size_t i = 0; i < vectors.size(); ++i) vectors[i] -= to[i];
  return vectors;
}

Rational average_product(const Vectors& u, const Vectors& v) {
  Rational sum(0);
  for (std::size_t i = 0; i < u.size(); ++i) sum += u[i].dot(v[i]);
  return sum / integer<Rational>(static_cast<Index>(u.size()));
}

Vectors means(const Vectors& u) {
  Vector<Rational> sum = u.front();
  for (std::size_t i = 1; i < u.size(); ++i) sum += u[i];
  return {Vector<Rational>(sum / integer<Rational>(static_cast<Index>(u.size())))};
}

/// The inner products of the vectors of a state, each given for all workers or components.
NamedRationals products(const CertificateProblem& problem, std::map<std::string, Vectors> vectors) {
  NamedRationals at;
  for (const GramBlock& block : problem.blocks)
    for (Index i = 0; i < block.size(); ++i)
      for (Index j = i; j < block.size(); ++j) {
        const Vectors& u = vectors.at(block.vectors[static_cast<std::size_t>(i)]);
        const Vectors& v = vectors.at(block.vectors[static_cast<std::size_t>(j)]);
        const Rational mean = average_product(means(u), means(v));
        at[block.product(i, j)] = block.name == "spread" ? Rational(average_product(u, v) - mean) : mean;
      }
  return at;
}

/// Hessians with eigenvalues in [3/5, 1]: L = 1 and strongly convex for every mu of the problems.
QuadraticForm<Rational> form(std::initializer_list<Rational> diagonal, std::initializer_list<Rational> b) {
  return {Matrix<Rational>(vec(diagonal).asDiagonal()), vec(b)};
}
const std::vector<QuadraticForm<Rational>> forms{form({1, q(3, 5)}, {1, -2}), form({q(4, 5), 1}, {0, 3}),
                                                 form({q(2, 3), q(3, 4)}, {q(1, 2), 1}),
                                                 form({1, 1}, {-1, q(1, 3)})};
const Vector<Rational> start = vec({3, q(-1, 2)});

ProblemConstants<Rational> constants(std::size_t workers, std::size_t components) {
  const std::vector<Rational> ones(components, 1);
  return {1, q(3, 5), std::vector<Rational>(workers, 1), std::vector<std::vector<Rational>>(workers, ones)};
}

Quadratic<Rational> four_components() {
  return {std::vector<std::vector<QuadraticForm<Rational>>>{forms}, constants(1, 4)};
}

Vectors component_gradients(const Quadratic<Rational>& f, const Vector<Rational>& x) {
  Vectors all;
  for (Index j = 0; j < f.components(0); ++j) all.push_back(f.component_gradient(0, j, x));
  return all;
}

Vectors worker_gradients(const Quadratic<Rational>& f, const Vector<Rational>& x) {
  Vectors all;
  for (Index i = 0; i < f.workers(); ++i) all.push_back(f.gradient(i, x));
  return all;
}

/// The hypotheses hold of the state, V is its Lyapunov value and next_V the expectation of the next one.
void expect_step(const CertificateProblem& problem, const NamedRationals& at, const Rational& V,
                 const Rational& next_V) {
  EXPECT_EQ(problem.V.value(at), V) << problem.id;
  EXPECT_EQ(problem.next_V.value(at), next_V) << problem.id;
  for (const CertificateHypothesis& h : problem.hypotheses)
    EXPECT_GE(h.expression.value(at), 0) << problem.id << ": " << h.name;
}

/// SAGA and L-SVRG; `stored` are the gradients that b is about.
template <class Method>
void expect_variance_reduction(const CertificateProblem& problem, const Method& method,
                               const typename Method::State& s, const Vectors& stored) {
  const Quadratic<Rational> f = four_components();
  const Vector<Rational> x_star = f.minimizer();
  const Vectors at_star = component_gradients(f, x_star);
  const Rational weight = parameter(problem, "M") * method.gamma * method.gamma;
  const auto V = [&](const auto& state) {
    return Rational(squared_distance(state.x, x_star) + weight * method.sigma_squared(f, state, x_star));
  };
  NamedRationals at = products(problem, {{"x", Vectors(4, start - x_star)},
                                         {"a", relative(component_gradients(f, start), at_star)},
                                         {"b", relative(stored, at_star)}});
  at["gap"] = f.value(start) - f.value(x_star);
  expect_step(problem, at, V(s), expected(1, method, f, s, V));
}

TEST(CertificateProblems, AreStepsOfSaga) {
  const CertificateProblem problem = problem_called("saga-1");
  ASSERT_EQ(parameter(problem, "m"), 4);
  const Saga<Rational> method{parameter(problem, "gamma")};
  const Vectors table{vec({1, 2}), vec({0, -1}), vec({5, q(1, 7)}), vec({-2, 0})};
  expect_variance_reduction(problem, method, method.initial(four_components(), start, table), table);
}

TEST(CertificateProblems, AreStepsOfLSvrg) {
  for (const std::string id : {"l-svrg-1", "l-svrg-2"}) {
    const CertificateProblem problem = problem_called(id);
    const LSvrg<Rational> method{parameter(problem, "gamma"), parameter(problem, "p")};
    const Vector<Rational> w = vec({q(-1, 3), 4});
    const Quadratic<Rational> f = four_components();
    expect_variance_reduction(problem, method, method.initial(f, start, w), component_gradients(f, w));
  }
}

TEST(CertificateProblems, AreStepsOfDiana) {
  const CertificateProblem problem = problem_called("diana-1");
  ASSERT_EQ(parameter(problem, "n"), 2);
  const Quadratic<Rational> f(
      {form({1, q(3, 5), q(3, 4), 1}, {1, 0, -2, 1}), form({q(4, 5), 1, 1, 1}, {2, 2, 0, -1})}, constants(2, 1));
  const Diana<Rational, RandK> method{{1}, parameter(problem, "gamma"), parameter(problem, "alpha")};
  const Rational omega = method.compressor.omega<Rational>(4);
  ASSERT_EQ(omega, parameter(problem, "omega"));
  const Vector<Rational> x_star = f.minimizer();
  const Vector<Rational> x = vec({1, -2, 3, q(1, 2)});
  const auto s = method.initial(f, x, {vec({0, 1, 0, q(1, 3)}), vec({2, 0, -1, 1})});
  const Rational weight = parameter(problem, "M") * method.gamma * method.gamma;
  const auto V = [&](const auto& state) {
    return Rational(squared_distance(state.x, x_star) + weight * method.sigma_squared(f, state, x_star));
  };
  const Vectors at_star = worker_gradients(f, x_star);
  const Vectors change = relative(worker_gradients(f, x), s.h);
  NamedRationals at = products(problem, {{"x", Vectors(2, x - x_star)},
                                         {"a", relative(worker_gradients(f, x), at_star)},
                                         {"h", relative(s.h, at_star)}});
  at["gap"] = f.value(x) - f.value(x_star);
  at["variance"] = omega * average_product(change, change);
  expect_step(problem, at, V(s), expected(1, method, f, s, V));
}

/// Contractive with delta = 1 - s^2, and as far off as that allows.
struct Overshoot {
  static constexpr bool linear = true;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = true;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = true;
  static constexpr bool attained_everywhere = true;
  Rational s;
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& y, R& /*random*/) const {
    return (1 + s) * y;
  }
  template <class S>
  [[nodiscard]] S delta(Index /*d*/) const {
    return 1 - s * s;
  }
  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const { return d * scalar_bits; }
};

template <class C>
void expect_error_compensation(const CertificateProblem& problem, const C& compressor) {
  const Quadratic<Rational> f(forms, constants(4, 1));
  const Vector<Rational> x_star = f.minimizer();
  ASSERT_EQ(compressor.template delta<Rational>(2), parameter(problem, "delta"));
  const EcGdStar<Rational, C> method{{compressor}, parameter(problem, "gamma"), StarShift<Rational>::of(f, x_star)};
  const auto s = method.initial(f, start, std::vector{vec({1, 0}), vec({q(1, 2), 3}), vec({0, -1}), vec({-1, -1})});
  const auto next = after(1, method, f, s);
  const auto V = [&](const auto& state) {
    return Rational(squared_distance(state.x - means(state.e).front(), x_star) +
                    parameter(problem, "N") * average_product(state.e, state.e));
  };
  NamedRationals at = products(problem, {{"x", Vectors(4, start - x_star)},
                                         {"e", s.e},
                                         {"a", relative(worker_gradients(f, start), worker_gradients(f, x_star))}});
  at["gap"] = f.value(start) - f.value(x_star);
  at["E_next"] = average_product(next.e, next.e);
  expect_step(problem, at, V(s), V(next));
}

TEST(CertificateProblems, AreStepsOfEcGdStar) {
  expect_error_compensation(problem_called("ec-gd-star-1"), TopK{1});
  expect_error_compensation(problem_called("ec-gd-star-2"), Overshoot{q(1, 2)});
  expect_error_compensation(problem_called("ec-gd-star-tight-1"), Overshoot{q(1, 2)});
  expect_error_compensation(problem_called("ec-gd-star-tight-2"), Overshoot{q(1, 3)});
}

// f = x^2/2 with x and e such that both shrink by exactly -q: no analysis can give a rate below q^2.
TEST(TightRate, IsAttainedByTheReference) {
  const std::vector<std::pair<Rational, Rational>> roots{{q(1, 2), q(13, 14)}, {q(1, 3), q(2, 3)}};
  for (std::size_t k = 0; k < roots.size(); ++k) {
    const auto& [s, factor] = roots[k];
    const CertificateProblem problem = problem_called("ec-gd-star-tight-" + std::to_string(k + 1));
    const Rational gamma = parameter(problem, "gamma");
    ASSERT_EQ(parameter(problem, "delta"), 1 - s * s);
    const Quadratic<Rational> f({{Matrix<Rational>::Identity(1, 1), vec({0})}}, {1, 1, {1}, {{1}}});
    const EcGd<Rational, Overshoot> method{{{s}}, gamma};
    const auto state = method.initial(f, vec({1}), std::vector{vec({1 - gamma / (1 + factor)})});
    const auto next = after(1, method, f, state);
    EXPECT_EQ(next.x, Vector<Rational>(-factor * state.x));
    EXPECT_EQ(next.e.front(), Vector<Rational>(-factor * state.e.front()));
    EXPECT_EQ(problem.stated_rate, factor * factor);
    const NamedRationals multipliers = stored_certificate(problem).certificate.multipliers;
    EXPECT_EQ(multipliers.at("compressor"), 1 / s);
    EXPECT_EQ(multipliers.at("strong-convexity"), 2 * factor * gamma / (1 - parameter(problem, "mu")));
  }
}

// Defects

/// t <= |x|^2/4 gives the rate 1/4 for V = |x|^2, which x = 1, t = 1/4 attains.
CertificateProblem small_problem() {
  const GramBlock gram{"gram", {"x", "y"}};
  const LinearForm t("t");
  return {.id = "small",
          .parameters = {{"L", 1}},
          .scalars = {"t"},
          .blocks = {gram},
          .hypotheses = {{"bound", "", q(1, 4) * gram("x") - t}, {"sign", "", t}},
          .V = gram("x"),
          .next_V = t,
          .stated_rate = q(1, 2)};
}

const std::string small_file =
    R"({"problem": "small", "parameters": {"L": "1"},
        "certificate": {"rate": "1/4", "multipliers": {"bound": "1", "sign": "0"},
                        "matrices": {"gram": [["0", "0"], ["0", "0"]]}},
        "witness": {"bound": "1/4", "scalars": {"t": "1/4"}, "matrices": {"gram": [["1", "0"], ["0", "0"]]}},
        "found_by": "hand"})";

TEST(Check, SaysWhatWasCertified) {
  const CheckedCertificate checked =
      check_certificate(small_problem(), read_certificate({"small.json", small_file}));
  EXPECT_TRUE(checked.holds);
  EXPECT_EQ(checked.reason, "E V+ <= 1/4 V, stated 1/2 V; no rate below 1/4 follows from the hypotheses");
}

TEST(Check, NamesTheFirstDefect) {
  using Alter = std::function<void(CertificateProblem&, StoredCertificate&)>;
  const std::vector<std::pair<std::string, Alter>> defects{
      {"the certificate is for small, expected large", [](auto& p, auto&) { p.id = "large"; }},
      {"parameters: nothing for L, expected one entry", [](auto&, auto& s) { s.parameters.clear(); }},
      {"parameters: found mu, expected no such name", [](auto&, auto& s) { s.parameters["mu"] = 1; }},
      {"parameter L: found 2, expected 1", [](auto&, auto& s) { s.parameters["L"] = 2; }},
      {"multipliers: nothing for sign, expected one entry",
       [](auto&, auto& s) { s.certificate.multipliers.erase("sign"); }},
      {"multipliers: found sing, expected no such name",
       [](auto&, auto& s) { s.certificate.multipliers["sing"] = 0; }},
      {"multiplier of sign: found -1, expected at least 0",
       [](auto&, auto& s) { s.certificate.multipliers["sign"] = -1; }},
      {"the identity fails: -1/2 t is left over, expected nothing",
       [](auto&, auto& s) { s.certificate.multipliers["bound"] = q(1, 2), s.certificate.rate = q(1, 8); }},
      {"matrix: nothing for gram, expected one entry", [](auto&, auto& s) { s.certificate.matrices.clear(); }},
      {"matrix: found mean, expected no such name",
       [](auto&, auto& s) { s.certificate.matrices["mean"] = matrix2(0, 0, 0, 0); }},
      {"matrix gram: found 1 x 1, expected 2 x 2",
       [](auto&, auto& s) { s.certificate.matrices["gram"] = Matrix<Rational>::Zero(1, 1); }},
      {"matrix gram: found one that is not symmetric",
       [](auto&, auto& s) { s.certificate.matrices["gram"](0, 1) = 1; }},
      {"matrix gram: found one that is not positive semidefinite",
       [](auto&, auto& s) { s.certificate.matrices["gram"] = matrix2(1, 1, 1, 0); }},
      {"the identity fails: -1 gram(y,y) is left over, expected nothing",
       [](auto&, auto& s) { s.certificate.matrices["gram"](1, 1) = 1; }},
      {"certified is the rate 1/4, stated 1/5", [](auto& p, auto&) { p.stated_rate = q(1, 5); }},
      {"V: its part in gram is not positive semidefinite",
       [](auto& p, auto& s) {
         p.V -= p.blocks[0]("y");
         s.certificate.rate = 0;
         s.certificate.multipliers = {{"bound", q(0)}, {"sign", q(0)}};
         p.next_V = LinearForm();
       }},
      {"V: found terms that are no inner products",
       [](auto& p, auto& s) {
         p.V += LinearForm("t");
         s.certificate.rate = 0;
         s.certificate.multipliers = {{"bound", q(0)}, {"sign", q(0)}};
         p.next_V = LinearForm();
       }},
      {"scalars of the witness: nothing for t, expected one entry",
       [](auto&, auto& s) { s.witness.scalars.clear(); }},
      {"witness gram: found one that is not positive semidefinite",
       [](auto&, auto& s) { s.witness.matrices["gram"](1, 1) = -1; }},
      {"the witness violates bound: found -1/4, expected at least 0",
       [](auto&, auto& s) { s.witness.scalars["t"] = q(1, 2); }},
      {"the witness has V = 0, expected V > 0",
       [](auto&, auto& s) {
         s.witness.matrices["gram"] = matrix2(0, 0, 0, 1);
         s.witness.scalars["t"] = 0;
       }},
      {"the witness has E V+ = 1/4 V, expected at least 1/3 V", [](auto&, auto& s) { s.witness.bound = q(1, 3); }},
  };
  for (const auto& [reason, alter] : defects) {
    CertificateProblem problem = small_problem();
    StoredCertificate stored = read_certificate({"small.json", small_file});
    alter(problem, stored);
    const CheckedCertificate checked = check_certificate(problem, stored);
    EXPECT_FALSE(checked.holds);
    EXPECT_EQ(checked.reason, reason);
  }
}

std::string replaced(const std::string& part, const std::string& by) {
  std::string text = small_file;
  return text.replace(text.find(part), part.size(), by);
}

TEST(CertificateFile, IsRefusedWithThePlaceOfItsDefect) {
  const std::string fraction = ", expected a fraction \"p/q\" in lowest terms";
  const std::vector<std::pair<std::string, std::string>> defects{
      {replaced("\"1/4\"", "\"2/8\""), "certificate.rate: found \"2/8\"" + fraction},
      {replaced("\"1/4\"", "\"1/0\""), "certificate.rate: found \"1/0\"" + fraction},
      {replaced("\"1/4\"", "\"1/-4\""), "certificate.rate: found \"1/-4\"" + fraction},
      {replaced("\"1/4\"", "\"0.25\""), "certificate.rate: found \"0.25\"" + fraction},
      {replaced("\"1/4\"", "\"\""), "certificate.rate: found \"\"" + fraction},
      {replaced("\"1/4\"", "0.25"), "certificate.rate: found 0.25" + fraction},
      {replaced("\"bound\": \"1\"", "\"bound\": \"-0\""), "certificate.multipliers.bound: found \"-0\"" + fraction},
      {replaced("\"sign\": \"0\"", "\"bound\": \"0\""), "found member \"bound\" twice, expected once"},
      {replaced("\"problem\": \"small\"", "\"problem\": 1"), "problem: found 1, expected a text"},
      {replaced("\"problem\": \"small\",", ""), "found no member problem, expected one"},
      {replaced("\"rate\": \"1/4\",", ""), "certificate: found no member rate, expected one"},
      {replaced("\"rate\"", "\"speed\": \"1\", \"rate\""),
       "certificate.speed: found a member, expected none of this name"},
      {replaced("{\"L\": \"1\"}", "[]"), "parameters: found [], expected an object"},
      {replaced("[[\"0\", \"0\"], [\"0\", \"0\"]]", "\"0\""),
       "certificate.matrices.gram: found \"0\", expected a list"},
      {replaced("[\"0\", \"0\"], [\"0\", \"0\"]", "[\"0\", \"0\"], [\"0\"]"),
       "certificate.matrices.gram[1]: found 1 entries, expected 2, as there are rows"},
      {replaced("[\"0\", \"0\"], [\"0\", \"0\"]", "[\"0\", \"0\"], [\"0\", null]"),
       "certificate.matrices.gram[1][1]: found null" + fraction},
  };
  for (const auto& defect : defects) {
    const std::string line = error_of<certificate_error>([&] {
      (void)read_certificate({"small.json", defect.first});
    });
    EXPECT_EQ(line, "small.json: " + defect.second);
  }
}

TEST(CertificateFile, IsRefusedWhereItIsNoJson) {
  for (const std::string& text :
       {std::string(), small_file.substr(0, 100), small_file + "x", replaced("\"1/4\"", "1e999"),
        replaced("small", "\xff"), std::string(100000, '[')}) {
    const std::string line = error_of<certificate_error>([&] { (void)read_certificate({"small.json", text}); });
    EXPECT_EQ(line.substr(0, 27), "small.json: expected JSON; ");
    EXPECT_EQ(line.find('\n'), std::string::npos);
  }
}

TEST(CertificateFile, IsLookedForUnderTheIdOfTheProblem) {
  EXPECT_EQ(error_of<certificate_error>([] { (void)stored_certificate(small_problem()); }),
            "small.json: no certificate is stored under this name");
}

TEST(LinearForm, RefusesAVectorOfAnotherFamily) {
  const GramBlock gram{"gram", {"x", "y"}};
  EXPECT_EQ(gram("x" + 2 * LinearForm("y"), "y"), LinearForm("gram(x,y)") + 2 * LinearForm("gram(y,y)"));
  EXPECT_EQ(gram.form(gram.matrix(gram(LinearForm("x") - "y"))), gram(LinearForm("x") - "y"));
  EXPECT_EQ(error_of<std::logic_error>([&] { (void)gram("x", "z"); }), "the family gram has no vector z");
}

TEST(ProblemJson, GivesEveryExpressionByItsCoefficients) {
  const std::string expected = R"json("hypotheses": [
    {
      "name": "bound",
      "meaning": "",
      "terms": {
        "gram(x,x)": "1/4",
        "t": "-1"
      }
    },)json";
  EXPECT_NE(problem_json(small_problem()).find(expected), std::string::npos);
}

}  // namespace
}  // namespace touchstone::proofs
