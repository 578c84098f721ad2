// What a user of the library writes: DIANA on two quadratics, in double and, with the numbers component, exactly.

#include <iostream>

#include <touchstone/compressors/rand_k.hpp>
#include <touchstone/methods/unified_sgd/diana.hpp>
#include <touchstone/problems/quadratic.hpp>
#include <touchstone/randomness/seeded.hpp>
#ifdef CONSUMER_USES_NUMBERS
#include <touchstone/numbers/convert.hpp>
#endif

template <class S>
touchstone::Vector<S> first_step() {
  using namespace touchstone;
  std::vector<QuadraticForm<S>> forms;
  for (const int b : {1, 3}) forms.push_back({Matrix<S>::Identity(2, 2), Vector<S>::Constant(2, S(b))});
  const Quadratic<S> f(forms, {S(1), S(1), {S(1), S(1)}, {{S(1)}, {S(1)}}});
  const Diana<S, RandK> diana{RandK{1}, ratio<S>(1, 4), ratio<S>(1, 2)};
  Seeded random(1);
  return diana.step(f, diana.initial(f, Vector<S>(Vector<S>::Zero(2))), random).x;
}

int main() {
  const touchstone::Vector<double> x = first_step<double>();
#ifdef CONSUMER_USES_NUMBERS
  if (touchstone::convert<double>(first_step<touchstone::Rational>()) != x) return 1;
#endif
  // The workers send d/K = 2 times one coordinate of their gradients -b: -2 and -6. x = -(1/4) times the mean.
  const bool as_expected = x.sum() == 1;
  std::cout << x.transpose() << '\n';
  return as_expected ? 0 : 1;
}
