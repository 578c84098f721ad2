#include "verify/claims/golden_values.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include <fmt/format.h>

namespace touchstone::inline v0 {

namespace {

/// Fractions as text; empty where the specification gives none.
struct GoldenRow {
  const char* method;
  const char* regularizer;
  const char* constants;  ///< A, B, rho, C, D1, D2
  const char* gamma;
  const char* M;
  const char* sigma_0;
  const char* second_moment;
  const char* sigma_1;
  const char* r_1;
  const char* r_2;
  const char* r_3;  ///< 12 decimals
};

constexpr std::array<GoldenRow, 33> table = {{
    // clang-format off
    {"gd", "0", "2, 0, 1, 0, 0, 0", "1/2", "0", "0", "145/8", "0", "1/288", "1/4608", "0.000013563368"},
    {"sgd", "0", "6, 0, 1, 0, 34/9, 0", "1/6", "0", "0", "85/4", "0", "305/144", "383/384", "0.488732692473"},
    {"sgd-sr", "0", "9, 0, 1, 0, 17/4, 0", "1/9", "0", "0", "459/16", "0", "1249/432", "28549/15552", "1.168568887174"},
    {"sgd-star", "0", "9/2, 0, 1, 0, 0, 0", "2/9", "0", "0", "515/16", "0", "683/324", "5689/5832", "0.451407940863"},
    {"sgd-mb", "0", "11/2, 0, 1, 0, 17/8, 0", "2/11", "0", "0", "749/32", "0", "17653/8712", "954193/1054152", "0.414766020225"},
    {"saga", "0", "6, 2, 1/2, 3/2, 0, 0", "1/18", "8", "35/9", "79/4", "955/72", "4675/1296", "267635/93312", "2.275123237678"},
    {"n-saga", "0", "6, 2, 1/2, 3/2, 3/2, 3/4", "1/18", "8", "35/9", "85/4", "1009/72", "4681/1296", "134263/46656", "2.289386809872"},
    {"sega", "0", "8, 4, 1/2, 1, 0, 0", "1/24", "16", "1", "123/4", "153/16", "8875/2304", "17252101/5308416", "2.738843031953"},
    {"n-sega", "0", "8, 4, 1/2, 1, 6, 3/2", "1/24", "16", "1", "147/4", "177/16", "8899/2304", "17373085/5308416", "2.774221525353"},
    {"l-svrg", "0", "6, 2, 1/2, 3/2, 0, 0", "1/18", "8", "95/36", "161/8", "455/36", "9353/2592", "1598815/559872", "2.259267177368"},
    {"diana", "0", "6, 1, 1/2, 3/2, 3/2, 3/4", "1/12", "4", "35/9", "59/2", "1009/72", "935/288", "382561/165888", "1.640660028235"},
    {"diana-single", "0", "6, 2, 1/2, 1, 0, 0", "1/14", "8", "1", "123/4", "153/16", "24095/7056", "14086979/5531904", "1.894794701152"},
    {"q-sgd-sr", "0", "18, 0, 1, 0, 17/2, 0", "1/18", "0", "0", "459/8", "0", "3217/864", "757795/248832", "2.492943229844"},
    {"jacsketch", "0", "294/25, 2, 1/2, 3/2, 0, 0", "25/594", "8", "35/9", "83863/2500", "955/72", "5434219/1411344", "1077804236761/331981981056", "2.732611096064"},
    {"vr-diana/lsvrg", "0", "12, 2, 1/6, 5/2, 0, 0", "1/72", "24", "17/32", "4", "167/96", "1379/2592", "1689997/3359232", "0.475667691396"},
    {"vr-diana/saga", "0", "12, 2, 1/6, 5/2, 0, 0", "1/72", "24", "17/32", "4", "167/96", "1379/2592", "3381137/6718464", "0.475916408573"},
    {"gd", "l2sq", "2, 0, 1, 0, 0, 0", "1/2", "0", "0", "3681/200", "0", "1/200", "1/7200", "0.000003858025"},
    {"sgd", "l2sq", "6, 0, 1, 0, 106/25, 0", "1/6", "0", "0", "2153/100", "0", "7877/4900", "271731/480200", "0.219806224447"},
    {"sgd-sr", "l2sq", "9, 0, 1, 0, 17/4, 0", "1/9", "0", "0", "11587/400", "0", "3859/1600", "796087/640000", "0.645419441406"},
    {"sgd-star", "l2sq", "9/2, 0, 1, 0, 0, 0", "2/9", "0", "0", "12987/400", "0", "1593/1100", "1312281/2928200", "0.138692806796"},
    {"sgd-mb", "l2sq", "11/2, 0, 1, 0, 17/8, 0", "2/11", "0", "0", "18949/800", "0", "50629/33800", "2761781/5712200", "0.166567041497"},
    {"saga", "l2sq", "6, 2, 1/2, 3/2, 0, 0", "1/18", "8", "23/5", "2003/100", "551/40", "120263/36100", "124199057/52128400", "1.700098309988"},
    {"n-saga", "l2sq", "6, 2, 1/2, 3/2, 3/2, 3/4", "1/18", "8", "23/5", "2153/100", "581/40", "120413/36100", "6559353/2743600", "1.711923080577"},
    {"sega", "l2sq", "8, 4, 1/2, 1, 0, 0", "1/24", "16", "37/25", "3103/100", "3977/400", "9127/2500", "17762803/6250000", "2.210333219584"},
    {"n-sega", "l2sq", "8, 4, 1/2, 1, 6, 3/2", "1/24", "16", "37/25", "3703/100", "4577/400", "9151/2500", "3577967/1250000", "2.240910282496"},
    {"l-svrg", "l2sq", "6, 2, 1/2, 3/2, 0, 0", "1/18", "8", "59/20", "4081/200", "259/20", "240601/72200", "123599357/52128400", "1.686851194502"},
    {"diana", "l2sq", "6, 1, 1/2, 3/2, 3/2, 3/4", "1/12", "4", "23/5", "1489/50", "581/40", "24061/8450", "9885451/5712200", "1.058277697931"},
    {"diana-single", "l2sq", "6, 2, 1/2, 1, 0, 0", "1/14", "8", "37/25", "3103/100", "3977/400", "551/180", "1614553/810000", "1.297291297668"},
    {"q-sgd-sr", "l2sq", "18, 0, 1, 0, 433/50, 0", "1/18", "0", "0", "11531/200", "0", "248051/72200", "526220953/208513600", "1.855432800567"},
    {"jacsketch", "l2sq", "294/25, 2, 1/2, 3/2, 0, 0", "25/594", "8", "23/5", "84563/2500", "551/40", "139709423/38316100", "166468919078537/58724940768400", "2.200328831789"},
    {"vr-diana/lsvrg", "l2sq", "12, 2, 1/6, 5/2, 0, 0", "1/72", "24", "29/72", "163/36", "149/72", "122563/191844", "600765061/1022336676", "0.540457643630"},
    {"vr-diana/saga", "l2sq", "12, 2, 1/6, 5/2, 0, 0", "1/72", "24", "29/72", "163/36", "149/72", "122563/191844", "1201868477/2044673352", "0.540693182165"},
    {"svrg", "0", "4, 2, 0, 0, 0, 0", "1/8", "", "5/2", "9/4", "5/2", "169/256", "14285/32768", "0.288242578506"},
    // clang-format on
}};

/// "p", "p/q" or a decimal.
Rational number(const std::string& text) {
  const auto slash = text.find('/');
  if (slash != std::string::npos)
    return Rational(Rational(text.substr(0, slash)) / Rational(text.substr(slash + 1)));
  const auto point = text.find('.');
  if (point == std::string::npos) return Rational(text);
  std::string digits = text.substr(0, point) + text.substr(point + 1);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return Rational(Rational(digits) /
                  pow(boost::multiprecision::mpz_int(10), static_cast<unsigned>(text.size() - point - 1)));
}

std::vector<Rational> numbers(const std::string& list) {
  std::vector<Rational> all;
  std::istringstream in(list);
  for (std::string item; std::getline(in >> std::ws, item, ',');) all.push_back(number(item));
  return all;
}

const GoldenRow& row_named(const GoldenCase& wanted) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const GoldenRow& row) {
    return wanted.row == row.method && wanted.regularizer == row.regularizer;
  });
  if (found == table.end())
    throw std::logic_error("no golden values of " + wanted.row + ", R = " + wanted.regularizer);
  return *found;
}

