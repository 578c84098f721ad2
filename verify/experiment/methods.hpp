#pragma once
/// \file
/// The methods that `touchstone run` knows, each with what its theorem promises. An entry has
///
///     claim               the claim that checks its theorem
///     deterministic       whether every run keeps the promise, not only the mean over runs
///     Entry(settings)     throws usage_error where the settings do not fit the method
///     largest_stepsize    of the theorem; nothing where there is no theorem
///     guarantee           of the theorem, for a stepsize that is at most the largest
///     method(from)        the method, in any number type
///
/// Defaults of parameters: alpha = 1/(1 + omega) (DIANA), p = 1/m (L-SVRG).

#include <string_view>

#include "touchstone/methods/error_feedback/ec_gd.hpp"
#include "touchstone/methods/error_feedback/parallel_sgd.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/methods/unified_sgd/saga.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"
#include "verify/experiment/facts.hpp"
#include "verify/experiment/guarantee.hpp"
#include "verify/experiment/settings.hpp"
#include "verify/program/console.hpp"

namespace touchstone::inline v0 {

using UnbiasedChoice = OneOf<Identity, RandK>;
using ContractiveChoice = OneOf<Identity, TopK>;

/// The compressor as one of this kind. Throws usage_error where it is not.
[[nodiscard]] UnbiasedChoice unbiased(const ExperimentSettings& settings);
[[nodiscard]] ContractiveChoice contractive(const ExperimentSettings& settings);

/// What a method is made from.
template <Field S>
struct Ingredients {
  const LogisticRegression<S>& f;
  const Vector<S>& x_star;  ///< the solution, as well as S can hold it
  S gamma;
};

class GdEntry {
 public:
  static constexpr std::string_view claim = "unified-sgd/gd/rate";
  static constexpr bool deterministic = true;
  explicit GdEntry(const ExperimentSettings& settings);
  [[nodiscard]] std::optional<Rational> largest_stepsize(const ProblemFacts& facts) const;
  [[nodiscard]] Guarantee guarantee(const ProblemFacts& facts, const Rational& gamma) const;
  template <Field S>
  [[nodiscard]] Gd<S> method(const Ingredients<S>& from) const {
    return {from.gamma};
  }
};

class SagaEntry {
 public:
  static constexpr std::string_view claim = "unified-sgd/saga/rate";
  static constexpr bool deterministic = false;
  explicit SagaEntry(const ExperimentSettings& settings);
  [[nodiscard]] std::optional<Rational> largest_stepsize(const ProblemFacts& facts) const;
  [[nodiscard]] Guarantee guarantee(const ProblemFacts& facts, const Rational& gamma) const;
  template <Field S>
  [[nodiscard]] Saga<S> method(const Ingredients<S>& from) const {
    return {from.gamma};
  }
};

class LSvrgEntry {
 public:
  static constexpr std::string_view claim = "unified-sgd/l-svrg/rate";
  static constexpr bool deterministic = false;
  explicit LSvrgEntry(const ExperimentSettings& settings);
  [[nodiscard]] std::optional<Rational> largest_stepsize(const ProblemFacts& facts) const;
  [[nodiscard]] Guarantee guarantee(const ProblemFacts& facts, const Rational& gamma) const;
  template <Field S>
  [[nodiscard]] LSvrg<S> method(const Ingredients<S>& from) const {
    return {from.gamma, ratio<S>(1, from.f.components(0))};
  }
};

template <class Oracle>
inline constexpr bool is_sampled = std::is_same_v<Oracle, SampledComponent>;

template <class Oracle>
class DianaEntry {
 public:
  static constexpr std::string_view claim =
      is_sampled<Oracle> ? "unified-sgd/diana/assumption-sampled" : "unified-sgd/diana/rate";
  static constexpr bool deterministic = false;
  explicit DianaEntry(const ExperimentSettings& settings) : compressor_(unbiased(settings)) {}
  [[nodiscard]] std::optional<Rational> largest_stepsize(const ProblemFacts& facts) const;
  [[nodiscard]] Guarantee guarantee(const ProblemFacts& facts, const Rational& gamma) const;
  template <Field S>
  [[nodiscard]] Diana<S, UnbiasedChoice, Oracle> method(const Ingredients<S>& from) const {
    return {compressor_, from.gamma, diana_shift_stepsize(compressor_.template omega<S>(from.f.dimension()))};
  }

 private:
  UnbiasedChoice compressor_;
};

/// QSGD's theorem holds for an unbiased compressor and full gradients; otherwise there is none.
template <class Oracle>
class ParallelSgdEntry {
 public:
  static constexpr std::string_view claim = "error-feedback/qsgd/rate";
  static constexpr bool deterministic = false;
  explicit ParallelSgdEntry(const ExperimentSettings& settings) : compressor_(settings.compressor) {}
  [[nodiscard]] std::optional<Rational> largest_stepsize(const ProblemFacts& facts) const;
  [[nodiscard]] Guarantee guarantee(const ProblemFacts& facts, const Rational& gamma) const;
  template <Field S>
  [[nodiscard]] ParallelSgd<S, AnyCompressor, Oracle> method(const Ingredients<S>& from) const {
    return {compressor_, from.gamma};
  }

 private:
  AnyCompressor compressor_;
};

template <bool Star>
class EcGdEntry {
 public:
  static constexpr std::string_view claim = Star ? "error-feedback/ec-gd-star/rate" : "error-feedback/ec-gd/rate";
  static constexpr bool deterministic = true;
  explicit EcGdEntry(const ExperimentSettings& settings);
  [[nodiscard]] std::optional<Rational> largest_stepsize(const ProblemFacts& facts) const;
  [[nodiscard]] Guarantee guarantee(const ProblemFacts& facts, const Rational& gamma) const;
  template <Field S>
  [[nodiscard]] auto method(const Ingredients<S>& from) const {
    if constexpr (Star)
      return EcGd<S, ContractiveChoice, StarShift<S>>{compressor_, from.gamma,
                                                      StarShift<S>::of(from.f, from.x_star)};
    else
      return EcGd<S, ContractiveChoice>{compressor_, from.gamma};
  }

 private:
  ContractiveChoice compressor_;
};

extern template class DianaEntry<FullGradient>;
extern template class DianaEntry<SampledComponent>;
extern template class ParallelSgdEntry<FullGradient>;
extern template class ParallelSgdEntry<SampledComponent>;
extern template class EcGdEntry<false>;
extern template class EcGdEntry<true>;

/// Calls visit(entry) with the entry of settings.method. Throws usage_error for an unknown method.
template <class Visit>
decltype(auto) with_entry(const ExperimentSettings& settings, Visit&& visit) {
  const std::string& name = settings.method;
  if (name == "gd") return visit(GdEntry(settings));
  if (name == "saga") return visit(SagaEntry(settings));
  if (name == "l-svrg") return visit(LSvrgEntry(settings));
  if (name == "diana" && settings.sampled) return visit(DianaEntry<SampledComponent>(settings));
  if (name == "diana") return visit(DianaEntry<FullGradient>(settings));
  if (name == "parallel-sgd" && settings.sampled) return visit(ParallelSgdEntry<SampledComponent>(settings));
  if (name == "parallel-sgd") return visit(ParallelSgdEntry<FullGradient>(settings));
  if (name == "ec-gd") return visit(EcGdEntry<false>(settings));
  if (name == "ec-gd-star") return visit(EcGdEntry<true>(settings));
  throw usage_error("METHOD: found '" + name +
                    "', expected gd, saga, l-svrg, diana, parallel-sgd, ec-gd or ec-gd-star");
}

}  // namespace touchstone::inline v0
