// What a message can hold: how many coordinates, which indices, how many bits.
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

}  // namespace

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

}  // namespace touchstone::inline v0::oracle::conformance