void inspect_row(Inspection& seen, const GoldenRow& row, const RowInstance& assumption, const RowInstance& run,
                 Seeded& random) {
  const auto equal = [&](const char* what, const Rational& found, const Rational& expected) {
    seen.equal(found, expected, [&] { return fmt::format("{}, R = {}: {}", row.method, row.regularizer, what); });
  };
  const auto at = [](const char* text) { return number(text); };
  const std::vector<Rational> constants = numbers(row.constants);
  const ParametricConstants<Rational>& c = run.row;
  const std::vector<Rational> found{c.A, c.B, c.rho, c.C, c.D1, c.D2};
  for (std::size_t i = 0; i < found.size(); ++i) equal("the row", found[i], constants.at(i));
  equal("gamma", run.gamma, at(row.gamma));
  if (*row.M != 0) equal("M", run.M, at(row.M));
  equal("sigma_0^2", run.sigma_squared(run.start), at(row.sigma_0));
  const AssumptionSides<Rational> sides = assumption.sides(assumption.start);
  equal("E|g - grad f(x*)|^2", sides.second_moment, at(row.second_moment));
  equal("E sigma_1^2", sides.next_sigma_squared, at(row.sigma_1));
  const Index size = run.start.size();
  const SecondMoments moments(run.outcomes, run.distance_squared, size,
                              {random_vector(random, size), random_vector(random, size)});
  const std::vector<Rational> r = moments.exact(run.start, 3);
  equal("E|x^1 - x*|^2", r[1], at(row.r_1));
  equal("E|x^2 - x*|^2", r[2], at(row.r_2));
  const Rational last_decimal = Rational(1) / pow(boost::multiprecision::mpz_int(10), 12U);
  seen.holds(abs(Rational(r[3] - at(row.r_3))) <= last_decimal / 2,
             [&] { return fmt::format("{}, R = {}: E|x^3 - x*|^2 = {}", row.method, row.regularizer, row.r_3); });
}

