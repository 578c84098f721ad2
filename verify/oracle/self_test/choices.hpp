#pragma once
/// \file
/// Where the implementations of the catalogue get their randomness from: a generator, or the tape of the oracle. As a library
/// would write it, and independent of the reference.

#include <cstdint>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace touchstone::inline v0::oracle::self_test {

using Size = std::size_t;
using Sizes = std::vector<Size>;

/// Thrown where the tape ends: the question, as JSON.
struct Ask {
  std::string question;
};

/// The argument, a tape or a parameter, is none.
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The library has no such thing.
struct Unsupported : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What a library does with its generator. Everything but the first two and asks_trivial is a fault, and shows only where
/// the generator is used.
struct Habits {
  bool asks_trivial = false;        ///< draws even where there is nothing to choose
  bool shared = false;              ///< all workers draw alike, and the library says so
  bool workers_alike = false;       ///< all workers draw alike, and the library says that they do not
  bool workers_antithetic = false;  ///< worker 1 draws 1 - u where worker 0 draws u
  bool reseeded = false;            ///< a generator from the same seed for every call
  bool seeded_late = false;         ///< the first word is drawn before the generator is seeded
  bool uses_global = false;         ///< draws from the program's global generator
  bool biased_modulo = false;       ///< a byte modulo n
  bool coarse_coins = false;        ///< a coin compares a byte with p
};

/// The program's global generator, which a library should leave alone.
[[nodiscard]] std::mt19937_64& global_generator();
/// Its state.
[[nodiscard]] std::string global_generator_state();

/// A number as JSON; "nan", "inf" and "-inf" as strings, -0 with its sign.
void append_number(fmt::memory_buffer& out, double value);

class Choices {
 public:
  /// From a generator. Worker i of several draws from a stream of its own.
  Choices(std::uint64_t seed, Size worker, bool log, const Habits& habits);
  /// From a tape, as far as it goes.
  Choices(std::vector<Sizes> tape, const Habits& habits);

  /// Uniform on 0, ..., n-1.
  [[nodiscard]] Size choose(Size n);
  /// Uniform on the k-subsets of 0, ..., n-1; ascending.
  [[nodiscard]] Sizes subset(Size n, Size k);
  [[nodiscard]] Sizes permutation(Size n);
  [[nodiscard]] bool bernoulli(double p);
  /// i with probability weights[i].
  [[nodiscard]] Size pick(const std::vector<double>& weights);

  /// From now on worker i of a method chooses; -1 is the server.
  void worker(int i) { worker_ = i; }

  /// Before each call.
  void begin_call();
  /// Whether choices are noted; those of this call, as a JSON list.
  [[nodiscard]] bool logged() const { return log_; }
  [[nodiscard]] std::string_view log() const { return {noted_.data(), noted_.size()}; }

 private:
  static constexpr int nobody = -2;

  [[nodiscard]] std::uint64_t word();
  [[nodiscard]] double uniform();
  [[nodiscard]] Size below(Size n);
  [[nodiscard]] Sizes drawn_subset(Size n, Size k);
  template <class Draw>
  [[nodiscard]] Sizes answered(const std::string& question, const Draw& draw);
  [[nodiscard]] std::string asked(std::string_view kind, const std::string& arguments) const;

  Habits habits_;
  std::uint64_t seed_ = 0;
  Size stream_ = 0;
  std::mt19937_64 own_;
  bool first_word_ = true;
  bool log_;
  bool taped_;
  std::vector<Sizes> tape_;
  Size next_ = 0;
  int worker_ = nobody;
  Sizes scratch_;
  fmt::memory_buffer noted_;
};

}  // namespace touchstone::inline v0::oracle::self_test
