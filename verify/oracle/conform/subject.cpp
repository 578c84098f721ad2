#include "verify/oracle/conform/subject.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/catalog/spec_error.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

template <class Value>
Value named(const std::string& where, const Json& value, const std::map<std::string, Value>& known) {
  const auto found = value.is_string() ? known.find(value.get<std::string>()) : known.end();
  if (found != known.end()) return found->second;
  std::string expected;
  for (const auto& [name, unused] : known) expected += (expected.empty() ? "" : ", ") + name;
  throw spec_error(fmt::format("{}: found {}, expected one of {}", where, value.dump(), expected));
}

const std::map<std::string, SubjectKind> kinds = {{"compressor", SubjectKind::compressor},
                                                  {"average", SubjectKind::average},
                                                  {"error-feedback", SubjectKind::error_feedback},
                                                  {"method", SubjectKind::method}};
const std::map<std::string, Dtype> dtypes = {{"float64", Dtype::float64},
                                             {"float32", Dtype::float32},
                                             {"float16", Dtype::float16},
                                             {"bfloat16", Dtype::bfloat16}};
const std::map<std::string, Way> ways = {
    {"injected", Way::injected}, {"replayed", Way::replayed}, {"black-box", Way::black_box}};

/// Digits of the significand and the largest exponent.
struct Format {
  int digits;
  int largest_exponent;
  Index bits;
};

Format format_of(Dtype dtype) {
  switch (dtype) {
    case Dtype::float64:
      return {53, 1023, 64};
    case Dtype::float32:
      return {24, 127, 32};
    case Dtype::float16:
      return {11, 15, 16};
    case Dtype::bfloat16:
      return {8, 127, 16};
  }
  throw std::logic_error("a dtype without a format");
}

std::vector<std::string> texts_of(const std::string& where, const Json& value) {
  std::vector<std::string> texts;
  if (!value.is_array()) throw spec_error(fmt::format("{}: found {}, expected a list", where, value.dump()));
  for (const Json& one : value) texts.push_back(text_of(where, one));
  return texts;
}

Subject subject_of(const std::string& where, const Json& value) {
  Subject subject;
  subject.name = text_of(where + ".name", member(where, value, "name"));
  subject.kind = named(where + ".kind", member(where, value, "kind"), kinds);
  if (value.contains("dtype")) subject.dtype = named(where + ".dtype", value["dtype"], dtypes);
  if (value.contains("reference")) subject.reference = text_of(where + ".reference", value["reference"]);
  if (value.contains("parameters")) {
    if (!value["parameters"].is_object()) throw spec_error(where + ".parameters: expected an object");
    for (const auto& [name, values] : value["parameters"].items()) {
      if (!values.is_array() || values.empty())
        throw spec_error(
            fmt::format("{}.parameters.{}: found {}, expected a list of values", where, name, values.dump()));
      subject.parameters[name] = values.get<std::vector<Json>>();
    }
  }
  if (value.contains("dimensions")) {
    subject.dimensions.clear();
    if (!value["dimensions"].is_array() || value["dimensions"].empty())
      throw spec_error(where + ".dimensions: expected a list of whole numbers");
    for (const Json& d : value["dimensions"]) subject.dimensions.push_back(count_of(where + ".dimensions", d));
    if (std::count(subject.dimensions.begin(), subject.dimensions.end(), 0) > 0)
      throw spec_error(where + ".dimensions: found 0, expected d >= 1");
  }
  if (value.contains("ways")) {
    subject.ways.clear();
    if (!value["ways"].is_array() || value["ways"].empty()) throw spec_error(where + ".ways: expected a list");
    for (const Json& way : value["ways"]) subject.ways.push_back(named(where + ".ways", way, ways));
  }
  if (value.contains("flags")) subject.flags = texts_of(where + ".flags", value["flags"]);
  if (value.contains("joint"))
    subject.shared = named<bool>(where + ".joint", value["joint"], {{"independent", false}, {"shared", true}});
  return subject;
}

}  // namespace

const char* name_of(SubjectKind kind) {
  for (const auto& [name, value] : kinds)
    if (value == kind) return name.c_str();
  throw std::logic_error("a kind of subject without a name");
}

const char* name_of(Way way) {
  for (const auto& [name, value] : ways)
    if (value == way) return name.c_str();
  throw std::logic_error("a way without a name");
}

Rational unit_roundoff(Dtype dtype) {
  return Rational(Rational(1) / Rational(boost::multiprecision::mpz_int(1) << format_of(dtype).digits));
}

double largest_number(Dtype dtype) {
  const Format format = format_of(dtype);
  return std::ldexp(2 - std::ldexp(1.0, 1 - format.digits), format.largest_exponent);
}

double least_positive(Dtype dtype) {
  const Format format = format_of(dtype);
  return std::ldexp(1.0, 2 - format.largest_exponent - format.digits);
}

Index scalar_bits(Dtype dtype) {
  return format_of(dtype).bits;
}

int digits_of(Dtype dtype) {
  return format_of(dtype).digits;
}

bool Subject::claims(const char* flag) const {
  return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

bool Subject::supports(Way way) const {
  return std::find(ways.begin(), ways.end(), way) != ways.end();
}

ParameterValues Subject::usual() const {
  ParameterValues values;
  for (const auto& [parameter, all] : parameters) values[parameter] = all.front();
  return values;
}

std::string Subject::reference_of(const ParameterValues& values, Index d) const {
  if (!reference) return "";
  std::string text = *reference;
  for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{')) {
    const std::size_t close = text.find('}', open);
    const std::string inside = text.substr(open + 1, close == std::string::npos ? close : close - open - 1);
    const bool times_d = inside.ends_with("*d");
    const auto found = values.find(times_d ? inside.substr(0, inside.size() - 2) : inside);
    if (close == std::string::npos || found == values.end())
      throw spec_error(
          fmt::format("{}.reference: found '{}', expected names of parameters in braces", name, *reference));
    const Json& value = found->second;
    std::string filled = value.is_string() ? value.get<std::string>() : value.dump();
    if (times_d) {
      const Rational product = parse_exact(name + ".parameters", filled) * Rational(d);
      if (denominator(product) != 1)
        throw spec_error(fmt::format("{}.reference: {} times {} is not whole", name, filled, d));
      filled = exact_text(product);
    }
    text.replace(open, close - open + 1, filled);
  }
  return text;
}

std::vector<Subject> subjects_of(const Json& answer) {
  const Json& all = member("", answer, "subjects");
  if (!all.is_array() || all.empty()) throw spec_error("subjects: expected a list of one subject or more");
  std::vector<Subject> subjects;
  std::set<std::string> names;
  for (std::size_t i = 0; i < all.size(); ++i) {
    subjects.push_back(subject_of(fmt::format("subjects[{}]", i), all[i]));
    if (!names.insert(subjects.back().name).second)
      throw spec_error(fmt::format("subjects[{}].name: '{}' is there twice", i, subjects.back().name));
  }
  return subjects;
}

}  // namespace touchstone::inline v0::oracle::conformance
