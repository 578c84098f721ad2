// The vectors for other implementations: what holds of all of them.
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "verify/claim.hpp"
#include "verify/io/sha256.hpp"
#include "verify/oracle/catalog/compressors.hpp"
#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/vectors/flags.hpp"
#include "verify/oracle/vectors/law_cases.hpp"
#include "verify/oracle/vectors/number_text.hpp"
#include "verify/oracle/vectors/step.hpp"
#include "verify/oracle/vectors/suite.hpp"

namespace touchstone::inline v0::oracle::vectors {
namespace {

const Suite& full_suite() {
  static const Suite suite = make_suite(Preset::full, {true, true});
  return suite;
}

const Suite& minimal_suite() {
  static const Suite suite = make_suite(Preset::minimal, {});
  return suite;
}

/// The documents of a suite, by path.
std::map<std::string, Json> documents_of(const Suite& suite) {
  std::map<std::string, Json> documents;
  for (const TextFile& file : suite.files)
    if (file.path.ends_with(".json") && !file.path.starts_with("schemas/") && file.path != vectors_manifest)
      documents[file.path] = Json::parse(file.text);
  return documents;
}

/// The vectors of a suite, by id.
std::map<std::string, Json> by_id(const Suite& suite) {
  std::map<std::string, Json> vectors;
  for (const auto& [path, document] : documents_of(suite))
    for (const Json& vector : document["vectors"]) vectors[vector["id"]] = vector;
  return vectors;
}

struct IdList {
  std::map<std::string, std::string> in_use;  ///< the digest of each
  std::set<std::string> retired;
  int lines = 0;
};

IdList listed_ids() {
  IdList list;
  std::ifstream in(TOUCHSTONE_SOURCE "/verify/oracle/vectors/ids.txt");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("#")) continue;
    ++list.lines;
    std::istringstream words(line);
    std::string id;
    std::string digest;
    words >> id >> digest;
    if (id == "retired")
      list.retired.insert(digest);
    else
      list.in_use[id] = digest;
  }
  return list;
}

std::string digest_of(Json vector) {
  for (const char* field : {"comment", "tests", "flags"}) vector.erase(field);
  return sha256_of_text(vector.dump()).substr(0, 12);
}

TEST(Vectors, IdsAndWhatTheyStandForAreThoseOfTheList) {
  const IdList list = listed_ids();
  const std::map<std::string, Json> made = by_id(full_suite());
  EXPECT_EQ(static_cast<std::size_t>(list.lines), list.in_use.size() + list.retired.size())
      << "an id is listed twice";
  EXPECT_EQ(full_suite().ids.size(), made.size()) << "an id is used twice";
  for (const auto& [id, digest] : list.in_use) EXPECT_TRUE(made.contains(id)) << "gone: " << id << "; retire it";
  for (const auto& [id, vector] : made) {
    EXPECT_FALSE(list.retired.contains(id)) << "used again: " << id;
    const auto known = list.in_use.find(id);
    if (known == list.in_use.end()) {
      ADD_FAILURE() << "new; add to ids.txt:\n" << id << " " << digest_of(vector);
    } else {
      EXPECT_EQ(known->second, digest_of(vector)) << "changed: " << id << "; give what it says now another id";
    }
  }
}

TEST(Vectors, EveryFlagIsDescribedAndUsedAndCountsMatch) {
  std::size_t total = 0;
  for (const Suite* suite : {&full_suite(), &minimal_suite()})
    for (const auto& [path, document] : documents_of(*suite)) {
      SCOPED_TRACE(path);
      std::set<std::string> described;
      std::set<std::string> used;
      std::map<std::string, int> results = {{"valid", 0}, {"acceptable", 0}, {"invalid", 0}};
      for (const auto& [flag, meaning] : document["flags"].items()) {
        described.insert(flag);
        EXPECT_EQ(meaning, description_of_flag(flag));
      }
      for (const Json& vector : document["vectors"]) {
        ++results[vector["result"]];
        for (const Json& flag : vector["flags"]) used.insert(flag.get<std::string>());
        if (vector.contains("problem")) {
          EXPECT_TRUE(document["problems"].contains(vector["problem"].get<std::string>()));
        }
      }
      EXPECT_EQ(described, used);
      EXPECT_EQ(document["counts"]["vectors"], document["vectors"].size());
      for (const auto& [result, count] : results) EXPECT_EQ(document["counts"][result], count);
      total += document["vectors"].size();
    }
  EXPECT_EQ(total, full_suite().ids.size() + minimal_suite().ids.size());
  EXPECT_THROW((void)description_of_flag("Undescribed"), std::logic_error);
}

