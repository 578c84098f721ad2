// The theorems of chapter 5 on rational problems that are neither convex nor quadratic: all outcomes of the first steps.
#include "touchstone/compressors/bernoulli.hpp"
#include "verify/claims/descent_mutants.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::marina_beyond_quadratics {

namespace {

using P = SaturatingSum<Rational>;

template <class Method>
using Cases = DescentCases<Method, P>;

Vector<Rational> line_start() {
  return Vector<Rational>::Constant(1, 1);
}
Vector<Rational> plane_start() {
  Vector<Rational> x(2);
  x << 1, Rational(-1, 2);
  return x;
}

const Rational half(1, 2);

/// A method on the saturating pair.
template <class Method>
Cases<Method> in_the_plane(const Method& method) {
  return [=](Seeded& /*random*/) {
    return std::vector<DescentCase<Method, P>>{
        descent_case(saturating_pair(), method, plane_start(), Promise::average, DescentStepsize::theorem)};
  };
}

/// A method on the bent parabola, with and without the PL condition. At its solution, 0, samples disagree.
template <class Method>
Cases<Method> on_the_line(const Method& method, const Vector<Rational>& start = line_start()) {
  return [=](Seeded& /*random*/) {
    std::vector<DescentCase<Method, P>> all;
    for (const DescentStepsize stepsize : {DescentStepsize::theorem, DescentStepsize::sharp})
      for (const Promise promise : {Promise::average, Promise::last})
        all.push_back(descent_case(sampled_bent_parabola(1), method, start, promise, stepsize));
    return all;
  };
}

/// Half-dropout: 0 or twice the vector. omega = 1, where RandK would send everything.
constexpr Bernoulli dropout{{1, 2}};

Claim claim_of(const std::string& subject, const std::string& title, const std::string& source,
               const Check& check) {
  return {"marina/" + subject + "/beyond-quadratics",
          title + " on functions that are neither convex nor quadratic",
          "the one-step inequality in expectation, the bounds of the theorem, E (g^k - grad f(x^k)) = 0; "
          "stationarity and PL",
          {"saturating sums in the plane; x^2 + 8 h(x) with h(t) = t^2/(1 + t^2), PL with mu = 5/4; all outcomes "
           "of two steps"},
          source,
          {check}};
}

template <class Method, class OnTheLine>
Claim claim_on_both(const std::string& subject, const std::string& title, const std::string& source,
                    const Method& method, const OnTheLine& on_line,
                    const std::function<DescentMutants(const Cases<Method>&)>& wrong_steps) {
  const Cases<Method> plane = in_the_plane(method);
  const Cases<OnTheLine> line = on_the_line(on_line);
  DescentMutants mutants = wrong_steps(plane);
  mutants.push_back(from_zero<Method, P>(plane));
  mutants.push_back(from_zero<OnTheLine, P>(line));
  mutants.push_back(too_large<OnTheLine, P>(line));
  const auto both = [=](Seeded& random) {
    std::vector<DescentInstance> all = as_stated<Method, P>(plane)(random);
    for (DescentInstance& one : as_stated<OnTheLine, P>(line)(random)) all.push_back(std::move(one));
    return all;
  };
  return claim_of(subject, title, source, descent_tree_check(both, std::move(mutants), 2));
}

Claim marina_claim() {
  return claim_on_both<PlainMarina, Marina<Rational, Bernoulli>>(
      "marina", "MARINA", "slides \"New Method: MARINA\"; Algorithm 33", {{1}, 0, half}, {dropout, 0, half},
      [](const Cases<PlainMarina>& of) {
        return DescentMutants{
            wrong_step<NewGradientCompressed>("the new gradient compressed, not the difference", of),
            wrong_step<OldGradientsOfTheNewPoint>("the old gradients are those of the new point", of)};
      });
}

Claim vr_claim() {
  using Method = VrMarina<Rational, RandK>;
  const Method method{{1}, 0, half, {1}};
  return claim_on_both<Method, VrMarina<Rational, Bernoulli>>(
      "vr-marina", "VR-MARINA", "Algorithm 34; arXiv:2102.07845", method, {dropout, 0, half, {1}},
      [method](const Cases<Method>& /*in_the_plane*/) {
        return DescentMutants{wrong_step<BatchesApart<FullGradient>>(
            "the two gradients do not share the minibatch",
            on_the_line(method, Vector<Rational>(Vector<Rational>::Zero(1))))};
      });
}

Claim pp_claim() {
  using Method = PpMarina<Rational, RandK>;
  return claim_on_both<Method, PpMarina<Rational, Bernoulli>>(
      "pp-marina", "PP-MARINA", "Algorithm 36; arXiv:2102.07845", {{1}, 0, half, {1}}, {dropout, 0, half, {3}},
      [](const Cases<Method>& of) {
        return DescentMutants{
            wrong_step<DividedByWorkers<WithReplacement>>("messages divided by n instead of r", of)};
      });
}

/// Only where the variance of samples is bounded: on the line.
Claim online_claim() {
  using Method = VrMarinaOnline<Rational, Bernoulli>;
  const auto with_batch = [](Index b, Index claimed) {
    return [=](Seeded& /*random*/) {
      std::vector<DescentInstance> all;
      for (const Promise promise : {Promise::average, Promise::last}) {
        const auto method = [](Index size) { return Method{dropout, 0, half, {1}, {{size}}}; };
        auto at = descent_case(sampled_bent_parabola(), method(b), line_start(), promise, DescentStepsize::theorem);
        at.theorem =
            descent_case(sampled_bent_parabola(), method(claimed), line_start(), promise, DescentStepsize::theorem)
                .theorem;
        at.state.x =
            Vector<Rational>::Constant(1, Rational(4, 7));  // close to 1/sqrt(3), where the variance is largest
        all.push_back(from_drawn_start(at, descent_instance(at)));
      }
      return all;
    };
  };
  return claim_of("vr-marina-online", "online VR-MARINA", "Algorithm 35; constants derived",
                  descent_tree_check(with_batch(2, 2), {{"b = 1 where 2 is claimed", with_batch(1, 2)}}, 2));
}

Claim diana_claim() {
  using Method = Diana<Rational, RandK>;
  const Cases<Method> of = in_the_plane<Method>({{1}, 0, half});
  return claim_of("diana", "DIANA", "slides \"DIANA\"; constants derived",
                  descent_tree_check(as_stated<Method, P>(of), {too_large<Method, P>(of, 60)}, 2));
}

}  // namespace

std::vector<Claim> claims() {
  return {marina_claim(), vr_claim(), online_claim(), pp_claim(), diana_claim()};
}

}  // namespace touchstone::inline v0::registry::marina_beyond_quadratics
