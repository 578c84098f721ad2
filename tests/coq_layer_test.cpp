// The Coq layer as the program sees it: which theorems it carries, the bridge it generates, and that what Coq refuses fails.

#include <algorithm>
#include <cstdlib>
#include <set>

#include <gtest/gtest.h>

#include "proofs/bridge.hpp"
#include "proofs/coq_layer.hpp"
#include "verify/claim.hpp"

namespace touchstone {
namespace {

using namespace proofs;  // NOLINT(google-build-using-namespace)

TEST(CoqTheorems, BelongToClaimsThatThereAre) {
  std::set<std::string> ids;
  for (const Claim& claim : claims()) ids.insert(claim.id);
  EXPECT_GE(coq_theorems().size(), 20U);
  for (const CoqTheorem& theorem : coq_theorems()) {
    EXPECT_TRUE(!theorem.claims.empty() || theorem.name == "weighted_contraction") << theorem.name;
    for (const std::string& claim : theorem.claims)
      EXPECT_TRUE(ids.contains(claim)) << theorem.name << ": " << claim;
    EXPECT_NE(theorem.statement.find("Theorem " + theorem.name), std::string::npos);
    EXPECT_EQ(theorem.statement.find("Proof."), std::string::npos);
  }
}

TEST(CoqTheorems, CoverTheFlagships) {
  for (const char* claim : {"compressor/rand-k/omega", "compressor/top-k/delta", "unified-sgd/theorem/closed-form",
                            "unified-sgd/l-svrg/rate", "unified-sgd/saga/rate", "unified-sgd/diana/rate",
                            "error-feedback/parallel-top1-gd/divergence", "error-feedback/ec-gd-star/rate",
                            "local/s-local-svrg/theorem"})
    EXPECT_TRUE(std::ranges::any_of(coq_theorems(), [&](const CoqTheorem& theorem) {
      return std::ranges::find(theorem.claims, claim) != theorem.claims.end();
    })) << claim;
}

TEST(Bridge, IsTheSameEveryTimeAndCoversTheMethods) {
  const std::vector<BridgeLemma> lemmas = bridge_lemmas();
  const std::string text = bridge_text(lemmas);
  EXPECT_EQ(text, bridge_text(bridge_lemmas()));
  std::set<std::string> names;
  for (const BridgeLemma& lemma : lemmas) EXPECT_TRUE(names.insert(lemma.name).second) << lemma.name;
  for (const char* method : {"gd", "l_svrg", "saga", "diana", "marina"}) {
    EXPECT_TRUE(names.contains(std::string(method) + "_one_step_3")) << method;
    EXPECT_TRUE(names.contains(std::string(method) + "_two_steps")) << method;
    EXPECT_NE(text.find(std::string("Fail Definition ") + method), std::string::npos) << method;
  }
  EXPECT_TRUE(names.contains("top_1_counterexample"));
}

bool coq_is_here() {
  return std::system("command -v coqc >/dev/null") == 0;
}  // NOLINT(concurrency-mt-unsafe)

TEST(CoqLayer, RefusesWhatIsFalseAdmittedOrAssumed) {
  if (!coq_is_here()) GTEST_SKIP() << "no coqc on this machine";
  // In a folder of its own: a file that is not there the next time takes its compiled form with it.
  const char* shared = std::getenv("TOUCHSTONE_COQ_BUILD");  // NOLINT(concurrency-mt-unsafe): one thread
  const std::string kept = shared == nullptr ? "" : shared;
  if (!kept.empty())
    setenv("TOUCHSTONE_COQ_BUILD", (kept + "-damaged").c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
  for (const auto& [text, words] :
       {std::pair<const char*, const char*>{"Lemma wrong : 1 + 1 = 3. Proof. reflexivity. Qed.", "Unable to unify"},
        {"Lemma open : 1 + 1 = 3. Admitted.", "Admitted"},
        {"Axiom assumed : 1 + 1 = 3.", "Axiom"}}) {
    const CoqVerdict verdict = check_coq({{"Damage.v", text}});
    EXPECT_EQ(verdict.answer, CoqVerdict::Answer::refused) << text;
    EXPECT_NE(verdict.words.find(words), std::string::npos) << verdict.words;
  }
  if (!kept.empty()) setenv("TOUCHSTONE_COQ_BUILD", kept.c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
}

TEST(CoqLayer, AcceptsItsTheorems) {
  if (!coq_is_here()) GTEST_SKIP() << "no coqc on this machine";
  EXPECT_EQ(coq_verdict().answer, CoqVerdict::Answer::accepted) << coq_verdict().words;
  EXPECT_TRUE(coq_verdict().words.starts_with("coq: ")) << coq_verdict().words;
}

}  // namespace
}  // namespace touchstone
