#include <algorithm>
#include <memory>
#include <optional>

#include "bindings/c/handles.hpp"
#include "verify/oracle/catalog/exact_text.hpp"

using namespace touchstone;            // NOLINT: this file is the interface's side
using namespace touchstone::bindings;  // NOLINT

namespace {

/// omega or delta: what the compressor states, in exact numbers and in doubles.
void store_constant(const char* name, const std::optional<Rational>& exact_value,
                    const touchstone_compressor& compressor, Rounding rounding, std::string& kept, double* value,
                    const char** exact) {
  if (!exact_value) throw not_stated_error(fmt::format("{}: {} states none", name, compressor.held.exact.name()));
  store(*exact_value, rounding, kept, &given("value", value), exact);
}

Vector<double> compressed(const touchstone_compressor* compressor, const double* x, std::int64_t d,
                          const oracle::Draws& draws, Transcript* noted) {
  const oracle::AnyCompressor<double>& held = given("compressor", compressor).held.rounded;
  return oracle::compress(held, vector_at("x", x, d), draws, noted);
}

touchstone_law::Number written(const Rational& number) {
  return {static_cast<double>(number), oracle::exact_text(number)};
}

void store_number(const touchstone_law::Number& number, double* value, const char** exact) {
  if (value != nullptr) *value = number.value;
  if (exact != nullptr) *exact = number.text.c_str();
}

const touchstone_law::Outcome& outcome_at(const touchstone_law* law, std::int64_t i) {
  const std::vector<touchstone_law::Outcome>& outcomes = given("law", law).outcomes;
  return outcomes[index_below("i", i, outcomes.size())];
}

}  // namespace

extern "C" {

touchstone_status touchstone_compressor_create(const char* name, touchstone_compressor** out) {
  return guarded([&] {
    touchstone_compressor*& place = given("out", out);
    place = new touchstone_compressor{oracle::compressor_in_both("compressor", &given("name", name))};
  });
}

void touchstone_compressor_destroy(touchstone_compressor* compressor) {
  delete compressor;
}

touchstone_status touchstone_compressor_omega(const touchstone_compressor* compressor, int64_t d, double* value,
                                              const char** exact) {
  thread_local std::string kept;
  return guarded([&] {
    const touchstone_compressor& of = given("compressor", compressor);
    store_constant("omega", of.held.exact.omega(size_of("d", d)), of, Rounding::up, kept, value, exact);
  });
}

touchstone_status touchstone_compressor_delta(const touchstone_compressor* compressor, int64_t d, double* value,
                                              const char** exact) {
  thread_local std::string kept;
  return guarded([&] {
    const touchstone_compressor& of = given("compressor", compressor);
    store_constant("delta", of.held.exact.delta(size_of("d", d)), of, Rounding::down, kept, value, exact);
  });
}

touchstone_status touchstone_compressor_message_bits(const touchstone_compressor* compressor, int64_t d,
                                                     int64_t scalar_bits, int64_t* bits) {
  return guarded([&] {
    const oracle::AnyCompressor<double>& held = given("compressor", compressor).held.rounded;
    const Index size = size_of("d", d);
    given("bits", bits) = held.message_bits(size, size_of("scalar_bits", scalar_bits));
  });
}

touchstone_status touchstone_compress(const touchstone_compressor* compressor, const double* x, int64_t d,
                                      const touchstone_draws* draws, double* out, touchstone_choices** noted) {
  return guarded([&] {
    auto choices = std::make_unique<touchstone_choices>();
    double* const place = &given("out", out);
    const Vector<double> result = compressed(compressor, x, d, draws_at(draws), &choices->transcript);
    std::copy(result.begin(), result.end(), place);
    if (noted != nullptr) *noted = choices.release();
  });
}

touchstone_status touchstone_compress_with(const touchstone_compressor* compressor, const double* x, int64_t d,
                                           const touchstone_draws* draws, const touchstone_choices* choices,
                                           double* out) {
  return guarded([&] {
    oracle::Draws from = draws_at(draws);
    from.given = &given("choices", choices).transcript;
    double* const place = &given("out", out);
    const Vector<double> result = compressed(compressor, x, d, from, nullptr);
    std::copy(result.begin(), result.end(), place);
  });
}

touchstone_status touchstone_law_create(const touchstone_compressor* compressor, const char* const* x, int64_t d,
                                        int64_t limit, touchstone_law** out) {
  return guarded([&] {
    const oracle::AnyCompressor<Rational>& held = given("compressor", compressor).held.exact;
    const char* const* texts = &given("x", x);
    Vector<Rational> at(size_of("d", d));
    for (Index c = 0; c < at.size(); ++c) {
      const std::string where = fmt::format("x[{}]", c);
      at[c] = oracle::parse_exact(where, &given(where.c_str(), texts[c]));
    }
    touchstone_law*& place = given("out", out);
    auto law = std::make_unique<touchstone_law>();
    for (const auto& [probability, outcome] :
         oracle::exact_law(held, at, static_cast<std::size_t>(size_of("limit", limit)))) {
      law->outcomes.push_back({written(probability), {}});
      for (const Rational& number : outcome) law->outcomes.back().coordinates.push_back(written(number));
    }
    place = law.release();
  });
}

touchstone_status touchstone_law_size(const touchstone_law* law, int64_t* outcomes) {
  return guarded([&] {
    const auto size = static_cast<std::int64_t>(given("law", law).outcomes.size());
    given("outcomes", outcomes) = size;
  });
}

touchstone_status touchstone_law_probability(const touchstone_law* law, int64_t i, double* value,
                                             const char** exact) {
  return guarded([&] { store_number(outcome_at(law, i).probability, value, exact); });
}

touchstone_status touchstone_law_coordinate(const touchstone_law* law, int64_t i, int64_t c, double* value,
                                            const char** exact) {
  return guarded([&] {
    const std::vector<touchstone_law::Number>& coordinates = outcome_at(law, i).coordinates;
    store_number(coordinates[index_below("c", c, coordinates.size())], value, exact);
  });
}

void touchstone_law_destroy(touchstone_law* law) {
  delete law;
}

}  // extern "C"
