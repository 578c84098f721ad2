#include <fmt/format.h>

#include "touchstone/theory/unified_sgd/gd.hpp"
#include "verify/claims/data_study.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::data {

namespace {

struct Options {
  Index workers = 1;
  AnyCompressor compressor{Identity{}};
  std::optional<Index> batch{};
  Rational share = 1;
};

DataCase data_case(const std::string& method, Index steps, const Options& options = {}) {
  DataCase at;
  at.settings.method = method;
  at.settings.workers = options.workers;
  at.settings.compressor = options.compressor;
  at.settings.batch = options.batch;
  at.settings.iterations = steps;
  at.share = options.share;
  return at;
}

/// The gradient of lambda |x|^2/2 is left out of the step.
template <class Entry>
Mutant<DataVariation<Entry>> without_regularizer() {
  return {"lambda x forgotten", {.alter = [](const auto& step, auto& after) {
            after.x += step.setting.gamma * SolvedData::lambda * step.x;
          }}};
}

template <class Entry>
Mutant<DataVariation<Entry>> faster(Index times) {
  return {fmt::format("a bound that shrinks {} times as fast", times),
          {.factors = {.rate = integer<Rational>(times)}}};
}

template <class Entry>
Mutant<DataVariation<Entry>> longer(Index times) {
  return {fmt::format("{} times the stepsize", times), {.factors = {.stepsize = integer<Rational>(times)}}};
}

/// GD, every iterate enclosed by intervals.
struct GdVariation {
  Rational mu_factor = 1;
  Rational stepsize_factor = 1;
  bool without_regularizer = false;
};

Finding gd_finding(const CheckContext& /*context*/, const GdVariation& variation) {
  using I = Interval<50>;
  constexpr Index workers = 3;
  constexpr Index steps = 60;
  const Rational lambda(SolvedData::lambda);
  Inspection inspection;
  std::string names;
  for (const SolvedData& on : solved_data()) {
    const LogisticRegression<I> f(on.data, workers, convert<I>(lambda));
    const Rational L(LogisticRegression<double>(on.data, workers, SolvedData::lambda).constants().L);
    const Rational gamma = unified_stepsize({gd_constants(L)}, lambda);
    const Gd<I> method{convert<I>(Rational(gamma * variation.stepsize_factor))};
    const I decay = convert<I>(Rational(gamma * lambda));
    const I factor = convert<I>(Rational(1 - gamma * lambda * variation.mu_factor));
    Seeded none(0);
    auto state = method.initial(f, Vector<I>(Vector<I>::Zero(f.dimension())));
    I bound = detail::squared_norm(on.enclosure);
    for (Index k = 1; k <= steps && !inspection.failed(); ++k) {
      const Vector<I> before = state.x;
      state = method.step(f, std::move(state), none);
      if (variation.without_regularizer) state.x += decay * before;
      bound *= factor;
      inspection.less_equal(detail::squared_norm(Vector<I>(state.x - on.enclosure)), bound,
                            [&] { return fmt::format("{}, k = {}", on.name, k); });
    }
    names += (names.empty() ? "" : ", ") + on.name;
    if (inspection.failed()) break;
  }
  return inspection.finding(
      fmt::format("{}: {} steps of GD and the solution, enclosed by intervals with 50 digits", names, steps));
}

Check gd_data_check() {
  return make_check<GdVariation>(Layer::certified, Level::certified, gd_finding, {},
                                 {{"rate 1 - 3 gamma mu", {.mu_factor = 3}},
                                  {"stepsize 3/L", {.stepsize_factor = 3}},
                                  {"lambda x forgotten", {.without_regularizer = true}}});
}

Claim data_claim(const std::string& method, const std::string& name, const std::string& statement,
                 const std::string& source, std::vector<Check> checks) {
  return {"unified-sgd/" + method + "/data",
          name + " keeps its theorem's promise on real data",
          statement,
          {"logistic regression, lambda = 1/8, on heart_scale and on what TOUCHSTONE_DATA has; x^0 = 0",
           "upper bounds of L, of the variances and of V^0, proven"},
          source,
          std::move(checks)};
}

template <class Entry>
using Mutants = std::vector<Mutant<DataVariation<Entry>>>;

constexpr const char* lyapunov = "E V^k <= q^k V^0,  V^k = |x^k - x*|^2 + M gamma^2 sigma_k^2";
constexpr const char* neighbourhood = "E |x^k - x*|^2 <= q^k |x^0 - x*|^2 + noise/gap";

std::vector<Claim> sgd_data_claims() {
  const Rational tenth = ratio<Rational>(1, 10);
  const Mutant<DataVariation<SgdStarEntry>> unshifted{"grad f_j(x*) taken for 0", {.change = [](auto& method) {
                                                        for (auto& gradient : method.star_gradients)
                                                          gradient.setZero();
                                                      }}};
  return {
      data_claim(
          "sgd", "SGD", neighbourhood, "the main theorem with SGD's row",
          {data_check<SgdEntry>(data_case("sgd", 4000, {.share = tenth}),
                                {faster<SgdEntry>(100), longer<SgdEntry>(100), without_regularizer<SgdEntry>()})}),
      data_claim("sgd-sr", "SGD-SR with tau = 3", neighbourhood, "the main theorem with SGD-SR's row",
                 {data_check<SgdSrEntry>(
                     data_case("sgd-sr", 2000, {.batch = 3, .share = tenth}),
                     {faster<SgdSrEntry>(40), longer<SgdSrEntry>(100), without_regularizer<SgdSrEntry>()})}),
      data_claim("sgd-mb", "SGD-MB with tau = 2", neighbourhood, "the main theorem with SGD-MB's row",
                 {data_check<SgdMbEntry>(
                     data_case("sgd-mb", 1000, {.batch = 2, .share = tenth}),
                     {faster<SgdMbEntry>(40), longer<SgdMbEntry>(100), without_regularizer<SgdMbEntry>()})}),
      data_claim("sgd-star", "SGD-star with tau = 3", neighbourhood, "the main theorem with SGD-star's row",
                 {data_check<SgdStarEntry>(data_case("sgd-star", 400, {.batch = 3}),
                                           {faster<SgdStarEntry>(3), longer<SgdStarEntry>(8), unshifted,
                                            without_regularizer<SgdStarEntry>()})}),
  };
}

std::vector<Claim> variance_reduced_data_claims() {
  const Mutant<DataVariation<SagaEntry>> stale_mean{
      "the table's mean is not updated",
      {.alter = [](const auto& step, auto& after) { after.table_mean = step.initial.table_mean; }}};
  const Mutant<DataVariation<LSvrgEntry>> stale_gradient{
      "the gradient at the reference point is not updated",
      {.alter = [](const auto& step, auto& after) { after.reference_gradient = step.initial.reference_gradient; }}};
  const Mutant<DataVariation<LSvrgEntry>> no_refresh{"the coin never falls",
                                                     {.change = [](auto& method) { method.p = 0; }}};
  return {
      data_claim("saga", "SAGA", lyapunov, "the main theorem with SAGA's row",
                 {data_check<SagaEntry>(data_case("saga", 4000), {faster<SagaEntry>(4), longer<SagaEntry>(20),
                                                                  stale_mean, without_regularizer<SagaEntry>()})}),
      data_claim("sega", "SEGA", lyapunov, "the main theorem with SEGA's row",
                 {data_check<SegaEntry>(data_case("sega", 900),
                                        {faster<SegaEntry>(8), without_regularizer<SegaEntry>()})}),
      data_claim("svrg", "SVRG in one outer loop",
                 "E |x^k - x*|^2 <= (1 - gamma mu)^k |x^0 - x*|^2 + 2 gamma sigma_0^2/mu",
                 "the main theorem with sigma_0^2 counted as noise",
                 {data_check<SvrgEntry>(
                     data_case("svrg", 4000, {.share = ratio<Rational>(1, 10)}),
                     {faster<SvrgEntry>(100), longer<SvrgEntry>(100), without_regularizer<SvrgEntry>()})}),
      data_claim("l-svrg", "L-SVRG with p = 1/m", lyapunov, "the main theorem with L-SVRG's row",
                 {data_check<LSvrgEntry>(data_case("l-svrg", 4000),
                                         {faster<LSvrgEntry>(20), longer<LSvrgEntry>(20), stale_gradient,
                                          no_refresh, without_regularizer<LSvrgEntry>()})}),
  };
}

std::vector<Claim> compressed_data_claims() {
  using Full = DianaEntry<FullGradient>;
  using SagaVariant = VrDianaEntry<VrDianaVariant::saga>;
  using Loopless = VrDianaEntry<VrDianaVariant::loopless>;
  const auto shifts_not_written = [](const auto& step, auto& after) { after.h = step.initial.h; };
  const auto stale_means = [](const auto& step, auto& after) { after.table_mean = step.initial.table_mean; };
  const Options ten_workers{.workers = 10, .compressor = {RandK{3}}};
  return {
      data_claim("diana", "DIANA with rand-k:3 on 10 workers", lyapunov, "the main theorem with DIANA's row",
                 {data_check<Full>(data_case("diana", 200, ten_workers),
                                   {faster<Full>(8),
                                    longer<Full>(20),
                                    {"the shifts are not written", {.alter = shifts_not_written}},
                                    without_regularizer<Full>()})}),
      data_claim("diana-single", "DIANA with one node and dithering:2", lyapunov,
                 "the main theorem with the row of DIANA with one node",
                 {data_check<DianaSingleEntry>(
                     data_case("diana-single", 400, {.compressor = {Dithering{NormIndex::two, 2}}}),
                     {faster<DianaSingleEntry>(8), longer<DianaSingleEntry>(20),
                      without_regularizer<DianaSingleEntry>()})}),
      data_claim(
          "q-sgd-sr", "Q-SGD-SR with tau = 3 and natural compression", neighbourhood,
          "the main theorem with Q-SGD-SR's row",
          {data_check<QSgdSrEntry>(
              data_case("q-sgd-sr", 1200, {.compressor = {Natural{}}, .batch = 3, .share = ratio<Rational>(1, 10)}),
              {faster<QSgdSrEntry>(40), longer<QSgdSrEntry>(100), without_regularizer<QSgdSrEntry>()})}),
      data_claim("vr-diana", "VR-DIANA with rand-k:3 on 10 workers, both variants,", lyapunov,
                 "the main theorem with VR-DIANA's row",
                 {data_check<SagaVariant>(data_case("vr-diana-saga", 1000, ten_workers),
                                          {faster<SagaVariant>(12),
                                           longer<SagaVariant>(60),
                                           {"the tables' means are not updated", {.alter = stale_means}},
                                           without_regularizer<SagaVariant>()}),
                  data_check<Loopless>(data_case("vr-diana-loopless", 1000, ten_workers),
                                       {faster<Loopless>(12),
                                        {"the tables' means are not updated", {.alter = stale_means}},
                                        without_regularizer<Loopless>()})}),
  };
}

}  // namespace

std::vector<Claim> claims() {
  std::vector<Claim> all{data_claim("gd", "GD", "|x^k - x*|^2 <= (1 - gamma mu)^k |x^0 - x*|^2,  gamma = 1/L",
                                    "the main theorem with M = 0", {gd_data_check()})};
  for (const auto& part : {sgd_data_claims, variance_reduced_data_claims, compressed_data_claims})
    for (Claim& claim : part()) all.push_back(std::move(claim));
  return all;
}

}  // namespace touchstone::inline v0::registry::data