TEST(Vectors, EveryVectorTestsAClaim) {
  std::set<std::string> known;
  for (const Claim& claim : claims()) known.insert(claim.id);
  for (const auto& [id, vector] : by_id(full_suite()))
    EXPECT_TRUE(known.contains(vector["tests"])) << id << ": " << vector["tests"];
}

/// The outcomes as a set, without what depends on their order.
std::set<std::string> outcomes_as_set(const Json& vector) {
  std::set<std::string> set;
  for (const Json& outcome : vector["outcomes"])
    set.insert(outcome["probability"].dump() + outcome.value("value", outcome.value("after", Json())).dump());
  return set;
}

TEST(Vectors, EveryInvalidVectorIsKilledByTheOneItNames) {
  const std::map<std::string, Json> vectors = by_id(full_suite());
  int killed = 0;
  for (const auto& [id, vector] : vectors) {
    if (vector["result"] != "invalid") continue;
    SCOPED_TRACE(id);
    const Json& right = vectors.at(vector["killed_by"]);
    EXPECT_EQ(right["result"], "valid");
    if (vector.contains("compressor")) {
      EXPECT_EQ(vector["x"], right["x"]);
      EXPECT_EQ(vector["compressor"], right["compressor"]);
      EXPECT_NE(outcomes_as_set(vector), outcomes_as_set(right));
    } else {
      EXPECT_EQ(vector["state"], right["state"]);
      EXPECT_EQ(vector["method"], right["method"]);
      const Json& outcome = right["outcomes"][vector["killed_by_outcome"].get<std::size_t>()];
      EXPECT_EQ(vector["outcomes"][0]["choices"], outcome["choices"]);
      EXPECT_NE(vector["outcomes"][0]["after"], outcome["after"]);
      EXPECT_NE(vector["outcomes"][0]["after_double"], outcome["after_double"]);
    }
    ++killed;
  }
  EXPECT_GT(killed, 100);
}

TEST(Vectors, WhatIsAcceptableIsAFreedomOfTheMethod) {
  const std::set<std::string> freedoms = {"SignOfZero", "OrderAmongTies", "SnapshotMoment", "UnscaledMemory"};
  const std::map<std::string, Json> vectors = by_id(full_suite());
  std::set<std::string> seen;
  for (const auto& [id, vector] : vectors) {
    bool free = false;
    for (const Json& flag : vector["flags"])
      if (freedoms.contains(flag)) {
        free = true;
        seen.insert(flag.get<std::string>());
      }
    EXPECT_EQ(free, vector["result"] == "acceptable") << id;
    if (!free) continue;
    EXPECT_EQ(vectors.at(vector["instead_of"])["result"], "valid") << id;
  }
  EXPECT_EQ(seen, freedoms);
}

TEST(Vectors, ThereIsALawOfEveryCompressorAndAStepAndATrajectoryOfEveryMethod) {
  for (const Suite* suite : {&full_suite(), &minimal_suite()}) {
    const std::map<std::string, Json> documents = documents_of(*suite);
    for (const std::string& name : compressor_names())
      EXPECT_TRUE(documents.contains("compressor-law/" + name + ".json")) << name;
    for (const std::string& name : method_names())
      for (const char* kind : {"step/", "trajectory/"}) {
        ASSERT_TRUE(documents.contains(kind + name + ".json")) << kind << name;
        EXPECT_GT(documents.at(kind + name + ".json")["counts"]["valid"], 0);
      }
  }
}

TEST(Vectors, EveryFileHasAMistakeThatItCatches) {
  for (const auto& [path, document] : documents_of(full_suite())) {
    if (document["kind"] != "step" && document["kind"] != "compressor-law") continue;
    EXPECT_GT(document["counts"]["invalid"], 0) << path;
  }
}

