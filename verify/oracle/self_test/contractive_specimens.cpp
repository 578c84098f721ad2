#include "verify/oracle/self_test/claims.hpp"
#include "verify/oracle/self_test/signs.hpp"
#include "verify/oracle/self_test/top_k.hpp"

namespace touchstone::inline v0::oracle::self_test {

namespace contractive_list {

Library top_k(const std::string& dtype = "float64") {
  return claims::with(
      claims::library("top-k:{K}", claims::delta(claims::sparse_delta, claims::sparse_bits(dtype)), dtype), "K",
      {2, 1, 3});
}

Library sign(const char* reference, Size bits_each, const std::string& dtype = "float64") {
  const auto delta = [](Size d, const Json&) { return Json(fmt::format("1/{}", d)); };
  const auto bits = [=](Size d, const Json&) { return Json(scalar_bits(dtype) + bits_each * d); };
  return claims::library(reference, claims::delta(delta, bits), dtype);
}

Library identity(const std::string& dtype = "float64") {
  const auto bits = [dtype](Size d, const Json&) { return Json(d * scalar_bits(dtype)); };
  const auto declare = [bits](Size d, const Json& parameters) {
    return Json{{"omega", 0}, {"delta", 1}, {"bits", bits(d, parameters)}};
  };
  return claims::library("identity", declare, dtype);
}

void add_faulty(Specimens& list) {
  using Top = TopKFault;
  const auto top = [&](const char* id, const char* fault, Top which) {
    list.push_back(specimen_of<TopK>(std::string("top-k/") + id, fault, true, top_k(), TopKVariant{which}));
  };
  top("by-value", "the largest coordinates are sent, not the largest in magnitude", Top::by_value);
  top("smallest", "the smallest magnitudes are sent", Top::smallest);
  top("one-too-few", "K-1 coordinates are sent", Top::one_too_few);
  top("one-too-many", "K+1 coordinates are sent", Top::one_too_many);
  top("ties-all-sent", "everything that ties with the K-th is sent: more than K", Top::ties_all_sent);
  top("above-threshold", "only what is greater than the K-th is sent: nothing where all tie", Top::above_threshold);
  top("half-of-maximum", "everything above half of the maximum is sent, whatever K", Top::half_of_maximum);
  top("scaled-up", "scaled by d/K, as a random sparsifier is", Top::scaled_up);
  top("signs-only", "signs are sent without magnitudes", Top::signs_only);
  top("value-of-next", "index i is sent with the value at i+1", Top::value_of_next);
  top("values-unsorted", "the indices are sorted, their values are not", Top::unsorted_pairs);
  Library fraction = claims::with(
      claims::library("top-k:{fraction*d}", claims::delta(claims::sparse_delta, claims::sparse_bits("float64"))),
      "fraction", {"0.29"}, {100});
  list.push_back(specimen_of<TopK>("top-k/fraction-rounded-down", "K = int(0.29 * 100) = 28", true, fraction,
                                   TopKVariant{Top::K_in_floats}));
  list.push_back(specimen_of<TopK>("top-k/correct/fraction", "", true, fraction, TopKVariant{}));

  using Sign = SignFault;
  const auto scaled = [&](const char* id, const char* fault, Sign which) {
    list.push_back(specimen_of<ScaledSign>(std::string("scaled-sign/") + id, fault, true, sign("scaled-sign", 2),
                                           SignVariant{which}));
  };
  scaled("l2-over-d", "the scale is |x|_2/d", Sign::scale_l2_over_d);
  scaled("root-mean-square", "the scale is |x|_2/sqrt(d)", Sign::scale_rms);
  scaled("mean-over-nonzeros", "the scale is the mean over the nonzeros", Sign::scale_over_nonzeros);
  scaled("maximum", "the scale is the maximum", Sign::scale_maximum);
  scaled("scale-missing", "signs without a scale", Sign::scale_missing);
  scaled("signed-sum", "the scale is |sum of x_i|/d", Sign::scale_of_signed_sum);
  scaled("d-minus-1", "the scale is |x|_1/(d-1)", Sign::scale_d_minus_1);
  scaled("sign-of-zero-negative", "sign(0) = -1", Sign::zero_is_negative);
  scaled("sign-flipped", "the signs are flipped", Sign::sign_flipped);
  list.push_back(specimen_of<ScaledSign>("scaled-sign-plus/sign-of-zero", "sign(0) = -1 where +1 is promised", true,
                                         sign("scaled-sign-plus", 1), SignVariant{Sign::zero_is_negative}));

  using Id = IdentityFault;
  list.push_back(specimen_of<Identity>("identity/shrunk", "scaled by 1 - 1/1024", true, identity(), Id::scaled));
  list.push_back(specimen_of<Identity>("identity/in-float32", "rounded to float32 in a library that says float64",
                                       true, identity(), Id::in_float32));
  list.push_back(specimen_of<Identity>("identity/in-half",
                                       "rounded to half precision in a library that says float32", true,
                                       identity("float32"), Id::in_half));
  list.push_back(
      specimen_of<Identity>("identity/last-lost", "the last coordinate is lost", true, identity(), Id::last_lost));
  Library few = claims::library("", claims::delta(claims::constant(1), claims::constant(1)));
  few.subject.flags = {"projection"};
  list.push_back(
      specimen_of<Identity>("identity/one-bit", "claims that a message has one bit", true, few, Id::none));
  Library called_random = claims::with(
      claims::library("rand-k:{K}", claims::omega(claims::rand_k_omega, claims::sparse_bits("float64"))), "K",
      {2, 1});
  list.push_back(
      specimen_of<Identity>("identity/called-rand-k", "the identity, called RandK", true, called_random, Id::none));
  list.push_back(
      specimen_of<Identity>("identity/called-top-k", "the identity, called TopK", true, top_k(), Id::none));
}

void add_correct(Specimens& list) {
  for (const char* dtype : {"float64", "float32"}) {
    for (const auto& [name, ties] :
         {std::pair{"first", Ties::first}, std::pair{"last", Ties::last}, std::pair{"random", Ties::random}}) {
      Library library = top_k(dtype);
      if (ties == Ties::random) library.subject.dimensions = {4, 2, 3};
      list.push_back(specimen_of<TopK>(fmt::format("top-k/correct/ties-{}/{}", name, dtype), "", true, library,
                                       TopKVariant{TopKFault::none, ties}));
    }
    list.push_back(specimen_of<ScaledSign>(fmt::format("scaled-sign/correct/{}", dtype), "", true,
                                           sign("scaled-sign", 2, dtype), SignVariant{}));
    list.push_back(specimen_of<ScaledSign>(fmt::format("scaled-sign-plus/correct/{}", dtype), "", true,
                                           sign("scaled-sign-plus", 1, dtype), SignVariant{SignFault::none, true}));
    list.push_back(specimen_of<Identity>(fmt::format("identity/correct/{}", dtype), "", true, identity(dtype),
                                         IdentityFault::none));
  }
  Library sparse = top_k();
  sparse.sparse_answers = true;
  list.push_back(specimen_of<TopK>("top-k/correct/sparse-answers", "", true,
                                   claims::with_flags(sparse, {"projection"}), TopKVariant{}));
}

}  // namespace contractive_list

Specimens contractive_specimens() {
  Specimens list;
  contractive_list::add_faulty(list);
  contractive_list::add_correct(list);
  return list;
}

}  // namespace touchstone::inline v0::oracle::self_test
