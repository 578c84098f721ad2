#pragma once
/// \file
/// How a method obtains the gradient of a worker, a component or a coordinate: exactly, from one of a worker's components,
/// or with noise of mean zero added. What is obtained is right in the mean.

#include <vector>

#include "touchstone/problems/problem.hpp"
#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// grad f_i(x), grad f_ij(x), partial_c f(x). Draws nothing.
struct FullGradient {
  template <Field S, DistributedProblem<S> P, Randomness<S> R>
  [[nodiscard]] Vector<S> gradient(const P& f, Index i, const Vector<S>& x, R& /*random*/) const {
    return f.gradient(i, x);
  }
  template <Field S, FiniteSumProblem<S> P, Randomness<S> R>
  [[nodiscard]] Vector<S> component_gradient(const P& f, Index i, Index j, const Vector<S>& x,
                                             R& /*random*/) const {
    return f.component_gradient(i, j, x);
  }
  template <Field S, DistributedProblem<S> P, Randomness<S> R>
  [[nodiscard]] S partial_derivative(const P& f, Index c, const Vector<S>& x, R& /*random*/) const {
    return touchstone::partial_derivative<S>(f, c, x);
  }
};

/// grad f_ij(x) with j uniform on the m_i components of worker i. Draws j.
struct SampledComponent {
  template <Field S, FiniteSumProblem<S> P, Randomness<S> R>
  [[nodiscard]] Vector<S> gradient(const P& f, Index i, const Vector<S>& x, R& random) const {
    return f.component_gradient(i, random.choose(f.components(i)), x);
  }
};

/// A random vector with finitely many values. The mean should be zero.
template <Field S>
struct NoiseLaw {
  std::vector<S> probabilities;   ///< sum to 1
  std::vector<Vector<S>> values;  ///< as many, of one length

  template <Randomness<S> R>
  [[nodiscard]] const Vector<S>& draw(R& random) const {
    require(probabilities.size() == values.size(),
            "noise needs a probability for every value (probabilities, values)", probabilities.size(),
            values.size());
    return values[static_cast<std::size_t>(random.pick(probabilities))];
  }

  /// E|e|^2
  [[nodiscard]] S second_moment() const {
    S sum(0);
    for (std::size_t o = 0; o < values.size(); ++o) sum += probabilities[o] * values[o].squaredNorm();
    return sum;
  }
};

/// The exact value plus noise e of a law of its own for every worker, component or coordinate. Draws e. Vectors have length
/// d; the noise of a partial derivative has length 1.
template <Field S>
struct AdditiveNoise {
  std::vector<NoiseLaw<S>> laws;

  template <DistributedProblem<S> P, Randomness<S> R>
  [[nodiscard]] Vector<S> gradient(const P& f, Index i, const Vector<S>& x, R& random) const {
    return f.gradient(i, x) + of(i).draw(random);
  }
  template <FiniteSumProblem<S> P, Randomness<S> R>
  [[nodiscard]] Vector<S> component_gradient(const P& f, Index i, Index j, const Vector<S>& x, R& random) const {
    return f.component_gradient(i, j, x) + of(j).draw(random);
  }
  template <DistributedProblem<S> P, Randomness<S> R>
  [[nodiscard]] S partial_derivative(const P& f, Index c, const Vector<S>& x, R& random) const {
    return S(touchstone::partial_derivative<S>(f, c, x) + of(c).draw(random)[0]);
  }

  /// sum_i E|e_i|^2 over all laws.
  [[nodiscard]] S total_second_moment() const {
    S sum(0);
    for (const NoiseLaw<S>& law : laws) sum += law.second_moment();
    return sum;
  }

 private:
  [[nodiscard]] const NoiseLaw<S>& of(Index i) const {
    require(static_cast<std::size_t>(i) < laws.size(), "a law of the noise is missing (which, laws)", i,
            laws.size());
    return laws[static_cast<std::size_t>(i)];
  }
};

}  // namespace touchstone::inline v0
