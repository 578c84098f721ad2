// The laws of the catalogue's specimens, from every tape, against those of the reference: so that a correct specimen is one, and a
// faulty one is not right by accident.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "touchstone/randomness/exhaustive.hpp"
#include "verify/oracle/catalog/compressors.hpp"
#include "verify/oracle/catalog/json_spec.hpp"
#include "verify/oracle/catalog/methods.hpp"
#include "verify/oracle/self_test/catalogue.hpp"

namespace touchstone::inline v0::oracle {
namespace {

using self_test::Specimen;
using Outcome = std::vector<double>;
using Law = std::vector<std::pair<double, Outcome>>;

Json answer_of(const Specimen& specimen, Json request) {
  request["id"] = 0;
  std::istringstream in(request.dump());
  std::ostringstream out;
  self_test::serve(*specimen.make(), in, out);
  return Json::parse(out.str());
}

/// Every answer to a question, with its probability.
std::vector<std::pair<double, std::vector<std::size_t>>> possible(const Json& question) {
  const std::string kind = question.at("kind");
  std::vector<std::pair<double, std::vector<std::size_t>>> all;
  if (kind == "bernoulli") {
    const double p = question.at("p");
    return {{1 - p, {0}}, {p, {1}}};
  }
  if (kind == "pick")
    for (std::size_t i = 0; i < question.at("w").size(); ++i) all.push_back({question["w"][i].get<double>(), {i}});
  if (kind == "pick") return all;
  const std::size_t n = question.at("n");
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (kind == "choose")
    for (const std::size_t i : order) all.push_back({1, {i}});
  else if (kind == "subset")
    for (std::size_t set = 0; set < std::size_t{1} << n; ++set) {
      std::vector<std::size_t> subset;
      std::copy_if(order.begin(), order.end(), std::back_inserter(subset),
                   [&](std::size_t i) { return (set >> i) % 2 == 1; });
      if (subset.size() == question.at("k").get<std::size_t>()) all.push_back({1, subset});
    }
  else
    do all.push_back({1, order});
    while (std::next_permutation(order.begin(), order.end()));
  for (auto& [probability, unused] : all) probability = 1 / static_cast<double>(all.size());
  return all;
}

void append(const Json& numbers, Outcome& outcome) {
  if (numbers.is_array())
    for (const Json& one : numbers) append(one, outcome);
  else
    outcome.push_back(numbers.is_string() ? std::nan("") : numbers.get<double>());
}

Outcome outcome_of(const Json& answer) {
  Outcome outcome;
  if (answer.contains("state"))
    for (const auto& [name, part] : answer["state"].items()) append(part, outcome);
  else if (answer.at("y").is_array())
    append(answer["y"], outcome);
  else {
    const Json& sparse = answer["y"];
    outcome.resize(sparse.at("d").get<std::size_t>(), 0);
    for (std::size_t k = 0; k < sparse.at("indices").size(); ++k)
      outcome[sparse["indices"][k].get<std::size_t>()] = sparse.at("values").at(k);
  }
  return outcome;
}

void walk(const Specimen& specimen, const Json& request, const Json& tape, double probability, Law& law) {
  Json asked = request;
  asked["tape"] = tape;
  const Json answer = answer_of(specimen, asked);
  ASSERT_FALSE(answer.contains("refused") || answer.contains("unsupported")) << answer.dump() << asked.dump();
  if (!answer.contains("ask")) return law.push_back({probability, outcome_of(answer)});
  for (const auto& [own, indices] : possible(answer["ask"])) {
    if (own == 0) continue;
    Json longer = tape;
    longer.push_back(indices);
    walk(specimen, request, longer, probability * own, law);
  }
}

bool near(const Outcome& a, const Outcome& b, double tolerance) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!(std::abs(a[i] - b[i]) <= tolerance * (1 + std::abs(b[i])))) return false;
  return true;
}

/// The greatest difference of the probabilities of an outcome.
double distance(const Law& found, const Law& expected, double tolerance) {
  double largest = 0;
  for (const Law* law : {&found, &expected})
    for (const auto& [unused, outcome] : *law) {
      double difference = 0;
      for (const auto& [p, other] : found) difference += near(other, outcome, tolerance) ? p : 0;
      for (const auto& [p, other] : expected) difference -= near(other, outcome, tolerance) ? p : 0;
      largest = std::max(largest, std::abs(difference));
    }
  return largest;
}

template <class Run>
Law reference_law(const Run& run) {
  Law law;
  for_each_outcome<double>(
      [&](Exhaustive<double>& random) {
        Erased<double, Exhaustive<double>> erased(random);
        return run(erased);
      },
      [&](double probability, const Outcome& outcome) {
        law.push_back({probability, outcome});
      });
  return law;
}

/// The distances of a compressor from its reference, at the vectors with and without ties.
struct Distances {
  double plain = 0;
  double with_ties = 0;
};

