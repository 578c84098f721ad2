#include "verify/oracle/conform/answer.hpp"

#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <simdjson.h>

#include "verify/oracle/catalog/exact_text.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

/// Of a member that is not what it should be.
struct malformed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[noreturn]] void refuse(const char* place, const char* expected) {
  throw malformed(fmt::format("{}: expected {}", place, expected));
}

double number(const char* place, const element& value) {
  double read = 0;
  if (value.get_double().get(read) == simdjson::SUCCESS) return read;
  std::string_view text;
  if (value.get_string().get(text) != simdjson::SUCCESS) refuse(place, "a number");
  if (text == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (text == "inf") return std::numeric_limits<double>::infinity();
  if (text == "-inf") return -std::numeric_limits<double>::infinity();
  const std::optional<Rational> exact = read_exact(text);
  if (!exact) refuse(place, "a number");
  return static_cast<double>(*exact);
}

Rational exact_number(const char* place, const element& value) {
  std::string_view text;
  if (value.get_string().get(text) == simdjson::SUCCESS) {
    if (const std::optional<Rational> exact = read_exact(text)) return *exact;
    refuse(place, "a number");
  }
  const double read = number(place, value);
  if (!std::isfinite(read)) refuse(place, "a finite number");
  return Rational(read);
}

Index whole(const char* place, const element& value) {
  std::int64_t read = 0;
  if (value.get_int64().get(read) != simdjson::SUCCESS) refuse(place, "a whole number");
  return read;
}

simdjson::dom::array array(const char* place, const element& value) {
  simdjson::dom::array read;
  if (value.get_array().get(read) != simdjson::SUCCESS) refuse(place, "a list");
  return read;
}

std::string text(const char* place, const element& value) {
  std::string_view read;
  if (value.get_string().get(read) != simdjson::SUCCESS) refuse(place, "a string");
  return std::string(read);
}

void read_numbers(const char* place, const element& value, Vector<double>& into) {
  const simdjson::dom::array list = array(place, value);
  into.resize(static_cast<Index>(list.size()));
  Index i = 0;
  for (const element one : list) {
    const element_type type = one.type();
    if (type == element_type::DOUBLE)
      into[i++] = one.get_double().value_unsafe();
    else if (type == element_type::INT64)
      into[i++] = static_cast<double>(one.get_int64().value_unsafe());
    else
      into[i++] = number(place, one);
  }
}

void read_vector(const char* place, const element& value, Vector<double>& into) {
  constexpr Index largest = 100'000'000;
  if (!value.is_object()) return read_numbers(place, value, into);
  element d, indices, values;
  if (value["d"].get(d) != simdjson::SUCCESS || value["indices"].get(indices) != simdjson::SUCCESS ||
      value["values"].get(values) != simdjson::SUCCESS)
    refuse(place, "a list of numbers, or d, indices and values");
  const Index dimension = whole(place, d);
  if (dimension < 0 || dimension > largest) refuse(place, "a dimension d >= 0");
  into.setZero(dimension);
  const simdjson::dom::array numbers = array(place, values);
  auto next = numbers.begin();
  for (const element one : array(place, indices)) {
    const Index i = whole(place, one);
    if (i < 0 || i >= dimension || next == numbers.end()) refuse(place, "indices below d, and as many values");
    into[i] = number(place, *next);
    ++next;
  }
  if (next != numbers.end()) refuse(place, "as many values as indices");
}

std::vector<Vector<double>> read_vectors(const char* place, const element& value) {
  std::vector<Vector<double>> vectors;
  for (const element one : array(place, value)) read_vector(place, one, vectors.emplace_back());
  return vectors;
}

Indices read_indices(const char* place, const element& value) {
  Indices indices;
  if (!value.is_array()) return {whole(place, value)};
  for (const element one : array(place, value)) indices.push_back(whole(place, one));
  return indices;
}

ChoiceKind read_kind(const std::string& name) {
  for (const ChoiceKind kind :
       {ChoiceKind::choose, ChoiceKind::subset, ChoiceKind::permutation, ChoiceKind::bernoulli, ChoiceKind::pick})
    if (name == to_string(kind)) return kind;
  refuse("kind", "choose, subset, permutation, bernoulli or pick");
}

Question read_question(const element& value) {
  if (!value.is_object()) refuse("ask", "an object");
  Question question;
  element part;
  if (value["kind"].get(part) != simdjson::SUCCESS) refuse("kind", "a kind of choice");
  question.kind = read_kind(text("kind", part));
  if (value["n"].get(part) == simdjson::SUCCESS) question.n = whole("n", part);
  if (value["k"].get(part) == simdjson::SUCCESS) question.k = whole("k", part);
  if (value["worker"].get(part) == simdjson::SUCCESS) question.worker = whole("worker", part);
  if (question.kind == ChoiceKind::permutation) question.k = question.n;
  if (question.kind == ChoiceKind::bernoulli) {
    question.n = 2;
    if (value["p"].get(part) == simdjson::SUCCESS) {
      const Rational p = exact_number("p", part);
      question.weights = {Rational(1 - p), p};
    }
  }
  if (question.kind == ChoiceKind::pick && value["w"].get(part) == simdjson::SUCCESS) {
    for (const element one : array("w", part)) question.weights.push_back(exact_number("w", one));
    question.n = static_cast<Index>(question.weights.size());
  }
  return question;
}

std::vector<LoggedChoice> read_choices(const element& value) {
  std::vector<LoggedChoice> choices;
  for (const element one : array("choices", value)) {
    element given;
    Question question = read_question(one);
    if (one["answer"].get(given) != simdjson::SUCCESS) refuse("choices", "an answer to each question");
    choices.push_back({std::move(question), read_indices("answer", given)});
  }
  return choices;
}

NamedState<double> read_state(const element& value) {
  simdjson::dom::object object;
  if (value.get_object().get(object) != simdjson::SUCCESS) refuse("state", "an object");
  NamedState<double> state;
  for (const auto& [name, part] : object) {
    state.push_back({std::string(name), {}});
    const simdjson::dom::array list = array("state", part);
    if (list.size() > 0 && (list.at(0).value_unsafe().is_array() || list.at(0).value_unsafe().is_object()))
      state.back().vectors = read_vectors("state", part);
    else
      read_vector("state", part, state.back().vectors.emplace_back());
  }
  return state;
}

void read_member(std::string_view name, const element& value, Answer& answer) {
  if (name == "id")
    answer.id = whole("id", value);
  else if (name == "y")
    read_vector("y", value, answer.y ? *answer.y : answer.y.emplace());
  else if (name == "bits")
    answer.bits = exact_number("bits", value);
  else if (name == "choices")
    answer.choices = read_choices(value);
  else if (name == "ask")
    answer.ask = read_question(value);
  else if (name == "unsupported")
    answer.unsupported = text("unsupported", value);
  else if (name == "refused")
    answer.refused = text("refused", value);
  else if (name == "x_after")
    read_vector("x_after", value, answer.x_after.emplace());
  else if (name == "y_after")
    read_vector("y_after", value, answer.y_after.emplace());
  else if (name == "ys")
    answer.ys = read_vectors("ys", value);
  else if (name == "sent")
    answer.sent = read_vectors("sent", value);
  else if (name == "memory")
    answer.memory = read_vectors("memory", value);
  else if (name == "messages")
    answer.messages = read_vectors("messages", value);
  else if (name == "state")
    answer.state = read_state(value);
  else if (name == "generator_before")
    answer.generator_before = text("generator_before", value);
  else if (name == "generator_after")
    answer.generator_after = text("generator_after", value);
}

}  // namespace

