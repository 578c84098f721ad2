// Gossip with a fixed mixing matrix: its rate without eigenvalues.
#include "touchstone/methods/average.hpp"
#include "touchstone/methods/moshpit/gossip.hpp"
#include "touchstone/numbers/definiteness.hpp"
#include "touchstone/theory/moshpit/dispersion.hpp"
#include "touchstone/theory/moshpit/gossip.hpp"
#include "verify/claims/moshpit_grid.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::moshpit_gossip {

namespace {

/// A ring with rational spectrum, its second eigenvalue and the eigenvector where the rate is attained.
struct Ring {
  Index n;
  Rational a, b, lambda;
  std::vector<Rational> eigenvector;
};

std::vector<Ring> rings() {
  const Rational half(1, 2), third(1, 3), quarter(1, 4);
  return {{4, half, quarter, half, {1, 0, -1, 0}},
          {6, third, third, Rational(2, 3), {1, half, -half, -1, -half, half}},
          {6, half, quarter, Rational(3, 4), {1, half, -half, -1, -half, half}},
          {3, third, third, 0, {1, -1, 0}},
          {4, third, third, third, {1, 0, -1, 0}}};
}

/// lambda is multiplied by this in what is claimed.
Finding gossip_rate(const CheckContext& context, const Rational& of_lambda) {
  constexpr int steps = 5;
  Inspection inspection;
  Seeded random = context.random("vectors");
  for (const Ring& ring_of : rings()) {
    const Matrix<Rational> W = ring_mixing_matrix(ring_of.n, ring_of.a, ring_of.b);
    const Rational lambda = ring_of.lambda * of_lambda;
    const auto where = [&](const char* what) {
      return [&ring_of, what] {
        return fmt::format("ring of {}, lambda = {}: {}", ring_of.n, ring_of.lambda.str(), what);
      };
    };
    inspection.holds(is_positive_semidefinite(gossip_gap_form(W, lambda)), where("all vectors"));
    const Gossip<Rational> gossip(W);
    PeerVectors<Rational> eigenvector;
    for (const Rational& v : ring_of.eigenvector) eigenvector.push_back(Vector<Rational>::Constant(1, v));
    PeerVectors<Rational> any = random_vectors(ring_of.n, 2, random);
    const Vector<Rational> mean = average(any);
    const Rational first = dispersion(any);
    const Rational tight = dispersion(eigenvector);
    Rational rate(1);
    for (int t = 0; t < steps; ++t) {
      any = gossip.average(any).x;
      eigenvector = gossip.average(eigenvector).x;
      rate *= lambda * lambda;
      inspection.equal(average(any), mean, where("the mean"));
      inspection.less_equal(dispersion(any), Rational(rate * first), where("disp"));
      inspection.attained(dispersion(eigenvector), Rational(rate * tight), where("an eigenvector"));
    }
  }
  return inspection.finding("5 rings, all vectors by elimination; 5 steps from random vectors and an eigenvector");
}

/// Weights that are not symmetric: rows sum to 1, columns do not.
Finding gossip_mean(const CheckContext& context, const bool& one_sided) {
  Inspection inspection;
  Seeded random = context.random("vectors");
  for (const Ring& ring_of : rings()) {
    Matrix<Rational> W = ring_mixing_matrix(ring_of.n, ring_of.a, ring_of.b);
    if (one_sided) W.row(0) = Vector<Rational>::Unit(ring_of.n, 0).transpose();
    const PeerVectors<Rational> x = random_vectors(ring_of.n, 2, random);
    PeerVectors<Rational> next;
    if (one_sided) {
      const Matrix<Rational> mixed = W * rows_of(x);
      for (Index i = 0; i < ring_of.n; ++i) next.emplace_back(mixed.row(i).transpose());
    } else {
      next = Gossip<Rational>(W).average(x).x;
    }
    inspection.equal(average(next), average(x), [&] { return fmt::format("ring of {}", ring_of.n); });
  }
  return inspection.finding("5 rings, random vectors");
}

}  // namespace

std::vector<Claim> claims() {
  const std::string source = "chapter 6, what Moshpit All-Reduce is compared with";
  return {
      {"moshpit/gossip/rate",
       "gossip contracts by the second largest eigenvalue",
       "disp(W^t theta) <= lambda^{2t} disp(theta), lambda^2 (I - J) - (W - J)^2 >= 0; attained",
       {"W symmetric, rows sum to 1"},
       source + "; folklore",
       {make_check<Rational>(Layer::exact, Level::exact, gossip_rate, Rational(1),
                             {{"0.999 lambda", Rational(999, 1000)}})}},
      {"moshpit/gossip/mean",
       "gossip keeps the mean",
       "(1/n) sum_i theta_i+ = (1/n) sum_i theta_i",
       {"W symmetric, rows sum to 1"},
       source,
       {make_check<bool>(Layer::exact, Level::exact, gossip_mean, false,
                         {{"weights that are not symmetric", true}})}},
  };
}

}  // namespace touchstone::inline v0::registry::moshpit_gossip
