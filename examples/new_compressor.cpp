// A compressor of one's own, and what its author claims about it: exact answers, before any experiment.
//
//     g++ -std=c++20 -Ireference -isystem /usr/include/eigen3 examples/new_compressor.cpp -lgmp -o new_compressor

#include <iostream>

#include <touchstone/numbers/polynomial.hpp>
#include <touchstone/randomness/exhaustive.hpp>

using namespace touchstone;

// Every coordinate is kept with probability 1/3, on its own, and then tripled.
template <class S>
Vector<S> compress(const Vector<S>& x, auto& random) {
  Vector<S> q = Vector<S>::Zero(x.size());
  for (Index i = 0; i < x.size(); ++i)
    if (random.bernoulli(ratio<S>(1, 3))) q[i] = S(3) * x[i];
  return q;
}

// E Q(x) and E|Q(x) - x|^2: the sum over all outcomes, each with its exact probability.
template <class S>
Vector<S> mean(const Vector<S>& x) {
  return expectation<S>([&](auto& random) { return compress(x, random); });
}
template <class S>
S variance(const Vector<S>& x) {
  return expectation<S>([&](auto& random) { return S(Vector<S>(compress(x, random) - x).squaredNorm()); });
}

int main() {
  const Vector<Polynomial> x = variables("x", 3);  // what holds for variables holds for every x in R^3
  std::cout << "E Q(x) = x for all x: " << (mean(x) == x ? "yes" : "no") << "\n";
  std::cout << "E|Q(x) - x|^2 = " << variance(x) << "\n";

  const Vector<Rational> e = Vector<Rational>::Unit(3, 0);
  std::cout << "claim omega = 1/2: at x = e_1 the variance is " << variance(e) << ", allowed is "
            << Rational(1, 2) * e.squaredNorm() << "\n";
}
