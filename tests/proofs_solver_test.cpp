// What a solver says is reported as it said it, and nothing but an answer counts as one.

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "proofs/check.hpp"
#include "proofs/statement.hpp"

namespace touchstone::proofs {
namespace {

/// The program that is run as the solver, for as long as this lives.
class ProgramFor {
 public:
  ProgramFor(Solver solver, const std::string& path)
      : variable_(solver == Solver::z3 ? "TOUCHSTONE_Z3" : "TOUCHSTONE_CVC5") {
    setenv(variable_, path.c_str(), 1);  // NOLINT(concurrency-mt-unsafe): one thread
  }
  ~ProgramFor() { unsetenv(variable_); }  // NOLINT(concurrency-mt-unsafe): one thread
  ProgramFor(const ProgramFor&) = delete;
  ProgramFor& operator=(const ProgramFor&) = delete;
  ProgramFor(ProgramFor&&) = delete;
  ProgramFor& operator=(ProgramFor&&) = delete;

 private:
  const char* variable_;
};

/// A shell script in place of a solver.
class FakeSolver {
 public:
  FakeSolver(Solver solver, const std::string& script)
      : path_(testing::TempDir() + "touchstone-fake-" + to_string(solver) + "-" + std::to_string(getpid())),
        program_(solver, path_) {
    std::ofstream(path_) << "#!/bin/sh\n" << script << "\n";
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
  }
  ~FakeSolver() { std::filesystem::remove(path_); }
  FakeSolver(const FakeSolver&) = delete;
  FakeSolver& operator=(const FakeSolver&) = delete;
  FakeSolver(FakeSolver&&) = delete;
  FakeSolver& operator=(FakeSolver&&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
  ProgramFor program_;
};

/// x >= 1 => x^2 >= least, with the twins x^2 >= 2 and x^2 >= twin. True for least <= 1.
Obligation square_at_least(const Rational& least, const Rational& twin = 3) {
  const auto statement = [](const Rational& bound) {
    Statement s;
    const Term x = s.variable("x", "");
    s.assume("x-large", less_equal(1, x), "x >= 1");
    s.conclude(less_equal(Term(bound), x * x));
    s.hint({"x-large"});
    s.hint({"x-large", "x-large"});
    return s;
  };
  Obligation o{.id = "test/square/at-least",
               .claim = "test/square",
               .title = "",
               .source = "",
               .generated_from = "",
               .formula = {}};
  state(o, statement(least));
  add_twin(o, "two", "x^2 >= 2", statement(2));
  add_twin(o, "other", "x^2 >= another number", statement(twin));
  return o;
}

TEST(Check, ATrueObligationHolds) {
  const ObligationResult result = check_obligation(square_at_least(1));
  EXPECT_TRUE(result.holds()) << result.failure();
  EXPECT_EQ(result.z3.form, "raw");
  EXPECT_EQ(result.cvc5.form, "hinted");
  EXPECT_EQ(result.cvc5.answer, Answer::unsat) << result.cvc5.words;
  EXPECT_EQ(result.twins_refuted(), 2U);
  EXPECT_TRUE(result.twins.front().counterexample.starts_with("x = ")) << result.twins.front().counterexample;
}

TEST(Check, AFalseObligationDoesNotHold) {
  const ObligationResult result = check_obligation(square_at_least(Rational(1001, 1000)));
  EXPECT_EQ(result.z3.answer, Answer::sat);
  EXPECT_EQ(result.failure(), "test/square/at-least: z3 was to refute the negated goal: sat");
  EXPECT_NE(result.cvc5.answer, Answer::unsat) << "a hinted form must not refute what is false";
}

TEST(Check, ATwinWithoutACounterexampleIsAFailure) {
  EXPECT_EQ(check_obligation(square_at_least(1, Rational(1, 2))).failure(),
            "test/square/at-least: the twin other was to be satisfiable: unsat");
  Obligation without = square_at_least(1);
  without.twins.clear();
  EXPECT_EQ(check_obligation(without).failure(),
            "test/square/at-least: has no twin, so nothing shows that it could fail");
}

TEST(Check, ContradictoryHypothesesAreAFailure) {
  Obligation o = square_at_least(1);
  o.question.hypotheses.push_back({"x-small", "x <= 0", "(<= x 0.0)"});
  EXPECT_EQ(check_obligation(o).failure(), "test/square/at-least: the hypotheses were to have a model: unsat");
}

TEST(Check, AnyZ3ThatRepeatsItselfFails) {
  for (const std::string answer : {"unsat", "sat", "unknown"}) {
    const FakeSolver fake(Solver::z3, "echo " + answer);
    EXPECT_FALSE(check_obligation(square_at_least(1)).holds()) << answer;
  }
}

TEST(Check, TheSecondSolverMayAbstain) {
  const FakeSolver silent(Solver::cvc5, "exit 0");
  const ObligationResult abstained = check_obligation(square_at_least(1));
  EXPECT_TRUE(abstained.holds()) << abstained.failure();
  EXPECT_EQ(abstained.cvc5.answer, Answer::died);
  EXPECT_EQ(abstained.cvc5.words, silent.path() + " ended with status 0 and said nothing");
}

TEST(Check, TheSecondSolverMayNotContradict) {
  const FakeSolver contradicts(Solver::cvc5, "echo sat");
  EXPECT_EQ(check_obligation(square_at_least(1)).failure(),
            "test/square/at-least: cvc5 contradicts z3: sat, in the raw form");
}

/// x >= 1 and x >= 0 => x^2 >= 1: the second hypothesis is redundant.
Obligation square(const std::vector<std::string>& redundant) {
  Statement s;
  const Term x = s.variable("x", "");
  s.assume("x-large", less_equal(1, x), "x >= 1");
  s.assume("x-nonnegative", less_equal(0, x), "x >= 0");
  s.redundant(redundant);
  s.conclude(less_equal(1, x * x));
  s.hint({"x-large"});
  s.hint({"x-large", "x-large"});
  Obligation o = square_at_least(1);
  state(o, s);
  return o;
}

TEST(Check, TellsWhichHypothesesAreNeeded) {
  const ObligationResult result = check_obligation(square({"x-nonnegative"}));
  EXPECT_TRUE(result.holds()) << result.failure();
  ASSERT_EQ(result.omissions.size(), 2U);
  EXPECT_EQ(result.omissions[0].answer, Answer::sat);
  EXPECT_TRUE(result.omissions[0].witness.starts_with("x = ")) << result.omissions[0].witness;
  EXPECT_EQ(result.omissions[1].answer, Answer::unsat);
}

TEST(Check, AWrongDeclarationOfWhatIsNeededIsAFailure) {
  EXPECT_EQ(check_obligation(square({})).failure(),
            "test/square/at-least: the hypothesis x-nonnegative was to be needed, without it: unsat");
  EXPECT_EQ(check_obligation(square({"x-nonnegative", "x-large"})).failure(),
            "test/square/at-least: the hypothesis x-large was to be redundant, without it: sat");
}

/// z3, but where the name of the file contains `part`, the script.
class FakeWhere {
 public:
  FakeWhere(const std::string& part, const std::string& script)
      : fake_(Solver::z3, "case \"$*\" in *" + part + "*) " + script + ";; *) exec z3 \"$@\";; esac") {}

