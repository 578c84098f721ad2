#pragma once
/// \file
/// The definition of make_method, for those who instantiate it for a number type; all others include methods.hpp.

#include <fmt/ranges.h>

#include "touchstone/methods/error_feedback/dqgd.hpp"
#include "touchstone/methods/error_feedback/parallel_sgd.hpp"
#include "touchstone/methods/error_feedback/scheme.hpp"
#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/methods/marina/marina.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
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
#include "touchstone/numbers/convert.hpp"
#include "touchstone/problems/regularizer.hpp"
#include "verify/oracle/catalog/any_compressor.hpp"
#include "verify/oracle/catalog/compressors.hpp"
#include "verify/oracle/catalog/methods.hpp"
#include "verify/oracle/catalog/spec_error.hpp"

namespace touchstone::inline v0::oracle {

/// A worker's gradient as the specification says.
struct ChosenGradient {
  GradientKind kind;

  template <Field S, FiniteSumProblem<S> P, Randomness<S> R>
  [[nodiscard]] Vector<S> gradient(const P& f, Index i, const Vector<S>& x, R& random) const {
    if (kind == GradientKind::sampled) return SampledComponent{}.gradient<S>(f, i, x, random);
    return FullGradient{}.gradient<S>(f, i, x, random);
  }
};

/// The regularizer that the specification names.
template <Field S>
struct ChosenRegularizer {
  RegularizerKind kind = RegularizerKind::none;
  S lambda;
  Vector<S> lower, upper;

  void prox(Vector<S>& x, const S& gamma) const {
    switch (kind) {
      case RegularizerKind::none:
        return;
      case RegularizerKind::squared_norm:
        return SquaredNorm<S>{lambda}.prox(x, gamma);
      case RegularizerKind::l1:
        if constexpr (OrderedField<S>) return L1Norm<S>{lambda}.prox(x, gamma);
        break;
      case RegularizerKind::box:
        if constexpr (OrderedField<S>) return Box<S>{lower, upper}.prox(x, gamma);
        break;
    }
    throw precondition_error("this number type lacks the order that the regularizer needs");
  }
};

/// The parameters of a specification in the number type S, and the method that they make.
template <Field S>
class MethodMaker {
 public:
  MethodMaker(const MethodSpec& spec, const AnyProblem<S>& f) : spec_(spec), f_(f) {}

  [[nodiscard]] AnyMethod<S> make() const {
    if (std::optional<AnyMethod<S>> method = of_chapter_2()) return *method;
    if (std::optional<AnyMethod<S>> method = compensated()) return *method;
    if (std::optional<AnyMethod<S>> method = delayed()) return *method;
    if (std::optional<AnyMethod<S>> method = of_no_scheme()) return *method;
    throw spec_error(
        fmt::format("method: found '{}', expected one of {}", spec_.name, fmt::join(method_names(), ", ")));
  }

 private:
  using Prox = ChosenRegularizer<S>;
  using Q = UnbiasedForm<S>;
  using C = ContractiveForm<S>;
  using Names = std::vector<std::string>;

  [[nodiscard]] std::optional<AnyMethod<S>> of_chapter_2() const {
    const std::string& name = spec_.name;
    if (name == "gd") return method(Gd<S, Prox>{gamma(), prox()}, {"x"});
    if (name == "sgd") return method(Sgd<S, Prox>{gamma(), prox()}, {"x"});
    if (name == "sgd-mb")
      return method(
          SgdMb<S, Prox>{std::vector<S>(components(), ratio<S>(1, f_.components(0))), tau(), gamma(), prox()},
          {"x"});
    if (name == "sgd-sr") return method(SgdSr<S, TauNice<S>, Prox>{{tau()}, gamma(), prox()}, {"x"});
    if (name == "sgd-star")
      return method(SgdStar<S, TauNice<S>, Prox>{{tau()}, star_gradients(components()), gamma(), prox()},
                    {"x", "star_gradient"});
    if (name == "saga")
      return method(Saga<S, FullGradient, Prox>{gamma(), {}, prox()}, {"x", "table", "table_mean"});
    if (name == "sega") return method(Sega<S, FullGradient, Prox>{gamma(), {}, prox()}, {"x", "h"});
    if (name == "svrg") return method(Svrg<S, Prox>{gamma(), prox()}, {"x", "w", "reference_gradient"});
    if (name == "l-svrg") return method(LSvrg<S, Prox>{gamma(), p(), prox()}, {"x", "w", "reference_gradient"});
    if (name == "diana" || name == "diana-single")
      return method(Diana<S, Q, ChosenGradient, Prox>{compressor<Q>(), gamma(), alpha(), gradient(), prox()},
                    {"x", "h"});
    if (name == "q-sgd-sr")
      return method(QSgdSr<S, Q, TauNice<S>, Prox>{compressor<Q>(), {tau()}, gamma(), prox()}, {"x"});
    const Names vr_diana{"x", "h", "table", "table_mean"};
    if (name == "vr-diana-saga")
      return method(VrDiana<S, Q, VrDianaVariant::saga, Prox>{compressor<Q>(), gamma(), alpha(), prox()}, vr_diana);
    if (name == "vr-diana-loopless")
      return method(VrDiana<S, Q, VrDianaVariant::loopless, Prox>{compressor<Q>(), gamma(), alpha(), prox()},
                    vr_diana);
    return std::nullopt;
  }

