#include "verify/oracle/trace/iteration_parser.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include <fmt/format.h>
#include <simdjson.h>

#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/catalog/spec_error.hpp"
#include "verify/oracle/trace/line_source.hpp"

namespace touchstone::inline v0::oracle {

namespace {

using Element = simdjson::dom::element;
using List = simdjson::dom::array;

static_assert(LineSource::padding >= simdjson::SIMDJSON_PADDING);

/// Only made into text where something is wrong.
struct JsonPlace {
  const JsonPlace* outer = nullptr;
  std::string_view name{};
  std::size_t index = 0;

  [[nodiscard]] std::string text() const {
    if (outer == nullptr) return std::string(name);
    return name.empty() ? fmt::format("{}[{}]", outer->text(), index) : fmt::format("{}.{}", outer->text(), name);
  }
};

[[noreturn]] void refuse_at(const JsonPlace& place, const std::string& found, const std::string& expected) {
  throw spec_error(fmt::format("{}: found {}, expected {}", place.text(), found, expected));
}

[[noreturn]] void refuse_element(const JsonPlace& place, Element found, const std::string& expected) {
  constexpr std::size_t shown = 60;
  std::string text = simdjson::minify(found);
  if (text.size() > shown) text = text.substr(0, shown) + "...";
  refuse_at(place, text, expected);
}

double special_number(const JsonPlace& place, Element value) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) refuse_element(place, value, "a number");
  const bool negative = text.starts_with("-");
  std::string lower(text.substr(negative || text.starts_with("+") ? 1 : 0));
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  const double infinity = std::numeric_limits<double>::infinity();
  if (lower == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (lower == "inf" || lower == "infinity") return negative ? -infinity : infinity;
  const std::optional<Rational> exact = read_exact(text);
  if (!exact) refuse_element(place, value, "a number such as 0.5, \"1/3\" or \"0x1.8p-3\"");
  return static_cast<double>(*exact);
}

double number_at(const JsonPlace& place, Element value) {
  double number = 0;
  return value.get(number) == simdjson::SUCCESS ? number : special_number(place, value);
}

Index index_at(const JsonPlace& place, Element value, Index least) {
  constexpr std::int64_t largest = std::int64_t{1} << 53;
  std::int64_t number = 0;
  if (value.get(number) != simdjson::SUCCESS || number < least || number > largest)
    refuse_element(place, value, fmt::format("a whole number from {}", least));
  return number;
}

List list_at(const JsonPlace& place, Element value, const char* expected) {
  List list;
  if (value.get(list) != simdjson::SUCCESS) refuse_element(place, value, expected);
  return list;
}

Vector<double> vector_at(const JsonPlace& place, Element value, Index length) {
  const List list = list_at(place, value, "a list of numbers");
  Vector<double> vector(length);
  JsonPlace here{&place};
  for (const Element number : list) {
    if (static_cast<Index>(here.index) < length) vector[static_cast<Index>(here.index)] = number_at(here, number);
    ++here.index;
  }
  if (static_cast<Index>(here.index) != length)
    refuse_at(place, fmt::format("{} numbers", here.index), fmt::format("{}", length));
  return vector;
}

std::vector<Vector<double>> vectors_at(const JsonPlace& place, Element value, std::size_t count, Index length) {
  const List list = list_at(place, value, "a list of vectors");
  std::vector<Vector<double>> vectors;
  vectors.reserve(count);
  for (const Element vector : list) {
    if (vectors.size() < count)
      vectors.push_back(vector_at({&place, {}, vectors.size()}, vector, length));
    else
      refuse_at(place, "more vectors", fmt::format("{}", count));
  }
  if (vectors.size() != count)
    refuse_at(place, fmt::format("{} vectors", vectors.size()), fmt::format("{}", count));
  return vectors;
}

ChoiceKind kind_at(const JsonPlace& place, Element value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS)
    for (const ChoiceKind kind :
         {ChoiceKind::choose, ChoiceKind::subset, ChoiceKind::permutation, ChoiceKind::bernoulli, ChoiceKind::pick})
      if (text == to_string(kind)) return kind;
  refuse_element(place, value, "choose, subset, permutation, bernoulli or pick");
}

Indices answer_at(const JsonPlace& place, Element value) {
  bool yes = false;
  if (value.get(yes) == simdjson::SUCCESS) return {Index{yes}};
  std::int64_t single = 0;
  if (value.get(single) == simdjson::SUCCESS) return {single};
  Indices answer;
  for (const Element index : list_at(place, value, "a list of indices"))
    answer.push_back(index_at({&place, {}, answer.size()}, index, 0));
  return answer;
}

LoggedChoice choice_at(const JsonPlace& place, Element value, Index workers) {
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS) refuse_element(place, value, "a choice");
  LoggedChoice choice{Place::server, ChoiceKind::choose, {}, {}, {}};
  bool kind = false;
  bool answer = false;
  for (const auto& [name, given] : object) {
    const JsonPlace here{&place, name};
    if (name == "worker") {
      choice.worker = index_at(here, given, Place::server);
      if (choice.worker > workers) refuse_element(here, given, fmt::format("a worker up to {}", workers));
    } else if (name == "kind") {
      choice.kind = kind_at(here, given);
      kind = true;
    } else if (name == "n") {
      choice.n = index_at(here, given, 0);
    } else if (name == "k") {
      choice.k = index_at(here, given, 0);
    } else if (name == "answer") {
      choice.answer = answer_at(here, given);
      answer = true;
    } else {
      refuse_element(here, given, "only worker, kind, n, k and answer");
    }
  }
  if (!kind || !answer) refuse_element(place, value, "kind and answer");
  return choice;
}

