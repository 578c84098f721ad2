#include "verify/oracle/catalog/json_spec.hpp"

#include <cmath>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "touchstone/problems/rational_quadratic.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "verify/io/libsvm.hpp"
#include "verify/io/sha256.hpp"
#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/catalog/spec_error.hpp"

namespace touchstone::inline v0::oracle {

namespace {

[[noreturn]] void refuse(const std::string& where, const Json& found, const std::string& expected) {
  constexpr std::size_t shown = 60;
  std::string text = found.dump(-1, ' ', true, Json::error_handler_t::replace);
  if (text.size() > shown) text = text.substr(0, shown) + "...";
  throw spec_error(fmt::format("{}: found {}, expected {}", where, text, expected));
}

std::string at(const std::string& where, std::size_t i) {
  return fmt::format("{}[{}]", where, i);
}

std::string in(const std::string& where, const char* name) {
  return where.empty() ? name : fmt::format("{}.{}", where, name);
}

const Json& array_of(const std::string& where, const Json& value, const char* expected) {
  if (!value.is_array()) refuse(where, value, expected);
  return value;
}

Matrix<Rational> matrix_of(const std::string& where, const Json& value) {
  const std::vector<Vector<Rational>> rows = vectors_of(where, value);
  Matrix<Rational> matrix(static_cast<Index>(rows.size()), rows.empty() ? 0 : rows.front().size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].size() != matrix.cols()) refuse(at(where, i), value[i], "a row as long as the first");
    matrix.row(static_cast<Index>(i)) = rows[i].transpose();
  }
  return matrix;
}

std::vector<Rational> numbers_of(const std::string& where, const Json& value) {
  std::vector<Rational> numbers;
  for (std::size_t i = 0; i < array_of(where, value, "a list of numbers").size(); ++i)
    numbers.push_back(number_of(at(where, i), value[i]));
  return numbers;
}

ProblemConstants<Rational> constants_of(const std::string& where, const Json& value) {
  ProblemConstants<Rational> constants;
  if (value.contains("L")) constants.L = number_of(in(where, "L"), value["L"]);
  if (value.contains("mu")) constants.mu = number_of(in(where, "mu"), value["mu"]);
  if (value.contains("L_i")) constants.L_i = numbers_of(in(where, "L_i"), value["L_i"]);
  if (!value.contains("L_ij")) return constants;
  const std::string place = in(where, "L_ij");
  const Json& rows = array_of(place, value["L_ij"], "a list of numbers for each worker");
  for (std::size_t i = 0; i < rows.size(); ++i) constants.L_ij.push_back(numbers_of(at(place, i), rows[i]));
  return constants;
}

Quadratic<Rational> quadratic_of(const std::string& where, const Json& value) {
  const std::string place = in(where, "workers");
  const Json& workers = array_of(place, member(where, value, "workers"), "a list of components for each worker");
  std::vector<std::vector<QuadraticForm<Rational>>> components;
  for (std::size_t i = 0; i < workers.size(); ++i) {
    const Json& own = array_of(at(place, i), workers[i], "a list of components");
    components.emplace_back();
    for (std::size_t j = 0; j < own.size(); ++j) {
      const std::string here = at(at(place, i), j);
      components.back().push_back({matrix_of(in(here, "A"), member(here, own[j], "A")),
                                   vector_of(in(here, "b"), member(here, own[j], "b"))});
    }
  }
  return {std::move(components), constants_of(where, value)};
}

/// random_quadratic, drawn from the streams of a seed.
Quadratic<Rational> random_quadratic_of(const std::string& where, const Json& value) {
  constexpr Index largest = 1000;
  const auto size = [&](const char* name, Index limit) {
    const Json& given = member(where, value, name);
    const Index found = count_of(in(where, name), given);
    if (found < 1 || found > limit)
      refuse(in(where, name), given, fmt::format("a whole number from 1 to {}", limit));
    return found;
  };
  const Json& seed = member(where, value, "seed");
  if (!seed.is_number_unsigned()) refuse(in(where, "seed"), seed, "a whole number from 0 to 2^64 - 1");
  const Index d = size("d", 30);
  const Index n = size("n", largest);
  const Index m = size("m", largest / n);
  Seeded draws(seed.get<std::uint64_t>());
  return random_quadratic(draws, {d, n, m});
}

