// Contracts of a compressor that a few calls decide.
#include <cmath>
#include <random>
#include <set>

#include <fmt/format.h>

#include "verify/oracle/conform/compressor_judge.hpp"
#include "verify/oracle/conform/test_vectors.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

/// K of the compressors that keep exactly K coordinates.
std::optional<Index> coordinates_kept(const std::string& reference) {
  for (const char* name : {"rand-k:", "rand-k-unscaled:", "top-k:"})
    if (reference.starts_with(name)) return std::stoll(reference.substr(reference.find(':') + 1));
  return std::nullopt;
}

Index nonzeros(const Vector<double>& y) {
  return (y.array() != 0).count();
}

/// log2 of n choose k
double log_binomial(double n, double k) {
  return (std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1)) / std::log(2.0);
}

/// c with y_i = c x_i for every y_i that is not zero, up to roundings; none where there is none.
std::optional<double> common_factor(const Vector<double>& x, const Vector<double>& y, double unit) {
  double factor = 0;
  for (Index i = 0; i < x.size(); ++i) {
    if (y[i] == 0) continue;
    if (factor == 0) factor = y[i] / x[i];
    if (std::abs(y[i] - factor * x[i]) > 4 * unit * std::abs(y[i])) return std::nullopt;
  }
  if (factor == 0) return std::nullopt;
  return factor;
}

std::string key_of(const Vector<double>& y) {
  return {reinterpret_cast<const char*>(y.data()), static_cast<std::size_t>(y.size()) * sizeof(double)};  // NOLINT
}

}  // namespace

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