 private:
  FakeSolver fake_;
};

TEST(Check, NotKnowingWhatIsNeededIsAFailure) {
  const FakeWhere unknowing("without-x-large", "echo unknown");
  EXPECT_EQ(check_obligation(square({"x-nonnegative"})).failure(),
            "test/square/at-least: the hypothesis x-large was to be needed, without it: "
            "z3 said: unknown (rlimit=20000000)");
}

TEST(Check, TheFinderOfACertificateIsNotTrusted) {
  EXPECT_TRUE(check_obligation(square_at_least(1)).certified());
  const std::string refused = "test/square/at-least: the certificate was to prove the goal: ";
  const std::vector<std::pair<std::string, std::string>> sayings{
      {"echo sat; echo '((define-fun c1 () Real 1.0) (define-fun c2 () Real 1.0))'", "the sum misses x - 1"},
      {"echo sat; echo '((define-fun c1 () Real (- 2.0)))'", "the multiplier -2 of (x-large) is negative"},
      {"echo sat; echo '((define-fun c1 () Real (+ 1.0 1.0)))'", "the multiplier c1 is no fraction: (+ 1.0 1.0)"},
      {"echo unsat", "multipliers were to be found: unsat"}};
  for (const auto& [script, words] : sayings) {
    const FakeWhere wrong("certificate", script);
    const ObligationResult result = check_obligation(square_at_least(1));
    EXPECT_EQ(result.failure(), refused + words);
    EXPECT_EQ(result.solver_failure(), "");
    EXPECT_FALSE(result.certified());
  }
}

struct Saying {
  std::string script;
  Answer answer;
  std::string words;  ///< PROGRAM stands for the program
};

TEST(Solver, OnlyAnAnswerIsAnAnswer) {
  const SolverLimits limits{.z3_rlimit = 7, .cvc5_rlimit = 7, .wall_seconds = 0.3};
  const std::vector<Saying> sayings{
      {"echo unsat", Answer::unsat, "unsat"},
      {"echo 'WARNING: odd' >&2; echo sat", Answer::sat, "sat"},
      {"echo unknown", Answer::unknown, "z3 said: unknown (rlimit=7)"},
      {"echo '(error \"line 1: odd\")'; echo unsat", Answer::died,
       "PROGRAM ended with status 0 and said: (error \"line 1: odd\")"},
      {"echo hello; echo unsat", Answer::died, "PROGRAM ended with status 0 and said: hello"},
      {"exit 3", Answer::died, "PROGRAM ended with status 3 and said nothing"},
      {"kill -KILL $$", Answer::died, "PROGRAM died of signal 9 and said nothing"},
      {"echo unsat; kill -SEGV $$", Answer::died, "PROGRAM died of signal 11 and said: unsat"},
      {"echo unsat; sleep 5", Answer::died, "PROGRAM was killed after 0.3 s and said: unsat"},
  };
  for (const Saying& saying : sayings) {
    const FakeSolver fake(Solver::z3, saying.script);
    const SolverRun run = run_solver(Solver::z3, "none.smt2", limits);
    std::string words = saying.words;
    if (words.starts_with("PROGRAM")) words.replace(0, 7, fake.path());
    EXPECT_EQ(run.answer, saying.answer) << saying.script;
    EXPECT_EQ(run.words, words);
    EXPECT_LT(run.seconds, 3) << saying.script;
  }
}

TEST(Solver, AMissingProgramIsReported) {
  const ProgramFor missing(Solver::cvc5, "/no/such/solver");
  const SolverRun run = run_solver(Solver::cvc5, "none.smt2");
  EXPECT_EQ(run.answer, Answer::died);
  EXPECT_EQ(run.words, "/no/such/solver could not be started: No such file or directory");
  EXPECT_EQ(solver_version(Solver::cvc5), run.words);
}

TEST(Solver, TheResourceLimitEndsTheWork) {
  const std::filesystem::path file = testing::TempDir() + "touchstone-hard-" + std::to_string(getpid()) + ".smt2";
  std::ofstream(file) << "(set-logic QF_NRA)(declare-fun a () Real)(declare-fun b () Real)(declare-fun c () Real)"
                         "(assert (= (+ (* a a a b) (* b b b c) (* c c c a)) 1.0))"
                         "(assert (> (* a b c (+ a b c)) (+ (* a a b b) (* b b c c) (* c c a a))))(check-sat)";
  const SolverRun run = run_solver(Solver::z3, file, {.z3_rlimit = 2000});
  std::filesystem::remove(file);
  EXPECT_EQ(run.answer, Answer::unknown) << run.output;
  EXPECT_NE(run.words.find("(rlimit=2000)"), std::string::npos) << run.words;
}

TEST(Solver, AModelIsReadable) {
  EXPECT_EQ(model_text("sat\n(\n  (define-fun gamma () Real\n    (/ 1.0 2.0))\n  (define-fun mu () Real\n    (- "
                       "3.0))\n  (define-fun t () Real\n    (root-obj (+ (^ x 2) (- 2)) 1))\n)\n"),
            "gamma = 1/2, mu = -3, t = (root-obj (+ (^ x 2) (- 2)) 1)");
  EXPECT_EQ(model_text("unsat\n"), "");
}

}  // namespace
}  // namespace touchstone::proofs