struct AnswerReader::Parser {
  simdjson::dom::parser json;
};

AnswerReader::AnswerReader() : parser_(std::make_unique<Parser>()) {}
AnswerReader::~AnswerReader() = default;

const Answer& AnswerReader::read(std::string_view line, Index id) {
  std::optional<Vector<double>> y = std::move(answer_.y);
  answer_ = Answer{};
  simdjson::dom::object object;
  const simdjson::error_code error = parser_->json.parse(line.data(), line.size()).get_object().get(object);
  if (error != simdjson::SUCCESS)
    throw harness_failure(fmt::format("found {}, expected an object of JSON", quoted(line)));
  try {
    for (const auto& [name, value] : object) {
      if (name == "y" && y) answer_.y = std::move(y);  // its memory
      read_member(name, value, answer_);
    }
  } catch (const malformed& problem) {
    throw harness_failure(fmt::format("found {}; {}", quoted(line), problem.what()));
  }
  if (answer_.id != id)
    throw harness_failure(fmt::format("found {}, expected an answer to request {}", quoted(line), id));
  return answer_;
}

std::string quoted(std::string_view line) {
  constexpr std::size_t shown = 120;
  std::string printable;
  for (const char c : line.substr(0, shown)) {
    const auto byte = static_cast<unsigned char>(c);
    printable += byte >= 32 && byte < 127 ? std::string(1, c) : fmt::format("\\x{:02x}", byte);
  }
  return line.size() > shown ? printable + "..." : printable.empty() ? "an empty line" : printable;
}

}  // namespace touchstone::inline v0::oracle::conformance
