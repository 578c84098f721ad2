// What chapter 5's problems declare of themselves.
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::marina_problems {

std::vector<Claim> claims() {
  const auto proved = [](const std::string& name, const std::string& title, const std::string& statement,
                         const std::string& meaning) {
    return Claim{"marina/problems/" + name, title, statement, {meaning}, "derived", {proof_check()}};
  };
  const std::string h = "h(t) = t^2/(1 + t^2)";
  return {
      proved("polyak-lojasiewicz", "a function that is not convex satisfies the PL condition",
             "f'(x)^2 >= 2 mu (f(x) - inf f) for all x, mu = 5/4", "f(x) = x^2 + 8 h(x), inf f = 0; " + h),
      proved("saturating-slope", "the slope of the saturating profile is bounded", "h'(t)^2 <= 27/64 for all t", h),
      proved("saturating-curvature", "the curvature of the saturating profile", "-1/2 <= h''(t) <= 2 for all t",
             h + ", h''(t) = 2 (1 - 3 t^2)/(1 + t^2)^3"),
      proved("sigmoid-curvature", "the curvature of the squared sigmoid loss", "|l''(z)| <= 31/200 for all z",
             "l = q^2, q = 1/(1 + e^z): l'' = 2 q^2 (1 - q)(2 - 3q)")};
}

}  // namespace touchstone::inline v0::registry::marina_problems
