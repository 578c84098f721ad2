#include <cmath>

#include "verify/oracle/self_test/claims.hpp"
#include "verify/oracle/self_test/dithering.hpp"

namespace touchstone::inline v0::oracle::self_test {

namespace dithering_list {

using Fault = DitheringFault;

const char* suffix(NormKind norm) {
  return norm == NormKind::one ? "-1" : norm == NormKind::infinity ? "-inf" : "";
}

/// The literature's bounds: min(d/s^2, sqrt(d)/s), for |x|_1 d/s.
Library dithering(NormKind norm, const Json& s, const std::string& dtype = "float64") {
  const auto omega = [norm](Size d, const Json& parameters) {
    const auto levels = static_cast<double>(count_of(parameters.at("s")));
    const auto all = static_cast<double>(d);
    if (norm == NormKind::one) return Json(rounded_up(all / levels));
    return Json(rounded_up(std::min(all / (levels * levels), std::sqrt(all) / levels)));
  };
  const auto bits = [dtype](Size d, const Json& parameters) {
    return Json(scalar_bits(dtype) + d * index_bits(2 * count_of(parameters.at("s")) + 1));
  };
  return claims::with(
      claims::library(fmt::format("dithering{}:{{s}}", suffix(norm)), claims::omega(omega, bits), dtype), "s", s);
}

/// 1/8 + d h^2 (for |x|_1 1/8 + d h), h = 2^(1-s).
Library natural_dithering(NormKind norm, const Json& s, const std::string& dtype = "float64") {
  const auto omega = [norm](Size d, const Json& parameters) {
    const double h = std::ldexp(1.0, 1 - static_cast<int>(count_of(parameters.at("s"))));
    return Json(0.125 + static_cast<double>(d) * (norm == NormKind::one ? h : h * h));
  };
  const auto bits = [dtype](Size d, const Json& parameters) {
    return Json(scalar_bits(dtype) + d * (1 + index_bits(count_of(parameters.at("s")) + 1)));
  };
  return claims::with(
      claims::library(fmt::format("natural-dithering{}:{{s}}", suffix(norm)), claims::omega(omega, bits), dtype),
      "s", s);
}

Library tern_grad(const std::string& dtype = "float64") {
  const auto omega = [](Size d, const Json&) { return Json(rounded_up(std::sqrt(static_cast<double>(d)) / 2)); };
  const auto bits = [dtype](Size d, const Json&) { return Json(scalar_bits(dtype) + 2 * d); };
  return claims::library("tern-grad", claims::omega(omega, bits), dtype);
}

void add_faulty(Specimens& list) {
  const Json usual = {2, 3, 1};
  const auto add = [&](NormKind norm, const char* id, const char* fault, Fault which, const Json& s) {
    list.push_back(specimen_of<Dithering>(fmt::format("dithering{}/{}", suffix(norm), id), fault, true,
                                          dithering(norm, s), DitheringVariant{which, norm}));
  };
  const auto two = [&](const char* id, const char* fault, Fault which) {
    add(NormKind::two, id, fault, which, usual);
  };
  const auto inf = [&](const char* id, const char* fault, Fault which) {
    add(NormKind::infinity, id, fault, which, usual);
  };
  two("to-nearest", "rounded to the nearest level, and called random", Fault::to_nearest);
  inf("toward-zero", "always rounded toward zero", Fault::toward_zero);
  two("away-from-zero", "always rounded away from zero", Fault::away_from_zero);
  two("probability-flipped", "rounded up with the probability of rounding down", Fault::probability_flipped);
  inf("always-half", "rounded up with probability 1/2", Fault::always_half);
  inf("probability-off", "the probability is too large by 2^-23", Fault::probability_off);
  two("probability-squared", "rounded up with probability p^2", Fault::probability_squared);
  two("sign-lost", "the sign is lost", Fault::sign_lost);
  inf("sign-of-maximum-lost", "the sign of the largest coordinate is lost", Fault::sign_of_maximum_lost);
  inf("one-level-less", "decoded as if there were s-1 levels", Fault::one_level_less);
  two("one-level-more", "decoded as if there were s+1 levels", Fault::one_level_more);
  two("s-ignored", "one level, whatever s", Fault::s_ignored);
  add(NormKind::one, "norm-two", "normalised by |x|_2", Fault::norm_two, usual);
  inf("norm-two", "normalised by |x|_2", Fault::norm_two);
  two("norm-infinity", "normalised by |x|_inf", Fault::norm_infinity);
  two("norm-squared", "|x|^2 is sent in the place of |x|", Fault::norm_squared);
  two("norm-not-sent", "decoded with norm 1", Fault::norm_not_sent);
  two("norm-by-halves", "every half of the coordinates has a norm of its own", Fault::norm_by_halves);
  inf("norm-of-mean", "the norm is divided by sqrt(d)", Fault::norm_of_mean);
  add(NormKind::infinity, "level-in-byte", "levels are bytes: level 256 is 0", Fault::level_in_byte, {300});
  two("one-uniform", "one uniform number rounds all coordinates", Fault::one_uniform);
  inf("carried-draw", "a draw serves for neighbours of the same probability", Fault::carried_draw);
  two("zero-divided", "the zero vector gives NaN", Fault::zero_divided);
  two("naive-norm", "the squares of the norm overflow and vanish", Fault::naive_norm);
  const auto tern = [&](const char* id, const char* fault, Fault which) {
    list.push_back(specimen_of<Dithering>(std::string("tern-grad/") + id, fault, true, tern_grad(),
                                          DitheringVariant{which, NormKind::infinity}));
  };
  tern("sign-lost", "the sign is lost", Fault::sign_lost);
  tern("norm-two", "normalised by |x|_2", Fault::norm_two);
  tern("to-nearest", "rounded to the nearest level", Fault::to_nearest);
  tern("norm-not-sent", "signs and zeros without the maximum", Fault::norm_not_sent);
  tern("one-uniform", "one uniform number for all coordinates", Fault::one_uniform);
  const auto natural = [&](const char* id, const char* fault, Fault which) {
    list.push_back(specimen_of<Dithering>(std::string("natural-dithering/") + id, fault, true,
                                          natural_dithering(NormKind::two, {3, 2}),
                                          DitheringVariant{which, NormKind::two, true}));
  };
  natural("probability-flipped", "rounded up with the probability of rounding down", Fault::probability_flipped);
  natural("to-nearest", "rounded to the nearest level", Fault::to_nearest);
  natural("norm-infinity", "normalised by |x|_inf", Fault::norm_infinity);
  list.push_back(specimen_of<Dithering>("natural-dithering/uniform-levels", "levels are uniform, not powers of two",
                                        true, natural_dithering(NormKind::two, {3, 4}), DitheringVariant{}));
}

void add_correct(Specimens& list) {
  for (const NormKind norm : {NormKind::one, NormKind::two, NormKind::infinity})
    for (const char* dtype : {"float64", "float32"}) {
      for (const Size s : {Size{1}, Size{3}, Size{300}})
        list.push_back(specimen_of<Dithering>(fmt::format("dithering{}/correct/s={}/{}", suffix(norm), s, dtype),
                                              "", true, dithering(norm, {s}, dtype),
                                              DitheringVariant{Fault::none, norm}));
      list.push_back(specimen_of<Dithering>(fmt::format("natural-dithering{}/correct/{}", suffix(norm), dtype), "",
                                            true, natural_dithering(norm, {3, 1, 5}, dtype),
                                            DitheringVariant{Fault::none, norm, true}));
    }
  for (const char* dtype : {"float64", "float32"})
    list.push_back(specimen_of<Dithering>(fmt::format("tern-grad/correct/{}", dtype), "", true, tern_grad(dtype),
                                          DitheringVariant{Fault::none, NormKind::infinity}));
  list.push_back(specimen_of<Dithering>("dithering-inf/correct/levels-picked", "", true,
                                        dithering(NormKind::infinity, {2, 3}),
                                        DitheringVariant{Fault::none, NormKind::infinity, false, true}));
  list.push_back(specimen_of<Dithering>("dithering-inf/correct/top-level-rounded-up", "", true,
                                        dithering(NormKind::infinity, {2, 3}),
                                        DitheringVariant{Fault::top_by_coin, NormKind::infinity}));
  Library asking = dithering(NormKind::infinity, {2, 3});
  asking.habits.asks_trivial = true;
  list.push_back(specimen_of<Dithering>("dithering-inf/correct/draws-where-there-is-no-choice", "", true, asking,
                                        DitheringVariant{Fault::none, NormKind::infinity}));
  list.push_back(specimen_of<Dithering>("dithering/correct/black-box", "", true,
                                        claims::with_ways(dithering(NormKind::two, {2, 3}), {"black-box"}),
                                        DitheringVariant{}));
}

}  // namespace dithering_list

Specimens dithering_specimens() {
  Specimens list;
  dithering_list::add_faulty(list);
  dithering_list::add_correct(list);
  return list;
}

}  // namespace touchstone::inline v0::oracle::self_test
