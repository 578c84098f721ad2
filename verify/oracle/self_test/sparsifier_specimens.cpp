#include "verify/oracle/self_test/claims.hpp"
#include "verify/oracle/self_test/sparsifiers.hpp"

namespace touchstone::inline v0::oracle::self_test {

namespace sparsifier_list {

using Fault = RandKFault;

Library rand_k(const std::string& dtype = "float64") {
  return claims::with(
      claims::library("rand-k:{K}", claims::omega(claims::rand_k_omega, claims::sparse_bits(dtype)), dtype), "K",
      {2, 1, 3});
}

Library rand_k_unscaled(const std::string& dtype = "float64") {
  return claims::with(claims::library("rand-k-unscaled:{K}",
                                      claims::delta(claims::sparse_delta, claims::sparse_bits(dtype)), dtype),
                      "K", {2, 1, 3});
}

Library proportional() {
  Library made =
      claims::library("rand-k:{fraction*d}", claims::omega(claims::rand_k_omega, claims::sparse_bits("float64")));
  return claims::with(made, "fraction", {"0.29"}, {100});
}

void add_faulty(Specimens& list) {
  const auto add = [&](const char* id, const char* fault, Fault which, bool in_law = true) {
    list.push_back(specimen_of<RandK>(std::string("rand-k/") + id, fault, in_law, rand_k(), RandKVariant{which}));
  };
  list.push_back(specimen_of<RandK>("rand-k/scale-forgotten", "the factor d/K is forgotten", true, rand_k(),
                                    RandKVariant{Fault::none, false}));
  list.push_back(specimen_of<RandK>("rand-k/scale-forgotten/float32", "the factor d/K is forgotten", true,
                                    rand_k("float32"), RandKVariant{Fault::none, false}));
  add("scale-inverted", "the factor is K/d in the place of d/K", Fault::scale_inverted);
  add("scale-in-integers", "d/K is divided in integers", Fault::scale_in_integers);
  add("scale-of-pair", "the factor is (d-1)/(K-1)", Fault::scale_of_last);
  add("scale-from-other-K", "the factor is made of K-1", Fault::scale_from_floor);
  add("scale-in-float32", "the factor is computed in float32, the rest in float64", Fault::scale_in_float32);
  add("with-replacement", "coordinates are drawn with replacement", Fault::with_replacement);
  add("with-replacement-added", "coordinates are drawn with replacement, and one drawn twice counts twice",
      Fault::replacement_added);
  add("contiguous-block", "a block of neighbours is kept, whose first is uniform: the ends too rarely",
      Fault::contiguous_block);
  add("cyclic-block", "a cyclic block of neighbours is kept: mean and variance are right, the law is not",
      Fault::wrapped_block);
  add("first-coordinates", "the first K coordinates are kept, always", Fault::first_coordinates);
  add("same-every-call", "the coordinates are drawn at the first call and kept for all others",
      Fault::same_every_call, false);
  add("last-never-drawn", "the indices end at d-2", Fault::last_never_drawn);
  add("first-never-dropped", "coordinate 0 is always among the K", Fault::first_never_dropped);
  add("value-of-next", "index i is sent with the value at i+1", Fault::value_of_next);
  add("values-sorted", "the values are sorted by magnitude, their indices are not", Fault::values_sorted);
  add("one-too-few", "K-1 coordinates are kept", Fault::one_too_few);
  add("one-too-many", "K+1 coordinates are kept", Fault::one_too_many);
  add("K-ignored", "one coordinate is kept, whatever K", Fault::K_ignored);
  add("sign-lost", "magnitudes are sent", Fault::sign_lost);
  add("rest-added", "what is dropped is spread over what is kept", Fault::drops_rescaled);
  add("index-in-byte", "indices are bytes: coordinate 256 is written to 0", Fault::index_in_byte, false);
  list.push_back(
      specimen_of<RandK>("rand-k/index-in-short", "indices have 15 bits: coordinate 32768 is written to 0", false,
                         claims::with(rand_k(), "K", {30000}, {33000}), RandKVariant{Fault::index_in_short}));
  list.push_back(specimen_of<RandK>("rand-k/fraction-rounded-down", "K = int(0.29 * 100) = 28", true,
                                    proportional(), RandKVariant{Fault::K_in_floats}));
  Library swapped = rand_k_unscaled();
  swapped.declare = claims::omega(claims::rand_k_omega, claims::sparse_bits("float64"));
  swapped.subject.reference = "rand-k:{K}";
  swapped.subject.flags = {"unbiased"};
  list.push_back(specimen_of<RandK>("rand-k-unscaled/declared-unbiased",
                                    "K random coordinates without the factor, declared unbiased", true, swapped,
                                    RandKVariant{Fault::none, false}));
  list.push_back(specimen_of<RandK>("rand-k-unscaled/scaled", "scaled by d/K, which is not contractive", true,
                                    rand_k_unscaled(), RandKVariant{}));
  list.push_back(specimen_of<RandK>("rand-k-unscaled/with-replacement", "coordinates are drawn with replacement",
                                    true, rand_k_unscaled(), RandKVariant{Fault::with_replacement, false}));
}

void add_correct(Specimens& list) {
  const std::pair<const char*, SubsetBy> ways[] = {{"subset", SubsetBy::subset},
                                                   {"shuffle", SubsetBy::shuffle},
                                                   {"permutation", SubsetBy::permutation},
                                                   {"reservoir", SubsetBy::reservoir},
                                                   {"one-by-one", SubsetBy::one_by_one}};
  for (const char* dtype : {"float64", "float32"})
    for (const auto& [name, by] : ways) {
      // A permutation of more is not counted by anyone; the other ways stay in their usual dimensions.
      Library library = rand_k(dtype);
      if (by != SubsetBy::subset) library.subject.dimensions = {4, 2, 3, 5};
      list.push_back(specimen_of<RandK>(fmt::format("rand-k/correct/by-{}/{}", name, dtype), "", true, library,
                                        RandKVariant{Fault::none, true, by}));
      if (by == SubsetBy::subset || by == SubsetBy::shuffle) {
        library.declare = rand_k_unscaled(dtype).declare;
        library.subject.reference = "rand-k-unscaled:{K}";
        list.push_back(specimen_of<RandK>(fmt::format("rand-k-unscaled/correct/by-{}/{}", name, dtype), "", true,
                                          library, RandKVariant{Fault::none, false, by}));
      }
    }
  const std::pair<Size, Size> sizes[] = {{1, 1},    {2, 1},   {2, 2},   {6, 1},     {6, 3},    {6, 6},     {100, 1},
                                         {100, 99}, {257, 1}, {257, 3}, {257, 257}, {1000, 1}, {1000, 500}};
  for (const auto& [d, K] : sizes)
    list.push_back(specimen_of<RandK>(fmt::format("rand-k/correct/d={}/K={}", d, K), "", true,
                                      claims::with(rand_k(), "K", {K}, {d}), RandKVariant{}));
  list.push_back(specimen_of<RandK>("rand-k/correct/fraction", "", true, proportional(), RandKVariant{}));
  list.push_back(specimen_of<RandK>("rand-k/correct/negative-zero", "", true, rand_k(),
                                    RandKVariant{Fault::none, true, SubsetBy::subset, true}));
  Library sparse = rand_k();
  sparse.sparse_answers = true;
  list.push_back(specimen_of<RandK>("rand-k/correct/sparse-answers", "", true, sparse, RandKVariant{}));
  list.push_back(specimen_of<RandK>("rand-k/correct/black-box", "", true,
                                    claims::with_ways(rand_k(), {"black-box"}), RandKVariant{}));
  list.push_back(specimen_of<RandK>("rand-k/correct/replayed", "", true,
                                    claims::with_ways(rand_k(), {"replayed", "black-box"}), RandKVariant{}));
  Library half = rand_k("float16");
  half.subject.dimensions = {4, 2, 3, 5};
  half.subject.name = "rand-k/correct/float16";
  list.push_back({half.subject.name, "", true, [half] {
                    return make_library<Half>(half, [](Size d, const Json& parameters) {
                      return std::make_unique<RandK<Half>>(d, parameters, RandKVariant{});
                    });
                  }});
}

}  // namespace sparsifier_list

Specimens sparsifier_specimens() {
  Specimens list;
  sparsifier_list::add_faulty(list);
  sparsifier_list::add_correct(list);
  return list;
}

}  // namespace touchstone::inline v0::oracle::self_test