std::string CompressorJudge::sparsity() {
  Index judged = 0;
  for (const Setting& at : small_settings(1'000'000)) {
    const std::optional<Index> K = coordinates_kept(at.reference);
    if (!K) throw not_judged{"keeps no fixed number of coordinates"};
    const Vector<double> x = distinct_vector(at.d);
    const Vector<double> y = one_output(at, x);
    if (nonzeros(y) != *K) {
      Json shown = witness(at, x);
      shown["y"] = numbers_json(y);
      throw broken_contract{fmt::format("at d = {} it keeps {} coordinates, K = {}", at.d, nonzeros(y), *K), shown};
    }
    ++judged;
  }
  return fmt::format("{} dimensions", judged);
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

std::string CompressorJudge::index_width() {
  Index largest = 0;
  for (const Index d : subject_.dimensions) largest = std::max(largest, d);
  constexpr Index bytes = 256;
  if (largest <= bytes) throw not_judged{"no dimension above 256 may be tried"};
  if (!takes_seeds()) throw not_judged{"no seeds are taken"};
  const Setting at = setting(subject_.usual(), largest);
  const Vector<double> x = distinct_vector(largest);
  constexpr Index calls = 2000;
  bool seen = false;
  const std::optional<Index> K = coordinates_kept(at.reference);
  const bool uniform = K && at.reference.starts_with("rand-k");
  constexpr Index blocks = 4;
  std::vector<double> shares;
  for (Index b = 0; b < blocks; ++b)
    shares.push_back(static_cast<double>((b + 1) * largest / blocks - b * largest / blocks) /
                     static_cast<double>(largest));
  LawTest places(shares);
  const double threshold = ledger_.threshold();
  std::mt19937_64 ranks(next_seed());
  sample(at, x, std::min(std::max(calls, options_.budget.calls / 20), left() / 4), [&](const Vector<double>& y) {
    if (uniform) {
      // One of the coordinates that are kept, at random: uniform on all.
      auto skip = static_cast<Index>(ranks() % static_cast<std::uint64_t>(*K));
      for (Index i = 0; i < y.size(); ++i) {
        if (y[i] == 0 || skip-- > 0) continue;
        Index block = 0;
        while (i >= (block + 1) * largest / blocks) ++block;
        places.add(static_cast<std::size_t>(block));
        break;
      }
      if (places.evidence() >= threshold)
        throw broken_contract{fmt::format("at d = {} the coordinates are not kept equally often", largest),
                              witness(at, x)};
    }
    for (Index i = 0; i < y.size(); ++i) {
      seen = seen || (i >= bytes && y[i] != 0);
      // What an index that wraps leaves behind: another coordinate's value.
      if (y[i] == 0 || std::signbit(y[i]) == std::signbit(x[i])) continue;
      Json shown = witness(at, x);
      shown["coordinate"] = i;
      shown["y"] = y[i];
      throw broken_contract{fmt::format("coordinate {} has the value of another", i), shown};
    }
  });
  // A random choice may miss them: that they are never sent is said where it would happen with a probability below exp(-30).
  constexpr double certain = 30;
  const double expected =
      uniform ? places.total() * static_cast<double>(*K * (largest - bytes)) / static_cast<double>(largest) : 0;
  const bool tells = expected >= certain || (at.exact && at.exact->flags().deterministic);
  if (!seen && !tells) throw not_judged{"too few calls to say that no large index is sent", Verdict::undecided};
  if (!seen) {
    Json shown = witness(at, x);
    shown["d"] = largest;
    throw broken_contract{fmt::format("no coordinate above {} is ever sent", bytes - 1), shown};
  }
  return fmt::format("d = {}", largest);
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

std::string CompressorJudge::counting() {
  Index judged = 0;
  for (const Setting& at : small_settings(1'000)) {
    const std::optional<Rational> bits = declared("bits", at);
    if (!bits) continue;
    require_bits(at, *bits);
    ++judged;
  }
  if (judged == 0) throw not_judged{"not declared"};
  return fmt::format("{} dimensions", judged);
}

void CompressorJudge::require_bits(const Setting& at, const Rational& bits) {
  const auto claimed = static_cast<double>(bits);
  constexpr Index most = 3000;
  const int digits = digits_of(subject_.dtype);
  const auto scalar = static_cast<double>(scalar_bits(subject_.dtype));
  const auto broken = [&](const Vector<double>& x, const std::string& detail) {
    Json shown = witness(at, x);
    shown["bits"] = claimed;
    return broken_contract{detail, shown};
  };
  // As many different messages as 2^bits would not tell apart.
  if (claimed < 11) {
    std::set<std::string> outcomes;
    for (Index i = 0; i < most && left() > 0; ++i) {
      const Vector<double> x = random_vector(at.d, digits, next_seed());
      outcomes.insert(key_of(one_output(at, x)));
      if (static_cast<double>(outcomes.size()) > std::exp2(claimed))
        throw broken(x, fmt::format("{} outcomes are seen, {} bits tell {} apart", outcomes.size(), claimed,
                                    std::exp2(claimed)));
    }
  }
  // Coordinates that arrive as they are, times a constant, cost a scalar each; which they are costs its own bits.
  const Vector<double> x = random_vector(at.d, digits, next_seed());
  const Vector<double> y = one_output(at, x);
  const Index kept = nonzeros(y);
  const std::optional<double> factor = common_factor(x, y, at.allowance.unit());
  bool moves = false;
  for (int again = 0; again < 20; ++again) {
    const Vector<double> other = random_vector(at.d, digits, next_seed());
    const Vector<double> sent = one_output(at, other);
    const std::optional<double> found = common_factor(other, sent, at.allowance.unit());
    if (!factor || !found || std::abs(*found - *factor) > 4 * at.allowance.unit() * std::abs(*factor)) return;
    moves = moves || (kept < at.d && ((sent.array() != 0) != (y.array() != 0)).any());
    if (nonzeros(sent) != kept) return;
  }
  const bool free_choice = subject_.shared || !moves;
  const double needed = static_cast<double>(kept) * scalar +
                        (free_choice ? 0 : log_binomial(static_cast<double>(at.d), static_cast<double>(kept)));
  if (claimed < needed - 1e-9)
    throw broken(x, fmt::format("{} bits are claimed for {} scalars of {}{}: at least {:.4g}", claimed, kept,
                                scalar, free_choice ? "" : " and their places", needed));
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

std::string CompressorJudge::equivariance() {
  const Setting at = usual();
  const Flags flags = at.exact ? at.exact->flags() : Flags{};
  const bool odd = flags.odd || subject_.claims("odd");
  const bool homogeneous = flags.homogeneous || subject_.claims("homogeneous");
  const bool doubles = homogeneous || flags.two_homogeneous || subject_.claims("two-homogeneous");
  const bool permutes = subject_.claims("permutation-equivariant");
  if (!odd && !doubles && !permutes) throw not_judged{"not claimed"};
  const Vector<double> x = distinct_vector(at.d);
  const auto times = [](double factor) {
    return [factor](const Vector<double>& y) { return Vector<double>(factor * y); };
  };
  if (odd) require_image(at, x, times(-1), "odd");
  if (doubles) require_image(at, x, times(0.125), "homogeneous");
  if (doubles) require_image(at, x, times(64), "homogeneous");
  if (homogeneous) require_image(at, x, times(3), "homogeneous");
  if (permutes) {
    const auto rotated = [](const Vector<double>& y) {
      Vector<double> image(y.size());
      for (Index i = 0; i < y.size(); ++i) image[i] = y[(i + 1) % y.size()];
      return image;
    };
    require_image(
        at, x, [](const Vector<double>& y) { return Vector<double>(y.reverse()); },
        "equivariant under permutations");
    require_image(at, x, rotated, "equivariant under permutations");
  }
  return "in law";
}

/// The law at the image of x is the image of the law at x.
void CompressorJudge::require_image(const Setting& at, const Vector<double>& x, const Image& map,
                                    const char* what) {
  if (!enumerable(at)) return require_sampled_image(at, x, map, what);
  const Vector<double> image = map(x);
  const OutcomeLaw& found = injected_law(at, image);
  for (const LawOutcome& outcome : injected_law(at, x)) {
    const Vector<double> expected = map(outcome.y);
    const std::optional<std::size_t> which = outcome_of(found, expected, at.allowance, image.norm());
    const double p = which ? static_cast<double>(found[*which].probability) : 0;
    if (std::abs(p - static_cast<double>(outcome.probability)) <= 2 * at.allowance.probability()) continue;
    Json shown = witness(at, image);
    shown["expected"] = numbers_json(expected);
    throw broken_contract{fmt::format("the law is not {}", what), shown};
  }
}

void CompressorJudge::require_sampled_image(const Setting& at, const Vector<double>& x, const Image& map,
                                            const char* what) {
  if (!takes_seeds()) throw not_judged{"no seeds are taken"};
  constexpr Index calls = 1000;
  const Vector<double> image = map(x);
  const double unit = 4096 / image.norm();
  // Rounded, off the places where exact values fall, so that the last bits do not matter.
  const auto rounded = [unit](const Vector<double>& y) {
    const Vector<double> whole = (y.array() * unit + 0.37).floor();
    return key_of(whole);
  };
  std::vector<std::string> images;
  sample(at, x, std::min(calls, left() / 4), [&](const Vector<double>& y) { images.push_back(rounded(map(y))); });
  SwapTest test;
  const double threshold = ledger_.threshold();
  std::size_t next = 0;
  sample(at, image, static_cast<Index>(images.size()), [&](const Vector<double>& y) {
    test.add(images[next++], rounded(y));
    if (test.evidence() < threshold) return;
    Json shown = witness(at, image);
    shown["y"] = numbers_json(y);
    throw broken_contract{fmt::format("the law is not {}", what), shown};
  });
}

}  // namespace touchstone::inline v0::oracle::conformance
