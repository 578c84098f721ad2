#include "verify/oracle/vectors/vector_file.hpp"

#include <map>
#include <set>

#include <fmt/format.h>

#include "verify/oracle/vectors/flags.hpp"
#include "verify/oracle/vectors/named_problems.hpp"

namespace touchstone::inline v0::oracle::vectors {

std::string to_string(Preset preset) {
  return preset == Preset::minimal ? "minimal" : "full";
}

Json document_of(const VectorFile& file, Preset preset) {
  Json vectors = Json::array();
  std::map<std::string, int> results = {{"valid", 0}, {"invalid", 0}, {"acceptable", 0}};
  std::set<std::string> flags;
  std::set<std::string> problems;
  for (const TestVector& one : file.vectors) {
    if (preset == Preset::minimal && !one.minimal) continue;
    ++results.at(one.json.at("result").get<std::string>());
    for (const Json& flag : one.json.at("flags")) flags.insert(flag.get<std::string>());
    if (one.json.contains("problem")) problems.insert(one.json["problem"].get<std::string>());
    vectors.push_back(one.json);
  }
  Json described = Json::object();
  for (const std::string& flag : flags) described[flag] = description_of_flag(flag);
  Json posed = Json::object();
  for (const std::string& problem : problems) posed[problem] = json_of_problem(problem);
  return {{"format", "touchstone-vectors/1"},
          {"kind", file.kind},
          {"subject", file.subject},
          {"schema", "../schemas/" + file.kind + ".schema.json"},
          {"generator",
           {{"program", "touchstone"},
            {"version", TOUCHSTONE_VERSION},
            {"command", "touchstone vectors DIR --preset " + to_string(preset)}}},
          {"provenance",
           {{"first", file.provenance.first},
            {"second", file.provenance.second},
            {"agreement", file.provenance.agreement},
            {"agree", true}}},
          {"flags", described},
          {"problems", posed},
          {"counts",
           {{"vectors", vectors.size()},
            {"valid", results["valid"]},
            {"acceptable", results["acceptable"]},
            {"invalid", results["invalid"]}}},
          {"vectors", vectors}};
}

std::string text_of(const Json& document) {
  std::string text = "{";
  for (const auto& [name, value] : document.items()) {
    text += fmt::format("{}\n\"{}\": ", text.size() == 1 ? "" : ",", name);
    if (name != "vectors") {
      text += value.dump();
      continue;
    }
    text += "[";
    for (std::size_t i = 0; i < value.size(); ++i)
      text += fmt::format("{}\n{}", i == 0 ? "" : ",", value[i].dump());
    text += "\n]";
  }
  return text + "\n}\n";
}

}  // namespace touchstone::inline v0::oracle::vectors
