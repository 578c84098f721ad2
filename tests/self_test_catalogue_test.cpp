#include <algorithm>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "verify/oracle/self_test/catalogue.hpp"

namespace {

using namespace touchstone::oracle::self_test;  // NOLINT(google-build-using-namespace)

/// The answers, a line each.
std::vector<std::string> answers(const Specimen& specimen, const std::vector<Json>& requests) {
  std::string lines;
  for (Size id = 0; id < requests.size(); ++id) {
    Json request = {{"id", id}};
    request.update(requests[id]);
    lines += request.dump() + "\n";
  }
  std::istringstream in(lines);
  std::ostringstream out;
  serve(*specimen.make(), in, out);
  std::vector<std::string> read;
  std::istringstream written(out.str());
  for (std::string line; std::getline(written, line);) read.push_back(line);
  return read;
}

Json subject_of(const Specimen& specimen) {
  return Json::parse(answers(specimen, {{{"call", "start"}, {"protocol", 1}}}).at(0)).at("subjects").at(0);
}

bool supports(const Json& subject, const char* way) {
  const Json& ways = subject.at("ways");
  return std::find(ways.begin(), ways.end(), way) != ways.end();
}

/// The first value of each parameter.
Json usual(const Json& subject) {
  Json parameters = Json::object();
  if (subject.contains("parameters"))
    for (const auto& [name, values] : subject["parameters"].items()) parameters[name] = values.at(0);
  return parameters;
}

Json method_call(const Json& subject) {
  const auto component = [](double diagonal, double b) {
    return Json{{"A", {{diagonal, 0.5}, {0.5, 2}}}, {"b", {b, -1}}};
  };
  const std::string name = subject.at("reference");
  const bool compensated = name.starts_with("ec-");
  const bool single = name == "sgd" || name == "saga" || name == "svrg" || name == "l-svrg";
  const Json worker = {component(1, 1), component(3, 0.25)};
  Json workers = {worker};
  if (!single) workers.push_back({component(2, -1), component(1, 0)});
  const Json list = single ? Json{{1, 2}, {0.5, -1}} : Json{{1, 2}, {0.5, -1}, {0, 1}, {1, 1}};
  const Json pair = {{1, 2}, {0.5, -1}};
  Json state = {{"x", {1, -2}}, {"h", pair}, {"e", pair}, {"table", list}, {"g", {1, 0.5}}, {"delayed", pair}};
  state["w"] = single ? Json{0.5, 1} : pair;
  if (name == "sega") state["h"] = {1, 2};
  return {{"call", "step"},
          {"problem", {{"kind", "quadratic"}, {"workers", workers}}},
          {"method",
           {{"method", name},
            {"parameters",
             {{"gamma", "1/8"},
              {"alpha", 0.25},
              {"p", 0.25},
              {"tau", 2},
              {"compressor", compensated ? "top-k:1" : "rand-k:1"},
              {"shift_compressor", "rand-k:1"},
              {"gradient", "sampled"}}}}},
          {"state", state}};
}

/// What comes before the call that is tried, the call without a source of choices, and the member that it answers with.
struct Trial {
  std::vector<Json> before;
  Json call;
  std::string answer;
};

Trial trial_of(const Json& subject) {
  const std::string kind = subject.at("kind");
  if (kind == "average") return {{}, {{"call", "average"}, {"vectors", {{1, 2}, {3, 4.5}}}}, "y"};
  if (kind == "method") return {{}, method_call(subject), "state"};
  if (kind == "error-feedback")
    return {{{{"call", "initialize"}, {"parameters", usual(subject)}, {"layers", {3, 2}}, {"seed", 5}}},
            {{"call", "feed"}, {"gradients", {{1, -2, 0.25}, {3, 0.5}}}},
            "sent"};
  const Size d = subject.contains("dimensions") ? subject["dimensions"].at(0).get<Size>() : 4;
  std::vector<double> x;
  for (Size i = 0; i < d; ++i) x.push_back(static_cast<double>(i + 1) * (i % 2 == 0 ? 0.375 : -1));
  return {{{{"call", "describe"}, {"d", d}, {"parameters", usual(subject)}}},
          {{"call", "compress"}, {"parameters", usual(subject)}, {"x", x}},
          "y"};
}

std::vector<Json> requests_of(const Trial& trial, const Json& source) {
  std::vector<Json> requests = trial.before;
  requests.push_back(trial.call);
  requests.back().update(source);
  return requests;
}

/// The answer to the call when the oracle chooses 0, the first subset or a coin's 1 until nothing more is asked.
Json injected(const Specimen& specimen, const Trial& trial) {
  Json tape = Json::array();
  for (Size asked = 0; asked < 2000; ++asked) {
    const Json answer = Json::parse(answers(specimen, requests_of(trial, {{"tape", tape}})).back());
    if (!answer.contains("ask")) return answer;
    const Json& question = answer["ask"];
    Size length = 1;
    if (question.at("kind") == "subset") length = question.at("k").get<Size>();
    if (question.at("kind") == "permutation") length = question.at("n").get<Size>();
    Json indices = Json::array();
    for (Size i = 0; i < length; ++i) indices.push_back(i);
    if (question.at("kind") == "bernoulli") indices = {1};
    tape.push_back(indices);
  }
  return nullptr;
}

TEST(SelfTestCatalogue, HasAHundredAndTwentyOfEachKindWithIdsOfTheirOwn) {
  std::set<std::string> ids;
  Size faulty = 0;
  for (const Specimen& specimen : catalogue()) {
    EXPECT_TRUE(ids.insert(specimen.id).second) << specimen.id << " is there twice";
    EXPECT_EQ(specimen.fault.empty(), specimen.id.find("/correct/") != std::string::npos) << specimen.id;
    faulty += specimen.fault.empty() ? 0 : 1;
  }
  EXPECT_GE(faulty, 120U);
  EXPECT_GE(ids.size() - faulty, 120U);
  EXPECT_EQ(find_specimen("rand-k/scale-forgotten")->id, "rand-k/scale-forgotten");
  EXPECT_EQ(find_specimen("rand-k"), nullptr);
}

TEST(SelfTestCatalogue, EverySpecimenAnswersInEveryWayItSupports) {
  for (const Specimen& specimen : catalogue()) {
    SCOPED_TRACE(specimen.id);
    const Json subject = subject_of(specimen);
    EXPECT_EQ(subject.at("name"), specimen.id);
    const Trial trial = trial_of(subject);
    for (const std::string& line : answers(specimen, requests_of(trial, {{"seed", 7}})))
      EXPECT_FALSE(Json::parse(line).contains("refused")) << line;
    const Json logged = Json::parse(answers(specimen, requests_of(trial, {{"seed", 7}, {"log", true}})).back());
    EXPECT_TRUE(!supports(subject, "replayed") || logged.contains("choices"));
    if (!supports(subject, "injected")) continue;
    const Json answer = injected(specimen, trial);
    ASSERT_TRUE(answer.is_object() && answer.contains(trial.answer)) << answer.dump();
    EXPECT_TRUE(answer.contains("choices"));
  }
}

TEST(SelfTestCatalogue, TheSameSeedGivesTheSameAnswersAndLoggingChangesNone) {
  for (const Specimen& specimen : catalogue()) {
    SCOPED_TRACE(specimen.id);
    const Json subject = subject_of(specimen);
    const Trial trial = trial_of(subject);
    const bool counted = subject.at("kind") == "compressor" || subject.at("kind") == "method";
    const Size count = counted ? 3 : 1;
    const std::vector<std::string> lines = answers(specimen, requests_of(trial, {{"seed", 11}, {"count", count}}));
    EXPECT_EQ(lines.size(), trial.before.size() + count);
    EXPECT_EQ(lines, answers(specimen, requests_of(trial, {{"seed", 11}, {"count", count}})));
    const Json logged =
        Json::parse(answers(specimen, requests_of(trial, {{"seed", 11}, {"count", count}, {"log", true}})).back());
    EXPECT_EQ(Json::parse(lines.back())[trial.answer], logged[trial.answer]);
  }
}

TEST(SelfTestCatalogue, ARequestThatIsNoneIsAnsweredOnce) {
  const Specimen& specimen = *find_specimen("rand-k/correct/by-subset/float64");
  const Json nan = {{"call", "compress"}, {"parameters", {{"K", 1}}}, {"x", {"nan", 1}}, {"seed", 1}, {"count", 5}};
  const Json average = {{"call", "average"}, {"vectors", {{1}}}};
  const Json tape = {{"call", "compress"}, {"parameters", {{"K", 1}}}, {"x", {1, 2}}, {"tape", {{7}}}};
  const std::vector<std::string> lines = answers(specimen, {nan, average, tape, {{"call", "stop"}}, nan});
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0], R"({"id":0,"refused":"x[0] is not finite"})");
  EXPECT_EQ(lines[1], R"({"id":1,"unsupported":"this library compresses"})");
  EXPECT_EQ(lines[2], R"({"id":2,"refused":"subset(2, 1) is not answered by the tape"})");
  EXPECT_EQ(lines[3], R"({"id":3})");
}

TEST(SelfTestCatalogue, NumbersAreReadAndWrittenAsTheProtocolHasThem) {
  const Specimen& specimen = *find_specimen("identity/correct/float64");
  const Json compress = {{"call", "compress"}, {"x", {"1/3", "0x1.8p-3", -0.0, 1e300, 0.1}}};
  EXPECT_EQ(answers(specimen, {compress})[0],
            R"({"id":0,"y":[0.3333333333333333,0.1875,-0.0,1e+300,0.1],"bits":320})");
  const Specimen& single = *find_specimen("identity/correct/float32");
  EXPECT_EQ(answers(single, {compress})[0].substr(0, 30), R"({"id":0,"refused":"x[3] is not)");
}

}  // namespace
