#include "verify/oracle/self_test/claims.hpp"
#include "verify/oracle/self_test/lazy.hpp"

namespace touchstone::inline v0::oracle::self_test {

namespace lazy_list {

using Fault = LazyFault;

/// (1-p)/p of p = "a/b".
Json omega_of(Size /*d*/, const Json& parameters) {
  const auto text = parameters.at("p").get<std::string>();
  const Size slash = text.find('/');
  const auto a = std::stoul(text.substr(0, slash));
  const auto b = std::stoul(text.substr(slash + 1));
  return fmt::format("{}/{}", b - a, a);
}

claims::Constant bits_of(const std::string& dtype) {
  return [dtype](Size d, const Json&) { return Json(1 + d * scalar_bits(dtype)); };
}

Library bernoulli(const Json& p, const std::string& dtype = "float64") {
  return claims::with(claims::library("bernoulli:{p}", claims::omega(omega_of, bits_of(dtype)), dtype), "p", p);
}

Library bernoulli_unscaled(const Json& p, const std::string& dtype = "float64") {
  const auto delta = [](Size, const Json& parameters) { return parameters.at("p"); };
  return claims::with(claims::library("bernoulli-unscaled:{p}", claims::delta(delta, bits_of(dtype)), dtype), "p",
                      p);
}

Library independent(const std::string& dtype = "float64") {
  const auto bits = [dtype](Size d, const Json&) { return Json(d * (1 + scalar_bits(dtype))); };
  Library made = claims::library("independent-sparsification:1/2,1/4,3/4,1",
                                 claims::omega(claims::constant("3"), bits), dtype);
  made.subject.dimensions = {4};
  return made;
}

Library l1_sampling(const std::string& dtype = "float64") {
  const auto omega = [](Size d, const Json&) { return Json(d - 1); };
  const auto bits = [dtype](Size d, const Json&) { return Json(scalar_bits(dtype) + 1 + index_bits(d)); };
  return claims::library("l1-sampling", claims::omega(omega, bits), dtype);
}

void add_faulty(Specimens& list) {
  const Json usual = {"1/4", "1/2"};
  const auto lazy = [&](const char* id, const char* fault, Fault which) {
    list.push_back(
        specimen_of<Bernoulli>(std::string("bernoulli/") + id, fault, true, bernoulli(usual), LazyVariant{which}));
  };
  lazy("unscaled", "x is sent without the factor 1/p", Fault::unscaled);
  lazy("scaled-by-p", "p x is sent in the place of x/p", Fault::scaled_by_p);
  lazy("scaled-twice", "x/p^2 is sent", Fault::scaled_twice);
  lazy("probability-flipped", "x is sent with probability 1-p", Fault::flipped);
  lazy("always-half", "x is sent with probability 1/2, whatever p", Fault::always_half);
  lazy("coordinatewise", "every coordinate has a coin of its own", Fault::coordinatewise);
  lazy("probability-off", "the probability is p + 2^-23", Fault::p_slightly_off);
  list.push_back(specimen_of<Bernoulli>("bernoulli/probability-in-float32",
                                        "the probability is rounded to float32 in a library that says float64",
                                        true, bernoulli({"1/3"}), LazyVariant{Fault::p_in_float32}));
  list.push_back(specimen_of<Bernoulli>("bernoulli-unscaled/scaled", "scaled by 1/p, which is not contractive",
                                        true, bernoulli_unscaled(usual), LazyVariant{}));
  list.push_back(specimen_of<Bernoulli>("bernoulli-unscaled/probability-flipped", "x is sent with probability 1-p",
                                        true, bernoulli_unscaled(usual), LazyVariant{Fault::flipped, false}));
  const auto each = [&](const char* id, const char* fault, Fault which) {
    list.push_back(specimen_of<IndependentSparsifier>(std::string("independent-sparsification/") + id, fault, true,
                                                      independent(), LazyVariant{which}));
  };
  each("one-coin", "the first coordinate's coin serves for all", Fault::one_coin);
  each("antithetic-pairs", "the second of a pair is sent where the first is not", Fault::antithetic_pairs);
  each("probability-of-next", "coordinate i is sent with the probability of i+1", Fault::p_of_next);
  each("mean-scale", "all coordinates have the mean factor", Fault::mean_scale);
  each("unscaled", "no coordinate is divided by its probability", Fault::unscaled);
  each("probability-flipped", "sent with probability 1-p", Fault::flipped);
  each("only-after-the-last", "a coordinate is sent only if the one before it is", Fault::kept_while_last);
  const auto one = [&](const char* id, const char* fault, L1Fault which) {
    list.push_back(specimen_of<L1Sampling>(std::string("l1-sampling/") + id, fault, true, l1_sampling(), which));
  };
  one("by-square", "the probabilities are x_i^2/|x|^2", L1Fault::by_square);
  one("norm-2-sent", "|x|_2 is sent in the place of |x|_1", L1Fault::by_norm_2);
  one("sign-lost", "the sign is lost", L1Fault::sign_lost);
  one("value-kept", "x_i is sent in the place of |x|_1 sign(x_i)", L1Fault::value_kept);
  one("uniform", "the coordinate is drawn uniformly", L1Fault::uniform);
  one("index-after", "the index is one too large, cyclically", L1Fault::index_after);
}

void add_correct(Specimens& list) {
  for (const char* dtype : {"float64", "float32"}) {
    for (const char* p : {"1/2", "1/4", "3/4", "1/3", "1/10", "1/1"}) {
      const std::string name = std::string(p).replace(1, 1, "_");
      list.push_back(specimen_of<Bernoulli>(fmt::format("bernoulli/correct/p={}/{}", name, dtype), "", true,
                                            bernoulli({p}, dtype), LazyVariant{}));
    }
    list.push_back(specimen_of<Bernoulli>(fmt::format("bernoulli-unscaled/correct/{}", dtype), "", true,
                                          bernoulli_unscaled({"1/4", "1/2"}, dtype),
                                          LazyVariant{Fault::none, false}));
    list.push_back(specimen_of<IndependentSparsifier>(fmt::format("independent-sparsification/correct/{}", dtype),
                                                      "", true, independent(dtype), LazyVariant{}));
    list.push_back(specimen_of<L1Sampling>(fmt::format("l1-sampling/correct/{}", dtype), "", true,
                                           l1_sampling(dtype), L1Fault::none));
  }
}

}  // namespace lazy_list

Specimens lazy_specimens() {
  Specimens list;
  lazy_list::add_faulty(list);
  lazy_list::add_correct(list);
  return list;
}

}  // namespace touchstone::inline v0::oracle::self_test
