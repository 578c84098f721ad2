#pragma once
/// \file
/// The methods of chapter 3 that `touchstone run` knows, as entries (methods.hpp).
///
/// Defaults of parameters: alpha = 1/(1 + omega), p = 1/m.

#include <string_view>

#include "touchstone/methods/error_feedback/ec_gd_diana.hpp"
#include "touchstone/methods/error_feedback/ec_gd_star.hpp"
#include "touchstone/methods/error_feedback/ec_lsvrg_diana.hpp"
#include "touchstone/methods/error_feedback/ec_lsvrg_star.hpp"
#include "touchstone/methods/error_feedback/ec_sgd.hpp"
#include "touchstone/methods/error_feedback/parallel_sgd.hpp"
#include "verify/experiment/entry.hpp"
#include "verify/experiment/facts.hpp"
#include "verify/experiment/guarantee.hpp"

namespace touchstone::inline v0 {

/// QSGD's theorem holds for an unbiased compressor and full gradients; otherwise there is none.
template <class Oracle>
struct ParallelSgdEntry {
  static constexpr std::string_view claim = "error-feedback/qsgd/rate";
  static constexpr bool deterministic = false;
  static constexpr Accepts accepts{.workers = true, .compressor = true, .sampled = true};
  explicit ParallelSgdEntry(const ExperimentSettings& settings) : compressor(settings.compressor) {}
  [[nodiscard]] std::optional<WeightedRow> row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] ParallelSgd<S, AnyCompressor, Oracle> method(const Ingredients<S>& from) const {
    return {compressor, from.gamma};
  }
  AnyCompressor compressor;
};

/// Error compensation with a contractive compressor.
struct CompensatedEntry {
  static constexpr bool deterministic = false;
  static constexpr Accepts accepts{.workers = true, .compressor = true};
  explicit CompensatedEntry(const ExperimentSettings& settings) : compressor(contractive(settings)) {}
  ContractiveChoice compressor;
};

/// And with shifts, which learn by an unbiased one.
struct LearningEntry : CompensatedEntry {
  static constexpr Accepts accepts{.workers = true, .compressor = true, .shift_compressor = true};
  explicit LearningEntry(const ExperimentSettings& settings)
      : CompensatedEntry(settings), shift_compressor(unbiased_shift(settings)) {}
  [[nodiscard]] Rational omega(Index d) const;
  [[nodiscard]] Rational alpha(Index d) const;
  template <Field S>
  [[nodiscard]] LearnedShift<S, UnbiasedChoice> shift(const Ingredients<S>& from) const {
    return {shift_compressor, convert<S>(alpha(from.f.dimension()))};
  }
  UnbiasedChoice shift_compressor;
};

struct EcGdEntry : CompensatedEntry {
  static constexpr std::string_view claim = "error-feedback/ec-gd/rate";
  static constexpr bool deterministic = true;
  using CompensatedEntry::CompensatedEntry;
  [[nodiscard]] CompensatedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] EcGd<S, ContractiveChoice> method(const Ingredients<S>& from) const {
    return {{compressor}, from.gamma};
  }
};

struct EcGdStarEntry : CompensatedEntry {
  static constexpr std::string_view claim = "error-feedback/ec-gd-star/rate";
  static constexpr bool deterministic = true;
  using CompensatedEntry::CompensatedEntry;
  [[nodiscard]] CompensatedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] EcGdStar<S, ContractiveChoice> method(const Ingredients<S>& from) const {
    return {{compressor}, from.gamma, StarShift<S>::of(from.f, from.x_star)};
  }
};

struct EcGdDianaEntry : LearningEntry {
  static constexpr std::string_view claim = "error-feedback/ec-gd-diana/rate";
  using LearningEntry::LearningEntry;
  [[nodiscard]] CompensatedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] EcGdDiana<S, ContractiveChoice, UnbiasedChoice> method(const Ingredients<S>& from) const {
    return {{compressor}, from.gamma, shift<S>(from)};
  }
};

struct EcSgdEntry : CompensatedEntry {
  static constexpr std::string_view claim = "error-feedback/ec-sgd/rate";
  static constexpr WantedFacts wanted{.sampling_variance = true};
  using CompensatedEntry::CompensatedEntry;
  [[nodiscard]] CompensatedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] EcSgd<S, ContractiveChoice> method(const Ingredients<S>& from) const {
    return {{compressor}, from.gamma};
  }
};

/// With a component drawn by every worker: the row is that of EC-SGDsr-DIANA with uniform sampling, as such a gradient
/// has no variance bound for all x that the problem's constants give.
struct EcSgdDianaEntry : LearningEntry {
  static constexpr std::string_view claim = "error-feedback/ec-sgdsr-diana/rate";
  static constexpr WantedFacts wanted{.sampling_variance = true};
  using LearningEntry::LearningEntry;
  [[nodiscard]] CompensatedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] EcSgdDiana<S, ContractiveChoice, UnbiasedChoice, SampledComponent> method(
      const Ingredients<S>& from) const {
    return {{compressor}, from.gamma, shift<S>(from)};
  }
};

struct EcLsvrgEntry : CompensatedEntry {
  static constexpr std::string_view claim = "error-feedback/ec-lsvrg/rate";
  static constexpr WantedFacts wanted{.start_variance = true};
  using CompensatedEntry::CompensatedEntry;
  [[nodiscard]] CompensatedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] EcLsvrg<S, ContractiveChoice> method(const Ingredients<S>& from) const {
    return {{compressor}, from.gamma, {}, {ratio<S>(1, from.f.components(0))}};
  }
};

struct EcLsvrgStarEntry : CompensatedEntry {
  static constexpr std::string_view claim = "error-feedback/ec-lsvrg-star/rate";
  static constexpr WantedFacts wanted{.start_variance = true};
  using CompensatedEntry::CompensatedEntry;
  [[nodiscard]] CompensatedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] EcLsvrgStar<S, ContractiveChoice> method(const Ingredients<S>& from) const {
    return {{compressor}, from.gamma, StarShift<S>::of(from.f, from.x_star), {ratio<S>(1, from.f.components(0))}};
  }
};

struct EcLsvrgDianaEntry : LearningEntry {
  static constexpr std::string_view claim = "error-feedback/ec-lsvrg-diana/rate";
  static constexpr WantedFacts wanted{.start_variance = true};
  using LearningEntry::LearningEntry;
  [[nodiscard]] CompensatedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] EcLsvrgDiana<S, ContractiveChoice, UnbiasedChoice> method(const Ingredients<S>& from) const {
    return {{compressor}, from.gamma, shift<S>(from), {ratio<S>(1, from.f.components(0))}};
  }
};

extern template struct ParallelSgdEntry<FullGradient>;
extern template struct ParallelSgdEntry<SampledComponent>;

}  // namespace touchstone::inline v0
