// Unbiasedness, omega and delta: exact from the enumerated law, or by tests that may stop at any time.
#include <cmath>
#include <numeric>
#include <random>

#include <fmt/format.h>

#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/conform/compressor_judge.hpp"
#include "verify/oracle/conform/test_vectors.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

/// Calls at one vector, as a share of the budget.
constexpr Index moment_share = 60;

/// E|y - x|^2 / |x|^2, exactly but for the last rounding.
double relative_error(const OutcomeLaw& law, const Vector<double>& x) {
  const Vector<Rational> exact = convert<Rational>(x);
  Rational sum;
  for (const LawOutcome& outcome : law) {
    for (Index i = 0; i < x.size(); ++i) {
      if (!std::isfinite(outcome.y[i])) return std::numeric_limits<double>::infinity();
      const Rational error = Rational(outcome.y[i]) - exact[i];
      sum += outcome.probability * error * error;
    }
  }
  return static_cast<double>(Rational(sum / exact.squaredNorm()));
}

/// All where they are few; else the first, the last and some others, so that a test costs less than the call.
Indices coordinates_looked_at(Index d, std::uint64_t seed) {
  constexpr Index most = 16;
  Indices all(static_cast<std::size_t>(std::min(d, most)));
  std::iota(all.begin(), all.end(), Index{0});
  if (d <= most) return all;
  std::mt19937_64 source(seed);
  for (std::size_t t = 1; t + 1 < all.size(); ++t)
    all[t] = static_cast<Index>(source() % static_cast<std::uint64_t>(d));
  all.back() = d - 1;
  return all;
}

/// Another vector near x: a coordinate replaced.
Vector<double> neighbour(const Vector<double>& x, std::mt19937_64& source) {
  Vector<double> y = x;
  double& coordinate = y[static_cast<Index>(source() % static_cast<std::uint64_t>(x.size()))];
  switch (source() % 5) {
    case 0:
      coordinate *= 2;
      break;
    case 1:
      coordinate /= 2;
      break;
    case 2:
      coordinate += 0.25;
      break;
    case 3:
      coordinate -= 0.25;
      break;
    default:
      coordinate = 0;
      break;
  }
  return y.isZero(0) ? x : y;
}

}  // namespace

std::optional<Rational> CompressorJudge::declared(const char* name, const Setting& at) {
  const Declared all = declared_by(harness_, at.about, fmt::format(",\"d\":{}", at.d));
  const std::optional<Json>& value = std::string_view(name) == "omega"   ? all.omega
                                     : std::string_view(name) == "delta" ? all.delta
                                                                         : all.bits;
  if (!value) return std::nullopt;
  return number_of(subject_.name + "." + name, *value);
}

std::optional<double> CompressorJudge::variance_bound(const Setting& at) {
  if (at.exact && at.exact->omega_stated()) return static_cast<double>(*at.exact->omega(at.d));
  if (const std::optional<Rational> omega = declared("omega", at)) return static_cast<double>(*omega);
  return std::nullopt;
}

std::string CompressorJudge::unbiased() {
  const Setting at = usual();
  if (!(at.exact ? at.exact->omega_stated() : subject_.claims("unbiased"))) throw not_judged{"not claimed"};
  const std::vector<Vector<double>> vectors = contract_vectors(at.d);
  if (enumerable(at)) {
    for (const Vector<double>& x : vectors) {
      const OutcomeLaw& law = injected_law(at, x);
      for (Index i = 0; i < at.d; ++i) {
        Rational mean;
        double size = std::abs(x[i]);
        for (const LawOutcome& outcome : law) {
          if (!std::isfinite(outcome.y[i])) throw broken_contract{"an outcome that is not finite", witness(at, x)};
          mean += outcome.probability * Rational(outcome.y[i]);
          size += static_cast<double>(outcome.probability) * std::abs(outcome.y[i]);
        }
        const auto bias = static_cast<double>(Rational(mean - Rational(x[i])));
        if (std::abs(bias) <= 4 * at.allowance.unit() * size) continue;
        Json shown = witness(at, x);
        shown["coordinate"] = i;
        shown["mean"] = static_cast<double>(mean);
        throw broken_contract{
            fmt::format("E C(x) = {:.6g} in coordinate {}, where x is {:.6g}", static_cast<double>(mean), i, x[i]),
            shown};
      }
    }
    return fmt::format("exact at {} vectors", vectors.size());
  }
  const std::optional<double> omega = variance_bound(at);
  if (!omega) throw not_judged{"without omega no number of samples could tell"};
  for (const Vector<double>& x : vectors) {
    const double second_moment = std::max(*omega, 1e-6) * x.squaredNorm();
    const Indices looked_at = coordinates_looked_at(at.d, options_.seed);
    std::vector<CentredMeanTest> tests;
    for (std::size_t t = 0; t < looked_at.size(); ++t)
      tests.emplace_back(second_moment, 4 * at.allowance.unit() * x.norm());
    const double threshold = ledger_.threshold() + std::log(static_cast<double>(looked_at.size()));
    sample(at, x, options_.budget.calls / moment_share, [&](const Vector<double>& y) {
      for (std::size_t t = 0; t < looked_at.size(); ++t) tests[t].add(y[looked_at[t]] - x[looked_at[t]]);
    });
    for (std::size_t t = 0; t < looked_at.size(); ++t) {
      if (tests[t].evidence() < threshold) continue;
      const Index i = looked_at[t];
      Json shown = witness(at, x);
      shown["coordinate"] = i;
      throw broken_contract{
          fmt::format("E C(x) is not x in coordinate {}, or omega = {:.4g} is too small", i, *omega), shown};
    }
  }
  return fmt::format("{} vectors", vectors.size());
}

