#include "proofs/certificate/problems.hpp"

#include <algorithm>
#include <iterator>

namespace touchstone::inline v0::proofs {

Families::Families(const std::vector<std::string>& constant, const std::vector<std::string>& varying)
    : mean{"mean", constant}, spread{"spread", varying} {
  mean.vectors.insert(mean.vectors.end(), varying.begin(), varying.end());
}

LinearForm Families::average(const LinearForm& u, const LinearForm& v) const {
  const auto varying = [this](const LinearForm& w) {
    LinearForm part;
    for (const std::string& name : spread.vectors) part += w.coefficient(name) * LinearForm(name);
    return part;
  };
  return mean(u, v) + spread(varying(u), varying(v));
}

std::vector<CertificateHypothesis> Families::function_class(const Rational& L, const Rational& mu) const {
  const LinearForm gap("gap");
  return {{"smoothness", "mean |a_i|^2 <= 2L gap", 2 * L * gap - average("a")},
          {"convexity", "gap + mean |a_i|^2/(2L) <= <a, x>", mean("a", "x") - gap - 1 / (2 * L) * average("a")},
          {"quasi-strong-convexity", "gap + mu/2 |x|^2 <= <a, x>", mean("a", "x") - gap - mu / 2 * mean("x")},
          {"growth", "mu/2 |x|^2 <= gap, which quasi-strong convexity implies", gap - mu / 2 * mean("x")}};
}

std::vector<CertificateProblem> certificate_problems() {
  std::vector<CertificateProblem> all = unified_sgd_problems();
  std::ranges::move(error_feedback_problems(), std::back_inserter(all));
  return all;
}

}  // namespace touchstone::inline v0::proofs
