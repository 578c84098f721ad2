#include "verify/oracle/vectors/method_cases.hpp"

namespace touchstone::inline v0::oracle::vectors {

namespace {

MethodParameters stepsize(const Rational& gamma) {
  return {.gamma = gamma};
}

std::vector<Vector<Rational>> component_star_gradients(const std::string& problem) {
  const Quadratic<Rational>& f = problem_named(problem);
  std::vector<Vector<Rational>> gradients;
  for (Index j = 0; j < f.components(0); ++j) gradients.push_back(f.component_gradient(0, j, solution_of(problem)));
  return gradients;
}

std::vector<Vector<Rational>> worker_star_gradients(const std::string& problem) {
  const Quadratic<Rational>& f = problem_named(problem);
  std::vector<Vector<Rational>> gradients;
  for (Index i = 0; i < f.workers(); ++i) gradients.push_back(f.gradient(i, solution_of(problem)));
  return gradients;
}

const Rational gamma_of_cases(1, 12);

/// A method of chapter 2 on one node.
MethodCase single(const std::string& name, const std::string& problem, bool minimal) {
  MethodCase one{{name, stepsize(gamma_of_cases)}, problem, "unified-sgd/" + name + "/golden", minimal};
  MethodParameters& parameters = one.spec.parameters;
  if (name == "sgd-mb") parameters.tau = 2;
  if (name == "sgd-sr" || name == "sgd-star" || name == "q-sgd-sr") parameters.tau = 1;
  if (name == "sgd-star") parameters.star_gradients = component_star_gradients(problem);
  if (name == "l-svrg") parameters.p = Rational(1, 2);
  if (name == "diana-single" || name == "q-sgd-sr") parameters.compressor = "rand-k:1";
  if (name == "diana-single") parameters.alpha = Rational(1, 2);
  return one;
}

/// A method on several workers.
MethodCase distributed(const std::string& name, const std::string& problem, const std::string& claim,
                       bool minimal) {
  MethodCase one{{name, stepsize(gamma_of_cases)}, problem, claim, minimal};
  MethodParameters& parameters = one.spec.parameters;
  const bool compensated = name.starts_with("ec-");
  const bool quantized = name == "qsgd" || name == "dqgd" || name == "d-qsgd" || name == "d-qlsvrg" ||
                         name == "parallel-sgd" || name == "marina";
  const bool learned = name.find("diana") != std::string::npos;
  const bool loopless = name.find("lsvrg") != std::string::npos;
  if (compensated) parameters.compressor = "top-k:1";
  if (quantized || (learned && !compensated)) parameters.compressor = "rand-k:1";
  if (learned && compensated) parameters.shift_compressor = "rand-k:1";
  if (learned) parameters.alpha = name.starts_with("vr-") ? Rational(1, 6) : Rational(1, 3);
  if (loopless || name == "marina") parameters.p = Rational(1, 2);
  if (name.starts_with("d-")) parameters.tau = 2;
  if (name.ends_with("-star")) parameters.star_gradients = worker_star_gradients(problem);
  return one;
}

MethodCase varied(MethodCase one, const std::string& variant,
                  const std::function<void(MethodParameters&)>& change) {
  one.variant = variant;
  one.minimal = false;
  change(one.spec.parameters);
  return one;
}

void add_regularized(std::vector<MethodCase>& cases, const MethodCase& plain) {
  cases.push_back(varied(plain, "squared-norm", [](MethodParameters& parameters) {
    parameters.regularizer = {RegularizerKind::squared_norm, Rational(1)};
  }));
  cases.push_back(varied(plain, "l1", [](MethodParameters& parameters) {
    parameters.regularizer = {RegularizerKind::l1, Rational(2)};
  }));
  cases.push_back(varied(plain, "box", [](MethodParameters& parameters) {
    parameters.regularizer.kind = RegularizerKind::box;
    parameters.regularizer.lower = Vector<Rational>::Constant(2, Rational(-1, 4));
    parameters.regularizer.upper = Vector<Rational>::Constant(2, Rational(3, 2));
  }));
}

void add_chapter_2(std::vector<MethodCase>& cases) {
  const auto sampled = [](MethodParameters& parameters) { parameters.gradient = GradientKind::sampled; };
  for (const char* name : {"gd", "sgd", "sgd-mb", "sgd-sr", "sgd-star", "saga", "sega", "svrg", "l-svrg"}) {
    cases.push_back(single(name, "golden-sum", true));
    cases.push_back(single(name, "scalar", false));
    if (cases.back().name() == "gd" || cases.back().name() == "saga" || cases.back().name() == "l-svrg")
      add_regularized(cases, single(name, "golden-sum", false));
  }
  const std::string diana = "unified-sgd/diana/golden";
  cases.push_back(distributed("diana", "golden-workers", diana, true));
  cases.push_back(distributed("diana", "rotated", diana, false));
  cases.push_back(varied(distributed("diana", "two-by-two", diana, false), "sampled", sampled));
  cases.push_back(varied(distributed("diana", "golden-workers", diana, false), "bernoulli",
                         [](MethodParameters& parameters) { parameters.compressor = "bernoulli:1/3"; }));
  add_regularized(cases, distributed("diana", "golden-workers", diana, false));
  for (const char* name : {"diana-single", "q-sgd-sr"}) {
    cases.push_back(single(name, "golden-sum", true));
    cases.push_back(single(name, "scalar", false));
  }
  for (const char* name : {"vr-diana-saga", "vr-diana-loopless"}) {
    cases.push_back(distributed(name, "two-by-two", "unified-sgd/vr-diana/golden", true));
    cases.push_back(distributed(name, "scalar", "unified-sgd/vr-diana/golden", false));
  }
}

void add_chapter_3(std::vector<MethodCase>& cases) {
  const auto sampled = [](MethodParameters& parameters) { parameters.gradient = GradientKind::sampled; };
  const std::string chapter = "error-feedback/";
  cases.push_back(distributed("parallel-sgd", "golden-workers", chapter + "parallel-top1-gd/rand-k", true));
  cases.push_back(distributed("qsgd", "golden-workers", chapter + "qsgd/moments", true));
  cases.push_back(varied(distributed("qsgd", "two-by-two", chapter + "qsgd/moments", false), "sampled", sampled));
  cases.push_back(distributed("dqgd", "golden-workers", chapter + "dqgd/closed-form", true));
  cases.back().spec.parameters.shift_compressor = "bernoulli:1/2";
  for (const char* name : {"ec-gd", "ec-gd-star", "ec-gd-diana"}) {
    const std::string claim = chapter + name + "/golden";
    cases.push_back(distributed(name, "golden-workers", claim, true));
    cases.push_back(distributed(name, "rotated", claim, false));
    cases.push_back(varied(distributed(name, "golden-workers", claim, false), "rand-k",
                           [](MethodParameters& parameters) { parameters.compressor = "rand-k-unscaled:1"; }));
  }
  for (const char* name : {"ec-sgd", "ec-sgd-diana", "ec-lsvrg", "ec-lsvrg-star", "ec-lsvrg-diana", "d-sgd",
                           "d-qsgd", "d-sgd-diana", "d-lsvrg", "d-qlsvrg", "d-lsvrg-diana"}) {
    const std::string claim = chapter + name + "/closed-form";
    cases.push_back(distributed(name, "golden-workers", claim, true));
    if (std::string(name) == "ec-sgd" || std::string(name) == "d-sgd")
      cases.push_back(distributed(name, "two-by-two", claim, false));
    if (std::string(name).ends_with("sgd-diana") || std::string(name) == "d-qsgd")
      cases.push_back(varied(distributed(name, "two-by-two", claim, false), "sampled", sampled));
  }
}

}  // namespace

template <Field S>
AnyMethod<S> method_of_case(const MethodCase& one) {
  return make_method<S>(one.spec, make_problem<S>(ProblemSpec(problem_named(one.problem))));
}

template AnyMethod<double> method_of_case<double>(const MethodCase&);
template AnyMethod<Rational> method_of_case<Rational>(const MethodCase&);

std::string MethodCase::id() const {
  return name() + "/" + problem + (variant.empty() ? "" : "/" + variant);
}

const std::vector<MethodCase>& method_cases() {
  static const std::vector<MethodCase> cases = [] {
    std::vector<MethodCase> all;
    add_chapter_2(all);
    add_chapter_3(all);
    all.push_back(distributed("marina", "golden-workers", "marina/marina/estimator", true));
    all.push_back(distributed("marina", "scalar", "marina/marina/estimator", false));
    return all;
  }();
  return cases;
}

}  // namespace touchstone::inline v0::oracle::vectors
