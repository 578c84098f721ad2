#include "verify/oracle/vectors/method_cases.hpp"

namespace touchstone::inline v0::oracle::vectors {

namespace {

Vector<Rational> start_of(Index d) {
  Vector<Rational> x(3);
  x << 1, 2, -1;
  return x.head(d);
}

/// 1/2, -3/3, 5/4, -7/5, ...: no two agree.
NamedState<Rational> filled(const AnyMethod<Rational>& method, const NamedState<Rational>& like) {
  NamedState<Rational> given;
  Index count = 0;
  for (std::size_t part = 0; part < like.size(); ++part) {
    if (method.shapes()[part].derived) continue;
    given.push_back(like[part]);
    for (Vector<Rational>& vector : given.back().vectors)
      for (Rational& value : vector) {
        value = Rational(2 * count + 1, count + 2) * (count % 2 == 0 ? 1 : -1);
        ++count;
      }
  }
  return method.complete(given);
}

}  // namespace

std::vector<MethodState> states_of(const MethodCase& one) {
  const AnyMethod<Rational> method = method_of_case<Rational>(one);
  const Quadratic<Rational>& f = problem_named(one.problem);
  const NamedState<Rational> initial = method.initial(start_of(f.dimension()));
  return {{"initial", "the usual start", "InitialState", initial},
          {"solution", "x = x* and the usual memory there", "AtSolution", method.initial(solution_of(one.problem))},
          {"memory", "every number of the state set and different", "MemoryNonzero", filled(method, initial)}};
}

}  // namespace touchstone::inline v0::oracle::vectors
