// The stepsize and the number of iterations for an accuracy, from the theorem of chapter 4.
#include "proofs/scalar/local/parameters.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/theory/local/complexity.hpp"

namespace touchstone::inline v0::proofs::topics::local_accuracy {

namespace {

/// What a twin makes too good.
struct Change {
  Rational accuracy = 1;  ///< multiplies epsilon in the conclusion
  Rational noise = 1;     ///< multiplies c1 and c2 in what the stepsize is asked
};

/// (Phi/gamma)(1 - eta)^{K+1} + what the noise leaves <= epsilon
Statement accuracy(bool contracting, const Change& change) {
  Statement s;
  const Term L = s.variable("L", "smoothness of every f_i");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term epsilon = s.positive("epsilon", "accuracy");
  LocalConstants<Term> c = no_local_constants;
  c.mean.D = s.variable("D_mean", "noise in (A)");
  DiscrepancyBound<Term> bound{{0, 0}, 0};
  LocalNeighbourhood<Term> terms{0, 0};
  if (contracting) {
    const Term mu = s.positive("mu", "strong convexity of every f_i");
    const Term tau = s.variable("tau", "largest gap of the schedule");
    const Term zeta = s.variable("zeta", "bound on the differences between workers");
    c.worker_variance.D = s.variable("D_worker_variance", "noise in (N)");
    bound = discrepancy_bound(c, contracting_communication(c, tau, gamma, mu, zeta), gamma);
    terms = contracting_neighbourhood_terms(c, L, mu, tau, zeta);
  } else {
    bound.D3 = s.variable("D3", "noise in (V)");
    terms = local_neighbourhood_terms(c, L, bound.D3);
  }
  const LocalNeighbourhood<Term> asked{Term(change.noise) * terms.linear, Term(change.noise) * terms.square};
  const LocalStepsize<Term> limits = local_accuracy_stepsize<Term>({}, asked, epsilon);
  const Term initial = s.variable("Phi", "2 T^0 + 4 L gamma (H1 s1_0 + H2 s2_0)");
  const Term power = s.variable("power", "(1 - eta)^{K+1}");
  s.assume("stepsize", less_equal(gamma * limits.inverse[0], 1), "gamma <= epsilon/(3 c1)");
  s.assume("stepsize-square", less_equal(gamma * gamma * limits.inverse_square[0], 1), "gamma^2 <= epsilon/(3 c2)");
  s.assume("steps", less_equal(3 * initial * power, gamma * epsilon), "K >= ln(3 Phi/(gamma epsilon))/eta");
  s.conclude(less_equal(initial * power / gamma + local_neighbourhood(c, bound, L, gamma),
                        Term(change.accuracy) * epsilon));
  s.redundant({"epsilon-positive"});
  s.hint({"stepsize"}, epsilon);
  s.hint({"stepsize-square"}, epsilon);
  s.hint({"steps"}, 1 / gamma);
  return s;
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  for (const bool contracting : {false, true}) {
    Obligation o = local_obligation(
        "theorem/accuracy", contracting ? "-contracting" : "",
        std::string("Theorem of chapter 4: stepsize and iterations for an accuracy") +
            (contracting ? ", contracting mode" : ""),
        "theory/local/complexity.hpp, theory/local/theorem.hpp",
        {"gamma <= epsilon/(3 c1), gamma^2 <= epsilon/(3 c2), 3 Phi (1 - eta)^{K+1} <= gamma epsilon",
         "=>  (Phi/gamma)(1 - eta)^{K+1} + 2 gamma (D' + M1 D1 + M2 D2 + 2 L gamma D3) <= epsilon"});
    state(o, accuracy(contracting, {}));
    add_twin(o, "smaller-accuracy", "0.999 epsilon", accuracy(contracting, {.accuracy = {999, 1000}}));
    add_twin(o, "smaller-noise", "0.999 of c1 and c2", accuracy(contracting, {.noise = {999, 1000}}));
    all.push_back(std::move(o));
  }
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::local_accuracy
