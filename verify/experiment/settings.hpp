#pragma once
/// \file
/// What `touchstone run` was asked for.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/compressors/dithering.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/natural.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/tern_grad.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/numbers/rational.hpp"
#include "verify/experiment/selected.hpp"

namespace touchstone::inline v0 {

using AnyCompressor = Selected<Identity, RandK, TopK, Bernoulli, Natural, Dithering, TernGrad>;

struct ExperimentSettings {
  std::string method;
  std::string data;                               ///< path of a LIBSVM file
  std::optional<Index> features;                  ///< d; the largest index in the file if absent
  Index workers = 1;                              ///< n
  AnyCompressor compressor;                       ///< of every worker's messages
  std::optional<AnyCompressor> shift_compressor;  ///< of what the shifts learn from; identity if absent
  bool sampled = false;                  ///< a uniformly drawn component's gradient in place of the worker's own
  std::optional<Index> batch;            ///< components a step draws; 1 if absent
  std::optional<Index> loop;             ///< steps of an outer loop; the whole run if absent
  std::optional<Rational> stepsize;      ///< the largest that the theorem allows if absent
  bool beyond_theory = false;            ///< a stepsize that the theorem does not allow is wanted
  std::optional<double> regularization;  ///< lambda; 1/M, rounded, if absent
  Index iterations = 1000;
  std::uint64_t seed = 1;
  bool states_wanted = false;  ///< rows carry x
};

/// "identity", "rand-k:K", "top-k:K", "bernoulli:P", "natural", "dithering:S" (in the Euclidean norm), "tern-grad". Throws
/// usage_error; `option` names what is read.
[[nodiscard]] AnyCompressor parse_compressor(const std::string& option, const std::string& text);

[[nodiscard]] std::string to_string(const AnyCompressor& compressor);

/// A positive number, exactly: "0.05", "1e-3", "1/7". Throws usage_error; `option` names what is read.
[[nodiscard]] Rational parse_positive(const std::string& option, const std::string& text);

}  // namespace touchstone::inline v0
