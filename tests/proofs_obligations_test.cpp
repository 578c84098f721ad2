// The obligations of the project: named, written the same way every time, decided as they say.

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "proofs/check.hpp"

namespace touchstone::proofs {
namespace {

const std::vector<Obligation>& all() {
  static const std::vector<Obligation> built = obligations();
  return built;
}

std::size_t needed(const Obligation& o) {
  return static_cast<std::size_t>(std::ranges::count(o.omissions, Need::needed, &Omission::declared));
}

TEST(Obligations, HaveUniqueNamesOfThreeParts) {
  std::set<std::string> ids;
  for (const Obligation& o : all()) {
    EXPECT_TRUE(ids.insert(o.id).second) << o.id;
    for (const std::string& name : {o.id, o.claim})
      EXPECT_TRUE(std::regex_match(name, std::regex("[a-z0-9-]+/[a-z0-9-]+/[a-z0-9-]+"))) << name;
  }
}

TEST(Obligations, BelongToTheseClaims) {
  std::set<std::string> claims;
  for (const Obligation& o : all()) claims.insert(o.claim);
  EXPECT_EQ(claims, (std::set<std::string>{
                        "compressor/averaged/omega",
                        "compressor/bernoulli-unscaled/delta",
                        "compressor/bernoulli/omega",
                        "compressor/composed-on-kept/delta",
                        "compressor/composed-unbiased/omega",
                        "compressor/composed/delta",
                        "compressor/convex-combination/delta",
                        "compressor/density-tradeoff/bound",
                        "compressor/dithering-1/omega",
                        "compressor/dithering-2/omega",
                        "compressor/dithering-inf/omega",
                        "compressor/exp-round/delta",
                        "compressor/exp-stochastic/omega",
                        "compressor/independent-sparsification/omega",
                        "compressor/induced/omega",
                        "compressor/l1-sampling/omega",
                        "compressor/natural/omega",
                        "compressor/participation/omega",
                        "compressor/projected/delta",
                        "compressor/rand-k-unscaled/delta",
                        "compressor/rand-k/omega",
                        "compressor/random-column/delta",
                        "compressor/scaled-sign/delta",
                        "compressor/scaled/delta",
                        "compressor/tern-grad/omega",
                        "compressor/top-k/delta",
                        "error-feedback/d-lsvrg-diana/closed-form",
                        "error-feedback/d-lsvrg/closed-form",
                        "error-feedback/d-qlsvrg/closed-form",
                        "error-feedback/d-qsgd-sampling/closed-form",
                        "error-feedback/d-qsgd/closed-form",
                        "error-feedback/d-sgd-diana/closed-form",
                        "error-feedback/d-sgd-sr/closed-form",
                        "error-feedback/d-sgd/closed-form",
                        "error-feedback/delay/buffered-potential",
                        "error-feedback/delay/potential",
                        "error-feedback/delay/window",
                        "error-feedback/dianasr/closed-form",
                        "error-feedback/dqgd/closed-form",
                        "error-feedback/ec-gd-diana/closed-form",
                        "error-feedback/ec-gd-diana/complexity",
                        "error-feedback/ec-gd-star/closed-form",
                        "error-feedback/ec-gd-star/complexity",
                        "error-feedback/ec-gd-star/lyapunov",
                        "error-feedback/ec-gd/closed-form",
                        "error-feedback/ec-gd/lyapunov",
                        "error-feedback/ec-gd/stepsize",
                        "error-feedback/ec-lsvrg-diana/closed-form",
                        "error-feedback/ec-lsvrg-diana/complexity",
                        "error-feedback/ec-lsvrg-star/closed-form",
                        "error-feedback/ec-lsvrg-star/complexity",
                        "error-feedback/ec-lsvrg/closed-form",
                        "error-feedback/ec-lsvrg/complexity",
                        "error-feedback/ec-sgd-diana/closed-form",
                        "error-feedback/ec-sgd-diana/complexity",
                        "error-feedback/ec-sgd/closed-form",
                        "error-feedback/ec-sgd/complexity",
                        "error-feedback/ec-sgdsr-diana/closed-form",
                        "error-feedback/ec-sgdsr-diana/complexity",
                        "error-feedback/ec-sgdsr/closed-form",
                        "error-feedback/ec-sgdsr/complexity",
                        "error-feedback/parallel-top1-gd/compensated-ties",
                        "error-feedback/parallel-top1-gd/cone",
                        "error-feedback/parallel-top1-gd/divergence",
                        "error-feedback/parallel-top1-gd/family",
                        "error-feedback/parallel-top1-gd/scaled-sign",
                        "error-feedback/parallel-top1-gd/top-2",
                        "error-feedback/qsgd/stepsize",
                        "error-feedback/theorem/accuracy",
                        "error-feedback/theorem/average",
                        "error-feedback/theorem/compensated-errors",
                        "error-feedback/theorem/contraction",
                        "error-feedback/theorem/error-free",
                        "error-feedback/theorem/error-recursion",
                        "error-feedback/theorem/iterate",
                        "error-feedback/theorem/one-step",
                        "error-feedback/theorem/perturbed-iterate",
                        "error-feedback/theorem/rate",
                        "error-feedback/theorem/remembered-radicand",
                        "error-feedback/theorem/remembered-weight",
                        "error-feedback/theorem/stepsize",
                        "error-feedback/theorem/weighted-average",
                        "local/complexity/local-sgd-contracting",
                        "local/complexity/local-sgd-direct",
                        "local/complexity/local-sgd-sampled",
                        "local/complexity/local-sgd-uniform",
                        "local/complexity/local-svrg",
                        "local/complexity/local-svrg-contracting",
                        "local/complexity/s-local-svrg",
                        "local/complexity/s-local-svrg-sharp",
                        "local/complexity/s-star-local-sgd",
                        "local/complexity/s-star-local-sgd-star",
                        "local/complexity/ss-local-sgd-sampled",
                        "local/complexity/ss-local-sgd-uniform",
                        "local/discrepancy/contracting",
                        "local/discrepancy/contracting-random",
                        "local/discrepancy/damped",
                        "local/discrepancy/deterministic",
                        "local/discrepancy/direct",
                        "local/discrepancy/random",
                        "local/stepsize/local-sgd-contracting",
                        "local/stepsize/local-sgd-damped",
                        "local/stepsize/local-sgd-direct",
                        "local/stepsize/local-sgd-sampled",
                        "local/stepsize/local-sgd-uniform",
                        "local/stepsize/local-svrg",
                        "local/stepsize/local-svrg-contracting",
                        "local/stepsize/s-local-svrg",
                        "local/stepsize/s-local-svrg-sharp",
                        "local/stepsize/s-star-local-sgd",
                        "local/stepsize/s-star-local-sgd-star",
                        "local/stepsize/ss-local-sgd-sampled",
                        "local/stepsize/ss-local-sgd-uniform",
                        "local/theorem/accuracy",
                        "local/theorem/average",
                        "local/theorem/closing",
                        "local/theorem/inner-product",
                        "local/theorem/one-step",
                        "local/theorem/self-bounding",
                        "local/theorem/transfer",
                        "marina/diana/complexity",
                        "marina/diana/complexity-pl",
                        "marina/diana/descent",
                        "marina/diana/descent-pl",
                        "marina/diana/rate",
                        "marina/diana/rate-pl",
                        "marina/diana/stepsize",
                        "marina/diana/stepsize-pl",
                        "marina/gd/complexity",
                        "marina/gd/descent",
                        "marina/gd/descent-pl",
                        "marina/joint-marina/rate",
                        "marina/joint-marina/rate-pl",
                        "marina/joint-marina/stepsize",
                        "marina/joint-marina/stepsize-pl",
                        "marina/marina/communication",
                        "marina/marina/complexity",
                        "marina/marina/complexity-pl",
                        "marina/marina/descent",
                        "marina/marina/descent-pl",
                        "marina/marina/rate",
                        "marina/marina/rate-pl",
                        "marina/marina/sharp-stepsize",
                        "marina/marina/stepsize",
                        "marina/marina/stepsize-pl",
                        "marina/pp-marina/complexity",
                        "marina/pp-marina/rate",
                        "marina/pp-marina/rate-pl",
                        "marina/pp-marina/stepsize",
                        "marina/pp-marina/stepsize-pl",
                        "marina/problems/polyak-lojasiewicz",
                        "marina/problems/saturating-curvature",
                        "marina/problems/saturating-slope",
                        "marina/problems/sigmoid-curvature",
                        "marina/qgd/complexity",
                        "marina/qgd/complexity-pl",
                        "marina/qgd/descent",
                        "marina/qgd/descent-pl",
                        "marina/qgd/rate",
                        "marina/qgd/rate-pl",
                        "marina/slide-rows/diana",
                        "marina/slide-rows/marina",
                        "marina/slide-rows/marina-below-diana",
                        "marina/slide-rows/qgd",
                        "marina/slide-rows/ratio",
                        "marina/vr-marina-online/complexity",
                        "marina/vr-marina-online/complexity-pl",
                        "marina/vr-marina-online/rate",
                        "marina/vr-marina-online/rate-pl",
                        "marina/vr-marina-online/stepsize",
                        "marina/vr-marina-online/stepsize-pl",
                        "marina/vr-marina/complexity",
                        "marina/vr-marina/oracle-calls",
                        "marina/vr-marina/rate",
                        "marina/vr-marina/rate-pl",
                        "marina/vr-marina/stepsize",
                        "marina/vr-marina/stepsize-pl",
                        "moshpit/random-split/mixing-factor",
                        "moshpit/random-split/slide-factor",
                        "moshpit/sgd/accuracy",
                        "moshpit/sgd/average",
                        "moshpit/sgd/averaging-quality",
                        "moshpit/sgd/complexity",
                        "moshpit/sgd/complexity-convex",
                        "moshpit/sgd/departures",
                        "moshpit/sgd/discrepancy",
                        "moshpit/sgd/mean-gradient",
                        "moshpit/sgd/one-step",
                        "moshpit/sgd/pair-nonexpansive",
                        "unified-sgd/diana-single/stepsize",
                        "unified-sgd/diana/stepsize",
                        "unified-sgd/gd/stepsize",
                        "unified-sgd/jacsketch/stepsize",
                        "unified-sgd/l-svrg/stepsize",
                        "unified-sgd/n-saga/stepsize",
                        "unified-sgd/n-sega/stepsize",
                        "unified-sgd/q-sgd-sr/stepsize",
                        "unified-sgd/saga/stepsize",
                        "unified-sgd/saga/stepsize-limit",
                        "unified-sgd/sega/stepsize",
                        "unified-sgd/sgd-mb/stepsize",
                        "unified-sgd/sgd-sr/stepsize",
                        "unified-sgd/sgd-star/stepsize",
                        "unified-sgd/sgd/stepsize",
                        "unified-sgd/svrg/epoch",
                        "unified-sgd/svrg/iterates",
                        "unified-sgd/svrg/sum",
                        "unified-sgd/theorem/accuracy",
                        "unified-sgd/theorem/averaged",
                        "unified-sgd/theorem/closed-form",
                        "unified-sgd/theorem/one-step",
                        "unified-sgd/theorem/powers",
                        "unified-sgd/theorem/proximal-step",
                        "unified-sgd/theorem/sharper-noise",
                        "unified-sgd/theorem/strong-convexity",
                        "unified-sgd/theorem/without-sigma",
                        "unified-sgd/vr-diana/stepsize",
                    }));
}

TEST(Obligations, HaveATitleASourceAndTwoWaysToFail) {
  for (const Obligation& o : all()) {
    EXPECT_FALSE(o.title.empty() || o.source.empty() || o.generated_from.empty() || o.formula.empty()) << o.id;
    EXPECT_GE(o.twins.size(), 1U) << o.id;
    EXPECT_GE(o.twins.size() + needed(o), 2U) << o.id;
  }
}

/// Every obligation asks about each of its hypotheses, in their order.
TEST(Obligations, AskWhichHypothesesAreNeeded) {
  for (const Obligation& o : all()) {
    ASSERT_EQ(o.omissions.size(), o.question.hypotheses.size()) << o.id;
    for (std::size_t i = 0; i < o.omissions.size(); ++i)
      EXPECT_EQ(o.omissions[i].hypothesis, o.question.hypotheses[i].name) << o.id;
  }
}

/// What is proved by cases, along the paths of code that compares, is no sum of products of hypotheses.
TEST(Obligations, HaveACertificateUnlessTheyGoByCases) {
  const std::set<std::string> by_cases{
      "compressor/top-k/delta", "compressor/composed-on-kept/delta", "error-feedback/parallel-top1-gd/divergence",
      "error-feedback/parallel-top1-gd/scaled-sign", "error-feedback/parallel-top1-gd/compensated-ties"};
  for (const Obligation& o : all()) {
    EXPECT_EQ(o.combinations.empty(), by_cases.contains(o.claim)) << o.id;
  }
}

TEST(Obligations, AreTheSameBytesEveryTime) {
  const std::vector<Obligation> again = obligations();
  ASSERT_EQ(again.size(), all().size());
  for (std::size_t i = 0; i < again.size(); ++i) {
    const std::vector<ObligationFile> before = files(all()[i]);
    const std::vector<ObligationFile> after = files(again[i]);
    ASSERT_EQ(after.size(), before.size()) << all()[i].id;
    for (std::size_t j = 0; j < after.size(); ++j) {
      EXPECT_EQ(after[j].name, before[j].name);
      EXPECT_EQ(after[j].text, before[j].text) << after[j].name;
      EXPECT_NE(after[j].text.find("; EXPECT: " + to_string(after[j].expected) + "\n"), std::string::npos);
    }
  }
}

TEST(Obligations, AreWrittenAsTheyAre) {
  const std::filesystem::path directory = testing::TempDir() + "touchstone-files-" + std::to_string(getpid());
  const Obligation& o = all().front();
  const std::vector<std::filesystem::path> written = write_obligation(o, directory);
  const std::vector<ObligationFile> expected = files(o);
  ASSERT_EQ(written.size(), expected.size());
  for (std::size_t i = 0; i < written.size(); ++i) {
    std::ostringstream text;
    text << std::ifstream(written[i], std::ios::binary).rdbuf();
    EXPECT_EQ(written[i], directory / expected[i].name);
    EXPECT_EQ(text.str(), expected[i].text);
  }
  std::filesystem::remove_all(directory);
  EXPECT_THROW((void)write_obligation(o, "/dev/null/nowhere"), std::filesystem::filesystem_error);
}

/// Some of each kind; the claims check all of them.
TEST(Obligations, AreDecidedByBothSolvers) {
  const std::set<std::string> chosen{"compressor/rand-k/omega-d3-k2",
                                     "compressor/top-k/delta-d3-k1",
                                     "error-feedback/ec-gd/stepsize-rate",
                                     "error-feedback/qsgd/stepsize",
                                     "error-feedback/ec-lsvrg-diana/complexity-descent",
                                     "error-feedback/theorem/one-step-without-s1",
                                     "unified-sgd/theorem/without-sigma",
                                     "unified-sgd/sgd-mb/stepsize",
                                     "compressor/tern-grad/omega-d2"};
  std::size_t checked = 0;
  for (const Obligation& o : all()) {
    if (!chosen.contains(o.id)) continue;
    const ObligationResult result = check_obligation(o);
    EXPECT_TRUE(result.holds()) << result.failure();
    EXPECT_EQ(result.cvc5.answer, Answer::unsat) << o.id << ": " << result.cvc5.words;
    ++checked;
  }
  EXPECT_EQ(checked, chosen.size());
}

/// Hints follow from hypotheses that have a model, so they have one too, unless the negated goal is among them.
TEST(Obligations, HintsDoNotContradictEachOther) {
  const auto uses_negated_goal = [](const Assertion& hint) {
    return hint.comment.find("negated-goal") != std::string::npos;
  };
  for (const Obligation& o : all()) {
    if (!o.hinted || std::ranges::any_of(o.hinted->hypotheses, uses_negated_goal)) continue;
    Obligation hints_alone = o;
    hints_alone.question = *o.hinted;
    hints_alone.question.negated_goal.clear();
    hints_alone.hinted.reset();
    hints_alone.twins.clear();
    hints_alone.omissions.clear();
    hints_alone.combinations.clear();
    EXPECT_EQ(check_obligation(hints_alone).hypotheses, Answer::sat) << o.id;
  }
}

}  // namespace
}  // namespace touchstone::proofs