LogisticSpec logistic_of(const std::string& where, const Json& value, const std::string& folder) {
  const std::string named = text_of(in(where, "file"), member(where, value, "file"));
  const std::string file = (std::filesystem::path(folder) / named).string();
  std::optional<Index> features;
  if (value.contains("features")) features = count_of(in(where, "features"), value["features"]);
  LogisticSpec spec{read_libsvm(file, features), 1, number_of(in(where, "lambda"), member(where, value, "lambda"))};
  if (value.contains("workers")) spec.workers = count_of(in(where, "workers"), value["workers"]);
  if (value.contains("sha256")) {
    const std::string found = sha256_of_file(file);
    if (const std::string expected = text_of(in(where, "sha256"), value["sha256"]); found != expected)
      throw spec_error(
          fmt::format("{}: {} has sha256 {}, expected {}", in(where, "sha256"), file, found, expected));
  }
  return spec;
}

/// The value that the text names. `expected` says which there are.
template <class Value>
Value one_of(const std::string& where, const Json& value, const std::map<std::string, Value>& known,
             const char* expected) {
  const auto found = value.is_string() ? known.find(value.get<std::string>()) : known.end();
  if (found == known.end()) refuse(where, value, expected);
  return found->second;
}

RegularizerSpec regularizer_of(const std::string& where, const Json& value) {
  static const std::map<std::string, RegularizerKind> kinds = {{"none", RegularizerKind::none},
                                                               {"squared-norm", RegularizerKind::squared_norm},
                                                               {"l1", RegularizerKind::l1},
                                                               {"box", RegularizerKind::box}};
  RegularizerSpec spec;
  spec.kind = one_of(in(where, "kind"), member(where, value, "kind"), kinds, "none, squared-norm, l1 or box");
  if (value.contains("lambda")) spec.lambda = number_of(in(where, "lambda"), value["lambda"]);
  if (value.contains("lower")) spec.lower = vector_of(in(where, "lower"), value["lower"]);
  if (value.contains("upper")) spec.upper = vector_of(in(where, "upper"), value["upper"]);
  return spec;
}

MethodParameters read_parameters(const std::string& where, const Json& value) {
  static const std::map<std::string, GradientKind> gradients = {{"full", GradientKind::full},
                                                                {"sampled", GradientKind::sampled}};
  MethodParameters parameters;
  parameters.gamma = number_of(in(where, "gamma"), member(where, value, "gamma"));
  for (const auto& [name, given] : value.items()) {
    const std::string here = in(where, name.c_str());
    if (name == "gamma") continue;
    if (name == "alpha")
      parameters.alpha = number_of(here, given);
    else if (name == "p")
      parameters.p = number_of(here, given);
    else if (name == "tau")
      parameters.tau = count_of(here, given);
    else if (name == "compressor")
      parameters.compressor = text_of(here, given);
    else if (name == "shift_compressor")
      parameters.shift_compressor = text_of(here, given);
    else if (name == "gradient")
      parameters.gradient = one_of(here, given, gradients, "full or sampled");
    else if (name == "star_gradients")
      parameters.star_gradients = vectors_of(here, given);
    else if (name == "regularizer")
      parameters.regularizer = regularizer_of(here, given);
    else
      refuse(here, given,
             "gamma, alpha, p, tau, compressor, shift_compressor, gradient, star_gradients or regularizer");
  }
  return parameters;
}

const char* name_of(RegularizerKind kind) {
  switch (kind) {
    case RegularizerKind::none:
      return "none";
    case RegularizerKind::squared_norm:
      return "squared-norm";
    case RegularizerKind::l1:
      return "l1";
    case RegularizerKind::box:
      return "box";
  }
  throw std::logic_error("a kind of regularizer without a name");
}

Json regularizer_json(const RegularizerSpec& spec) {
  Json object = {{"kind", name_of(spec.kind)}};
  if (spec.kind == RegularizerKind::squared_norm || spec.kind == RegularizerKind::l1)
    object["lambda"] = to_json(spec.lambda);
  if (spec.kind == RegularizerKind::box) {
    object["lower"] = to_json(spec.lower);
    object["upper"] = to_json(spec.upper);
  }
  return object;
}

template <class T>
Json list(const std::vector<T>& values) {
  Json array = Json::array();
  for (const T& value : values) array.push_back(to_json(value));
  return array;
}

}  // namespace

const Json& member(const std::string& where, const Json& object, const char* name) {
  if (!object.is_object()) refuse(where, object, "an object");
  const auto found = object.find(name);
  if (found == object.end()) throw spec_error(fmt::format("{}: found nothing, expected a value", in(where, name)));
  return *found;
}