TEST(Vectors, ProbabilitiesSumToOneAndMomentsAreThoseOfTheOutcomes) {
  for (const auto& [id, vector] : by_id(full_suite())) {
    if (!vector.contains("outcomes") || vector["result"] == "invalid") continue;
    Rational total = 0;
    Vector<Rational> mean;
    for (const Json& outcome : vector["outcomes"]) {
      const Rational probability = *read_exact(outcome["probability"].get<std::string>());
      total += probability;
      if (!outcome.contains("value")) continue;
      const Vector<Rational> value = vector_of("value", outcome["value"]);
      mean =
          mean.size() == 0 ? Vector<Rational>(probability * value) : Vector<Rational>(mean + probability * value);
    }
    EXPECT_EQ(total, 1) << id;
    if (!vector.contains("mean")) continue;
    EXPECT_EQ(mean, vector_of("mean", vector["mean"])) << id;
  }
}

TEST(Vectors, AreTheSameTwice) {
  const Suite again = make_suite(Preset::full, {true, true});
  ASSERT_EQ(again.files.size(), full_suite().files.size());
  for (std::size_t i = 0; i < again.files.size(); ++i) EXPECT_EQ(again.files[i].text, full_suite().files[i].text);
}

TEST(Vectors, MinimalIsASubsetOfFull) {
  const std::map<std::string, Json> full = by_id(full_suite());
  for (const auto& [id, vector] : by_id(minimal_suite())) EXPECT_EQ(vector, full.at(id)) << id;
  EXPECT_LT(minimal_suite().ids.size(), full.size() / 2);
}

TEST(Vectors, TheManifestNamesEveryFileWithItsDigest) {
  const Json manifest = Json::parse(full_suite().files.back().text);
  ASSERT_EQ(manifest["files"].size(), full_suite().files.size() - 1);
  for (std::size_t i = 0; i < manifest["files"].size(); ++i) {
    const TextFile& file = full_suite().files[i];
    EXPECT_EQ(manifest["files"][i]["path"], file.path);
    EXPECT_EQ(manifest["files"][i]["bytes"], file.text.size());
    EXPECT_EQ(manifest["files"][i]["sha256"], sha256_of_text(file.text));
  }
  EXPECT_EQ(sha256_of_text("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/// Rows, stepsizes and M of the golden problem as another program has them (verify/claims/golden_values.cpp).
TEST(Vectors, ConstantsAreTheGoldenValues) {
  struct Golden {
    const char* id;
    const char* row;
    const char* stepsize;
    const char* M;
  };
  const std::map<std::string, Json> vectors = by_id(full_suite());
  for (const Golden& golden : {Golden{"gd/golden-sum", "2, 0, 1, 0, 0, 0", "1/2", "0"},
                               Golden{"sgd/golden-sum", "6, 0, 1, 0, 34/9, 0", "1/6", "0"},
                               Golden{"saga/golden-sum", "6, 2, 1/2, 3/2, 0, 0", "1/18", "8"},
                               Golden{"sega/golden-sum", "8, 4, 1/2, 1, 0, 0", "1/24", "16"},
                               Golden{"l-svrg/golden-sum", "6, 2, 1/2, 3/2, 0, 0", "1/18", "8"},
                               Golden{"diana/golden-workers", "6, 1, 1/2, 3/2, 0, 0", "1/12", "4"},
                               Golden{"diana-single/golden-sum", "6, 2, 1/2, 1, 0, 0", "1/14", "8"}}) {
    const Json& vector = vectors.at(std::string("constants/") + golden.id);
    EXPECT_EQ(vector["M"], golden.M) << golden.id;
    std::string row;
    for (const auto& [name, value] : vector["row"].items())
      row += (row.empty() ? "" : ", ") + value.get<std::string>();
    EXPECT_EQ(row, golden.row) << golden.id;
    EXPECT_EQ(vector["stepsize"], golden.stepsize) << golden.id;
  }
}

}  // namespace
}  // namespace touchstone::inline v0::oracle::vectors