Finding golden(const CheckContext& context, const std::vector<GoldenCase>& cases) {
  Seeded random = context.random("golden");
  Inspection inspection;
  for (const GoldenCase& one : cases) {
    const GoldenRow& row = row_named(one);
    const std::vector<RowInstance> assumption = one.assumption(random);
    const std::vector<RowInstance> run = one.run(random);
    inspect_row(inspection, row, assumption.at(0), run.at(0), random);
    if (inspection.failed()) break;
  }
  return inspection.finding(fmt::format("{} golden rows, {} equalities", cases.size(), inspection.comparisons()));
}

}  // namespace

NamedQuadratic golden_problem(QuadraticShape shape, bool regularized) {
  require(shape.d == 2 && shape.n * shape.m == 2, "the golden problem has d = 2 and two functions (d, n, m)",
          shape.d, shape.n, shape.m);
  Matrix<Rational> H_1(2, 2);
  H_1 << 2, 1, 1, 2;
  Matrix<Rational> H_2(2, 2);
  H_2 << ratio<Rational>(3, 2), ratio<Rational>(-1, 2), ratio<Rational>(-1, 2), ratio<Rational>(3, 2);
  Vector<Rational> b_1(2);
  b_1 << 1, 0;
  Vector<Rational> b_2(2);
  b_2 << -2, 1;
  const QuadraticForm<Rational> f_1{H_1, b_1};
  const QuadraticForm<Rational> f_2{H_2, b_2};
  ProblemConstants<Rational> constants{2, ratio<Rational>(3, 2), {}, {}};
  std::vector<std::vector<QuadraticForm<Rational>>> components;
  if (shape.n == 1) {
    components = {{f_1, f_2}};
    constants.L_i = {2};
    constants.L_ij = {{3, 2}};
  } else {
    components = {{f_1}, {f_2}};
    constants.L_i = {3, 2};
    constants.L_ij = {{3}, {2}};
  }
  Quadratic<Rational> f(std::move(components), std::move(constants));
  Vector<Rational> x_star = f.minimizer();
  NamedQuadratic on{std::move(f), std::move(x_star), "golden"};
  return regularized ? with_squared_norm(on, Rational(1)) : on;
}

Vector<Rational> golden_start() {
  Vector<Rational> x(2);
  x << 1, 2;
  return x;
}

std::vector<Vector<Rational>> golden_shifts() {
  Vector<Rational> first(2);
  first << 0, 1;
  Vector<Rational> second(2);
  second << -1, 0;
  return {first, second};
}

std::vector<NoiseLaw<Rational>> golden_noise() {
  const auto vec = [](const Rational& a, const Rational& b) {
    Vector<Rational> v(2);
    v << a, b;
    return v;
  };
  const auto half = ratio<Rational>(1, 2);
  return {{{half, half}, {vec(1, 0), vec(-1, 0)}},
          {{ratio<Rational>(1, 3), ratio<Rational>(2, 3)}, {vec(0, 2), vec(0, -1)}}};
}

Check golden_check(std::vector<GoldenCase> cases, std::vector<Mutant<std::vector<GoldenCase>>> mutants) {
  return make_check<std::vector<GoldenCase>>(Layer::exact, Level::exact, golden, std::move(cases),
                                             std::move(mutants));
}

}  // namespace touchstone::inline v0