/// What Python and JavaScript write although JSON has no such numbers: NaN, Infinity and -Infinity become strings, integers of
/// twenty digits and more get a fraction.
std::string with_special_numbers(std::string_view line) {
  std::string repaired;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size();) {
    const std::string_view rest = line.substr(i);
    const auto word = [&rest](std::string_view text) { return rest.starts_with(text); };
    std::size_t length = 1;
    std::string_view before;
    std::string_view after;
    if (quoted) {
      length = word("\\") && rest.size() > 1 ? 2 : 1;
    } else if (word("NaN") || word("Infinity") || word("-Infinity")) {
      length = word("NaN") ? 3 : word("-") ? 9 : 8;
      before = after = "\"";
    } else if (rest.front() >= '0' && rest.front() <= '9') {
      length = std::min(rest.find_first_not_of("0123456789+-.eE"), rest.size());
      const std::string_view number = rest.substr(0, length);
      if (length >= 19 && number.find_first_of(".eE") == std::string_view::npos) after = ".0";
    }
    if (word("\"")) quoted = !quoted;
    repaired.append(before).append(rest.substr(0, length)).append(after);
    i += length;
  }
  return repaired;
}

}  // namespace

struct IterationParser::Parser {
  std::vector<ExpectedPart> parts;
  Index workers;
  simdjson::dom::parser json{};

  /// The object that the line is. It lives until the next call.
  simdjson::dom::object object_of(std::string_view line) {
    Element root;
    auto error = json.parse(line.data(), line.size(), false).get(root);
    if (error != simdjson::SUCCESS) error = json.parse(with_special_numbers(line)).get(root);
    if (error != simdjson::SUCCESS) {
      std::string reason = simdjson::error_message(error);
      throw spec_error(
          fmt::format("found no JSON ({}), expected an iteration", reason.substr(0, reason.find('.'))));
    }
    simdjson::dom::object object;
    if (root.get(object) != simdjson::SUCCESS) refuse_element({nullptr, "iteration"}, root, "an object");
    return object;
  }

  NamedState<double> state_at(const JsonPlace& place, Element value) const {
    simdjson::dom::object object;
    if (value.get(object) != simdjson::SUCCESS) refuse_element(place, value, "an object");
    NamedState<double> given(parts.size());
    for (const auto& [name, vectors] : object) {
      const std::string_view key = name;
      const auto part = std::find_if(parts.begin(), parts.end(),
                                     [&](const ExpectedPart& expected) { return expected.shape.name == key; });
      if (part == parts.end()) refuse_at({&place, key}, "a part that the method has not", names());
      const JsonPlace here{&place, key};
      StatePart<double>& filled = given[static_cast<std::size_t>(part - parts.begin())];
      filled = {part->shape.name, {}};
      if (part->shape.single)
        filled.vectors.push_back(vector_at(here, vectors, part->length));
      else
        filled.vectors = vectors_at(here, vectors, part->count, part->length);
    }
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (given[i].name.empty() && !parts[i].shape.derived)
        refuse_at({&place, parts[i].shape.name}, "nothing", "a part of the state");
    std::erase_if(given, [](const StatePart<double>& part) { return part.name.empty(); });
    return given;
  }

  [[nodiscard]] std::string names() const {
    std::string all;
    for (const ExpectedPart& part : parts) all += (all.empty() ? "" : ", ") + part.shape.name;
    return all;
  }
};

IterationParser::IterationParser(std::vector<ExpectedPart> parts, Index workers)
    : parser_(std::make_unique<Parser>(Parser{std::move(parts), workers})) {}

IterationParser::~IterationParser() = default;

TraceLine IterationParser::parse(std::string_view line) {
  TraceLine iteration;
  bool numbered = false;
  bool stated = false;
  for (const auto& [name, value] : parser_->object_of(line)) {
    const JsonPlace here{nullptr, name};
    if (name == "k") {
      iteration.k = index_at(here, value, 0);
      numbered = true;
    } else if (name == "state") {
      iteration.state = parser_->state_at(here, value);
      stated = true;
    } else if (name == "choices") {
      iteration.choices.emplace();
      for (const Element choice : list_at(here, value, "a list of choices"))
        iteration.choices->push_back(choice_at({&here, {}, iteration.choices->size()}, choice, parser_->workers));
    } else if (name == "messages") {
      iteration.messages =
          vectors_at(here, value, static_cast<std::size_t>(parser_->workers), parser_->parts.front().length);
    } else {
      refuse_element(here, value, "only k, state, choices and messages");
    }
  }
  if (!numbered) throw spec_error("k: found nothing, expected a whole number");
  if (!stated) throw spec_error("state: found nothing, expected an object");
  return iteration;
}

}  // namespace touchstone::inline v0::oracle
