#include "verify/experiment/entry.hpp"

#include <fmt/format.h>

namespace touchstone::inline v0 {

namespace {

[[noreturn]] void refuse_compressor(const ExperimentSettings& settings, const char* option,
                                    const AnyCompressor& compressor, const char* kind, const char* expected) {
  throw usage_error(fmt::format("{}: found {}, but {} needs {} compressor; expected {}", option,
                                to_string(compressor), settings.method, kind, expected));
}

UnbiasedChoice unbiased_as(const ExperimentSettings& settings, const char* option,
                           const AnyCompressor& compressor) {
  return std::visit(
      [&](const auto& c) -> UnbiasedChoice {
        if constexpr (StatesOmega<std::decay_t<decltype(c)>, Rational>)
          return {c};
        else
          refuse_compressor(settings, option, compressor, "an unbiased",
                            "identity, rand-k:K, bernoulli:P, natural, dithering:S or tern-grad");
      },
      compressor.chosen);
}

}  // namespace

void require_accepted(const ExperimentSettings& settings, const Accepts& accepts) {
  const std::string& method = settings.method;
  if (!accepts.workers && settings.workers != 1)
    throw usage_error(
        fmt::format("--workers: found {}, but {} runs on one worker; expected 1", settings.workers, method));
  if (!accepts.compressor && !settings.compressor.is<Identity>())
    throw usage_error(fmt::format("--compressor: found {}, but {} sends nothing compressed; expected identity",
                                  to_string(settings.compressor), method));
  if (!accepts.shift_compressor && settings.shift_compressor)
    throw usage_error(
        fmt::format("--shift-compressor: found {}, but {} learns no shifts; expected no "
                    "--shift-compressor",
                    to_string(*settings.shift_compressor), method));
  if (!accepts.sampled && settings.sampled)
    throw usage_error(
        fmt::format("--gradient: found sampled, but {} fixes how gradients are obtained; expected full", method));
  if (!accepts.batch && settings.batch)
    throw usage_error(
        fmt::format("--batch: found {}, but {} draws no minibatch; expected no --batch", *settings.batch, method));
  if (!accepts.loop && settings.loop)
    throw usage_error(
        fmt::format("--loop: found {}, but {} has no outer loop; expected no --loop", *settings.loop, method));
}

UnbiasedChoice unbiased(const ExperimentSettings& settings) {
  return unbiased_as(settings, "--compressor", settings.compressor);
}

UnbiasedChoice unbiased_shift(const ExperimentSettings& settings) {
  return unbiased_as(settings, "--shift-compressor", settings.shift_compressor.value_or(AnyCompressor{Identity{}}));
}

ContractiveChoice contractive(const ExperimentSettings& settings) {
  if (const auto* top_k = std::get_if<TopK>(&settings.compressor.chosen)) return {*top_k};
  if (!settings.compressor.is<Identity>())
    refuse_compressor(settings, "--compressor", settings.compressor, "a contractive", "identity or top-k:K");
  return {Identity{}};
}

}  // namespace touchstone::inline v0
