#pragma once
/// \file
/// The methods that `touchstone run` knows, each with what its theorem promises. An entry has
///
///     claim            the claim that checks its theorem
///     deterministic    whether every run keeps the promise, not only the mean over runs
///     accepts          which options the method has; the compressor's kind is the constructor's business
///     wanted           the costly facts that its theorem needs, if any
///     row(facts)       of the unified theory, with M, or of the theory of error compensation, with L and delta
///                      (guarantee.hpp); nothing where there is no theorem
///     method(from)     the method, in any number type
///     loop()           steps of an outer loop, where the method has one

#include "verify/experiment/error_feedback_methods.hpp"
#include "verify/experiment/unified_sgd_methods.hpp"

namespace touchstone::inline v0 {

/// Calls visit(entry) with the entry of settings.method. Throws usage_error for an unknown method.
template <class Visit>
decltype(auto) with_entry(const ExperimentSettings& settings, Visit&& visit) {
  const std::string& name = settings.method;
  if (name == "gd") return visit(entry_of<GdEntry>(settings));
  if (name == "sgd") return visit(entry_of<SgdEntry>(settings));
  if (name == "sgd-mb") return visit(entry_of<SgdMbEntry>(settings));
  if (name == "sgd-sr") return visit(entry_of<SgdSrEntry>(settings));
  if (name == "sgd-star") return visit(entry_of<SgdStarEntry>(settings));
  if (name == "saga") return visit(entry_of<SagaEntry>(settings));
  if (name == "sega") return visit(entry_of<SegaEntry>(settings));
  if (name == "svrg") return visit(entry_of<SvrgEntry>(settings));
  if (name == "l-svrg") return visit(entry_of<LSvrgEntry>(settings));
  if (name == "diana" && settings.sampled) return visit(entry_of<DianaEntry<SampledComponent>>(settings));
  if (name == "diana") return visit(entry_of<DianaEntry<FullGradient>>(settings));
  if (name == "diana-single") return visit(entry_of<DianaSingleEntry>(settings));
  if (name == "q-sgd-sr") return visit(entry_of<QSgdSrEntry>(settings));
  if (name == "vr-diana-saga") return visit(entry_of<VrDianaEntry<VrDianaVariant::saga>>(settings));
  if (name == "vr-diana-loopless") return visit(entry_of<VrDianaEntry<VrDianaVariant::loopless>>(settings));
  if (name == "parallel-sgd" && settings.sampled)
    return visit(entry_of<ParallelSgdEntry<SampledComponent>>(settings));
  if (name == "parallel-sgd") return visit(entry_of<ParallelSgdEntry<FullGradient>>(settings));
  if (name == "ec-gd") return visit(entry_of<EcGdEntry>(settings));
  if (name == "ec-gd-star") return visit(entry_of<EcGdStarEntry>(settings));
  if (name == "ec-gd-diana") return visit(entry_of<EcGdDianaEntry>(settings));
  if (name == "ec-sgd") return visit(entry_of<EcSgdEntry>(settings));
  if (name == "ec-sgd-diana") return visit(entry_of<EcSgdDianaEntry>(settings));
  if (name == "ec-lsvrg") return visit(entry_of<EcLsvrgEntry>(settings));
  if (name == "ec-lsvrg-star") return visit(entry_of<EcLsvrgStarEntry>(settings));
  if (name == "ec-lsvrg-diana") return visit(entry_of<EcLsvrgDianaEntry>(settings));
  throw usage_error(
      "METHOD: found '" + name +
      "', expected gd, sgd, sgd-mb, sgd-sr, sgd-star, saga, sega, svrg, l-svrg, diana, diana-single, "
      "q-sgd-sr, vr-diana-saga, vr-diana-loopless, parallel-sgd, ec-gd, ec-gd-star, ec-gd-diana, ec-sgd, "
      "ec-sgd-diana, ec-lsvrg, ec-lsvrg-star or ec-lsvrg-diana");
}

}  // namespace touchstone::inline v0
