#include "verify/oracle/conform/method_cases.hpp"

#include <set>

namespace touchstone::inline v0::oracle::conformance {

namespace {

/// Small numbers in a fixed order, halves among them.
class Numbers {
 public:
  explicit Numbers(Index start) : at_(start) {}
  Rational next() {
    static const std::vector<Rational> values = {
        Rational(1), Rational(-2),   Rational(3, 2), Rational(2),     Rational(-1, 2), Rational(5, 2), Rational(-3),
        Rational(3), Rational(1, 2), Rational(-1),   Rational(-5, 2), Rational(4),     Rational(-3, 2)};
    return values[static_cast<std::size_t>(at_++) % values.size()];
  }
  Vector<Rational> vector(Index d) {
    Vector<Rational> v(d);
    for (Index i = 0; i < d; ++i) v[i] = next();
    return v;
  }

 private:
  Index at_;
};

Quadratic<Rational> small_problem(Index n, Index m, Index d) {
  std::vector<std::vector<QuadraticForm<Rational>>> components(static_cast<std::size_t>(n));
  Numbers numbers(0);
  ProblemConstants<Rational> constants;
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < m; ++j) {
      Matrix<Rational> A = Matrix<Rational>::Zero(d, d);
      for (Index r = 0; r < d; ++r) {
        A(r, r) = Rational(2 + (i + 2 * j + r) % 4);
        if (r > 0) A(r, r - 1) = A(r - 1, r) = Rational(1 + (i + j) % 2, 2);
      }
      components[static_cast<std::size_t>(i)].push_back({A, numbers.vector(d)});
    }
  return {std::move(components), std::move(constants)};
}

bool on_one_worker(const std::string& name) {
  static const std::set<std::string> methods = {"sgd",  "sgd-mb", "sgd-sr", "sgd-star",
                                                "saga", "svrg",   "l-svrg", "q-sgd-sr"};
  return methods.contains(name);
}

/// Methods for which the gradient of a worker may be either.
bool either_gradient(const std::string& name) {
  static const std::set<std::string> methods = {"diana",  "parallel-sgd", "qsgd",
                                                "d-qsgd", "d-sgd-diana",  "ec-sgd-diana"};
  return methods.contains(name);
}

MethodSpec spec_of(const std::string& name, const Quadratic<Rational>& f, const ParameterValues& values) {
  MethodParameters usual;
  usual.gamma = Rational(1, 8);
  usual.alpha = Rational(1, 4);
  usual.p = Rational(1, 4);
  usual.tau = name.starts_with("d-") ? 2 : 1;
  usual.compressor = name.starts_with("ec-") ? "top-k:1" : "rand-k:1";
  usual.shift_compressor = "rand-k:1";
  if (name == "ec-sgd-diana") usual.gradient = GradientKind::sampled;
  const bool components = name == "sgd-star";
  if (name.ends_with("-star")) {
    const Vector<Rational> x_star = f.minimizer();
    for (Index i = 0; i < (components ? f.components(0) : f.workers()); ++i)
      usual.star_gradients.push_back(components ? f.component_gradient(0, i, x_star) : f.gradient(i, x_star));
  }
  Json parameters = to_json(usual);
  for (const auto& [parameter, value] : values) parameters[parameter] = value;
  return method_of("", {{"method", name}, {"parameters", parameters}});
}

}  // namespace

std::vector<MethodCase> method_cases(const std::string& name, const ParameterValues& values) {
  std::vector<MethodCase> cases;
  const Index n = on_one_worker(name) ? 1 : 2;
  for (const Quadratic<Rational>& problem :
       {small_problem(n, n == 1 ? 3 : 2, 2), small_problem(n == 1 ? 1 : 3, n == 1 ? 2 : 1, 3)}) {
    cases.push_back({problem, spec_of(name, problem, values)});
    if (!either_gradient(name) || values.contains("gradient")) continue;
    cases.push_back(cases.back());
    GradientKind& gradient = cases.back().spec.parameters.gradient;
    gradient = gradient == GradientKind::full ? GradientKind::sampled : GradientKind::full;
  }
  return cases;
}

MethodCase smallest_case(const std::string& name, const ParameterValues& values) {
  const Quadratic<Rational> problem = small_problem(1, 1, 1);
  return {problem, spec_of(name, problem, values)};
}

std::vector<NamedState<Rational>> method_states(const MethodCase& instance, MethodStates which) {
  const AnyMethod<Rational> method =
      make_method<Rational>(instance.spec, make_problem<Rational>(ProblemSpec(instance.problem)));
  const Index d = instance.problem.dimension();
  std::vector<NamedState<Rational>> states;
  for (const Index start : {2, 7}) {
    Numbers numbers(start);
    NamedState<Rational> state = method.initial(numbers.vector(d));
    if (which == MethodStates::apart) {
      NamedState<Rational> free;
      for (std::size_t part = 0; part < state.size(); ++part) {
        if (method.shapes()[part].derived) continue;
        free.push_back(state[part]);
        for (Vector<Rational>& vector : free.back().vectors) vector = numbers.vector(d);
      }
      state = method.complete(free);
    }
    states.push_back(std::move(state));
  }
  return states;
}

}  // namespace touchstone::inline v0::oracle::conformance
