#pragma once
/// \file
/// Evidence about compressors of several workers: their joint law, enumerated.

#include "touchstone/compressors/joint.hpp"
#include "touchstone/problems/rational_quadratic.hpp"
#include "verify/claims/compressors/law_checks.hpp"

namespace touchstone::inline v0 {

template <Field S>
using VectorsOf = std::vector<Vector<S>>;

/// A collection of compressors: what is received of a_1, ..., a_r, which may be more or fewer than the n vectors given.
template <Field S>
struct JointCase {
  std::string name;
  Index n;
  Index d;
  std::function<VectorsOf<S>(const VectorsOf<S>& a, Exhaustive<S>& random)> received;
  JointConstants<S> constants;
  std::optional<S> omega;  ///< of one worker; none where there is no worker i
  bool equality = true;    ///< of the joint contract
};

template <Field S>
using JointCases = std::vector<JointCase<S>> (*)();

template <Field S>
struct JointVariation {
  JointCases<S> cases = nullptr;
  std::function<void(JointCase<S>&)> alter = nullptr;
};

/// The variables a_1, ..., a_n; for rationals two choices of numbers, one of them with equal vectors.
template <Field S>
[[nodiscard]] std::vector<VectorsOf<S>> joint_inputs(Index n, Index d, Seeded& random) {
  VectorsOf<S> a;
  VectorsOf<S> equal;
  for (Index i = 0; i < n; ++i) {
    if constexpr (std::same_as<S, Polynomial>)
      a.push_back(variables(fmt::format("a{}_", i), d));
    else
      a.push_back(random_vector(random, d));
    equal.push_back(a.front());
  }
  return {a, equal};
}

template <Field S>
void inspect_one(Inspection& inspection, const JointCase<S>& c, const VectorsOf<S>& a) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto where = [&] { return fmt::format("{}, worker {}", c.name, i); };
    const auto of_one = [&](auto& random) { return c.received(a, random)[i]; };
    inspection.equal(expectation<S>(of_one), a[i], where);
    const S error = expectation<S>([&](auto& random) { return S(Vector<S>(of_one(random) - a[i]).squaredNorm()); });
    inspection.equal(error, S(*c.omega * a[i].squaredNorm()), where);
  }
}

/// E|(1/r) sum of what is received - mean of a|^2 against A (1/n) sum |a_i|^2 - B |mean of a|^2.
template <Field S>
void inspect_together(Inspection& inspection, const JointCase<S>& c, const VectorsOf<S>& a) {
  const auto where = [&] { return c.name; };
  Vector<S> average = Vector<S>::Zero(c.d);
  S squares(0);
  for (const Vector<S>& a_i : a) {
    average += ratio<S>(1, c.n) * a_i;
    squares += S(ratio<S>(1, c.n) * a_i.squaredNorm());
  }
  const auto received = [&](auto& random) {
    const VectorsOf<S> sent = c.received(a, random);
    Vector<S> sum = Vector<S>::Zero(c.d);
    for (const Vector<S>& q : sent) sum += q;
    return Vector<S>(ratio<S>(1, static_cast<Index>(sent.size())) * sum);
  };
  inspection.equal(expectation<S>(received), average, where);
  const S error =
      expectation<S>([&](auto& random) { return S(Vector<S>(received(random) - average).squaredNorm()); });
  const S bound = S(c.constants.A * squares - c.constants.B * average.squaredNorm());
  if (c.equality) inspection.attained(error, bound, where);
  if constexpr (OrderedField<S>) inspection.less_equal(error, bound, where);
}

/// The contract of every case, and of each worker by itself where it says omega.
template <Field S>
[[nodiscard]] Check joint_check(JointCases<S> cases, const std::vector<Mutant<JointVariation<S>>>& mutants) {
  const auto run = [cases](const CheckContext& context, const JointVariation<S>& variation) {
    Seeded random = context.random("joint");
    Inspection inspection;
    const std::vector<JointCase<S>> all = (variation.cases != nullptr ? variation.cases : cases)();
    for (JointCase<S> c : all) {
      if (variation.alter) variation.alter(c);
      for (const VectorsOf<S>& a : joint_inputs<S>(c.n, c.d, random)) {
        if (inspection.failed()) break;
        if (c.omega) inspect_one(inspection, c, a);
        inspect_together(inspection, c, a);
      }
    }
    return inspection.finding(fmt::format("{} collections, {} comparisons{}", all.size(), inspection.comparisons(),
                                          std::same_as<S, Polynomial> ? " of polynomials in a_1, ..., a_n" : ""));
  };
  return make_check<JointVariation<S>>(Layer::exact, std::same_as<S, Polynomial> ? Level::identity : Level::exact,
                                       run, {}, mutants);
}

}  // namespace touchstone::inline v0
