#include <algorithm>

#include <fmt/format.h>

#include "touchstone/methods/moshpit/departures.hpp"
#include "touchstone/numbers/definiteness.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/theory/moshpit/complexity.hpp"
#include "touchstone/theory/moshpit/gossip.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::moshpit_scalar {

namespace {

/// A claim that the solvers and certificates alone decide.
Claim of_solvers(const std::string& name, std::string title, std::string statement,
                 std::vector<std::string> hypotheses, std::string source = "chapter 6, Moshpit SGD; derived") {
  return {"moshpit/sgd/" + name, std::move(title),  std::move(statement),
          std::move(hypotheses), std::move(source), {proof_check()}};
}

/// The matrix of E|mean of those that stay - mean of all|^2 is the claimed share of that of V, for all vectors. A mutant draws
/// fewer survivors than it says.
Finding survivors(const CheckContext& /*context*/, const Index& fewer) {
  Inspection inspection;
  for (Index n = 2; n <= 6; ++n)
    for (Index stay = 1 + fewer; stay <= n; ++stay) {
      Matrix<Rational> moved = Matrix<Rational>::Zero(n, n);
      for_each_outcome<Rational>(
          [&](auto& random) { return RandomSurvivors{stay - fewer}.staying(n, true, random); },
          [&](const Rational& p, const Indices& staying) {
            Vector<Rational> difference = Vector<Rational>::Constant(n, ratio<Rational>(-1, n));
            for (const Index i : staying) difference[i] += ratio<Rational>(1, static_cast<Index>(staying.size()));
            moved += p * Matrix<Rational>(difference * difference.transpose());
          });
      const Matrix<Rational> V =
          (Matrix<Rational>::Identity(n, n) - averaging_matrix<Rational>(n)) * ratio<Rational>(1, n);
      const Rational share = survivors_noise<Rational>(stay, n, 1, 0, 0);
      inspection.holds(moved == Matrix<Rational>(share * V), [&] { return fmt::format("n={} n'={}", n, stay); });
    }
  return inspection.finding("n <= 6, all n', all sets, all vectors");
}

/// Whoever of n peers is left, n_k of them: their V is at most nu = n/n_k times that of all, for all vectors. A mutant has a smaller
/// share of nu.
Finding departures_in_a_period(const CheckContext& /*context*/, const Rational& of_nu) {
  const auto form = [](const std::vector<bool>& left) {
    const Index n = static_cast<Index>(left.size());
    Vector<Rational> in(n);
    for (Index i = 0; i < n; ++i) in[i] = left[static_cast<std::size_t>(i)] ? 1 : 0;
    const Rational count = in.sum();
    Matrix<Rational> V = in * in.transpose() / Rational(-count * count);
    V.diagonal() += in / count;
    return V;
  };
  Inspection inspection;
  for (Index n = 2; n <= 6; ++n)
    for (Index subset = 1; subset < Index{1} << n; ++subset) {
      std::vector<bool> left(static_cast<std::size_t>(n));
      for (Index i = 0; i < n; ++i) left[static_cast<std::size_t>(i)] = (subset >> i & 1) != 0;
      const Index n_k = std::count(left.begin(), left.end(), true);
      const Rational nu = of_nu * ratio<Rational>(n, n_k);
      const Matrix<Rational> all = form(std::vector<bool>(left.size(), true));
      inspection.holds(is_positive_semidefinite(Matrix<Rational>(nu * all - form(left))),
                       [&] { return fmt::format("n={}, those that are left {:b}", n, subset); });
    }
  return inspection.finding("n <= 6, all sets of those that are left, all vectors");
}

Claim with_enumeration(Claim claim) {
  claim.checks.push_back(make_check<Index>(Layer::exact, Level::exact, survivors, 0, {{"a survivor fewer", 1}}));
  return claim;
}

}  // namespace