Rational number_of(const std::string& where, const Json& value) {
  if (value.is_string()) return parse_exact(where, value.get_ref<const std::string&>());
  if (value.is_number_integer()) return Rational(value.get<std::int64_t>());
  if (value.is_number() && std::isfinite(value.get<double>())) return Rational(value.get<double>());
  refuse(where, value, "a number");
}

Index count_of(const std::string& where, const Json& value) {
  constexpr Index largest = 1'000'000'000;
  if (!value.is_number_integer() || value.get<std::int64_t>() < 0 || value.get<std::int64_t>() > largest)
    refuse(where, value, "a whole number from 0 to 1000000000");
  return value.get<Index>();
}

std::string text_of(const std::string& where, const Json& value) {
  if (!value.is_string()) refuse(where, value, "a string");
  return value.get<std::string>();
}

Vector<Rational> vector_of(const std::string& where, const Json& value) {
  Vector<Rational> vector(static_cast<Index>(array_of(where, value, "a vector").size()));
  for (std::size_t i = 0; i < value.size(); ++i) vector[static_cast<Index>(i)] = number_of(at(where, i), value[i]);
  return vector;
}

std::vector<Vector<Rational>> vectors_of(const std::string& where, const Json& value) {
  std::vector<Vector<Rational>> vectors;
  for (std::size_t i = 0; i < array_of(where, value, "a list of vectors").size(); ++i)
    vectors.push_back(vector_of(at(where, i), value[i]));
  return vectors;
}

ProblemSpec problem_of(const std::string& where, const Json& value, const std::string& folder) {
  const Json& kind = member(where, value, "kind");
  if (kind == "quadratic") return quadratic_of(where, value);
  if (kind == "logistic") return logistic_of(where, value, folder);
  if (kind == "random-quadratic") return random_quadratic_of(where, value);
  refuse(in(where, "kind"), kind, "quadratic, random-quadratic or logistic");
}

MethodSpec method_of(const std::string& where, const Json& object) {
  return {text_of(in(where, "method"), member(where, object, "method")),
          read_parameters(in(where, "parameters"), member(where, object, "parameters"))};
}

Json to_json(const Rational& value) {
  constexpr std::int64_t largest = std::int64_t{1} << 53;
  if (denominator(value) == 1 && abs(numerator(value)) <= largest)
    return static_cast<std::int64_t>(numerator(value));
  return exact_text(value);
}

Json to_json(const Vector<Rational>& vector) {
  return list(std::vector<Rational>(vector.begin(), vector.end()));
}

Json to_json(const Quadratic<Rational>& problem) {
  Json workers = Json::array();
  for (Index i = 0; i < problem.workers(); ++i) {
    Json own = Json::array();
    for (Index j = 0; j < problem.components(i); ++j) {
      const QuadraticForm<Rational>& form = problem.form(i, j);
      Json rows = Json::array();
      for (Index r = 0; r < form.A.rows(); ++r)
        rows.push_back(to_json(Vector<Rational>(form.A.row(r).transpose())));
      own.push_back({{"A", rows}, {"b", to_json(form.b)}});
    }
    workers.push_back(own);
  }
  const ProblemConstants<Rational>& constants = problem.constants();
  Json L_ij = Json::array();
  for (const std::vector<Rational>& own : constants.L_ij) L_ij.push_back(list(own));
  return {{"kind", "quadratic"},         {"workers", workers},         {"L", to_json(constants.L)},
          {"mu", to_json(constants.mu)}, {"L_i", list(constants.L_i)}, {"L_ij", L_ij}};
}

Json to_json(const MethodParameters& parameters) {
  Json object = {{"gamma", to_json(parameters.gamma)}};
  if (parameters.alpha) object["alpha"] = to_json(*parameters.alpha);
  if (parameters.p) object["p"] = to_json(*parameters.p);
  if (parameters.tau) object["tau"] = *parameters.tau;
  if (parameters.compressor != "identity") object["compressor"] = parameters.compressor;
  if (parameters.shift_compressor != "identity") object["shift_compressor"] = parameters.shift_compressor;
  if (parameters.gradient == GradientKind::sampled) object["gradient"] = "sampled";
  if (!parameters.star_gradients.empty()) object["star_gradients"] = list(parameters.star_gradients);
  if (parameters.regularizer.kind != RegularizerKind::none)
    object["regularizer"] = regularizer_json(parameters.regularizer);
  return object;
}

Json to_json(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

Json to_json(const Vector<double>& vector) {
  return list(std::vector<double>(vector.begin(), vector.end()));
}

}  // namespace touchstone::inline v0::oracle
