#include "verify/claims/error_feedback_golden.hpp"

namespace touchstone::inline v0 {

namespace {

Finding golden_value(const CheckContext& /*context*/, const GoldenValues& values) {
  Inspection inspection;
  for (const GoldenValue& value : values())
    inspection.equal(value.found, value.expected, [&] { return value.what; });
  return inspection.finding(fmt::format("{} golden values", inspection.comparisons()));
}

}  // namespace

Vector<Rational> point(std::initializer_list<Rational> coordinates) {
  Vector<Rational> x(static_cast<Index>(coordinates.size()));
  Index i = 0;
  for (const Rational& p : coordinates) x[i++] = p;
  return x;
}

Vector<Rational> scalar(const Rational& value) {
  return Vector<Rational>::Constant(1, value);
}

Quadratic<Rational> diagonal_workers() {
  const auto diagonal = [](int a, int b) {
    Matrix<Rational> H = Matrix<Rational>::Zero(2, 2);
    H.diagonal() << Rational(a), Rational(b);
    return H;
  };
  const std::vector<QuadraticForm<Rational>> forms{{diagonal(2, 1), point({1, 0})},
                                                   {diagonal(1, 3), point({2, -4})}};
  return {forms, {2, ratio<Rational>(3, 2), {2, 3}, {{2}, {3}}}};
}

Claim golden_claim(const MethodNames& names, const GoldenValues& stated,
                   const std::vector<Mutant<GoldenValues>>& mutants) {
  return {"error-feedback/" + names.subject + "/golden",
          names.title + " gives the golden values",
          "the fractions of the table, first steps of runs that draw nothing",
          {"the instances of verify/claims/error_feedback_golden_claims.cpp"},
          names.source,
          {make_check<GoldenValues>(Layer::exact, Level::exact, golden_value, stated, mutants)}};
}

}  // namespace touchstone::inline v0
