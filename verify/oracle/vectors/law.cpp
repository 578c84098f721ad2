#include "verify/oracle/vectors/law.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "touchstone/numbers/convert.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "verify/oracle/catalog/compressors.hpp"
#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/vectors/number_text.hpp"

namespace touchstone::inline v0::oracle::vectors {

namespace {

/// Every path, also where several lead to one outcome.
template <Field S>
std::vector<std::pair<S, Vector<S>>> paths_of(const AnyCompressor<S>& compressor, const Vector<S>& x) {
  std::vector<std::pair<S, Vector<S>>> paths;
  for_each_outcome<S>(
      [&](Exhaustive<S>& random) {
        Erased<S, Exhaustive<S>> erased(random);
        return compressor.compress(x, erased);
      },
      [&](const S& probability, Vector<S> outcome) { paths.emplace_back(probability, std::move(outcome)); });
  return paths;
}

constexpr int units = 8;

bool within_units_of(double unit, double found, const Rational& exact) {
  return abs(Rational(Rational(found) - exact)) <= units * Rational(unit);
}

/// Of 1: what is left of it is computed by subtraction.
bool close_probability(double found, const Rational& exact) {
  return within_units_of(std::numeric_limits<double>::epsilon(), found, exact);
}

/// Of its own.
bool close_coordinate(double found, const Rational& exact) {
  const double nearest = nearest_double(exact);
  if (!std::isfinite(found) || !std::isfinite(nearest)) return found == nearest;
  const double size = std::abs(nearest);
  const double unit = std::max(size - std::nextafter(size, 0.0), std::numeric_limits<double>::denorm_min());
  return within_units_of(unit, found, exact);
}

[[noreturn]] void disagree(const std::string& id, const std::string& what) {
  throw std::logic_error(id + ": " + what);
}

void require_moments(const std::string& id, const AnyCompressor<Rational>& compressor, const Vector<Rational>& x,
                     const CompressorLaw& law) {
  const Index d = x.size();
  const Rational error = squared_error(law, x);
  const Rational square = x.squaredNorm();
  if (const std::optional<Rational> omega = compressor.omega(d)) {
    if (mean_of(law) != x) disagree(id, "the law is not unbiased");
    if (error > *omega * square) disagree(id, "the law exceeds omega");
    if (compressor.flags().attained_everywhere && error != *omega * square) disagree(id, "omega is not attained");
  }
  if (const std::optional<Rational> delta = compressor.delta(d)) {
    if (error > (1 - *delta) * square) disagree(id, "the law is less contractive than delta");
    if (compressor.flags().attained_everywhere && error != (1 - *delta) * square)
      disagree(id, "delta is not attained");
  }
}

}  // namespace

Vector<Rational> mean_of(const CompressorLaw& law) {
  Vector<Rational> mean = Vector<Rational>::Zero(law.front().second.size());
  for (const auto& [probability, outcome] : law) mean += probability * outcome;
  return mean;
}

Rational squared_error(const CompressorLaw& law, const Vector<Rational>& x) {
  Rational error = 0;
  for (const auto& [probability, outcome] : law) error += probability * Vector<Rational>(outcome - x).squaredNorm();
  return error;
}

bool same_law(const CompressorLaw& a, const CompressorLaw& b) {
  return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&](const auto& one) {
           return std::find(b.begin(), b.end(), one) != b.end();
         });
}

void require_second_opinion(const std::string& id, const std::string& compressor, const Vector<Rational>& x,
                            const CompressorLaw& law) {
  const AnyCompressor<Rational> exact = parse_compressor<Rational>(id, compressor);
  require_moments(id, exact, x, law);
  const auto expected = paths_of(exact, x);
  const auto found = paths_of(parse_compressor<double>(id, compressor), convert<double>(x));
  if (found.size() != expected.size()) disagree(id, "in double arithmetic the law has other outcomes");
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!close_probability(found[i].first, expected[i].first))
      disagree(id, "a probability differs in double arithmetic");
    for (Index c = 0; c < x.size(); ++c)
      if (!close_coordinate(found[i].second[c], expected[i].second[c]))
        disagree(id, "an outcome differs in double arithmetic");
  }
}

void add_law(Json& vector, const CompressorLaw& law, const Vector<Rational>& x) {
  Json outcomes = Json::array();
  for (const auto& [probability, outcome] : law)
    outcomes.push_back({{"probability", exact_text(probability)},
                        {"probability_double", hex_text(nearest_double(probability))},
                        {"value", exact_json(outcome)},
                        {"value_double", double_json(outcome)}});
  vector["outcomes"] = outcomes;
  vector["mean"] = exact_json(mean_of(law));
  vector["squared_error"] = exact_text(squared_error(law, x));
}

}  // namespace touchstone::inline v0::oracle::vectors
