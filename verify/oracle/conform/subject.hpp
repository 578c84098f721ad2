#pragma once
/// \file
/// What a harness says of the things it wraps (README.md, start).

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "touchstone/randomness/randomness.hpp"
#include "verify/oracle/catalog/json_spec.hpp"

namespace touchstone::inline v0::oracle::conformance {

enum class SubjectKind { compressor, average, error_feedback, method };
enum class Dtype { float64, float32, float16, bfloat16 };
enum class Way { injected, replayed, black_box };

[[nodiscard]] const char* name_of(SubjectKind kind);
[[nodiscard]] const char* name_of(Way way);

/// u with |fl(a) - a| <= u |a|: half the distance from 1 to the next number. The largest finite number. The bits of a scalar.
[[nodiscard]] Rational unit_roundoff(Dtype dtype);
[[nodiscard]] double largest_number(Dtype dtype);
[[nodiscard]] double least_positive(Dtype dtype);
[[nodiscard]] Index scalar_bits(Dtype dtype);
/// Of a significand.
[[nodiscard]] int digits_of(Dtype dtype);

/// Values of parameters, by name.
using ParameterValues = std::map<std::string, Json>;

struct Subject {
  std::string name;
  SubjectKind kind;
  Dtype dtype = Dtype::float64;
  std::optional<std::string> reference;  ///< with {parameter} left in
  std::map<std::string, std::vector<Json>> parameters;
  Indices dimensions{4, 1, 2, 3, 5, 100, 257};
  std::vector<Way> ways{Way::black_box};
  std::vector<std::string> flags;
  bool shared = false;  ///< joint: shared

  [[nodiscard]] bool claims(const char* flag) const;
  [[nodiscard]] bool supports(Way way) const;
  /// The usual values.
  [[nodiscard]] ParameterValues usual() const;
  /// The reference with the values filled in; "" without a reference. {K} is K's value, {fraction*d} its product with d, which
  /// must be whole. Throws spec_error.
  [[nodiscard]] std::string reference_of(const ParameterValues& values, Index d) const;
};

/// The subjects of an answer to start. Throws spec_error, which names the place.
[[nodiscard]] std::vector<Subject> subjects_of(const Json& answer);

}  // namespace touchstone::inline v0::oracle::conformance
