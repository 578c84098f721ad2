#include "verify/oracle/vectors/law_vectors.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "verify/oracle/catalog/compressors.hpp"
#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/vectors/law_cases.hpp"
#include "verify/oracle/vectors/number_text.hpp"

namespace touchstone::inline v0::oracle::vectors {

namespace {

std::string subject_of(const std::string& compressor) {
  return compressor.substr(0, compressor.find(':'));
}

std::string law_id(const std::string& compressor, const std::string& input) {
  return fmt::format("law/{}/{}", compressor, input);
}

Json stated(const AnyCompressor<Rational>& compressor, Index d) {
  const Flags flags = compressor.flags();
  Json object = Json::object();
  if (const std::optional<Rational> omega = compressor.omega(d)) object["omega"] = exact_text(*omega);
  if (const std::optional<Rational> delta = compressor.delta(d)) object["delta"] = exact_text(*delta);
  object["message_bits"] = {{"32", compressor.message_bits(d, 32)}, {"64", compressor.message_bits(d, 64)}};
  object["properties"] = {{"linear", flags.linear},
                          {"odd", flags.odd},
                          {"homogeneous", flags.homogeneous},
                          {"two_homogeneous", flags.two_homogeneous},
                          {"deterministic", flags.deterministic},
                          {"attained_everywhere", flags.attained_everywhere}};
  return object;
}

bool keeps_all(const std::string& compressor, Index d) {
  return compressor == fmt::format("rand-k:{}", d) || compressor == fmt::format("top-k:{}", d);
}

bool in_minimal_preset(const LawCase& one, const LawInput& input) {
  return input.name == one.inputs.front() || input.name == "zero" || input.name == "one-nonzero";
}

TestVector valid_law(const LawCase& one, const LawInput& input) {
  const std::string id = law_id(one.compressor, input.name);
  const AnyCompressor<Rational> compressor = parse_compressor<Rational>(id, one.compressor);
  const CompressorLaw law = exact_law(compressor, input.x);
  require_second_opinion(id, one.compressor, input.x, law);
  std::vector<std::string> flags = input.flags;
  if (keeps_all(one.compressor, input.x.size())) flags.emplace_back("AllKept");
  Json vector = {{"id", id},
                 {"tests", one.claim},
                 {"comment", input.comment},
                 {"result", "valid"},
                 {"flags", flags},
                 {"compressor", one.compressor},
                 {"x", exact_json(input.x)},
                 {"x_double", double_json(input.x)}};
  vector.update(stated(compressor, input.x.size()));
  add_law(vector, law, input.x);
  return {vector, one.minimal && in_minimal_preset(one, input)};
}

const TestVector& vector_with(const std::string& id, const std::vector<TestVector>& vectors) {
  const auto found =
      std::find_if(vectors.begin(), vectors.end(), [&](const TestVector& one) { return one.json["id"] == id; });
  if (found == vectors.end()) throw std::logic_error("a mutant of a vector that is not there: " + id);
  return *found;
}

TestVector other_law(const LawMutant& mutant, const std::vector<TestVector>& vectors) {
  const std::string id = law_id(mutant.compressor, mutant.input);
  const TestVector& right = vector_with(id, vectors);
  const Vector<Rational>& x = law_input(mutant.input).x;
  const CompressorLaw law = mutant.law(x);
  if (same_law(law, exact_law(parse_compressor<Rational>(id, mutant.compressor), x)))
    throw std::logic_error(fmt::format("{} does not kill the mutant {}", id, mutant.name));
  const bool allowed = !mutant.freedom.empty();
  Json vector = {{"id", fmt::format("{}/{}/{}", id, allowed ? "or" : "not", mutant.name)},
                 {"tests", right.json["tests"]},
                 {"comment", mutant.comment},
                 {"result", allowed ? "acceptable" : "invalid"},
                 {"flags", Json::array({allowed ? mutant.freedom : "Wrong"})},
                 {allowed ? "instead_of" : "killed_by", id},
                 {"compressor", mutant.compressor},
                 {"x", right.json["x"]},
                 {"x_double", right.json["x_double"]}};
  vector.update(stated(parse_compressor<Rational>(id, mutant.compressor), x.size()));
  add_law(vector, law, x);
  return {vector, right.minimal};
}

/// -0 wherever the law has zero.
TestVector negative_zeros(const TestVector& right) {
  Json vector = right.json;
  const std::string id = vector["id"];
  vector["id"] = id + "/or/negative-zero";
  vector["comment"] = "-0 where a coordinate is not sent";
  vector["result"] = "acceptable";
  vector["flags"] = {"SignOfZero"};
  vector["instead_of"] = id;
  for (Json& outcome : vector["outcomes"])
    for (Json& value : outcome["value_double"])
      if (value == "0x0p+0") value = "-0x0p+0";
  return {vector, right.minimal};
}

}  // namespace

std::vector<VectorFile> law_files() {
  std::vector<VectorFile> files;
  for (const LawCase& one : law_cases()) {
    const std::string subject = subject_of(one.compressor);
    if (files.empty() || files.back().subject != subject)
      files.push_back(
          {"compressor-law",
           subject,
           {"the compressor of the reference in rational arithmetic, every path through its choices",
            "the moments that it states, exactly; the same paths in double arithmetic",
            "E Q(x) = x and E|Q(x) - x|^2 <= omega |x|^2, or <= (1 - delta) |x|^2; doubles within 8 units in "
            "the last place"},
           {}});
    for (const std::string& input : one.inputs) files.back().vectors.push_back(valid_law(one, law_input(input)));
  }
  for (VectorFile& file : files) {
    for (const LawMutant& mutant : law_mutants())
      if (subject_of(mutant.compressor) == file.subject) file.vectors.push_back(other_law(mutant, file.vectors));
    if (file.subject == "rand-k")
      file.vectors.push_back(negative_zeros(vector_with(law_id("rand-k:2", "mixed"), file.vectors)));
  }
  return files;
}

}  // namespace touchstone::inline v0::oracle::vectors
