#include "verify/oracle/self_test/claims.hpp"
#include "verify/oracle/self_test/powers.hpp"

namespace touchstone::inline v0::oracle::self_test {

namespace power_list {

using Fault = PowerFault;

/// A sign and an exponent, subnormal ones included.
claims::Constant exponent_bits(const std::string& dtype) {
  return [dtype](Size d, const Json&) { return Json(d * (dtype == "float64" ? 13 : 10)); };
}

Library natural(const std::string& dtype = "float64") {
  return claims::library("natural", claims::omega(claims::constant("1/8"), exponent_bits(dtype)), dtype);
}

/// Of base 4: (B-1)^2/(4B) = 9/16 and 4B/(B+1)^2 = 16/25.
Library of_base_4(const char* reference, const std::string& dtype) {
  return claims::with(
      claims::library(reference, claims::omega(claims::constant("9/16"), exponent_bits(dtype)), dtype), "B", {"4"});
}

Library nearest_of(const char* base, const char* delta, const std::string& dtype = "float64") {
  return claims::with(
      claims::library("exp-round:{B}", claims::delta(claims::constant(delta), exponent_bits(dtype)), dtype), "B",
      {base});
}

void add_faulty(Specimens& list) {
  const auto add = [&](const char* id, const char* fault, Fault which) {
    list.push_back(specimen_of<Powers>(std::string("natural/") + id, fault, true, natural(), PowerVariant{which}));
  };
  add("exponent-one-more", "the exponent is one too large", Fault::exponent_one_more);
  add("exponent-one-less", "the exponent is one too small", Fault::exponent_one_less);
  add("probability-flipped", "up with probability 2-t in the place of t-1", Fault::probability_flipped);
  add("probability-t-over-2", "up with probability t/2", Fault::probability_of_base);
  add("in-logarithms", "up with probability log2 t", Fault::in_logarithms);
  add("always-half", "up with probability 1/2", Fault::always_half);
  add("to-nearest", "rounded to the nearest power", Fault::to_nearest);
  add("always-down", "rounded down", Fault::down);
  add("always-up", "rounded up", Fault::up);
  add("subnormals-flushed", "subnormal numbers become zero", Fault::subnormals_flushed);
  add("sign-lost", "the sign is lost", Fault::sign_lost);
  add("zero-to-least", "zero becomes the least normal number", Fault::zero_to_least);
  add("exponent-in-byte", "exponents are bytes: 2^-129 becomes 2^127", Fault::exponent_in_byte);
  add("exponent-clipped", "what is less than 2^-10 becomes 2^-10", Fault::exponent_clipped);
  add("one-coin", "one coin for all coordinates", Fault::one_coin);
  list.push_back(specimen_of<Powers>("exp-stochastic/probability-t-over-B", "up with probability t/B", true,
                                     of_base_4("exp-stochastic:{B}", "float64"),
                                     PowerVariant{Fault::probability_of_base}));
  list.push_back(specimen_of<Powers>("exp-stochastic/in-logarithms", "up with probability log_B t", true,
                                     of_base_4("exp-stochastic:{B}", "float64"),
                                     PowerVariant{Fault::in_logarithms}));
  list.push_back(specimen_of<Powers>("exp-round/geometric-middle", "the middle of two powers is the geometric one",
                                     true, nearest_of("4", "16/25"), PowerVariant{Fault::geometric_middle, false}));
  list.push_back(specimen_of<Powers>("exp-round/sign-lost", "the sign is lost", true, nearest_of("2", "8/9"),
                                     PowerVariant{Fault::sign_lost, false}));
}

void add_correct(Specimens& list) {
  for (const char* dtype : {"float64", "float32"}) {
    list.push_back(
        specimen_of<Powers>(fmt::format("natural/correct/{}", dtype), "", true, natural(dtype), PowerVariant{}));
    list.push_back(specimen_of<Powers>(fmt::format("exp-stochastic/correct/B=4/{}", dtype), "", true,
                                       of_base_4("exp-stochastic:{B}", dtype), PowerVariant{}));
    list.push_back(specimen_of<Powers>(fmt::format("exp-round/correct/B=2/{}", dtype), "", true,
                                       nearest_of("2", "8/9", dtype), PowerVariant{Fault::none, false}));
    list.push_back(specimen_of<Powers>(fmt::format("exp-round/correct/B=4/{}", dtype), "", true,
                                       nearest_of("4", "16/25", dtype), PowerVariant{Fault::none, false}));
  }
}

}  // namespace power_list

Specimens power_specimens() {
  Specimens list;
  power_list::add_faulty(list);
  power_list::add_correct(list);
  return list;
}

}  // namespace touchstone::inline v0::oracle::self_test
