#pragma once
/// \file
/// The four obligations of a method of the MARINA family: row and stepsize, and a step; without and with the PL condition.

#include <string>
#include <utility>
#include <vector>

#include "proofs/scalar/marina/estimator_row.hpp"

namespace touchstone::inline v0::proofs {

struct EstimatorMethod {
  std::string subject;  ///< of the claims: marina/SUBJECT/stepsize and so on
  std::string variant;  ///< ends the obligations' ids where the subject has several; begins with "-"
  std::string title, source, headers;
  std::string estimator;  ///< the row, in words
  MakeEstimatorRow make;
};

/// Row and stepsize, and a step; without and with the PL condition.
[[nodiscard]] inline std::vector<Obligation> estimator_obligations(const EstimatorMethod& of) {
  std::vector<Obligation> all;
  for (const Descent descent : {Descent::nonconvex, Descent::pl}) {
    const bool pl = descent == Descent::pl;
    const std::string ending = pl ? "-pl" : "";
    const std::string given =
        pl ? "gamma <= 1/(L + t), t^2 >= 2 Lambda^2, gamma <= p/(2 mu)" : "gamma <= 1/(L + t), t^2 >= Lambda^2";
    const auto obligation = [&](const std::string& claim, const std::string& part, const std::string& title,
                                std::vector<std::string> formula) {
      const std::string id = "marina/" + of.subject + "/" + claim + ending;
      return Obligation{.id = id + part + of.variant,
                        .claim = id,
                        .title = of.title + (pl ? ", PL condition: " : ": ") + title,
                        .source = of.source,
                        .generated_from = of.headers + ", theory/marina/biased_estimator.hpp",
                        .formula = std::move(formula)};
    };
    const EstimatorChange larger{.stepsize = {1001, 1000}};
    const EstimatorChange smaller_root{.root = {999, 1000}};

    Obligation conditions = obligation("stepsize", "", "row and stepsize meet the theorem's conditions",
                                       {"E G+ <= " + of.estimator, given,
                                        pl ? "=>  (R),    1 - gamma L - 2 gamma^2 Lambda^2 >= 0,    gamma mu <= 1/2"
                                           : "=>  (R),    1 - gamma L - gamma^2 Lambda^2 >= 0"});
    state(conditions, estimator_conditions(of.make, descent));
    add_twin(conditions, "larger-stepsize", "1.001 times the declared stepsize",
             estimator_conditions(of.make, descent, larger));
    add_twin(conditions, "much-larger-stepsize", "1.7 times the declared stepsize",
             estimator_conditions(of.make, descent, {.stepsize = {17, 10}}));
    add_twin(conditions, "smaller-root", "t^2 >= 0.999 of it",
             estimator_conditions(of.make, descent, smaller_root));
    add_twin(conditions, "smaller-lambda", "0.999 Lambda^2 in place of Lambda^2 in the row",
             estimator_conditions(of.make, descent, {.lambda = {999, 1000}}));
    all.push_back(std::move(conditions));

    Obligation step = obligation("rate", "-step", "one step",
                                 {"f is L-smooth, E G+ <= " + of.estimator, given,
                                  pl ? "=>  E Psi+ <= (1 - gamma mu) Psi + gamma nu,    Psi = gap + gamma/p G"
                                     : "=>  E Phi+ <= Phi - (gamma/2) |grad f(x)|^2 + (gamma/2) nu,    Phi = gap + "
                                       "gamma/(2p) G"});
    state(step, estimator_step(of.make, descent));
    add_twin(step, "larger-stepsize", "1.001 times the declared stepsize",
             estimator_step(of.make, descent, larger));
    add_twin(step, "larger-gain", "1.001 of the descent", estimator_step(of.make, descent, {.gain = {1001, 1000}}));
    all.push_back(std::move(step));
  }
  return all;
}

}  // namespace touchstone::inline v0::proofs
