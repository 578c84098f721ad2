#pragma once
/// \file
/// What the models of the rows are made of: f and its parts at a state, finite laws, families of values by point.

#include <functional>
#include <string>
#include <vector>

#include "proofs/theory/model.hpp"
#include "touchstone/problems/rational_quadratic.hpp"
#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone::inline v0::models {

using Forms = std::vector<QuadraticForm<Rational>>;
using Vectors = std::vector<Vector<Rational>>;

/// f, where a method stands, and the solution.
struct ModelPoint {
  const Quadratic<Rational>& f;
  const Vector<Rational>& x;
  const Vector<Rational>& x_star;
};

/// Outcomes and their probabilities, which are positive.
template <class Outcome>
struct Law {
  std::vector<Rational> weights;
  std::vector<Outcome> outcomes;
};

using VectorLaw = Law<Vector<Rational>>;

/// That of draw(random), in the order of its choices.
template <class Outcome, class Draw>
[[nodiscard]] Law<Outcome> law_of(const Draw& draw) {
  Law<Outcome> law;
  for_each_outcome<Rational>([&](auto& random) { return Outcome(draw(random)); },
                             [&](const Rational& probability, const Outcome& outcome) {
                               law.weights.push_back(probability);
                               law.outcomes.push_back(outcome);
                             });
  return law;
}

/// E|e|^2
[[nodiscard]] Rational second_moment(const VectorLaw& law);

/// Those of every worker, less their means.
[[nodiscard]] std::vector<VectorLaw> deviations(std::vector<VectorLaw> laws, const Vectors& means);

/// The law of grad f_ij(x_i) for a uniform j, for every worker.
[[nodiscard]] std::vector<VectorLaw> component_laws(const Quadratic<Rational>& f, const Vectors& x);

/// The law of Q(y), and of Q(y) - y.
using Compress = std::function<VectorLaw(const Vector<Rational>& y)>;
[[nodiscard]] VectorLaw noise_of(const Compress& compress, const Vector<Rational>& y);

/// Independent choices as a single one: the number of a joint outcome has theirs as digits.
class JointChoices {
 public:
  explicit JointChoices(std::vector<std::vector<Rational>> weights) : weights_(std::move(weights)) {}
  [[nodiscard]] std::vector<Rational> weights() const;
  /// Which outcome of choice i belongs to the joint one.
  [[nodiscard]] std::size_t digit(std::size_t joint, std::size_t i) const;

 private:
  std::vector<std::vector<Rational>> weights_;
};

[[nodiscard]] JointChoices joint_choices(const std::vector<VectorLaw>& laws);

/// Which member of a family a point means.
using Which = std::function<std::size_t(const proofs::kernel::Point&)>;
[[nodiscard]] Which by(const std::string& variable);

void add_vectors(proofs::kernel::Model& model, const std::string& name, Vectors values, const Which& which);
void add_scalars(proofs::kernel::Model& model, const std::string& name, std::vector<Rational> values,
                 const Which& which);
/// The vector of i = the value of `index` in its own outcome of the joint choice `joint`.
void add_drawn_vectors(proofs::kernel::Model& model, const std::string& name, const std::string& index,
                       const std::string& joint, const std::vector<VectorLaw>& laws);

[[nodiscard]] Forms components(const Quadratic<Rational>& f);
[[nodiscard]] Forms workers(const Quadratic<Rational>& f);
[[nodiscard]] Vectors gradients(const Forms& forms, const Vector<Rational>& x);

/// The symbols of whole_function(), L, and f(y).
[[nodiscard]] proofs::kernel::Model whole_model(const ModelPoint& at, const Rational& L);
/// The symbols of a family f_index of forms that are L-smooth.
void add_parts(proofs::kernel::Model& model, const ModelPoint& at, const std::string& index, const Forms& forms,
               const Rational& L, const Which& which);
/// The symbols of sum_of_functions(): f_index are the forms, of which all are L-smooth.
[[nodiscard]] proofs::kernel::Model sum_model(const ModelPoint& at, const std::string& index, const Forms& forms,
                                              const Rational& L);
/// All components, worker by worker. One outcome of j is a draw by every worker, uniform: the digits are the components.
struct DrawnComponents {
  Forms forms;
  std::vector<std::size_t> workers;  ///< whose they are
  Which which;                       ///< the component that a point with i and j means
  std::vector<Rational> weights;     ///< of j
};
[[nodiscard]] DrawnComponents drawn_components(const Quadratic<Rational>& f);
/// These, all L-smooth.
void add_drawn_components(proofs::kernel::Model& model, const ModelPoint& at, const Rational& L);

}  // namespace touchstone::inline v0::models
