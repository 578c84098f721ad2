#pragma once
/// \file
/// One call of a compressor or a method, with its choices drawn from a seed or taken from a transcript.

#include <cstdint>

#include "touchstone/randomness/transcript.hpp"
#include "verify/oracle/catalog/any_compressor.hpp"
#include "verify/oracle/catalog/any_method.hpp"

namespace touchstone::inline v0::oracle {

/// Where the choices of a call come from: the streams of randomness/seeded.hpp, or `given` where that is set.
struct Draws {
  std::uint64_t seed = 0;
  std::uint64_t stream = 0;
  Index iteration = 0;           ///< >= 0
  Index worker = Place::server;  ///< of a compressor; the workers of a step are its own
  const Transcript* given = nullptr;
};

/// `noted`, where there is one, becomes the transcript of the call. Throws precondition_error as the compressor does and for an
/// iteration < 0 or a worker < -1; transcript_error where the choices given are not those asked for, or too many.
template <Field S>
[[nodiscard]] Vector<S> compress(const AnyCompressor<S>& compressor, const Vector<S>& x, const Draws& draws,
                                 Transcript* noted = nullptr);

/// `state` is completed first (any_method.hpp). Throws likewise.
template <Field S>
[[nodiscard]] NamedState<S> step(const AnyMethod<S>& method, const NamedState<S>& state, const Draws& draws,
                                 Transcript* noted = nullptr);

}  // namespace touchstone::inline v0::oracle