  [[nodiscard]] std::optional<AnyMethod<S>> compensated() const {
    const std::string& name = spec_.name;
    using Feedback = ErrorCompensation<S, C>;
    if (name == "ec-gd" || name == "ec-sgd")
      return scheme<Feedback, NoShift<S>>(
          {compressor<C>()}, {}, {"x", "e"},
          ChosenGradient{name == "ec-sgd" ? GradientKind::sampled : GradientKind::full});
    if (name == "ec-gd-star")
      return scheme<Feedback, StarShift<S>>({compressor<C>()}, star(), {"x", "e"},
                                            ChosenGradient{GradientKind::full});
    if (name == "ec-gd-diana" || name == "ec-sgd-diana")
      return scheme<Feedback, LearnedShift<S, Q>>(
          {compressor<C>()}, learned(), {"x", "e", "h"},
          name == "ec-gd-diana" ? ChosenGradient{GradientKind::full} : gradient());
    const Names points{"x", "e", "w", "reference_gradients"};
    if (name == "ec-lsvrg") return scheme<Feedback, NoShift<S>>({compressor<C>()}, {}, points, loopless());
    if (name == "ec-lsvrg-star")
      return scheme<Feedback, StarShift<S>>({compressor<C>()}, star(), points, loopless());
    if (name == "ec-lsvrg-diana")
      return scheme<Feedback, LearnedShift<S, Q>>({compressor<C>()}, learned(),
                                                  {"x", "e", "h", "w", "reference_gradients"}, loopless());
    return std::nullopt;
  }

  [[nodiscard]] std::optional<AnyMethod<S>> delayed() const {
    const std::string& name = spec_.name;
    using Feedback = DelayedUpdates<S>;
    const auto feedback = [this] { return Feedback{tau()}; };
    if (name == "d-sgd")
      return scheme<Feedback, NoShift<S>>(feedback(), {}, {"x", "delayed"}, ChosenGradient{GradientKind::sampled});
    if (name == "d-qsgd")
      return scheme<Feedback, Quantized<S, Q>>(feedback(), {compressor<Q>()}, {"x", "delayed"}, gradient());
    if (name == "d-sgd-diana")
      return scheme<Feedback, QuantizedDifference<S, Q>>(feedback(), {compressor<Q>(), alpha()},
                                                         {"x", "delayed", "h"}, gradient());
    const Names points{"x", "delayed", "w", "reference_gradients"};
    if (name == "d-lsvrg") return scheme<Feedback, NoShift<S>>(feedback(), {}, points, loopless());
    if (name == "d-qlsvrg")
      return scheme<Feedback, Quantized<S, Q>>(feedback(), {compressor<Q>()}, points, loopless());
    if (name == "d-lsvrg-diana")
      return scheme<Feedback, QuantizedDifference<S, Q>>(
          feedback(), {compressor<Q>(), alpha()}, {"x", "delayed", "h", "w", "reference_gradients"}, loopless());
    return std::nullopt;
  }

