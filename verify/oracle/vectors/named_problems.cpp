#include "verify/oracle/vectors/named_problems.hpp"

#include <map>
#include <stdexcept>

#include "touchstone/problems/rational_quadratic.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "verify/oracle/vectors/number_text.hpp"

namespace touchstone::inline v0::oracle::vectors {

namespace {

using Forms = std::vector<QuadraticForm<Rational>>;

QuadraticForm<Rational> plane_form(const Rational& a, const Rational& b, const Rational& c, const Rational& first,
                                   const Rational& second) {
  QuadraticForm<Rational> form{Matrix<Rational>(2, 2), Vector<Rational>(2)};
  form.A << a, b, b, c;
  form.b << first, second;
  return form;
}

Quadratic<Rational> scalar_problem() {
  const QuadraticForm<Rational> form{Matrix<Rational>::Constant(1, 1, 3), Vector<Rational>::Constant(1, 1)};
  return {Forms{form}, {.L = 3, .mu = 3, .L_i = {3}, .L_ij = {{3}}}};
}

Forms golden_forms() {
  return {plane_form(2, 1, 2, 1, 0), plane_form(Rational(3, 2), Rational(-1, 2), Rational(3, 2), -2, 1)};
}

Quadratic<Rational> golden_sum() {
  return {std::vector<Forms>{golden_forms()}, {.L = 2, .mu = Rational(3, 2), .L_i = {2}, .L_ij = {{3, 2}}}};
}

Quadratic<Rational> golden_workers() {
  return {golden_forms(), {.L = 2, .mu = Rational(3, 2), .L_i = {3, 2}, .L_ij = {{3}, {2}}}};
}

Quadratic<Rational> two_by_two() {
  return {std::vector<Forms>{{plane_form(1, 0, 3, 1, -1), plane_form(2, 0, 1, 0, 2)},
                             {plane_form(Rational(1, 2), 0, 2, -1, 0), plane_form(1, 0, 0, 2, 1)}},
          {.L = Rational(3, 2), .mu = Rational(9, 8), .L_i = {2, 1}, .L_ij = {{3, 2}, {2, 1}}}};
}

Quadratic<Rational> rotated() {
  Seeded draws(1);
  return random_aligned_quadratic(draws, {3, 2, 2});
}

const std::map<std::string, Quadratic<Rational>>& problems() {
  static const std::map<std::string, Quadratic<Rational>> all = {{"scalar", scalar_problem()},
                                                                 {"golden-sum", golden_sum()},
                                                                 {"golden-workers", golden_workers()},
                                                                 {"two-by-two", two_by_two()},
                                                                 {"rotated", rotated()}};
  return all;
}

}  // namespace

const std::vector<std::string>& problem_names() {
  static const std::vector<std::string> names = {"scalar", "golden-sum", "golden-workers", "two-by-two", "rotated"};
  return names;
}

const Quadratic<Rational>& problem_named(const std::string& name) {
  const auto found = problems().find(name);
  if (found == problems().end()) throw std::logic_error("a problem that is not there: " + name);
  return found->second;
}

const Vector<Rational>& solution_of(const std::string& name) {
  static const std::map<std::string, Vector<Rational>> solutions = [] {
    std::map<std::string, Vector<Rational>> all;
    for (const auto& [problem, f] : problems()) all.emplace(problem, f.minimizer());
    return all;
  }();
  return solutions.at(name);
}

Json json_of_problem(const std::string& name) {
  return with_text_numbers(to_json(problem_named(name)));
}

}  // namespace touchstone::inline v0::oracle::vectors
