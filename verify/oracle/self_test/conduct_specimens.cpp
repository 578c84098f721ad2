#include "verify/oracle/self_test/claims.hpp"
#include "verify/oracle/self_test/signs.hpp"
#include "verify/oracle/self_test/top_k.hpp"

namespace touchstone::inline v0::oracle::self_test {

/// Right in law, wrong in conduct: what becomes of the argument, of the buffers, of the generator, of lists; what is declared.
namespace conduct_list {

enum class Careless {
  scales_argument,  ///< x *= d/K, then picks
  clears_argument,  ///< writes zeros into x and returns x itself
  keeps_buffer,     ///< the buffer of the last call is not cleared
  first_call_zero,
  one_call_late,    ///< answers with the result of the call before
  every_other_call  ///< draws at every second call
};

template <class T>
class CarelessRandK final : public Compressor<T> {
 public:
  CarelessRandK(Size d, const Json& parameters, Careless how) : K_(kept_of(d, parameters, false)), how_(how) {
    require_sparsity(K_, d);
  }

  const std::vector<T>& compress(std::vector<T>& x, Choices& random) override {
    const Size d = x.size();
    const T scale = T(static_cast<double>(d) / static_cast<double>(K_));
    if (how_ != Careless::every_other_call || calls_ % 2 == 0) kept_ = random.subset(d, K_);
    ++calls_;
    if (how_ == Careless::clears_argument) return cleared(x, scale);
    if (how_ == Careless::scales_argument)
      for (T& value : x) value *= scale;
    if (how_ == Careless::one_call_late && calls_ > 1) std::swap(this->out_, next_);
    std::vector<T>& y = how_ == Careless::one_call_late && calls_ > 1 ? next_ : this->out_;
    if (how_ != Careless::keeps_buffer || y.size() != d) y.assign(d, T(0));
    for (const Size i : kept_) y[i] = how_ == Careless::scales_argument ? x[i] : scale * x[i];
    if (how_ == Careless::one_call_late && calls_ == 1) next_ = y;
    if (how_ == Careless::first_call_zero && calls_ == 1) y.assign(d, T(0));
    return this->out_;
  }

 private:
  const std::vector<T>& cleared(std::vector<T>& x, T scale) {
    for (Size i = 0; i < x.size(); ++i) {
      if (std::binary_search(kept_.begin(), kept_.end(), i))
        x[i] *= scale;
      else
        x[i] = T(0);
    }
    return x;
  }

