#pragma once
/// \file
/// What the authors of the catalogue's compressors declare.

#include "verify/oracle/self_test/compressor.hpp"

namespace touchstone::inline v0::oracle::self_test::claims {

/// A text of a constant for dimension d.
using Constant = std::function<Json(Size d, const Json& parameters)>;

[[nodiscard]] inline Constant constant(const Json& value) {
  return [value](Size, const Json&) { return value; };
}

[[nodiscard]] inline Declare declared(const char* name, const Constant& value, const Constant& bits) {
  return [=](Size d, const Json& parameters) {
    Json object = {{name, value(d, parameters)}};
    if (bits) object["bits"] = bits(d, parameters);
    return object;
  };
}
[[nodiscard]] inline Declare omega(const Constant& value, const Constant& bits = {}) {
  return declared("omega", value, bits);
}
[[nodiscard]] inline Declare delta(const Constant& value, const Constant& bits = {}) {
  return declared("delta", value, bits);
}

[[nodiscard]] inline Size K_of(Size d, const Json& parameters) {
  if (parameters.contains("K")) return count_of(parameters["K"]);
  return static_cast<Size>(std::lround(number_of(parameters.at("fraction")) * static_cast<double>(d)));
}

/// d/K - 1
[[nodiscard]] inline Json rand_k_omega(Size d, const Json& parameters) {
  const Size K = K_of(d, parameters);
  return fmt::format("{}/{}", d - K, K);
}
/// K/d
[[nodiscard]] inline Json sparse_delta(Size d, const Json& parameters) {
  return fmt::format("{}/{}", K_of(d, parameters), d);
}
/// Of K pairs of an index and a value.
[[nodiscard]] inline Constant sparse_bits(const std::string& dtype) {
  return [dtype](Size d, const Json& parameters) {
    return Json(K_of(d, parameters) * (index_bits(d) + scalar_bits(dtype)));
  };
}

[[nodiscard]] inline Library library(std::string reference, Declare declare, const std::string& dtype = "float64") {
  Library made{{.name = "", .dtype = dtype, .reference = std::move(reference)}, std::move(declare)};
  return made;
}

/// With these values of a parameter, the usual one first, at these dimensions (those of the protocol where there are none).
[[nodiscard]] inline Library with(Library made, const char* parameter, const Json& values, Sizes dimensions = {}) {
  made.subject.parameters[parameter] = values;
  made.subject.dimensions = std::move(dimensions);
  return made;
}

[[nodiscard]] inline Library with_ways(Library made, std::vector<std::string> ways) {
  made.subject.ways = std::move(ways);
  return made;
}

[[nodiscard]] inline Library with_flags(Library made, std::vector<std::string> flags) {
  made.subject.flags = std::move(flags);
  return made;
}

}  // namespace touchstone::inline v0::oracle::self_test::claims