/// E|C(x) - x|^2 <= bound |x|^2 at all vectors that are tried.
std::string CompressorJudge::bounded_error(const Setting& at, double bound, const char* what) {
  std::vector<Vector<double>> vectors = contract_vectors(at.d);
  if (at.rounded) try {
      if (const std::optional<Vector<double>> worst = at.rounded->worst_case(at.d)) vectors.push_back(*worst);
    } catch (const precondition_error&) {
    }
  const double allowed = bound + 8 * at.allowance.unit() * (1 + bound);
  const auto broken = [&](const Vector<double>& x, const std::string& detail) {
    Json shown = witness(at, x);
    shown[what] = bound;
    return broken_contract{detail, shown};
  };
  if (enumerable(at)) {
    constexpr int steps = 40;
    std::mt19937_64 source(options_.seed);
    Vector<double> worst = vectors.front();
    double largest = -1;
    const auto look = [&](const Vector<double>& x) {
      const double ratio = relative_error(injected_law(at, x), x);
      if (ratio > allowed)
        throw broken(x, fmt::format("E|C(x) - x|^2 / |x|^2 = {:.6g}, allowed {:.6g}", ratio, bound));
      if (ratio <= largest) return;
      largest = ratio;
      worst = x;
    };
    for (const Vector<double>& x : vectors) look(x);
    for (int step = 0; step < steps; ++step) look(neighbour(worst, source));
    return fmt::format("largest found {:.4g} of {:.4g}", largest, bound);
  }
  double largest = 0;
  for (const Vector<double>& x : vectors) {
    const double square = x.squaredNorm();
    const double threshold = ledger_.threshold();
    BoundedMeanTest test(std::max(allowed, 1e-12));
    double sum = 0;
    const Index calls = options_.budget.calls / moment_share;
    sample(at, x, calls, [&](const Vector<double>& y) {
      const double error = (y - x).squaredNorm() / square;
      if (!std::isfinite(error)) throw broken(x, "an outcome that is not finite");
      sum += error;
      test.add(error);
    });
    const double mean = sum / static_cast<double>(calls);
    if (test.evidence() >= threshold)
      throw broken(x, fmt::format("E|C(x) - x|^2 / |x|^2 is about {:.4g}, allowed {:.4g}", mean, bound));
    largest = std::max(largest, mean);
  }
  return fmt::format("largest found {:.4g} of {:.4g}", largest, bound);
}

std::string CompressorJudge::omega() {
  const Setting at = usual();
  const std::optional<Rational> omega = declared("omega", at);
  if (!omega) throw not_judged{"not declared"};
  if (*omega < 0) throw broken_contract{fmt::format("omega = {} is negative", exact_text(*omega)), Json::object()};
  return bounded_error(at, static_cast<double>(*omega), "omega");
}

std::string CompressorJudge::delta() {
  const Setting at = usual();
  const std::optional<Rational> delta = declared("delta", at);
  if (!delta) throw not_judged{"not declared"};
  if (*delta <= 0 || *delta > 1)
    throw broken_contract{fmt::format("delta = {} is not in (0, 1]", exact_text(*delta)), Json::object()};
  return bounded_error(at, 1 - static_cast<double>(*delta), "delta");
}

std::string CompressorJudge::constants() {
  if (!subject_.reference) throw not_judged{"no reference is named"};
  Index judged = 0;
  bool smaller = false;
  for (const Setting& at : small_settings(1'000'000)) {
    const Declared all = declared_by(harness_, at.about, fmt::format(",\"d\":{}", at.d));
    // A decimal is judged as it stands; what a program has computed may be rounded.
    const auto slack = [](const Json& value) {
      return value.is_number_float() ? Rational(1, 1'000'000'000) : Rational(0);
    };
    const auto refuse = [&](const char* name, const Json& found, const Rational& expected, const char* relation) {
      Json shown = witness(at, Vector<double>::Ones(at.d));
      shown.erase("x");
      shown["d"] = at.d;
      shown[name] = found;
      shown["expected"] = to_json(expected);
      throw broken_contract{
          fmt::format("{} = {} for d = {}, {} {}", name, found.dump(), at.d, relation, exact_text(expected)),
          shown};
    };
    if (all.omega && at.exact->omega_stated()) {
      const Rational value = number_of(subject_.name + ".omega", *all.omega);
      const Rational expected = *at.exact->omega(at.d);
      ++judged;
      if (value < expected - expected * slack(*all.omega)) {
        const std::optional<Vector<Rational>> worst = at.exact->worst_case(at.d);
        if (worst || at.exact->flags().attained_everywhere) refuse("omega", *all.omega, expected, "needed are");
        smaller = true;  // the reference's bound may not be the least
      }
    }
    if (all.delta && at.exact->delta_stated()) {
      const Rational value = number_of(subject_.name + ".delta", *all.delta);
      const Rational expected = *at.exact->delta(at.d);
      ++judged;
      if (value > expected + expected * slack(*all.delta)) {
        if (at.exact->worst_case(at.d)) refuse("delta", *all.delta, expected, "it is at most");
        smaller = true;
      }
    }
  }
  if (judged == 0) throw not_judged{"nothing is declared"};
  if (smaller) accept("sharper than the reference's bound, which need not be the least");
  return fmt::format("{} constants", judged);
}

}  // namespace touchstone::inline v0::oracle::conformance