  [[nodiscard]] std::optional<AnyMethod<S>> of_no_scheme() const {
    const std::string& name = spec_.name;
    if (name == "parallel-sgd")
      return method(
          ParallelSgd<S, CompressorForm<S>, ChosenGradient>{compressor<CompressorForm<S>>(), gamma(), gradient()},
          {"x"});
    if (name == "qsgd") return scheme<NoFeedback<S>, Quantized<S, Q>>({}, {compressor<Q>()}, {"x"}, gradient());
    if (name == "dqgd")
      return method(
          Dqgd<S, Q, Q>{compressor<Q>(), gamma(), form<Q>("shift_compressor", parameters().shift_compressor)},
          {"x"});
    if (name == "marina") return method(Marina<S, Q>{compressor<Q>(), gamma(), p()}, {"x", "g", "gradients"});
    return std::nullopt;
  }

  template <class Method>
  [[nodiscard]] AnyMethod<S> method(Method made, Names names) const {
    return AnyMethod<S>(f_, std::move(made), std::move(names));
  }

  template <class Feedback, class Shift, class Gradient>
  [[nodiscard]] AnyMethod<S> scheme(Feedback feedback, Shift shift, Names names, Gradient gradient) const {
    return method(ErrorFeedback<S, Feedback, Shift, Gradient>{std::move(feedback), gamma(), std::move(shift),
                                                              std::move(gradient)},
                  std::move(names));
  }

  [[nodiscard]] const MethodParameters& parameters() const { return spec_.parameters; }
  [[nodiscard]] S gamma() const { return convert<S>(parameters().gamma); }
  [[nodiscard]] S alpha() const { return convert<S>(given("alpha", parameters().alpha)); }
  [[nodiscard]] S p() const { return convert<S>(given("p", parameters().p)); }
  [[nodiscard]] Index tau() const { return given("tau", parameters().tau); }
  [[nodiscard]] ChosenGradient gradient() const { return {parameters().gradient}; }
  [[nodiscard]] LooplessReference<S> loopless() const { return {p()}; }
  [[nodiscard]] LearnedShift<S, Q> learned() const {
    return {form<Q>("shift_compressor", parameters().shift_compressor), alpha()};
  }
  [[nodiscard]] StarShift<S> star() const { return {star_gradients(static_cast<std::size_t>(f_.workers()))}; }
  [[nodiscard]] Prox prox() const {
    const RegularizerSpec& spec = parameters().regularizer;
    return {spec.kind, convert<S>(spec.lambda), convert<S>(spec.lower), convert<S>(spec.upper)};
  }

  template <class Form>
  [[nodiscard]] Form compressor() const {
    return form<Form>("compressor", parameters().compressor);
  }
  template <class Form>
  [[nodiscard]] static Form form(const std::string& where, const std::string& text) {
    AnyCompressor<S> held = parse_compressor<S>(where, text);
    if (std::is_same_v<Form, Q> && !held.omega_stated()) refuse_kind(where, text, "an unbiased");
    if (std::is_same_v<Form, C> && !held.delta_stated()) refuse_kind(where, text, "a contractive");
    return Form{{std::move(held)}};
  }
  [[noreturn]] static void refuse_kind(const std::string& where, const std::string& text, const char* kind) {
    throw spec_error(fmt::format("{}: found '{}', expected {} compressor", where, text, kind));
  }

  [[nodiscard]] std::size_t components() const { return static_cast<std::size_t>(f_.components(0)); }

  [[nodiscard]] std::vector<Vector<S>> star_gradients(std::size_t count) const {
    const std::vector<Vector<Rational>>& given = parameters().star_gradients;
    if (given.size() != count)
      throw spec_error(fmt::format("star_gradients: found {} vectors, expected {}", given.size(), count));
    std::vector<Vector<S>> converted;
    for (const Vector<Rational>& gradient : given) {
      require_dimension(gradient, f_.dimension());
      converted.push_back(convert<S>(gradient));
    }
    return converted;
  }

  template <class T>
  [[nodiscard]] const T& given(const char* parameter, const std::optional<T>& value) const {
    if (!value)
      throw spec_error(fmt::format("{}: found nothing, expected a value, as {} needs one", parameter, spec_.name));
    return *value;
  }

  const MethodSpec& spec_;
  const AnyProblem<S>& f_;
};

template <Field S>
AnyMethod<S> make_method(const MethodSpec& spec, const AnyProblem<S>& problem) {
  return MethodMaker<S>(spec, problem).make();
}

}  // namespace touchstone::inline v0::oracle
