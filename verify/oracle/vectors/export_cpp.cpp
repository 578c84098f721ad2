#include <cmath>
#include <map>

#include <fmt/format.h>

#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/vectors/cpp_templates.hpp"
#include "verify/oracle/vectors/exports.hpp"
#include "verify/oracle/vectors/number_text.hpp"

namespace touchstone::inline v0::oracle::vectors {

namespace {

/// An array of the header that other arrays point into.
class Pool {
 public:
  explicit Pool(std::string name) : name_(std::move(name)) {}

  /// Appends; what points to the first of the entries.
  std::string add(const std::vector<std::string>& entries) {
    if (entries.empty()) return "nullptr";
    const std::size_t first = count_;
    for (const std::string& entry : entries) text_ += (count_++ % 8 == 0 ? "\n    " : " ") + entry + ",";
    return fmt::format("{} + {}", name_, first);
  }

  [[nodiscard]] std::string definition(const char* type) const {
    return fmt::format("inline constexpr {} {}[] = {{{}{}}};\n\n", type, name_, text_, count_ == 0 ? "{}" : "");
  }

 private:
  std::string name_;
  std::string text_;
  std::size_t count_ = 0;
};

std::string literal(double value) {
  if (std::isinf(value)) return value > 0 ? "infinity" : "-infinity";
  return hex_text(value);
}

/// Of exact numbers and of hexadecimal ones, in one list whatever the shape.
void append_numbers(const Json& json, std::vector<std::string>& numbers) {
  if (json.is_structured()) {
    for (const Json& one : json) append_numbers(one, numbers);
    return;
  }
  const std::string text = json.get<std::string>();
  const std::optional<Rational> exact = text.find("0x") == std::string::npos ? read_exact(text) : std::nullopt;
  numbers.push_back(literal(exact ? nearest_double(*exact) : double_of(text)));
}

std::string quoted(const Json& object, const char* name) {
  return object.contains(name) ? object[name].dump() : "\"\"";
}

class Header {
 public:
  void add(const Json& document) {
    for (const auto& [name, problem] : document["problems"].items()) add_problem(name, problem);
    const std::string kind = document["kind"];
    for (const Json& vector : document["vectors"]) {
      if (kind == "compressor-law") laws_.add({law(vector)});
      if (kind == "step") steps_.add({step(vector)});
      if (kind == "trajectory") trajectories_.add({trajectory(vector)});
      if (kind == "constants") constants_.add({constants(vector)});
    }
  }

  [[nodiscard]] std::string text() const {
    return fmt::format(cpp_header_begin, TOUCHSTONE_VERSION) + numbers_.definition("double") +
           answers_.definition("int") + parts_.definition("Part") + choices_.definition("Choice") +
           law_outcomes_.definition("LawOutcome") + step_outcomes_.definition("StepOutcome") +
           checkpoints_.definition("Checkpoint") + problems_.definition("Problem") + laws_.definition("Law") +
           steps_.definition("Step") + trajectories_.definition("Trajectory") + constants_.definition("Constants") +
           cpp_header_end;
  }

 private:
  void add_problem(const std::string& name, const Json& problem) {
    if (problem_at_.contains(name)) return;
    const Json& workers = problem["workers"];
    std::vector<std::string> A;
    std::vector<std::string> b;
    for (const Json& own : workers)
      for (const Json& component : own) {
        append_numbers(component["A"], A);
        append_numbers(component["b"], b);
      }
    problem_at_[name] = problem_at_.size();
    problems_.add({fmt::format("{{\"{}\", {}, {}, {}, {}, {}}}", name, workers.size(), workers[0].size(),
                               workers[0][0]["b"].size(), numbers_.add(A), numbers_.add(b))});
  }

  std::string numbers(const Json& json) {
    std::vector<std::string> list;
    append_numbers(json, list);
    return numbers_.add(list);
  }

  static std::string number(const Json& object, const char* name) {
    if (!object.contains(name)) return "nan";
    std::vector<std::string> list;
    append_numbers(object[name], list);
    return list.front();
  }

  std::string head(const Json& vector) const {
    const char* other = vector.contains("killed_by") ? "killed_by" : "instead_of";
    return fmt::format("{}, {}, Result::{}, {}", quoted(vector, "id"), quoted(vector, "tests"),
                       vector["result"].get<std::string>(), quoted(vector, other));
  }

