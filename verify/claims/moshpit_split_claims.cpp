// Averaging in random groups: the factor by which the dispersion falls, exactly.
#include "touchstone/methods/moshpit/random_split.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/theory/moshpit/all_reduce.hpp"
#include "touchstone/theory/moshpit/gossip.hpp"
#include "verify/claims/moshpit_grid.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::moshpit_split {

namespace {

using Factor = std::function<Rational(const Rational& expected_groups, const Rational& n)>;

/// What is claimed, and how the peers are split.
struct Variation {
  Factor factor = mixing_factor<Rational>;
  bool with_replacement = false;  ///< every place in a group is drawn from all peers
};

/// The average of E A'(I - J)A must be q (I - J), that is E disp(theta+) = q disp(theta) for all theta.
template <class Run>
void inspect_factor(Index n, const Rational& q, const Run& run, const std::string& where, Inspection& inspection) {
  const Matrix<Rational> form = Matrix<Rational>::Identity(n, n) - averaging_matrix<Rational>(n);
  Matrix<Rational> mean = Matrix<Rational>::Zero(n, n);
  for_each_outcome<Rational>([&](auto& random) { return rows_of(run(unit_vectors(n), random)); },
                             [&](const Rational& p, const Matrix<Rational>& A) {
                               mean += p * Matrix<Rational>(A.transpose() * form * A);
                             });
  inspection.holds(mean == Matrix<Rational>(q * form), [&] { return where + ": E disp = q disp for all vectors"; });
}

/// r groups of given sizes whose places are filled with replacement: a peer takes the mean of the last group that it is in.
struct SplitWithReplacement {
  Indices sizes;

  template <class R>
  [[nodiscard]] PeerVectors<Rational> average(PeerVectors<Rational> x, R& random) const {
    const Index n = static_cast<Index>(x.size());
    const PeerVectors<Rational> before = x;
    for (const Index size : sizes) {
      Indices group;
      for (Index place = 0; place < size; ++place) group.push_back(random.choose(n));
      Vector<Rational> sum = Vector<Rational>::Zero(x.front().size());
      for (const Index i : group) sum += before[static_cast<std::size_t>(i)];
      for (const Index i : group) x[static_cast<std::size_t>(i)] = sum / Rational(size);
    }
    return x;
  }
};

/// Calls visit(sizes) for all compositions of n.
template <class Visit>
void for_each_composition(Index n, const Visit& visit) {
  for (Index cuts = 0; cuts < Index{1} << (n - 1); ++cuts) {
    Indices sizes{1};
    for (Index i = 0; i + 1 < n; ++i)
      if ((cuts >> i & 1) != 0)
        sizes.push_back(1);
      else
        ++sizes.back();
    visit(sizes);
  }
}

Finding fixed_sizes(const CheckContext& /*context*/, const Variation& of) {
  Inspection inspection;
  std::size_t laws = 0;
  for (Index n = 2; n <= (of.with_replacement ? 5 : 6); ++n)
    for_each_composition(n, [&](const Indices& sizes) {
      if (inspection.failed()) return;
      const Rational q = of.factor(Rational(static_cast<Index>(sizes.size())), Rational(n));
      const std::string where = fmt::format("n={}, sizes {}", n, fmt::join(sizes, " "));
      ++laws;
      if (of.with_replacement)
        inspect_factor(
            n, q, [&](auto x, auto& random) { return SplitWithReplacement{sizes}.average(std::move(x), random); },
            where, inspection);
      else
        inspect_factor(
            n, q,
            [&](auto x, auto& random) { return RandomSplit{FixedSizes{sizes}}.average(std::move(x), random); },
            where, inspection);
    });
  if (!of.with_replacement && !inspection.failed())
    inspect_factor(
        9, of.factor(3, 9),
        [&](auto x, auto& random) {
          return RandomSplit{FixedSizes{{3, 3, 3}}}.average(std::move(x), random);
        },
        "n=9, sizes 3 3 3", inspection);
  return inspection.finding(
      fmt::format("{} laws with n <= 6 and one with n = 9, all assignments, all vectors", laws));
}

/// T rounds, one after the other.
Finding rounds(const CheckContext& /*context*/, const Variation& of) {
  Inspection inspection;
  for (const auto& [sizes, T] :
       std::vector<std::pair<Indices, Index>>{{{2, 1}, 2}, {{2, 1}, 3}, {{2, 2}, 2}, {{3, 1}, 2}, {{2, 1, 1}, 2}}) {
    Index n = 0;
    for (const Index size : sizes) n += size;
    const Rational q = nth_power(of.factor(Rational(static_cast<Index>(sizes.size())), Rational(n)), T);
    inspect_factor(
        n, q,
        [&, sizes = sizes, T = T](auto x, auto& random) {
          for (Index t = 0; t < T; ++t) x = RandomSplit{FixedSizes{sizes}}.average(std::move(x), random);
          return x;
        },
        fmt::format("sizes {}, T={}", fmt::join(sizes, " "), T), inspection);
  }
  return inspection.finding("5 laws, two or three rounds, all vectors");
}

template <class Split>
void inspect_split(const Split& split, Index n, const Rational& expected_groups, const Factor& factor,
                   const std::string& where, Inspection& inspection) {
  if (inspection.failed()) return;
  inspect_factor(
      n, factor(expected_groups, Rational(n)),
      [&](auto x, auto& random) { return RandomSplit<Split>{split}.average(std::move(x), random); }, where,
      inspection);
}

Finding other_laws(const CheckContext& /*context*/, const Variation& of) {
  Inspection inspection;
  for (Index n = 2; n <= 5; ++n)
    for (Index r = 1; r <= 4; ++r)
      inspect_split(IndependentLabels{r}, n, expected_labels<Rational>(r, n), of.factor,
                    fmt::format("n={}, {} labels", n, r), inspection);
  const Rational phi(1, 3);
  for (Index n = 2; n <= 4; ++n)
    for_each_composition(n, [&](const Indices& sizes) {
      const FixedSizes split{sizes};
      const std::string where = fmt::format("n={}, sizes {}", n, fmt::join(sizes, " "));
      const Rational r(static_cast<Index>(sizes.size()));
      inspect_split(AbortingGroups<Rational, FixedSizes>{split, phi}, n,
                    expected_groups_where_groups_abort<Rational>(r, n, phi), of.factor, where + ", groups abort",
                    inspection);
      inspect_split(LosingMembers<Rational, FixedSizes>{split, phi}, n, expected_groups_of_survivors(sizes, phi),
                    of.factor, where + ", peers drop out", inspection);
      inspect_split(FailingMembers<Rational, FixedSizes>{split, phi}, n,
                    expected_groups_where_members_abort(sizes, phi), of.factor, where + ", peers abort their group",
                    inspection);
    });
  return inspection.finding(
      "independent labels n <= 5, r <= 4; three kinds of faults n <= 4, all sizes; all vectors");
}

/// Of a wrong factor: more rounds than there were.
Finding grid_factor(const CheckContext& /*context*/, const Index& more_rounds) {
  Inspection inspection;
  for (const Grid& grid : std::vector<Grid>{{2, 1}, {3, 1}, {4, 1}, {2, 2}}) {
    const Index n = grid_size(grid.M, grid.N);
    const MoshpitAllReduce<Rational> method{grid.M, grid.N};
    for (Index t = 1; t + more_rounds <= grid.N; ++t)
      inspect_factor(
          n, grid_mixing_factor<Rational>(grid.M, grid.N, t + more_rounds),
          [&](const PeerVectors<Rational>& x, auto& random) {
            const Indices place = random.permutation(n);
            PeerVectors<Rational> placed;
            for (const Index i : place) placed.push_back(x[static_cast<std::size_t>(i)]);
            GridState s = method.initial(std::move(placed));
            for (Index round = 0; round < t; ++round) s = method.step(std::move(s), random);
            return s.x;
          },
          fmt::format("{}, t={}", grid.name(), t), inspection);
  }
  return inspection.finding("4 grids of up to 4 peers, all placements, every round");
}

/// The slide's factor less the true one is (n - r)/(n^2 (n - 1)). A mutant subtracts this share of that from the slide's.
Finding slide_bound(const CheckContext& /*context*/, const Rational& less) {
  Inspection inspection;
  for (Index n = 2; n <= 40; ++n)
    for (Index r = 1; r <= n; ++r) {
      const Rational exact = mixing_factor<Rational>(r, n);
      const Rational slide = slide_mixing_factor<Rational>(r, n);
      const Rational difference = ratio<Rational>(n - r, n * n * (n - 1));
      const auto where = [&] { return fmt::format("n={} r={}", n, r); };
      inspection.equal(Rational(slide - exact), difference, where);
      inspection.less_equal(exact, Rational(slide - less * difference), where);
      inspection.holds((slide - less == exact) == (r == n), where);
    }
  return inspection.finding("all r <= n <= 40");
}

}  // namespace

