#pragma once
/// \file
/// The methods of chapter 2 that `touchstone run` knows, as entries (methods.hpp).
///
/// Defaults of parameters: alpha = 1/(1 + omega) (DIANA), the least of that and 1/(3m) (VR-DIANA), p = 1/m (L-SVRG);
/// minibatches are uniform.

#include <string_view>

#include "touchstone/methods/unified_sgd/diana_single.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/methods/unified_sgd/q_sgd_sr.hpp"
#include "touchstone/methods/unified_sgd/saga.hpp"
#include "touchstone/methods/unified_sgd/sega.hpp"
#include "touchstone/methods/unified_sgd/sgd.hpp"
#include "touchstone/methods/unified_sgd/sgd_mb.hpp"
#include "touchstone/methods/unified_sgd/sgd_sr.hpp"
#include "touchstone/methods/unified_sgd/sgd_star.hpp"
#include "touchstone/methods/unified_sgd/svrg.hpp"
#include "touchstone/methods/unified_sgd/vr_diana.hpp"
#include "verify/experiment/entry.hpp"
#include "verify/experiment/facts.hpp"
#include "verify/experiment/guarantee.hpp"

namespace touchstone::inline v0 {

struct GdEntry {
  static constexpr std::string_view claim = "unified-sgd/gd/rate";
  static constexpr bool deterministic = true;
  static constexpr Accepts accepts{.workers = true};
  [[nodiscard]] WeightedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] Gd<S> method(const Ingredients<S>& from) const {
    return {from.gamma};
  }
};

struct SgdEntry {
  static constexpr std::string_view claim = "unified-sgd/sgd/rate";
  static constexpr bool deterministic = false;
  static constexpr Accepts accepts{};
  static constexpr WantedFacts wanted{.sampling_variance = true};
  [[nodiscard]] WeightedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] Sgd<S> method(const Ingredients<S>& from) const {
    return {from.gamma};
  }
};

struct SgdMbEntry {
  static constexpr std::string_view claim = "unified-sgd/sgd-mb/rate";
  static constexpr bool deterministic = false;
  static constexpr Accepts accepts{.batch = true};
  static constexpr WantedFacts wanted{.sampling_variance = true};
  explicit SgdMbEntry(const ExperimentSettings& settings) : tau(settings.batch.value_or(1)) {}
  [[nodiscard]] WeightedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] SgdMb<S> method(const Ingredients<S>& from) const {
    const Index m = from.f.components(0);
    return {std::vector<S>(static_cast<std::size_t>(m), ratio<S>(1, m)), tau, from.gamma};
  }
  Index tau;
};

struct SgdSrEntry {
  static constexpr std::string_view claim = "unified-sgd/sgd-sr/rate";
  static constexpr bool deterministic = false;
  static constexpr Accepts accepts{.batch = true};
  static constexpr WantedFacts wanted{.sampling_variance = true};
  explicit SgdSrEntry(const ExperimentSettings& settings) : tau(settings.batch.value_or(1)) {}
  [[nodiscard]] WeightedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] SgdSr<S, TauNice<S>> method(const Ingredients<S>& from) const {
    return {TauNice<S>{tau}, from.gamma};
  }
  Index tau;
};

struct SgdStarEntry {
  static constexpr std::string_view claim = "unified-sgd/sgd-star/rate";
  static constexpr bool deterministic = false;
  static constexpr Accepts accepts{.batch = true};
  explicit SgdStarEntry(const ExperimentSettings& settings) : tau(settings.batch.value_or(1)) {}
  [[nodiscard]] WeightedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] SgdStar<S, TauNice<S>> method(const Ingredients<S>& from) const {
    return {TauNice<S>{tau}, component_gradients<S>(from.f, from.x_star), from.gamma};
  }
  Index tau;
};

struct SagaEntry {
  static constexpr std::string_view claim = "unified-sgd/saga/rate";
  static constexpr bool deterministic = false;
  static constexpr Accepts accepts{};
  [[nodiscard]] WeightedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] Saga<S> method(const Ingredients<S>& from) const {
    return {from.gamma};
  }
};

struct SegaEntry {
  static constexpr std::string_view claim = "unified-sgd/sega/rate";
  static constexpr bool deterministic = false;
  static constexpr Accepts accepts{};
  [[nodiscard]] WeightedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] Sega<S> method(const Ingredients<S>& from) const {
    return {from.gamma};
  }
};

