// The step with a regularizer, x+ = prox(x - gamma g): how its distance to x* becomes the line that one step of the
// main theorem starts from. With
//
//     w = x+ - x*,    u = x - x*,    v = g - grad f(x*),    z = u - gamma v
//
// x - gamma g - x+ is a subgradient of gamma R at x+, and -gamma grad f(x*) one at x*; their difference is z - w.
#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"

namespace touchstone::inline v0::proofs::topics::unified_sgd_proximal_step {

namespace {

/// What a twin makes too good.
struct Change {
  Rational uv = 1;       ///< multiplies <u, v> in the conclusion
  Rational vv = 1;       ///< multiplies |v|^2 in the conclusion
  Rational missing = 0;  ///< of |w|^2, by which the subgradients may fail to be monotone
};

Statement step(const Change& change = {}) {
  Statement s;
  const Term gamma = s.variable("gamma", "stepsize");
  const Term ww = s.variable("ww", "|w|^2, w = x+ - x*");
  const Term uw = s.variable("uw", "<u, w>, u = x - x*");
  const Term vw = s.variable("vw", "<v, w>, v = g - grad f(x*)");
  const Term uu = s.variable("uu", "|u|^2");
  const Term uv = s.variable("uv", "<u, v>");
  const Term vv = s.variable("vv", "|v|^2");
  const Term zw = uw - gamma * vw;
  const Term zz = uu - 2 * gamma * uv + gamma * gamma * vv;
  s.assume("monotone", less_equal(0, zw - (1 - Term(change.missing)) * ww),
           "0 <= <z - w, w>, subgradients of the convex gamma R");
  s.assume("square-z-minus-w", less_equal(0, zz - 2 * zw + ww), "0 <= |z - w|^2");
  s.conclude(less_equal(ww, uu - 2 * gamma * (Term(change.uv) * uv) + gamma * gamma * (Term(change.vv) * vv)));
  s.hint({"monotone"});
  s.hint({"square-z-minus-w"});
  return s;
}

}  // namespace

std::vector<Obligation> obligations() {
  Obligation o{.id = "unified-sgd/theorem/proximal-step",
               .claim = "unified-sgd/theorem/proximal-step",
               .title = "The step with a regularizer moves no further from x* than the step without",
               .source = "derived; the slides have R = 0",
               .generated_from = "nothing: the step is that on the page of theory/unified_sgd/assumption.hpp",
               .formula = {"x+ = prox(x - gamma g), x* = prox(x* - gamma grad f(x*))",
                           "=>  |x+ - x*|^2 <= |x - x*|^2 - 2 gamma <g - grad f(x*), x - x*>",
                           "                   + gamma^2 |g - grad f(x*)|^2,    and so in expectation"}};
  state(o, step());
  add_twin(o, "larger-gain", "1.001 of the inner product", step({.uv = {1001, 1000}}));
  add_twin(o, "smaller-loss", "0.999 of |g - grad f(x*)|^2", step({.vv = {999, 1000}}));
  add_twin(o, "not-monotone", "-|w|^2/1000 <= <z - w, w>", step({.missing = {1, 1000}}));
  return {std::move(o)};
}

}  // namespace touchstone::inline v0::proofs::topics::unified_sgd_proximal_step
