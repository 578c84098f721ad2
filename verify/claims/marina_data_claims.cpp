// The slides' comparison of chapter 5 on real data: who finds points of small gradient sooner and with fewer bits.
#include <algorithm>

#include <fmt/format.h>

#include "verify/claims/data_sets.hpp"
#include "verify/claims/registry.hpp"
#include "verify/experiment/stationary_comparison.hpp"

namespace touchstone::inline v0::registry::marina_data {

namespace {

/// Coordinates that are sent of each message: about a twentieth.
Index kept_of(const std::string& data) {
  if (data == "mushrooms") return 5;
  if (data == "phishing") return 4;
  if (data == "a9a") return 6;
  if (data == "w8a") return 15;
  return 1;
}

struct Settings {
  AnyCompressor compressor;
  Rational stepsize = 1;
};

Finding compared(const CheckContext& context, const std::string& data, const Settings& of) {
  const std::vector<std::string> names = data_set_names();
  const auto at = std::find(names.begin(), names.end(), data) - names.begin();
  StationarySettings settings;
  settings.compressor = of.compressor;
  settings.stepsize = of.stepsize;
  settings.iterations = 4000;
  settings.seed = context.seed;
  const StationaryComparison comparison = compare_stationary(
      settings, solved_data()[static_cast<std::size_t>(at)].data, [](const std::string& /*method*/) {});
  Inspection inspection;
  for (const Statement& statement : comparison.statements)
    inspection.holds(statement.holds, [&] { return statement.text + ": " + statement.numbers; });
  const Statement& iterations = comparison.statements[1];
  const Statement& bits = comparison.statements[2];
  return inspection.finding(fmt::format("iterations: {}; bits: {}", iterations.numbers, bits.numbers));
}

}  // namespace

std::vector<Claim> claims() {
  std::vector<Claim> all;
  for (const std::string& data : data_set_names()) {
    const Index K = kept_of(data);
    const auto check = [data](const CheckContext& context, const Settings& of) {
      return compared(context, data, of);
    };
    all.push_back(
        {"marina/comparison/" + data,
         "the slides' comparison on " + data + ": MARINA before DIANA before QGD",
         "by the theorems MARINA needs the fewest iterations for epsilon^2, then DIANA, then QGD; measured, MARINA "
         "needs fewer "
         "iterations and bits than DIANA and QGD; every run stays below its theorem's bound",
         {fmt::format(
              "squared sigmoid loss, at most 300 rows, 20 workers, rand-k:{}, the theorems' stepsizes, 4000 "
              "iterations in double",
              K),
          "the mean of |grad f(x^k)|^2 over k < K against epsilon^2 = |grad f(0)|^2/100"},
         "slides of chapter 5",
         {make_check<Settings>(Layer::run, Level::measured, check, {{RandK{K}}},
                               {{"a stepsize 400 times the theorems'", {{RandK{K}}, 400}},
                                {"no compression: all are gradient descent", {{Identity{}}}}})}});
  }
  return all;
}

}  // namespace touchstone::inline v0::registry::marina_data