std::vector<Claim> claims() {
  const std::string source = "slide \"mixing properties\"; derived, corrected";
  const std::vector<std::string> exchangeable{"the law of the split does not change when peers are renamed",
                                              "it does not depend on theta", "n >= 2"};
  const std::vector<Mutant<Variation>> wrong{{"the factor of the slide", {slide_mixing_factor<Rational>}}};
  return {
      {"moshpit/random-split/mixing-factor",
       "averaging in random groups contracts the dispersion by a factor that only the number of groups decides",
       "E disp(theta+) = ((E R - 1)/(n - 1)) disp(theta), R the number of groups; (r - 1)/(n - 1) for r groups of "
       "fixed sizes",
       exchangeable,
       source,
       {proof_check(),
        make_check<Variation>(Layer::exact, Level::exact, fixed_sizes, {},
                              joined(wrong, {{"groups drawn with replacement", {mixing_factor<Rational>, true}}})),
        make_check<Variation>(Layer::exact, Level::exact, rounds, {}, wrong)}},
      {"moshpit/random-split/other-laws",
       "the factor with independent labels and with faults",
       "q = (E R - 1)/(n - 1): E R = r (1 - (1 - 1/r)^n); (1 - phi) r + phi n; n phi + sum_g (1 - phi^M_g); "
       "sum_g [(1 - phi)^M_g + M_g (1 - (1 - phi)^M_g)]",
       exchangeable,
       source,
       {make_check<Variation>(Layer::exact, Level::exact, other_laws, {}, wrong)}},
      {"moshpit/random-split/grid",
       "the factor of Moshpit All-Reduce with peers placed at random on the grid",
       "E disp after t rounds = ((M^{N-t} - 1)/(M^N - 1)) disp, t <= N",
       {"n = M^N", "all placements equally likely", "no faults"},
       source,
       {make_check<Index>(Layer::exact, Level::exact, grid_factor, 0, {{"a round more", 1}})}},
      {"moshpit/random-split/slide-factor",
       "the factor of the slide bounds the true one, and is it where nothing is averaged only",
       "(r - 1)/(n - 1) <= (r - 1)/n + r/n^2, equal iff r = n",
       {"1 <= r <= n", "n >= 2"},
       source,
       {proof_check(), make_check<Rational>(Layer::exact, Level::exact, slide_bound, Rational(0),
                                            {{"twice the difference less", Rational(2)},
                                             {"1.001 of the difference less", Rational(1001, 1000)}})}},
  };
}

}  // namespace touchstone::inline v0::registry::moshpit_split
