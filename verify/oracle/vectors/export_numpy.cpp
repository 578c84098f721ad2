#include <cmath>
#include <cstdlib>
#include <map>

#include <fmt/format.h>

#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/vectors/exports.hpp"
#include "verify/oracle/vectors/number_text.hpp"

namespace touchstone::inline v0::oracle::vectors {

namespace {

constexpr const char* double_suffix = "_double";

std::string python_float(double value) {
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

std::string python_of(const Json& value);

/// A field with a double beside it is left out, and the double takes its name.
std::string python_object(const Json& object) {
  std::string text;
  for (const auto& [name, value] : object.items()) {
    if (object.contains(name + double_suffix)) continue;
    const std::string shown = name.ends_with(double_suffix) ? name.substr(0, name.find(double_suffix)) : name;
    const bool whole = name == "seed" || name == "stream";
    text += fmt::format("{}\"{}\": {}", text.empty() ? "" : ", ", shown,
                        whole ? value.get<std::string>() : python_of(value));
  }
  return "{" + text + "}";
}

std::string python_of(const Json& value) {
  if (value.is_object()) return python_object(value);
  if (value.is_array()) {
    std::string text;
    for (const Json& one : value) text += (text.empty() ? "" : ", ") + python_of(one);
    return "[" + text + "]";
  }
  if (value.is_boolean()) return value.get<bool>() ? "True" : "False";
  if (!value.is_string()) return value.dump();
  const auto& text = value.get_ref<const std::string&>();
  if (text.find("0x") != std::string::npos || text == "inf" || text == "-inf") return python_float(double_of(text));
  if (const std::optional<Rational> exact = read_exact(text)) return python_float(nearest_double(*exact));
  return value.dump();
}

}  // namespace

double double_of(const std::string& hex) {
  return std::strtod(hex.c_str(), nullptr);
}

std::vector<TextFile> numpy_export(const std::vector<Json>& documents) {
  std::map<std::string, std::string> kinds;
  std::map<std::string, std::string> problems;
  std::map<std::string, std::string> flags;
  for (const Json& document : documents) {
    for (const Json& vector : document["vectors"])
      kinds[document["kind"].get<std::string>()] += "    " + python_of(vector) + ",\n";
    for (const auto& [name, problem] : document["problems"].items()) problems[name] = python_of(problem);
    for (const auto& [name, meaning] : document["flags"].items()) flags[name] = meaning.dump();
  }
  std::string text = fmt::format(
      "\"\"\"Test vectors of touchstone {}, written by it. Each number is the double nearest to the exact one; "
      "fields\n"
      "and conditions are those of README.md beside the folder of this file.\"\"\"\n"
      "from math import inf\n\n",
      TOUCHSTONE_VERSION);
  const auto dictionary = [&](const char* name, const std::map<std::string, std::string>& entries) {
    text += fmt::format("{} = {{\n", name);
    for (const auto& [key, value] : entries) text += fmt::format("  \"{}\": {},\n", key, value);
    text += "}\n\n";
  };
  for (auto& [kind, vectors] : kinds) vectors = "[\n" + vectors + "  ]";
  dictionary("FLAGS", flags);
  dictionary("PROBLEMS", problems);
  dictionary("VECTORS", kinds);
  text.pop_back();
  return {{"export/touchstone_vectors.py", text}};
}

}  // namespace touchstone::inline v0::oracle::vectors