Distances of_compressor(const Specimen& specimen, const Json& subject) {
  Distances distances;
  std::vector<std::pair<std::string, Json>> settings;
  const std::string reference = subject.at("reference");
  const std::size_t open = reference.find('{');
  const Json parameters_tried = subject.value("parameters", Json{{"", {0}}});
  for (const auto& [name, values] : parameters_tried.items())
    for (const Json& value : values) {
      const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
      settings.push_back(
          {open == std::string::npos ? reference : reference.substr(0, open) + text, {{name, value}}});
    }
  const std::vector<std::vector<double>> vectors = {
      {1.5, -2, 0.25, 3}, {0, 2, -1, 4}, {2.25, -1, 3.5}, {1, -1, 1, 1}, {4, 1, -1, 1}};
  for (const auto& [name, parameters] : settings)
    for (std::size_t v = 0; v < vectors.size(); ++v) {
      const auto d = vectors[v].size();
      const Json dimensions = subject.value("dimensions", Json{4, 3});
      if (std::find(dimensions.begin(), dimensions.end(), d) == dimensions.end()) continue;
      const Vector<double> x = Eigen::Map<const Vector<double>>(vectors[v].data(), static_cast<Index>(d));
      const AnyCompressor<double> compressor = parse_compressor<double>("reference", name);
      const Law expected = reference_law([&](AnyRandomness<double>& random) {
        const Vector<double> y = compressor.compress(x, random);
        return Outcome(y.begin(), y.end());
      });
      Law found;
      walk(specimen, {{"call", "compress"}, {"parameters", parameters}, {"x", vectors[v]}}, Json::array(), 1,
           found);
      const double tolerance = subject.at("dtype") == "float64"   ? 1e-10
                               : subject.at("dtype") == "float32" ? 1e-6
                                                                  : 1e-2;
      double& largest = v >= 3 ? distances.with_ties : distances.plain;
      largest = std::max(largest, distance(found, expected, tolerance));
    }
  return distances;
}

Json problem_of(bool single) {
  const auto part = [](double a, double b) { return Json{{"A", {{a, 0.5}, {0.5, 2}}}, {"b", {b, -1}}}; };
  if (single) return {{"kind", "quadratic"}, {"workers", {{part(1, 1), part(3, 0.25), part(2, 2)}}}};
  return {{"kind", "quadratic"}, {"workers", {{part(1, 1), part(3, 0.25)}, {part(2, -1), part(1, 0)}}}};
}

double of_method(const Specimen& specimen, const Json& subject) {
  const std::string name = subject.at("reference");
  const bool single = std::set<std::string>{"sgd", "saga", "svrg", "l-svrg"}.contains(name);
  const Json method = {{"method", name},
                       {"parameters",
                        {{"gamma", 0.125},
                         {"alpha", 0.25},
                         {"p", 0.25},
                         {"tau", 2},
                         {"compressor", name.starts_with("ec-") ? "top-k:1" : "rand-k:1"},
                         {"shift_compressor", "rand-k:1"},
                         {"gradient", "sampled"}}}};
  const Json problem = problem_of(single);
  const AnyMethod<double> reference =
      make_method<double>(method_of("", method), make_problem<double>(oracle::problem_of("problem", problem, ".")));
  NamedState<double> given;
  Json state = Json::object();
  double value = 0;
  for (const PartShape& shape : reference.shapes()) {
    if (shape.derived) continue;
    std::size_t count = shape.name == "table" ? single ? 3 : 4 : shape.single ? 1 : 2;
    StatePart<double> part{shape.name, {}};
    for (; count > 0; --count) part.vectors.push_back(Vector<double>{{value += 0.625, 1 - value}});
    Json list = Json::array();
    for (const Vector<double>& vector : part.vectors) list.push_back(to_json(vector));
    state[shape.name] = shape.single ? list[0] : list;
    given.push_back(part);
  }
  const bool derived_too = specimen.id.find("derived-not-told") == std::string::npos;
  const NamedState<double> complete = reference.complete(given);
  const Law expected = reference_law([&](AnyRandomness<double>& random) {
    Outcome outcome;
    const NamedState<double> after = reference.step(complete, random);
    for (std::size_t part = 0; part < after.size(); ++part)
      for (const Vector<double>& vector : after[part].vectors)
        if (derived_too || !reference.shapes()[part].derived)
          outcome.insert(outcome.end(), vector.begin(), vector.end());
    return outcome;
  });
  Law found;
  walk(specimen, {{"call", "step"}, {"problem", problem}, {"method", method}, {"state", state}}, Json::array(), 1,
       found);
  return distance(found, expected, subject.at("dtype") == "float64" ? 1e-10 : 1e-5);
}

/// What a law at a few vectors does not show: what is declared, lists, edges, large dimensions; and the freedoms of a method.
bool shows_elsewhere(const Specimen& specimen) {
  const std::vector<std::string> elsewhere = {"declared/",          "/stepsize-",       "lists/",
                                              "zero-divided",       "zero-to-least",    "naive-norm",
                                              "subnormals-flushed", "exponent-in-byte", "exponent-clipped",
                                              "level-in-byte",      "in-float32",       "in-half",
                                              "-rounded-down",      "identity/one-bit", "memory-without-gamma",
                                              "after-the-step",     "diana/alpha-of-"};
  return std::any_of(elsewhere.begin(), elsewhere.end(),
                     [&](const std::string& part) { return specimen.id.find(part) != std::string::npos; });
}

TEST(SelfTestLaws, ThoseOfTheCorrectOnesAreTheReferencesAndThoseOfTheFaultyAreNot) {
  int correct = 0;
  int faulty = 0;
  for (const Specimen& specimen : self_test::catalogue()) {
    SCOPED_TRACE(specimen.id);
    const Json subject = answer_of(specimen, {{"call", "start"}}).at("subjects").at(0);
    const std::string kind = subject.at("kind");
    if (!subject.contains("reference") || !specimen.in_law || shows_elsewhere(specimen)) continue;
    if (kind != "compressor" && kind != "method") continue;
    const Distances distances =
        kind == "method" ? Distances{of_method(specimen, subject), 0} : of_compressor(specimen, subject);
    if (specimen.fault.empty())
      EXPECT_LT(distances.plain, subject.at("dtype") == "float64" ? 1e-12 : 1e-4);
    else
      EXPECT_GT(std::max(distances.plain, distances.with_ties), 1e-8);
    (specimen.fault.empty() ? correct : faulty) += 1;
  }
  EXPECT_GE(correct, 100);
  EXPECT_GE(faulty, 180);
}

}  // namespace
}  // namespace touchstone::inline v0::oracle