/// The theorem is about the iterates of one outer loop. In a run of several, of which each begins at the last iterate
/// of the one before, there is none.
struct SvrgEntry {
  static constexpr std::string_view claim = "unified-sgd/svrg/iterates";
  static constexpr bool deterministic = false;
  static constexpr Accepts accepts{.loop = true};
  static constexpr WantedFacts wanted{.start_variance = true};
  explicit SvrgEntry(const ExperimentSettings& settings)
      : steps(settings.iterations), steps_of_a_loop(settings.loop.value_or(settings.iterations)) {}
  [[nodiscard]] std::optional<WeightedRow> row(const ProblemFacts& facts) const;
  [[nodiscard]] Index loop() const { return steps_of_a_loop; }
  template <Field S>
  [[nodiscard]] Svrg<S> method(const Ingredients<S>& from) const {
    return {from.gamma};
  }
  Index steps;
  Index steps_of_a_loop;
};

struct LSvrgEntry {
  static constexpr std::string_view claim = "unified-sgd/l-svrg/rate";
  static constexpr bool deterministic = false;
  static constexpr Accepts accepts{};
  [[nodiscard]] WeightedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] LSvrg<S> method(const Ingredients<S>& from) const {
    return {from.gamma, ratio<S>(1, from.f.components(0))};
  }
};

template <class Oracle>
struct DianaEntry {
  static constexpr std::string_view claim =
      is_sampled<Oracle> ? "unified-sgd/diana/assumption-sampled" : "unified-sgd/diana/rate";
  static constexpr bool deterministic = false;
  static constexpr Accepts accepts{.workers = true, .compressor = true, .sampled = true};
  static constexpr WantedFacts wanted{.sampling_variance = is_sampled<Oracle>};
  explicit DianaEntry(const ExperimentSettings& settings) : compressor(unbiased(settings)) {}
  [[nodiscard]] WeightedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] Diana<S, UnbiasedChoice, Oracle> method(const Ingredients<S>& from) const {
    return {compressor, from.gamma, convert<S>(shift_stepsize(from.f.dimension()))};
  }
  [[nodiscard]] Rational shift_stepsize(Index d) const;
  UnbiasedChoice compressor;
};

struct DianaSingleEntry : DianaEntry<FullGradient> {
  static constexpr std::string_view claim = "unified-sgd/diana-single/rate";
  static constexpr Accepts accepts{.compressor = true};
  using DianaEntry<FullGradient>::DianaEntry;
};

struct QSgdSrEntry {
  static constexpr std::string_view claim = "unified-sgd/q-sgd-sr/rate";
  static constexpr bool deterministic = false;
  static constexpr Accepts accepts{.compressor = true, .batch = true};
  static constexpr WantedFacts wanted{.sampling_variance = true};
  explicit QSgdSrEntry(const ExperimentSettings& settings)
      : compressor(unbiased(settings)), tau(settings.batch.value_or(1)) {}
  [[nodiscard]] WeightedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] QSgdSr<S, UnbiasedChoice, TauNice<S>> method(const Ingredients<S>& from) const {
    return {compressor, TauNice<S>{tau}, from.gamma};
  }
  UnbiasedChoice compressor;
  Index tau;
};

template <VrDianaVariant variant>
struct VrDianaEntry {
  static constexpr std::string_view claim = "unified-sgd/vr-diana/rate";
  static constexpr bool deterministic = false;
  static constexpr Accepts accepts{.workers = true, .compressor = true};
  explicit VrDianaEntry(const ExperimentSettings& settings) : compressor(unbiased(settings)) {}
  [[nodiscard]] WeightedRow row(const ProblemFacts& facts) const;
  template <Field S>
  [[nodiscard]] VrDiana<S, UnbiasedChoice, variant> method(const Ingredients<S>& from) const {
    return {compressor, from.gamma, convert<S>(shift_stepsize(from.f.dimension(), from.f.components(0)))};
  }
  [[nodiscard]] Rational shift_stepsize(Index d, Index m) const;
  UnbiasedChoice compressor;
};

extern template struct DianaEntry<FullGradient>;
extern template struct DianaEntry<SampledComponent>;
extern template struct VrDianaEntry<VrDianaVariant::saga>;
extern template struct VrDianaEntry<VrDianaVariant::loopless>;

}  // namespace touchstone::inline v0
