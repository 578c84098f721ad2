#include "verify/claims/huber_instances.hpp"

#include <fmt/format.h>

namespace touchstone::inline v0 {

namespace {

using Terms = std::vector<std::vector<std::vector<HuberTerm<Rational>>>>;

/// One to two terms on every component, none of them constant.
Terms random_terms(Seeded& random, const QuadraticShape& shape) {
  Terms terms(static_cast<std::size_t>(shape.n));
  for (auto& own : terms)
    for (Index j = 0; j < shape.m; ++j) {
      own.emplace_back();
      const Index count = 1 + random.choose(2);
      for (Index t = 0; t < count; ++t) {
        const Rational weight = ratio<Rational>(random.choose(4) + 1, 2);
        Vector<Rational> a = random_vector(random, shape.d, 2);
        a[0] = random.choose(2) + 1;
        own.back().push_back({weight, std::move(a), random_rational(random, 2)});
      }
    }
  return terms;
}

NamedHuberSum nearly_flat(const QuadraticShape& shape) {
  const auto mu = ratio<Rational>(1, 100);
  const QuadraticForm<Rational> form{Matrix<Rational>::Constant(1, 1, mu), Vector<Rational>::Zero(1)};
  std::vector<std::vector<QuadraticForm<Rational>>> forms;
  ProblemConstants<Rational> constants{mu, mu, {}, {}};
  Terms terms;
  Index count = 0;
  for (Index i = 0; i < shape.n; ++i) {
    forms.emplace_back(static_cast<std::size_t>(shape.m), form);
    constants.L_i.push_back(mu);
    constants.L_ij.emplace_back(static_cast<std::size_t>(shape.m), mu);
    terms.emplace_back();
    for (Index j = 0; j < shape.m; ++j)
      terms.back().push_back({{Rational(1), Vector<Rational>::Ones(1), ratio<Rational>(count++ % 3, 4)}});
  }
  const Vector<Rational> x_star = Vector<Rational>::Constant(1, ratio<Rational>(1, 4));
  const HuberSum<Rational> f({std::move(forms), std::move(constants)}, std::move(terms));
  return {f.with_minimizer(x_star), x_star, fmt::format("d=1 n={} m={} nearly flat", shape.n, shape.m)};
}

}  // namespace

std::vector<NamedHuberSum> huber_instances(Seeded& random, const std::vector<QuadraticShape>& shapes) {
  std::vector<NamedHuberSum> all;
  for (const QuadraticShape& shape : shapes) {
    for (const bool at_kink : {false, true}) {
      Quadratic<Rational> quadratic = random_quadratic(random, shape);
      const HuberSum<Rational> f(std::move(quadratic), random_terms(random, shape));
      Vector<Rational> x_star = random_vector(random, shape.d);
      if (at_kink) x_star = kink_beside(f, x_star);
      all.push_back({f.with_minimizer(x_star), x_star,
                     fmt::format("d={} n={} m={}{}", shape.d, shape.n, shape.m, at_kink ? " x* at a kink" : "")});
    }
    all.push_back(nearly_flat(shape));
  }
  return all;
}

Vector<Rational> kink_beside(const HuberSum<Rational>& f, const Vector<Rational>& x) {
  const HuberTerm<Rational>& term = f.terms(0, 0).front();
  const Rational missing = term.c + 1 - term.a.dot(x);
  return x + term.a * Rational(missing / term.a.squaredNorm());
}

}  // namespace touchstone::inline v0
