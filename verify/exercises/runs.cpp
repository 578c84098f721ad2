#include "verify/exercises/runs.hpp"

#include "verify/oracle/catalog/methods.hpp"

namespace touchstone::inline v0::exercising {

Vector<Rational> minimizer_of(const Quadratic<Rational>& f) {
  return f.minimizer();
}

oracle::AnyMethod<Rational> method_on(const oracle::MethodSpec& spec, const Quadratic<Rational>& f) {
  return oracle::make_method<Rational>(spec, oracle::AnyProblem<Rational>(f));
}

oracle::NamedState<Rational> certain_step(const oracle::AnyMethod<Rational>& method,
                                          const oracle::NamedState<Rational>& state) {
  oracle::ExactLaw<oracle::NamedState<Rational>> law = oracle::exact_law(method, state);
  if (law.size() != 1) throw std::logic_error("a step that draws has no certain outcome");
  return std::move(law.front().second);
}

Vector<Rational> model_after(const oracle::MethodSpec& spec, const Quadratic<Rational>& f,
                             const Vector<Rational>& x, int steps) {
  const oracle::AnyMethod<Rational> method = method_on(spec, f);
  oracle::NamedState<Rational> state = method.initial(x);
  for (int k = 0; k < steps; ++k) state = certain_step(method, state);
  return oracle::find_part(state, "x")->vectors.front();
}

}  // namespace touchstone::inline v0::exercising
