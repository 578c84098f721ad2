// What quasi-strong convexity says of gradients, and so of the constants: |grad f(x) - grad f(x*)|^2 >= 2 mu D(x),
// mu <= L, and mu <= A in every row that holds wherever f goes, so that gamma <= 1/(A + CM) implies gamma <= 1/mu.
#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"

namespace touchstone::inline v0::proofs::topics::unified_sgd_strong_convexity {

namespace {

/// What a twin makes too good.
struct Change {
  Rational mu = 1;      ///< multiplies mu in the conclusion
  Rational square = 1;  ///< multiplies mu in the square
};

/// q = grad f(x) - grad f(x*) and u = x - x*
Statement gradient(const Change& change = {}) {
  Statement s;
  const Term mu = s.nonnegative("mu", "quasi-strong convexity of f");
  const Term D = s.variable("D", "D(x), the Bregman distance to x*");
  const Term uu = s.variable("uu", "|u|^2, u = x - x*");
  const Term uq = s.variable("uq", "<u, q>, q = grad f(x) - grad f(x*)");
  const Term qq = s.variable("qq", "|q|^2");
  s.assume("quasi-strong-convexity", less_equal(D + mu / 2 * uu, uq), "f is mu-quasi-strongly convex");
  const Term scale = Term(change.square) * mu;
  s.assume("square", less_equal(0, qq - 2 * scale * uq + scale * scale * uu), "0 <= |q - mu u|^2");
  s.conclude(less_equal(2 * (Term(change.mu) * mu) * D, qq));
  s.hint({"quasi-strong-convexity"}, mu);
  s.hint({"square"});
  return s;
}

struct Gradient {
  Term mu, D, qq;
};

Gradient large_gradient(Statement& s) {
  Gradient g{s.variable("mu", "quasi-strong convexity of f"), s.positive("D", "D(x), the Bregman distance to x*"),
             s.variable("qq", "|grad f(x) - grad f(x*)|^2")};
  s.assume("gradient", less_equal(2 * g.mu * g.D, g.qq), "unified-sgd/theorem/strong-convexity-gradient");
  return g;
}

Statement smoothness(const Change& change = {}) {
  Statement s;
  const Gradient g = large_gradient(s);
  const Term L = s.variable("L", "smoothness of f");
  s.assume("smoothness", less_equal(g.qq, 2 * L * g.D), "f is L-smooth, and convex or without a regularizer");
  s.conclude(less_equal(Term(change.mu) * g.mu, L));
  s.hint({"gradient"}, 1 / g.D);
  s.hint({"smoothness"}, 1 / g.D);
  return s;
}

/// Where D(x) grows and sigma_squared does not, the last term vanishes: mu <= A.
Statement row(const Change& change = {}) {
  Statement s;
  const Gradient g = large_gradient(s);
  const Term A = s.variable("A", "before 2 D(x) in (K2)");
  const Term rest = s.variable("rest", "B sigma^2 + D1 in (K2)");
  const Term moment = s.variable("second_moment", "E |g - grad f(x*)|^2");
  s.assume("variance", less_equal(g.qq, moment), "(K1): a variance is not negative");
  s.assume("K2", less_equal(moment, 2 * A * g.D + rest), "(K2)");
  s.redundant({"D-positive"});
  s.conclude(less_equal(Term(change.mu) * g.mu, A + rest / (2 * g.D)));
  for (const char* hypothesis : {"gradient", "variance", "K2"}) s.hint({hypothesis}, 1 / g.D);
  return s;
}

Obligation obligation(const std::string& name, const std::string& title, std::vector<std::string> formula,
                      Statement (*make)(const Change&)) {
  Obligation o{.id = "unified-sgd/theorem/strong-convexity-" + name,
               .claim = "unified-sgd/theorem/strong-convexity",
               .title = "Quasi-strong convexity: " + title,
               .source = "derived",
               .generated_from = "nothing: the definition is on the page of theory/unified_sgd/assumption.hpp",
               .formula = std::move(formula)};
  state(o, make({}));
  add_twin(o, "larger-mu", "1.001 mu in place of mu", make({.mu = {1001, 1000}}));
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  const std::string large = "|grad f(x) - grad f(x*)|^2 >= 2 mu D(x)";
  Obligation of_gradient =
      obligation("gradient", "gradients are large",
                 {"<grad f(x) - grad f(x*), x - x*> >= D(x) + mu/2 |x - x*|^2", "=>  " + large}, gradient);
  add_twin(of_gradient, "another-square", "0 <= |q - mu u/2|^2 in place of |q - mu u|^2",
           gradient({.square = {1, 2}}));
  return {std::move(of_gradient),
          obligation("smoothness", "mu <= L",
                     {large, "|grad f(x) - grad f(x*)|^2 <= 2L D(x), D(x) > 0", "=>  mu <= L"}, smoothness),
          obligation("row", "mu <= A",
                     {large, "(K1), (K2), D(x) > 0", "=>  mu <= A + (B sigma^2 + D1)/(2 D(x)),    D(x) unbounded"},
                     row)};
}

}  // namespace touchstone::inline v0::proofs::topics::unified_sgd_strong_convexity
