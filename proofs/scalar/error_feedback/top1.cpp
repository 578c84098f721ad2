#include "proofs/scalar/error_feedback/top1.hpp"

namespace touchstone::inline v0::proofs {

Vector<Term> declare_transversal(Statement& s) {
  Vector<Term> u(3);
  u << s.variable("u1", "first coordinate of u"), s.variable("u2", "second coordinate of u"), Term(0);
  u[2] = -u[0] - u[1];
  return u;
}

Obligation top1_obligation(const std::string& name, const std::string& claim, const std::string& title,
                           std::vector<std::string> formula, const Statement& statement) {
  Obligation o{.id = "error-feedback/parallel-top1-gd/" + name,
               .claim = "error-feedback/parallel-top1-gd/" + claim,
               .title = title,
               .source = "derived; the instance of slides 43-45",
               .generated_from = "problems/top1_counterexample.hpp",
               .formula = std::move(formula)};
  state(o, statement);
  return o;
}

}  // namespace touchstone::inline v0::proofs