  Size K_;
  Careless how_;
  Size calls_ = 0;
  Sizes kept_;
  std::vector<T> next_;
};

Library rand_k() {
  return claims::with(
      claims::library("rand-k:{K}", claims::omega(claims::rand_k_omega, claims::sparse_bits("float64"))), "K",
      {2, 1, 3});
}

Library top_k() {
  return claims::with(
      claims::library("top-k:{K}", claims::delta(claims::sparse_delta, claims::sparse_bits("float64"))), "K",
      {2, 1, 3});
}

void add_careless(Specimens& list) {
  const auto add = [&](const char* id, const char* fault, Careless how) {
    list.push_back(specimen_of<CarelessRandK>(std::string("conduct/") + id, fault, false, rand_k(), how));
  };
  add("argument-scaled", "the argument is scaled in place", Careless::scales_argument);
  add("argument-cleared-and-returned", "the argument is zeroed where nothing is sent, and returned",
      Careless::clears_argument);
  add("buffer-not-cleared", "what the last call sent stays in the buffer", Careless::keeps_buffer);
  add("one-call-late", "from the second call on the result is that of the call before", Careless::one_call_late);
  add("draws-every-other-call", "the coordinates are drawn at every second call", Careless::every_other_call);
  list.push_back(specimen_of<CarelessRandK>("conduct/first-call-zero", "the first call sends nothing", true,
                                            rand_k(), Careless::first_call_zero));
  const auto identity = [](Size d, const Json&) { return Json{{"omega", 0}, {"delta", 1}, {"bits", 64 * d}}; };
  list.push_back(specimen_of<Identity>("conduct/result-is-the-argument", "the result is the argument itself", false,
                                       claims::library("identity", identity), IdentityFault::aliased));
  list.push_back(specimen_of<Identity>("conduct/argument-consumed", "the argument is zero after the call", false,
                                       claims::library("identity", identity), IdentityFault::in_place));
  Library accepting = top_k();
  accepting.accepts_nan = true;
  list.push_back(specimen_of<TopK>("conduct/nan-taken-for-zero", "NaN is taken for zero, without a word", false,
                                   accepting, TopKVariant{}));
}

void add_habits(Specimens& list) {
  const auto add = [&](const char* id, const char* fault, Habits habits) {
    Library library = rand_k();
    library.habits = habits;
    list.push_back(specimen_of<RandK>(std::string("conduct/") + id, fault, false, library, RandKVariant{}));
  };
  add("workers-seeded-alike", "all workers draw the same coordinates", {.workers_alike = true});
  add("workers-antithetic", "worker 1 draws 1-u where worker 0 draws u", {.workers_antithetic = true});
  add("reseeded-at-each-call", "the generator is made anew at each call", {.reseeded = true});
  add("seeded-late", "the first word is drawn before the generator is seeded: the same for all seeds",
      {.seeded_late = true});
  add("global-generator", "the program's global generator is seeded and used", {.uses_global = true});
  add("byte-modulo-d", "an index is a byte modulo d", {.biased_modulo = true});
  Library coarse = claims::with(
      claims::library("rand-k:{K}", claims::omega(claims::rand_k_omega, claims::sparse_bits("float64"))), "K", {1},
      {100});
  coarse.habits.coarse_coins = true;
  list.push_back(specimen_of<RandK>("conduct/coarse-coins", "a coin of probability p compares a byte with p", false,
                                    coarse, RandKVariant{RandKFault::none, true, SubsetBy::one_by_one}));
  Library shared = rand_k();
  shared.habits.workers_alike = true;
  shared.subject.joint = "independent";
  list.push_back(specimen_of<RandK>("conduct/one-mask-called-independent",
                                    "one mask for all workers, declared independent", false, shared,
                                    RandKVariant{}));
  Library honest = rand_k();
  honest.habits.shared = true;
  honest.subject.joint = "shared";
  list.push_back(specimen_of<RandK>("rand-k/correct/shared-mask", "", true, honest, RandKVariant{}));
  Library apart = rand_k();
  apart.subject.joint = "shared";
  list.push_back(specimen_of<RandK>("conduct/own-masks-called-shared",
                                    "every worker has its own mask, declared shared", false, apart,
                                    RandKVariant{}));
}

void add_lists(Specimens& list) {
  const auto add = [&](const char* id, const char* fault, bool in_law, void (*alter)(Library&)) {
    Library library = claims::with_flags(rand_k(), {"lists"});
    alter(library);
    list.push_back(specimen_of<RandK>(id, fault, in_law, library, RandKVariant{}));
  };
  add("lists/joined", "a list is compressed as one vector", true, [](Library& it) { it.joins_lists = true; });
  add("lists/one-mask", "the first item's coordinates serve for all items", true,
      [](Library& it) { it.first_of_list = true; });
  add("lists/last-item-whole", "the last item of a list is sent as it is", true,
      [](Library& it) { it.skips_last_item = true; });
  add("rand-k/correct/lists", "", true, [](Library&) {});
  Library joined = claims::with_flags(top_k(), {"lists", "projection"});
  list.push_back(specimen_of<TopK>("top-k/correct/lists", "", true, joined, TopKVariant{}));
  joined.joins_lists = true;
  list.push_back(
      specimen_of<TopK>("lists/joined/top-k", "a list is compressed as one vector", true, joined, TopKVariant{}));
}

void add_declarations(Specimens& list) {
  const auto random = [&](const char* id, const char* fault, const Declare& declare, Size d = 0, Size K = 0) {
    Library library = K > 0 ? claims::with(rand_k(), "K", {K}, {d}) : rand_k();
    library.declare = declare;
    list.push_back(specimen_of<RandK>(std::string("declared/") + id, fault, true, library, RandKVariant{}));
  };
  const auto top = [&](const char* id, const char* fault, const Declare& declare, Size d = 0, Size K = 0) {
    Library library = K > 0 ? claims::with(top_k(), "K", {K}, {d}) : top_k();
    library.declare = declare;
    list.push_back(specimen_of<TopK>(std::string("declared/") + id, fault, true, library, TopKVariant{}));
  };
  const auto K_of = [](const Json& parameters) { return count_of(parameters.at("K")); };
  random("omega-zero", "omega is declared 0", claims::omega(claims::constant(0)));
  random("omega-inverted", "omega is declared K/d",
         claims::omega([=](Size d, const Json& p) { return Json(fmt::format("{}/{}", K_of(p), d)); }));
  random("omega-of-one-minus-delta", "omega is declared 1 - K/d",
         claims::omega([=](Size d, const Json& p) { return Json(fmt::format("{}/{}", d - K_of(p), d)); }));
  random("omega-rounded-inward", "omega = 1/3 is declared as 0.33", claims::omega(claims::constant("0.33")), 4, 3);
  random("omega-in-few-digits", "omega = 2/3 is declared as 0.6666", claims::omega(claims::constant("0.6666")), 5,
         3);
  top("delta-swapped", "1 - delta is declared",
      claims::delta([=](Size d, const Json& p) { return Json(fmt::format("{}/{}", d - K_of(p), d)); }), 4, 1);
  top("delta-one", "delta is declared 1", claims::delta(claims::constant(1)));
  top("delta-rounded-inward", "delta = 2/3 is declared as 0.67", claims::delta(claims::constant("0.67")), 3, 2);
  top("delta-square-root", "the square root of delta is declared", claims::delta([=](Size d, const Json& p) {
        return Json(std::sqrt(static_cast<double>(K_of(p)) / static_cast<double>(d)));
      }));
  const auto bits = [](const claims::Constant& value) { return claims::omega(claims::rand_k_omega, value); };
  random("bits-without-indices", "the bits of the indices are forgotten",
         bits([=](Size, const Json& p) { return Json(64 * K_of(p)); }));
  random("bits-rounded-down", "an index has floor(log2 d) bits",
         bits([=](Size d, const Json& p) { return Json(K_of(p) * (64 + (d > 1 ? index_bits(d / 2 + 1) : 0))); }),
         257, 1);
  random("bits-of-one", "the bits of one coordinate are declared for all K",
         bits([](Size d, const Json&) { return Json(64 + index_bits(d)); }));
  random("bits-of-half", "a scalar is counted with 16 bits",
         bits([=](Size d, const Json& p) { return Json(K_of(p) * (16 + index_bits(d))); }));
  Library unbiased = claims::with_flags(top_k(), {"unbiased"});
  unbiased.subject.reference.clear();
  unbiased.declare = claims::omega(claims::rand_k_omega);
  list.push_back(
      specimen_of<TopK>("declared/top-k-unbiased", "TopK is declared unbiased", true, unbiased, TopKVariant{}));
  Library larger = rand_k();
  larger.declare = claims::omega([=](Size d, const Json& p) { return Json(fmt::format("{}/{}", d, K_of(p))); });
  list.push_back(specimen_of<RandK>("declared/correct/omega-not-the-least", "", true, larger, RandKVariant{}));
  Library outward = claims::with(rand_k(), "K", {3}, {4});
  outward.declare = claims::omega(claims::constant("0.34"));
  list.push_back(specimen_of<RandK>("declared/correct/rounded-outward", "", true, outward, RandKVariant{}));
  Library silent = rand_k();
  silent.declare = [](Size, const Json&) { return Json(Json::object()); };
  list.push_back(specimen_of<RandK>("declared/correct/nothing", "", true, silent, RandKVariant{}));
}

}  // namespace conduct_list

Specimens conduct_specimens() {
  Specimens list;
  conduct_list::add_careless(list);
  conduct_list::add_habits(list);
  conduct_list::add_lists(list);
  conduct_list::add_declarations(list);
  return list;
}

}  // namespace touchstone::inline v0::oracle::self_test
