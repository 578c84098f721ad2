#pragma once
/// \file
/// The command line.

#include <cstdint>
#include <stdexcept>
#include <string>

/// Something is wrong with the call or with a file: one line.
struct input_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class Method { diana, ec_sgd_diana, ec_lsvrg_diana };

/// A mistake of one rank, for those who want to see it found.
enum class Fault {
  none,
  forgotten_scale,  ///< its RandK leaves out the factor d/K
  stale_iterate,    ///< its gradients are those at the model of the iteration before
  shift_first,      ///< it moves its shifts before it uses them
  shared_subset,    ///< its workers draw their subsets from one stream, that of nobody
  no_memory,        ///< its workers forget what they did not send
  shared_coin,      ///< its workers toss one coin, not one each
};

/// A number, and how it was written: "1/20" or "0.05".
struct Number {
  std::string text;
  double value = 0;
};

struct Options {
  Method method = Method::diana;
  std::string method_name;
  std::string data = "/usr/share/doc/liblinear-tools/examples/heart_scale";
  int workers = 10;
  int rand_k = 3;  ///< K of RandK: DIANA's compressor, elsewhere that of the shifts
  int top_k = 2;   ///< K of TopK, which compresses what is compensated
  Number gamma{"1/20", 0.05};
  Number alpha;   ///< empty: K/d
  Number p;       ///< empty: 1/m, m the rows of the first worker
  Number lambda;  ///< empty: 1/M
  int iterations = 1000;
  std::uint64_t seed = 1;
  std::string trace;  ///< a file; none where empty
  Fault fault = Fault::none;
  int fault_rank = 0;
};

/// Throws input_error.
[[nodiscard]] Options parse_options(int argc, char** argv);

/// How to call the program.
[[nodiscard]] std::string usage();