  std::string setting(const Json& vector) {
    const Json& method = vector["method"];
    const Json& given = method["parameters"];
    const Json prox = given.value("regularizer", Json::object());
    return fmt::format(
        "{}, problems + {}, {{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}}", quoted(method, "method"),
        problem_at_.at(vector["problem"].get<std::string>()), number(given, "gamma"), number(given, "alpha"),
        number(given, "p"), given.value("tau", 0), quoted(given, "compressor"), quoted(given, "shift_compressor"),
        given.contains("gradient") ? "true" : "false", numbers(given.value("star_gradients", Json::array())),
        quoted(prox, "kind"), number(prox, "lambda"), numbers(prox.value("lower", Json::array())),
        numbers(prox.value("upper", Json::array())));
  }

  std::string state(const Json& parts) {
    std::vector<std::string> list;
    for (const auto& [name, values] : parts.items()) {
      const bool list_of_vectors = values[0].is_array();
      list.push_back(fmt::format("{{\"{}\", {}, {}}}", name, list_of_vectors ? values.size() : 1, numbers(values)));
    }
    return parts_.add(list);
  }

  std::string choices(const Json& made) {
    std::vector<std::string> list;
    for (const Json& choice : made) {
      std::vector<std::string> answer;
      for (const Json& index : choice["answer"]) answer.push_back(index.dump());
      list.push_back(fmt::format("{{{}, {}, {}, {}, {}}}", quoted(choice, "kind"), choice["worker"].dump(),
                                 choice.value("n", 2), answer.size(), answers_.add(answer)));
    }
    return fmt::format("{}, {}", list.size(), choices_.add(list));
  }

  std::string law(const Json& vector) {
    std::vector<std::string> outcomes;
    for (const Json& outcome : vector["outcomes"])
      outcomes.push_back(
          fmt::format("{{{}, {}}}", number(outcome, "probability_double"), numbers(outcome["value_double"])));
    return fmt::format("{{{}, {}, {}, {}, {}, {}, {}, {}}}\n", head(vector), quoted(vector, "compressor"),
                       vector["x"].size(), numbers(vector["x_double"]), number(vector, "omega"),
                       number(vector, "delta"), outcomes.size(), law_outcomes_.add(outcomes));
  }

  std::string step(const Json& vector) {
    std::vector<std::string> outcomes;
    for (const Json& outcome : vector["outcomes"])
      outcomes.push_back(fmt::format("{{{}, {}, {}}}", number(outcome, "probability_double"),
                                     choices(outcome["choices"]), state(outcome["after_double"])));
    return fmt::format("{{{}, {}, {}, {}, {}, {}}}\n", head(vector), setting(vector), vector["state"].size(),
                       state(vector["state_double"]), outcomes.size(), step_outcomes_.add(outcomes));
  }

  std::string trajectory(const Json& vector) {
    std::vector<std::string> checkpoints;
    for (const char* list : {"states", "later"})
      for (const Json& one : vector[list])
        checkpoints.push_back(fmt::format("{{{}, {}}}", one["k"].dump(), state(one["state_double"])));
    return fmt::format("{{{}, {}, {}, {}, {}, {}, {}, {}}}\n", head(vector), setting(vector),
                       vector["seed"].get<std::string>(), vector["stream"].get<std::string>(),
                       vector["start"].size(), state(vector["start_double"]), checkpoints.size(),
                       checkpoints_.add(checkpoints));
  }

  std::string constants(const Json& vector) {
    return fmt::format("{{{}, {}, {}, {}, {}, {}, {}, {}, {}}}\n", head(vector), setting(vector),
                       number(vector, "L"), number(vector, "mu"), number(vector, "omega"), number(vector, "delta"),
                       number(vector, "stepsize_double"), number(vector, "rate_double"), number(vector, "noise"));
  }

  Pool numbers_{"numbers"}, answers_{"answers"}, parts_{"parts"}, choices_{"choices"};
  Pool law_outcomes_{"law_outcomes"}, step_outcomes_{"step_outcomes"}, checkpoints_{"checkpoints"};
  Pool problems_{"problems"}, laws_{"laws"}, steps_{"steps"}, trajectories_{"trajectories"},
      constants_{"constants"};
  std::map<std::string, std::size_t> problem_at_;
};

}  // namespace

std::vector<TextFile> cpp_export(const std::vector<Json>& documents) {
  Header header;
  for (const Json& document : documents) header.add(document);
  return {{"export/touchstone_vectors.hpp", header.text()}, {"export/example.cpp", cpp_example}};
}

}  // namespace touchstone::inline v0::oracle::vectors
