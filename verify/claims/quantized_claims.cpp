#include "touchstone/compressors/natural.hpp"
#include "touchstone/compressors/tern_grad.hpp"
#include "touchstone/methods/unified_sgd/q_sgd_sr.hpp"
#include "touchstone/theory/unified_sgd/q_sgd_sr.hpp"
#include "verify/claims/diana_case.hpp"
#include "verify/claims/finite_sum_cases.hpp"
#include "verify/claims/model_rows.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_samplings.hpp"

namespace touchstone::inline v0::registry::quantized {

namespace {

template <class Q>
using DianaWith = Diana<Rational, Q>;
template <class Q>
using SampledWith = QSgdSr<Rational, Q, AnySampling>;

/// d = 4 is the least dimension above 1 where TernGrad's omega is rational. There the messages 4 `away` attain it, and natural
/// compression's.
template <class Q>
std::vector<RowCase<DianaWith<Q>>> diana_states(Seeded& random) {
  std::vector<RowCase<DianaWith<Q>>> all;
  for (const NamedQuadratic& on :
       with_and_without_regularizer(random_instances(random, {{1, 2, 1}, {2, 2, 1}, {3, 1, 1}})))
    add_diana_states(all, random, on, with_theory(DianaWith<Q>{}, on));
  const NamedQuadratic on = scalar_pair({4, 2, 1});
  const Q compressor{};
  all.push_back(diana_opposite_shifts(on, with_theory(DianaWith<Q>{}, on),
                                      Vector<Rational>(*compressor.template worst_case<Rational>(4))));
  return all;
}

template <class Q>
std::vector<RowCase<DianaWith<Q>>> diana_runs(Seeded& random) {
  std::vector<RowCase<DianaWith<Q>>> all;
  for (const NamedQuadratic& on : random_instances(random, {{1, 2, 1}, {2, 1, 1}, {2, 2, 1}, {3, 1, 1}})) {
    const Index d = on.f.dimension();
    all.push_back(diana_case(on, with_theory(DianaWith<Q>{}, on), random_vector(random, d),
                             random_vectors(random, on.f.workers(), d), "run"));
  }
  return all;
}

template <class Q>
std::vector<Mutant<RowVariation<DianaWith<Q>>>> wrong_diana() {
  using Method = DianaWith<Q>;
  return {shifts_never_learn<Method>(),
          diana_new_shifts<Method>(),
          {"alpha = 2 in the shifts", {.change = [](auto& at) { at.method.alpha = 2; }}},
          {"9/10 of omega in the row",
           {.change =
                [](auto& at) {
                  const auto omega = omega_bound<Rational>(at.method.compressor, at.f.dimension());
                  at.row = diana_constants(at.f.constants().largest_L_i(), Rational(omega * ratio<Rational>(9, 10)),
                                           Rational(at.f.workers()), at.method.alpha);
                }}},
          {"all workers share their choices", {.shared_choices = true}}};
}

/// A component drawn uniformly; and all of them, where the compressor's noise is alone.
template <class Q>
std::vector<Configured<SampledWith<Q>>> samplings_with(const NamedQuadratic& on, Seeded& /*random*/) {
  const Index m = on.f.components(0);
  const auto omega = omega_bound<Rational>(Q{}, on.f.dimension());
  const std::vector<Vector<Rational>> star = component_gradients<Rational>(on.f, on.x_star);
  std::vector<Configured<SampledWith<Q>>> all;
  const SingleElement<Rational> uniform{std::vector<Rational>(static_cast<std::size_t>(m), ratio<Rational>(1, m))};
  for (const AnySampling& sampling : {AnySampling{uniform}, AnySampling{FullBatch<Rational>{}}}) {
    const Rational E = expected_smoothness(sampling, on.f.constants());
    const Matrix<Rational> moments = weight_moments(sampling, m);
    all.push_back({{Q{}, sampling, q_sgd_sr_stepsize(E, omega)},
                   q_sgd_sr_constants(E, omega, sampled_square(moments, star),
                                      sampled_square(moments - Matrix<Rational>::Ones(m, m), star)),
                   fmt::format("{}, omega={}", sampling_name(sampling), omega.str())});
  }
  return all;
}

/// d = 1, f_1 = x^2/2 + x - x/m and m - 1 functions -x/m: the noise is nearly all in f_1.
NamedQuadratic noisy_lone_component(Index m) {
  const NamedQuadratic plain = lone_component(m);
  std::vector<std::vector<QuadraticForm<Rational>>> components(1);
  for (Index j = 0; j < m; ++j)
    components.front().push_back(
        {plain.f.form(0, j).A, Vector<Rational>::Constant(1, ratio<Rational>(j == 0 ? 1 - m : 1, m))});
  return {{std::move(components), plain.f.constants()}, plain.x_star, plain.name + ", noisy"};
}

/// Random states, the corners, and two where the row has little to spare: grad f_1(x) is twice grad f_1(x*); it is 8/3, where
/// natural compression is at its worst.
template <class Q>
std::vector<RowCase<SampledWith<Q>>> sampled_states(Seeded& random) {
  using Method = SampledWith<Q>;
  std::vector<RowCase<Method>> all = model_states<Method>(samplings_with<Q>, {{1, 1, 2}, {2, 1, 2}})(random);
  constexpr Index m = 32;
  const NamedQuadratic on = noisy_lone_component(m);
  const auto v = ratio<Rational>(m - 1, m);
  for (const Configured<Method>& as : samplings_with<Q>(on, random))
    for (const Rational& x : {v, Rational(ratio<Rational>(8, 3) - v)})
      all.push_back(model_case(on, as, Vector<Rational>(Vector<Rational>::Constant(1, x)), "loud component"));
  return all;
}

template <class Q>
std::vector<Mutant<RowVariation<SampledWith<Q>>>> wrong_sampled() {
  using Method = SampledWith<Q>;
  return {scaled_A<Method>("half of A", ratio<Rational>(1, 2)),
          scaled_D1<Method>("half of D1", ratio<Rational>(1, 2)),
          {"the row without omega",
           {.change =
                [](auto& at) {
                  const Rational factor = 1 + omega_bound<Rational>(at.method.compressor, at.f.dimension());
                  at.row.A /= factor;
                  at.row.D1 /= factor;
                }}},
          scaled_estimator<Method>("half of the estimate", [](const auto&) { return ratio<Rational>(1, 2); })};
}

struct Compression {
  std::string name, omega;
};

template <class Q>
Claim diana_claim(const Compression& compression) {
  using Method = DianaWith<Q>;
  return {
      "unified-sgd/quantized/diana-" + compression.name,
      "DIANA has its row, and converges as the main theorem says, with " + compression.name + " compression",
      fmt::format("A = (1 + 2 omega/n)L, B = 2 omega/n, rho = alpha, C = alpha L; E V^k <= max{{1 - gamma mu, 1 - "
                  "alpha/2}}^k V^0 for k <= 3; omega = {}",
                  compression.omega),
      {"every f_i is convex and L-smooth"},
      "Table 2.1, Algorithm 11; the compressor's law depends on what is compressed",
      {assumption_check<Method>(diana_states<Q>, wrong_diana<Q>()),
       tree_check<Method>(diana_runs<Q>,
                          joined(faster<Method>(), {scaled_stepsize<Method>("5 times the stepsize", 5)}), 3)}};
}

template <class Q>
Claim q_sgd_sr_claim(const Compression& compression) {
  using Method = SampledWith<Q>;
  const RowCases<Method> runs = model_runs<Method>(samplings_with<Q>, {{1, 1, 2}, {2, 1, 2}, {3, 1, 1}});
  return {
      "unified-sgd/quantized/q-sgd-sr-" + compression.name,
      "Q-SGD-SR has its row, and converges as the main theorem says, with " + compression.name + " compression",
      fmt::format(
          "A = 2(1 + omega)E, D1 = 2 omega second_moment + 2 variance; E|x^k - x*|^2 <= (1 - gamma mu)^k |x^0 - "
          "x*|^2 + gamma D1/mu for k <= 2; omega = {}",
          compression.omega),
      {"every f_j is convex and smooth", "expected smoothness E"},
      "Table 2.1, Algorithm 13; the compressor's law depends on what is compressed",
      {assumption_check<Method>(sampled_states<Q>, wrong_sampled<Q>()),
       tree_check<Method>(runs, joined(faster<Method>(4), {scaled_stepsize<Method>("10 times the stepsize", 10)}),
                          2)}};
}

}  // namespace

std::vector<Claim> claims() {
  const Compression natural{"natural", "1/8"};
  const Compression ternary{"ternary", "(sqrt(d) - 1)/2"};
  return {diana_claim<Natural>(natural), diana_claim<TernGrad>(ternary), q_sgd_sr_claim<Natural>(natural),
          q_sgd_sr_claim<TernGrad>(ternary)};
}

}  // namespace touchstone::inline v0::registry::quantized