std::vector<Claim> claims() {
  const std::string one_function = "all peers have one L-smooth and mu-strongly convex function, mu >= 0";
  const std::string noise = "gradients have variance sigma^2 at most, independent over peers";
  const std::string row = "chapter 6, the rows of Moshpit SGD; constant derived";
  const std::string stepsize = "gamma = min{1/(4L), epsilon/(3Y), sqrt(2 epsilon/(9 L X))}";
  return {
      of_solvers("mean-gradient", "the mean of the gradients at the peers",
                 "|(1/n) sum_i grad f(x_i)|^2 <= 4 L (f(x) - f(x*)) + 2 L^2 V", {one_function}),
      of_solvers("one-step", "the theorem of Moshpit SGD, one step",
                 "E|x^{k+1} - x*|^2 <= (1 - gamma mu') E|x^k - x*|^2 - gamma E gap_k + (3/2) gamma L E V_k + "
                 "gamma^2 (delta_pv2^2 + "
                 "sigma^2/n_min)",
                 {one_function, noise, "(PV), mu' = (1 - delta_pv1) mu", "gamma <= 1/(4L)"}),
      of_solvers("pair-nonexpansive", "gradient steps do not move two peers apart",
                 "|u - gamma h|^2 <= |u|^2, u = x_i - x_j, h = grad f(x_i) - grad f(x_j)",
                 {one_function, "gamma <= 2/L"}),
      of_solvers("discrepancy", "the discrepancy of Moshpit SGD j steps after a synchronization",
                 "E V_k <= gamma^2 (delta_aq^2 + j sigma^2), by induction",
                 {one_function, noise, "(AQ)", "gamma <= 2/L"}),
      {"moshpit/sgd/departures-in-a-period",
       "peers that leave between synchronizations make the discrepancy larger by n/n_k at most",
       "V of those that are left <= (n/n_k) V of all n, so that (V) holds with nu >= n_{a tau}/n_k",
       {"whoever leaves, and why"},
       "derived: the slide uses nu without a definition",
       {make_check<Rational>(Layer::exact, Level::exact, departures_in_a_period, Rational(1),
                             {{"0.999 nu", Rational(999, 1000)}})}},
      of_solvers("average", "the theorem of Moshpit SGD, at the weighted average",
                 "E f(xbar^K) - f(x*) <= (1 - gamma mu')^{K+1} R_0^2/gamma + gamma Y + (3/2) L gamma^2 X; "
                 "R_0^2/(gamma (K + 1)) + ... "
                 "for mu' = 0",
                 {"one step, (V), f convex"}),
      of_solvers(
          "accuracy", "the theorem of Moshpit SGD, stepsize and steps for an accuracy",
          "E f(xbar^K) - f(x*) <= epsilon",
          {stepsize, "K >= ln(3 R_0^2/(gamma epsilon))/(gamma mu'); K + 1 >= 3 R_0^2/(gamma epsilon) for mu' = 0"}),
      of_solvers("complexity", "the row of Moshpit SGD for mu' > 0, with a constant",
                 fmt::format("1/(gamma mu') <= {} (L/mu' + Y/(mu' epsilon) + sqrt(L X/(mu'^2 epsilon)))",
                             moshpit_sgd_complexity_factor),
                 {stepsize}, row),
      of_solvers(
          "complexity-convex", "the row of Moshpit SGD for mu' = 0, with a constant",
          fmt::format(
              "3 R_0^2/(gamma epsilon) <= {} (L R_0^2/epsilon + R_0^2 Y/epsilon^2 + R_0^2 sqrt(L X)/epsilon^(3/2))",
              moshpit_sgd_convex_complexity_factor),
          {stepsize}, row),
      of_solvers("averaging-quality", "delta_aq of averaging that keeps the share Q of the dispersion",
                 "delta_aq^2 = Q tau sigma^2/(1 - Q) is kept by a period; at most (tau - 1) sigma^2 for Q <= (tau "
                 "- 1)/(2 tau - 1)",
                 {"averaging multiplies the dispersion by Q < 1 at most, as random groups do by q^T"}),
      with_enumeration(of_solvers(
          "departures", "what survivors of a synchronization move the mean by",
          "E|mean of n' of n - mean of n|^2 = ((n - n')/(n' (n - 1))) V, so delta_pv1 = 0, delta_pv2^2 = "
          "that of V <= "
          "delta_aq^2 + tau sigma^2",
          {"all sets of n' peers are equally likely"})),
  };
}

}  // namespace touchstone::inline v0::registry::moshpit_scalar
