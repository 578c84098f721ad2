#pragma once
/// \file
/// The parts of the exported C++ that are the same each time.

namespace touchstone::inline v0::oracle::vectors {

/// {} is the version; braces are doubled.
inline constexpr const char* cpp_header_begin =
    R"header(// Test vectors of touchstone {}, written by it. Each number is the double nearest to the exact one; README.md beside this
// folder says for each kind what must hold. C++17, no dependencies.
#ifndef TOUCHSTONE_VECTORS_HPP
#define TOUCHSTONE_VECTORS_HPP

#include <cstddef>
#include <limits>

namespace touchstone_vectors {{

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();  // not given

// other: of an invalid vector the one that it fails, of an acceptable one that which it stands for; else ""
enum class Result {{ valid, acceptable, invalid }};

struct LawOutcome {{ double probability; const double* value; }};  // d numbers
struct Law {{
  const char* id; const char* tests; Result result; const char* other;
  const char* compressor; std::size_t d; const double* x; double omega, delta;
  std::size_t outcome_count; const LawOutcome* outcomes;
}};

// f = mean of n workers' f_i, f_i = mean of m components x'Ax/2 - b'x: A has n m d d numbers, b n m d
struct Problem {{ const char* name; std::size_t n, m, d; const double* A; const double* b; }};

// star_gradients: one a worker, or one a component on a single worker; nullptr where not needed, as lower and upper
struct Parameters {{
  double gamma, alpha, p; int tau; const char* compressor; const char* shift_compressor; bool sampled_gradient;
  const double* star_gradients; const char* regularizer; double lambda; const double* lower; const double* upper;
}};

struct Part {{ const char* name; std::size_t vectors; const double* values; }};  // of length d each
struct Choice {{ const char* kind; int worker; int n; std::size_t answers; const int* answer; }};
struct StepOutcome {{ double probability; std::size_t choice_count; const Choice* choices; const Part* after; }};
struct Step {{
  const char* id; const char* tests; Result result; const char* other;
  const char* method; const Problem* problem; Parameters parameters; std::size_t part_count; const Part* state;
  std::size_t outcome_count; const StepOutcome* outcomes;
}};

struct Checkpoint {{ int k; const Part* state; }};
struct Trajectory {{
  const char* id; const char* tests; Result result; const char* other;
  const char* method; const Problem* problem; Parameters parameters; unsigned long long seed, stream;
  std::size_t part_count; const Part* start; std::size_t checkpoint_count; const Checkpoint* checkpoints;
}};

struct Constants {{
  const char* id; const char* tests; Result result; const char* other;
  const char* method; const Problem* problem; Parameters parameters; double L, mu, omega, delta, stepsize, rate, noise;
}};

)header";

inline constexpr const char* cpp_header_end = R"header(}  // namespace touchstone_vectors

#endif
)header";

inline constexpr const char* cpp_example =
    R"example(// Tests a TopK of its own on the vectors: exit status 0, and 1 where one fails.
//   c++ -std=c++17 example.cpp && ./a.out
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <numeric>
#include <vector>

#include "touchstone_vectors.hpp"

// Yours in its place.
std::vector<double> top_k(const std::vector<double>& x, std::size_t K) {
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return std::abs(x[i]) > std::abs(x[j]); });
  std::vector<double> kept(x.size(), 0.0);
  for (std::size_t i = 0; i < K; ++i) kept[order[i]] = x[order[i]];
  return kept;
}

int main() {
  int tested = 0, failed = 0;
  for (const touchstone_vectors::Law& law : touchstone_vectors::laws) {
    if (std::strncmp(law.compressor, "top-k:", 6) != 0) continue;
    const auto K = static_cast<std::size_t>(law.compressor[6] - '0');
    const std::vector<double> found = top_k(std::vector<double>(law.x, law.x + law.d), K);
    const bool same = std::equal(found.begin(), found.end(), law.outcomes[0].value);
    const bool bad = law.result == touchstone_vectors::Result::valid     ? !same
                     : law.result == touchstone_vectors::Result::invalid ? same
                                                                         : false;
    ++tested;
    if (!bad) continue;
    ++failed;
    std::printf("%s: %s\n", law.id, same ? "gives what a known mistake gives" : "differs");
  }
  std::printf("%d vectors, %d failed\n", tested, failed);
  return failed == 0 && tested > 0 ? 0 : 1;
}
)example";

}  // namespace touchstone::inline v0::oracle::vectors
