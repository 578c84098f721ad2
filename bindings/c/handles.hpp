#pragma once
/// \file
/// What stands behind the handles of touchstone.h, and how a function of the interface is guarded.

#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bindings/c/touchstone.h"
#include "verify/oracle/catalog/draws.hpp"
#include "verify/oracle/catalog/in_both.hpp"
#include "verify/oracle/catalog/law.hpp"
#include "verify/oracle/catalog/spec_error.hpp"

struct touchstone_choices {
  touchstone::Transcript transcript;
};

struct touchstone_compressor {
  touchstone::oracle::CompressorInBoth held;
};

/// The numbers of a law, written.
struct touchstone_law {
  struct Number {
    double value;
    std::string text;
  };
  struct Outcome {
    Number probability;
    std::vector<Number> coordinates;
  };
  std::vector<Outcome> outcomes;
};

struct touchstone_problem {
  touchstone::oracle::ProblemInBoth held;
};

struct touchstone_method {
  touchstone::oracle::AnyMethod<double> held;
};

struct touchstone_state {
  touchstone::oracle::AnyMethod<double> method;
  touchstone::oracle::NamedState<double> parts;  ///< complete
};

namespace touchstone::inline v0::bindings {

/// omega of a compressor that is not unbiased, delta of one that is not contractive.
struct not_stated_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Notes the message of the exception that is being handled, and says which status it has.
[[nodiscard]] touchstone_status status_of_current_exception() noexcept;

/// Runs a function of the interface. No exception leaves it.
template <class Body>
[[nodiscard]] touchstone_status guarded(const Body& body) noexcept {
  try {
    body();
    return TOUCHSTONE_OK;
  } catch (...) {
    return status_of_current_exception();
  }
}

/// What a pointer points at; throws spec_error "WHERE: found NULL, expected ..." for NULL.
template <class T>
[[nodiscard]] T& given(const char* where, T* pointer) {
  if (pointer == nullptr) throw oracle::spec_error(fmt::format("{}: found NULL, expected a value", where));
  return *pointer;
}

/// 0 <= value < end; throws spec_error otherwise.
[[nodiscard]] inline std::size_t index_below(const char* where, std::int64_t value, std::size_t end) {
  if (value < 0 || static_cast<std::uint64_t>(value) >= end)
    throw oracle::spec_error(fmt::format("{}: found {}, expected 0 <= {} < {}", where, value, where, end));
  return static_cast<std::size_t>(value);
}

/// A size in smallest, ..., 2^31; throws spec_error otherwise.
[[nodiscard]] inline Index size_of(const char* where, std::int64_t value, std::int64_t smallest = 1) {
  constexpr std::int64_t largest = std::int64_t{1} << 31;
  if (value < smallest || value > largest)
    throw oracle::spec_error(fmt::format("{}: found {}, expected {} to {}", where, value, smallest, largest));
  return value;
}

/// d finite numbers.
[[nodiscard]] inline Vector<double> vector_at(const char* where, const double* values, std::int64_t d) {
  const Index size = size_of("d", d);
  return oracle::finite_vector(where, &given(where, values), size);
}

[[nodiscard]] inline oracle::Draws draws_at(const touchstone_draws* draws) {
  const touchstone_draws& from = given("draws", draws);
  return {.seed = from.seed, .stream = from.stream, .iteration = from.iteration, .worker = from.worker};
}

/// Stores a rational, rounded downward or upward, and its text, which `kept` owns. Either place may be NULL.
enum class Rounding { down, up };
void store(const Rational& number, Rounding rounding, std::string& kept, double* value, const char** exact);

}  // namespace touchstone::inline v0::bindings
