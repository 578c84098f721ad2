// Contracts of a compressor that a few calls decide.
#include <cmath>

#include <fmt/format.h>

#include "verify/oracle/conform/compressor_judge.hpp"
#include "verify/oracle/conform/test_vectors.hpp"

namespace touchstone::inline v0::oracle::conformance {

std::string CompressorJudge::support() {
  if (!subject_.reference) throw not_judged{"no reference is named"};
  if (!takes_seeds()) throw not_judged{"no seeds are taken"};
  constexpr Index calls = 50;
  const std::vector<Setting> settings = small_settings(1'000'000);
  for (const Setting& at : settings) {
    const Vector<double> x = distinct_vector(at.d);
    sample(at, x, calls, [&](const Vector<double>& y) {
      if (reachable(*at.rounded, x, y, at.allowance)) return;
      Json shown = witness(at, x);
      shown["y"] = numbers_json(y);
      throw broken_contract{fmt::format("at d = {} an outcome that the law does not have", at.d), shown};
    });
  }
  return fmt::format("{} dimensions", settings.size());
}

std::string CompressorJudge::zero() {
  for (const Setting& at : small_settings(1'000)) {
    const Vector<double> x = Vector<double>::Zero(at.d);
    const Vector<double> y = one_output(at, x);
    if (y.isZero(0)) continue;
    Json shown = witness(at, x);
    shown["y"] = numbers_json(y);
    throw broken_contract{"C(0) is not 0", shown};
  }
  return "C(0) = 0";
}

std::string CompressorJudge::degenerate() {
  const std::vector<Setting> settings = small_settings(1);
  if (settings.empty()) throw not_judged{"d = 1 may not be tried"};
  const Setting& at = settings.front();
  for (const double value : {1.0, -0.375, 24.0}) {
    const Vector<double> x = Vector<double>::Constant(1, value);
    const Vector<double> y = one_output(at, x);
    const bool good = at.rounded ? reachable(*at.rounded, x, y, at.allowance) : std::isfinite(y[0]);
    if (good) continue;
    Json shown = witness(at, x);
    shown["y"] = numbers_json(y);
    throw broken_contract{"at d = 1 an outcome that the law does not have", shown};
  }
  return "d = 1";
}

std::string CompressorJudge::purity() {
  const Setting at = usual();
  Source source;
  source.seed = next_seed();
  source.probe = true;
  if (!takes_seeds()) throw not_judged{"no seeds are taken"};
  const Vector<double> x = distinct_vector(at.d);
  const Answer& answer = harness_.request("compress", at.about + ",\"x\":" + vector_text(x) + source_text(source));
  Json shown = witness(at, x);
  if (!answer.x_after && !answer.y_after && !answer.generator_after) throw not_judged{"the harness does not probe"};
  if (answer.x_after && (answer.x_after->size() != x.size() || *answer.x_after != x)) {
    shown["x_after"] = numbers_json(*answer.x_after);
    throw broken_contract{"the argument is modified", shown};
  }
  if (answer.y_after && answer.y && *answer.y_after != *answer.y) {
    shown["y_after"] = numbers_json(*answer.y_after);
    throw broken_contract{"the result is aliased to the argument", shown};
  }
  if (answer.generator_before != answer.generator_after)
    throw broken_contract{"the global generator is used", shown};
  return "argument, result and global generator";
}

/// A finite vector, however large or small, gives an outcome of the law. It may be refused where the reference refuses it, and where its
/// numbers are subnormal: said is not silent.
void CompressorJudge::require_edge(const Setting& at, const Vector<double>& x) {
  const double least_normal = least_positive(subject_.dtype) * std::exp2(digits_of(subject_.dtype) - 1);
  const bool reference_refuses = at.rounded && refuses(*at.rounded, x);
  Vector<double> y;
  try {
    y = one_output(at, x);
  } catch (const refused_call&) {
    if (reference_refuses || x.cwiseAbs().maxCoeff() < least_normal) return;
    throw;
  }
  Json shown = witness(at, x);
  shown["y"] = numbers_json(y);
  if (!y.allFinite()) throw broken_contract{"a finite vector gives what is not finite", shown};
  const bool in_range =
      x.cwiseAbs().maxCoeff() >= least_positive(subject_.dtype) * std::exp2(10);  // else nothing can be read
  if (at.rounded && !reference_refuses && in_range && !reachable(*at.rounded, x, y, at.allowance))
    throw broken_contract{"an outcome that the law does not have", shown};
}

std::string CompressorJudge::edges() {
  const double largest = largest_number(subject_.dtype);
  const double least = least_positive(subject_.dtype);
  for (const Setting& at : small_settings(5)) {
    const auto safe = largest / (16 * static_cast<double>(at.d));
    const double highest = std::floor(std::log2(safe));
    const double lowest = std::ceil(std::log2(least)) + 20;
    std::vector<Vector<double>> vectors;
    vectors.emplace_back(Vector<double>::Unit(at.d, at.d - 1) * 3);
    for (const double share : {1.0, 0.4, 0.1}) {
      vectors.emplace_back(distinct_vector(at.d) * std::exp2(std::floor(highest * share)));
      vectors.emplace_back(distinct_vector(at.d) * std::exp2(std::ceil(lowest * share)));
    }
    vectors.emplace_back(Vector<double>::Constant(at.d, least));
    for (const Vector<double>& x : vectors) require_edge(at, x);
    if (!takes_seeds()) continue;
    for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
      const Vector<double> x = Vector<double>::Constant(at.d, bad);
      try {
        const Vector<double> y = one_output(at, x);
        if (!y.allFinite()) continue;
        // A coin that sends nothing, now and then, shows nothing.
        bool hidden = true;
        sample(at, x, 50, [&](const Vector<double>& again) { hidden = hidden && again.allFinite(); });
        if (!hidden) continue;
        Json shown = witness(at, x);
        shown["y"] = numbers_json(y);
        throw broken_contract{fmt::format("{} disappears: the result is finite", bad), shown};
      } catch (const refused_call&) {
        continue;
      }
    }
  }
  return "one nonzero, large, subnormal, NaN, infinity";
}

std::string CompressorJudge::lists() {
  if (!subject_.claims("lists")) throw not_judged{"not claimed"};
  const Setting at = usual();
  const std::vector<Vector<double>> items{Vector<double>(distinct_vector(at.d) * 8), distinct_vector(at.d)};
  Source source;
  source.seed = next_seed();
  const Answer& answer =
      harness_.request("compress", at.about + ",\"items\":" + vectors_text(items) + source_text(source));
  if (!answer.ys) throw not_judged{"the harness compresses no lists"};
  Json shown = witness(at, items.front());
  shown.erase("x");
  shown["items"] = Json::array({numbers_json(items[0]), numbers_json(items[1])});
  if (answer.ys->size() != items.size())
    throw broken_contract{"a list of two gives a list of another length", shown};
  const std::vector<Vector<double>> ys = *answer.ys;
  for (std::size_t i = 0; i < items.size(); ++i) {
    shown["y"] = numbers_json(ys[i]);
    const std::string detail = fmt::format("item {} of a list is not compressed as it is alone", i);
    if (at.rounded) {
      if (!reachable(*at.rounded, items[i], ys[i], at.allowance)) throw broken_contract{detail, shown};
    } else if (ys[i].size() != items[i].size() || nonzeros(ys[i]) != nonzeros(one_output(at, items[i]))) {
      throw broken_contract{detail, shown};
    }
  }
  if (at.rounded && at.d <= 5) require_independent_items(at, law_vectors(at.d).front());
  return "a list of two";
}

std::string CompressorJudge::projection() {
  if (!subject_.claims("projection")) throw not_judged{"not claimed"};
  const Setting at = usual();
  for (const Vector<double>& x : contract_vectors(at.d)) {
    seeds_for_both_ = next_seed();  // a random one projects twice onto the same
    const Vector<double> once = one_output(at, x);
    const Vector<double> twice = one_output(at, once);
    seeds_for_both_.reset();
    if (at.allowance.allows(twice, once, 8 * x.norm())) continue;
    Json shown = witness(at, x);
    shown["once"] = numbers_json(once);
    shown["twice"] = numbers_json(twice);
    throw broken_contract{"C(C(x)) is not C(x)", shown};
  }
  return "C(C(x)) = C(x)";
}

}  // namespace touchstone::inline v0::oracle::conformance
