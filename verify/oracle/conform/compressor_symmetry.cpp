// Equivariance in law: under signs, scales and permutations.
#include <cmath>

#include <fmt/format.h>

#include "verify/oracle/conform/compressor_judge.hpp"
#include "verify/oracle/conform/test_vectors.hpp"

namespace touchstone::inline v0::oracle::conformance {

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
