// How many steps the methods of chapter 5 need, and what the slides' rows are to that.
#include <fmt/format.h>

#include "touchstone/theory/marina/complexity.hpp"
#include "verify/claims/proved_claim.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::marina_complexity {

namespace {

const std::string derived_constants = "slides (the order); constants derived";

/// Decided by proofs alone.
Claim proved(const std::string& name, std::string title, std::string statement, std::vector<std::string> hypotheses,
             std::string source) {
  return proved_claim("marina/" + name, std::move(title), std::move(statement), std::move(hypotheses),
                      std::move(source));
}

std::vector<Claim> complexities() {
  std::vector<Claim> all;
  const auto add = [&](const std::string& name, const std::string& title, const std::string& t) {
    all.push_back(proved(name + "/complexity", title + " needs so many steps for an accuracy",
                         "K >= 2 (L + t) (f(x^0) - inf f)/epsilon^2 => (1/K) sum_{k < K} E|grad f(x^k)|^2 <= "
                         "epsilon^2, and gamma = 1/(L + t) is small enough",
                         {t}, derived_constants));
  };
  add("gd", "gradient descent", "t = 0");
  add("diana", "DIANA", "t = 2 (1 + omega) sqrt(omega/n) L, alpha = 1/(1 + omega), h_i^0 = grad f_i(x^0)");
  add("marina", "MARINA", "t = omega L/sqrt(n), p = 1/(1 + omega), or p = zeta/d where (1 + omega) zeta >= d");
  add("vr-marina", "VR-MARINA", "t = Lambda of marina/vr-marina/stepsize");
  add("pp-marina", "PP-MARINA", "t = Lambda of marina/pp-marina/stepsize");
  all.push_back(
      proved("vr-marina-online/complexity", "Online VR-MARINA needs so many steps and samples for an accuracy",
             "b >= 4 sigma^2/(n epsilon^2), K >= max{1/p, 4 (L + t) gap/epsilon^2} => 2 gap/(gamma K) + nu "
             "(1 + 1/(p K)) <= epsilon^2",
             {"gamma = 1/(L + t), t >= Lambda, nu = sigma^2/(n b)"}, "derived"));
  all.push_back(
      proved("vr-marina-online/complexity-pl", "Online VR-MARINA under the PL condition, for an accuracy",
             "b >= 2 sigma^2/(n mu epsilon), (1 - gamma mu)^K (2 gap + epsilon/2) <= epsilon => (1 - gamma "
             "mu)^K (gap + gamma nu/p) + nu/mu <= epsilon",
             {"0 < gamma <= p/(2 mu), nu = sigma^2/(n b)"}, "derived"));
  all.push_back(proved("marina/communication", "what a worker of MARINA sends",
                       "d + K (p d + (1 - p) zeta) <= d + 2 K zeta scalars in K steps",
                       {"p = zeta/d, zeta the nonzeros expected in a message"}, "arXiv:2102.07845"));
  all.push_back(proved("vr-marina/oracle-calls", "what a step of VR-MARINA costs a worker",
                       "p m + 2 (1 - p) b' <= 3 b' gradients of components", {"p <= b'/(m + b')"},
                       "arXiv:2102.07845"));
  return all;
}

/// Upper bounds are compared; none of them says what a method needs at least.
std::vector<Claim> slide_rows() {
  const std::string source = "slides; constants derived";
  const std::string roots = "omega >= 0, n >= 1";
  return {
      proved("slide-rows/marina-below-diana", "MARINA's row of the slides is at most DIANA's",
             "1 + omega/sqrt(n) <= 1 + (1 + omega) sqrt(omega/n), and 2 omega <= (1 + omega) sqrt(omega)", {roots},
             source),
      proved("slide-rows/ratio", "DIANA's row of the slides exceeds MARINA's by a factor that grows as sqrt(omega)",
             "sqrt(omega) <= (1 + omega) sqrt(omega/n)/(omega/sqrt(n)) <= 2 sqrt(omega), the latter for omega >= 1",
             {roots}, source),
      proved("slide-rows/diana", "DIANA's row of the slides, with constants",
             "2 L row <= 2 (L + t) gap/epsilon^2 <= 4 L row, row = gap (1 + (1 + omega) sqrt(omega/n))/epsilon^2",
             {roots, "t = 2 (1 + omega) sqrt(omega/n) L"}, source),
      proved("slide-rows/marina", "MARINA's row of the slides, with its constant",
             "2 (L + t) gap/epsilon^2 = 2 L row, row = gap (1 + omega/sqrt(n))/epsilon^2",
             {roots, "t = omega L/sqrt(n)"}, source),
      proved("slide-rows/qgd", "QGD's row of the slides, with a constant",
             fmt::format("K <= {} L max{{1, L_max}} row, row = gap/epsilon^2 + (1 + omega) gap (gap + "
                         "Delta*)/(epsilon^4 n)",
                         qgd_row_factor),
             {roots, "K of marina/qgd/complexity, A = omega L_max/n, B = 1, C = 2 A Delta*"}, source),
  };
}

}  // namespace

std::vector<Claim> claims() {
  std::vector<Claim> all = complexities();
  for (Claim& claim : slide_rows()) all.push_back(std::move(claim));
  return all;
}

}  // namespace touchstone::inline v0::registry::marina_complexity
