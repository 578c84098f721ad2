#pragma once
/// \file
/// The methods of chapter 3 on instances: constants of an instance, and how a method is set up with a compressor or a delay.

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "touchstone/compressors/one_of.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/sampling.hpp"
#include "verify/claims/row_instances.hpp"
#include "verify/claims/scheme_study.hpp"

namespace touchstone::inline v0 {

/// (1/n) sum_i E|ghat_i - grad f_i(x)|^2 at x* for a way to obtain gradients that remembers nothing.
template <class Gradient>
[[nodiscard]] Rational variance_at_solution(const Gradient& gradient, const NamedQuadratic& on) {
  Rational sum(0);
  for (Index i = 0; i < on.f.workers(); ++i)
    sum += expectation<Rational>([&](auto& random) {
      return Rational(
          (gradient.gradient(on.f, i, on.x_star, random.worker(i)) - on.f.gradient(i, on.x_star)).squaredNorm());
    });
  return sum / on.f.workers();
}

/// max_ij L_ij/(m_i p_ij): the expected smoothness of a single element drawn with probability p_ij.
[[nodiscard]] inline Rational expected_smoothness(const SampledByWorkers<SingleElement<Rational>>& by,
                                                  const Quadratic<Rational>& f) {
  Rational largest(0);
  for (Index i = 0; i < f.workers(); ++i)
    for (Index j = 0; j < f.components(i); ++j) {
      const auto row = static_cast<std::size_t>(i);
      const auto column = static_cast<std::size_t>(j);
      largest = std::max(
          largest, Rational(f.constants().L_ij[row][column] / (f.components(i) * by.samplings[row].p[column])));
    }
  return largest;
}

/// A single element with random probabilities on every worker.
[[nodiscard]] inline SampledByWorkers<SingleElement<Rational>> random_samplings(Seeded& random,
                                                                                const Quadratic<Rational>& f) {
  SampledByWorkers<SingleElement<Rational>> all;
  for (Index i = 0; i < f.workers(); ++i) all.samplings.push_back({random_probabilities(random, f.components(i))});
  return all;
}

/// These, and two where the inequalities of the rows lose least: both workers have the Hessian 2 I and opposite gradients at the
/// solution; the components' gradients are orthogonal.
[[nodiscard]] inline std::vector<NamedQuadratic> with_tight(std::vector<NamedQuadratic> instances) {
  instances.push_back(scalar_pair({2, 2, 1}));
  instances.push_back(orthogonal_components(2));
  return instances;
}

/// A method on an instance with its constants.
template <class Method>
struct MethodOn {
  NamedQuadratic on;
  Method method;
  SchemeTheorem theorem;
};
template <class Method>
using MethodsOn = std::function<std::vector<MethodOn<Method>>(Seeded&)>;

/// Unscaled RandK, with which a step is affine, or TopK. One type, so that a method is compiled once.
using Contracting = OneOf<RandKUnscaled, TopK>;

/// How a method is set up on an instance, with a compressor or a delay.
template <class Method, class With>
using SetUp = MethodOn<Method> (*)(const NamedQuadratic& on, const With& with, Seeded& random);

/// Every shape, and the tight ones, with every K that C can keep.
template <class C, class Method>
[[nodiscard]] MethodsOn<Method> with_every_sparsity(SetUp<Method, Contracting> set_up,
                                                    std::vector<QuadraticShape> shapes) {
  return [=](Seeded& random) {
    std::vector<MethodOn<Method>> all;
    for (const NamedQuadratic& on : with_tight(random_instances(random, shapes)))
      for (Index K = 1; K <= on.f.dimension(); ++K) {
        all.push_back(set_up(on, Contracting{C{K}}, random));
        all.back().on.name += fmt::format(" K={}", K);
      }
    return all;
  };
}

/// These instances with K = 1.
template <class C, class Method>
[[nodiscard]] std::vector<MethodOn<Method>> with_one_kept(SetUp<Method, Contracting> set_up,
                                                          const std::vector<NamedQuadratic>& instances,
                                                          Seeded& random) {
  std::vector<MethodOn<Method>> all;
  for (const NamedQuadratic& on : instances) all.push_back(set_up(on, Contracting{C{1}}, random));
  return all;
}

/// These instances with these delays.
template <class Method>
[[nodiscard]] std::vector<MethodOn<Method>> with_delays_on(SetUp<Method, Index> set_up,
                                                           const std::vector<NamedQuadratic>& instances,
                                                           const std::vector<Index>& delays, Seeded& random) {
  std::vector<MethodOn<Method>> all;
  for (const NamedQuadratic& on : instances)
    for (const Index tau : delays) {
      all.push_back(set_up(on, tau, random));
      all.back().on.name += fmt::format(" tau={}", tau);
    }
  return all;
}

/// Every shape, and the tight ones, with these delays.
template <class Method>
[[nodiscard]] MethodsOn<Method> with_delays(SetUp<Method, Index> set_up, std::vector<QuadraticShape> shapes,
                                            std::vector<Index> delays) {
  return [=](Seeded& random) {
    const std::vector<NamedQuadratic> instances = with_tight(random_instances(random, shapes));
    return with_delays_on<Method>(set_up, instances, delays, random);
  };
}

/// Of a method whose row of error-compensation is `row`.
template <class C>
[[nodiscard]] SchemeTheorem compensated_theorem(const NamedQuadratic& on, const C& compressor, const Rational& L,
                                                ErrorCompensationConstants<Rational> row) {
  return {.row = std::move(row),
          .kind = ErrorKind::compensated,
          .L = L,
          .mu = on.f.constants().mu,
          .gamma = {},
          .delta = compressor.template delta<Rational>(on.f.dimension())};
}

/// With a delay, or without feedback where tau = 0.
[[nodiscard]] inline SchemeTheorem delayed_theorem(const NamedQuadratic& on, Index tau, const Rational& L,
                                                   ErrorFeedbackConstants<Rational> row) {
  return {.row = {std::move(row), {}, {}},
          .kind = tau == 0 ? ErrorKind::none : ErrorKind::delayed,
          .L = L,
          .mu = on.f.constants().mu,
          .gamma = {},
          .tau = tau};
}

}  // namespace touchstone::inline v0
