#include <cmath>

#include "verify/oracle/self_test/claims.hpp"
#include "verify/oracle/self_test/dithering.hpp"
#include "verify/oracle/self_test/lazy.hpp"
#include "verify/oracle/self_test/powers.hpp"
#include "verify/oracle/self_test/top_k.hpp"

namespace touchstone::inline v0::oracle::self_test {

/// Compressors that no reference has: only what they declare can be judged.
namespace unknown_list {

enum class Kind {
  half_block,  ///< one half of the coordinates, doubled
  half_block_unscaled,
  parity,            ///< the even or the odd coordinates, doubled
  random_signs,      ///< x + s x, s = +-1: everything twice, or nothing
  random_neighbour,  ///< half of the coordinates' values are those of the neighbour
  threshold,         ///< what is at least 1
  clipped,           ///< what is between -1 and 1, the rest clipped
  noisy,             ///< x_i + 1 or x_i - 1
  composed           ///< RandK of natural compression
};

template <class T>
class Unknown final : public Compressor<T> {
 public:
  Unknown(Size d, const Json& /*parameters*/, Kind kind) : kind_(kind) {
    if (kind == Kind::composed) require_sparsity(2, d);
  }

  const std::vector<T>& compress(std::vector<T>& x, Choices& random) override {
    std::vector<T>& y = this->out_;
    y.assign(x.size(), T(0));
    switch (kind_) {
      case Kind::half_block:
      case Kind::half_block_unscaled:
      case Kind::parity: {
        const Size side = random.choose(2);
        for (Size i = 0; i < x.size(); ++i) {
          const Size own = kind_ == Kind::parity ? i % 2 : 2 * i / x.size();
          if (own == side) y[i] = kind_ == Kind::half_block_unscaled ? x[i] : T(2) * x[i];
        }
        return y;
      }
      case Kind::random_signs: {
        const bool twice = random.bernoulli(0.5);
        for (Size i = 0; i < x.size(); ++i) y[i] = twice ? T(2) * x[i] : T(0);
        return y;
      }
      case Kind::random_neighbour:
        for (Size i = 0; i < x.size(); ++i) y[i] = random.bernoulli(0.5) ? x[i] : x[(i + 1) % x.size()];
        return y;
      case Kind::threshold:
        for (Size i = 0; i < x.size(); ++i) y[i] = std::abs(x[i]) < T(1) ? T(0) : x[i];
        return y;
      case Kind::clipped:
        for (Size i = 0; i < x.size(); ++i) y[i] = std::clamp(x[i], T(-1), T(1));
        return y;
      case Kind::noisy:
        for (Size i = 0; i < x.size(); ++i) y[i] = x[i] + (random.bernoulli(0.5) ? T(1) : T(-1));
        return y;
      case Kind::composed:
        break;
    }
    std::vector<T> powers = Powers<T>(x.size(), Json::object(), {}).compress(x, random);
    y = RandK<T>(x.size(), Json{{"K", 2}}, {}).compress(powers, random);
    return y;
  }

 private:
  Kind kind_;
};

Library claiming(const char* name, const Json& value, Sizes dimensions, std::vector<std::string> flags) {
  Library made = claims::library("", claims::declared(name, claims::constant(value), {}));
  made.subject.dimensions = std::move(dimensions);
  made.subject.flags = std::move(flags);
  return made;
}

void add(Specimens& list, const char* id, const char* fault, const Library& library, Kind kind) {
  list.push_back(specimen_of<Unknown>(std::string("unknown/") + id, fault, true, library, kind));
}

/// The family's compressor, with what is declared only.
template <template <class> class C, class Variant>
void add_known(Specimens& list, const char* id, const char* fault, Library library, const Json& parameters,
               const Variant& variant) {
  for (const auto& [name, value] : parameters.items()) library.subject.parameters[name] = {value};
  list.push_back(specimen_of<C>(std::string("unknown/") + id, fault, true, library, variant));
}

}  // namespace unknown_list

Specimens unknown_law_specimens() {
  using unknown_list::add;
  using unknown_list::claiming;
  using unknown_list::Kind;
  Specimens list;
  const std::vector<std::string> unbiased = {"unbiased"};
  const std::vector<std::string> linear = {"unbiased", "odd", "homogeneous", "two-homogeneous"};
  add(list, "correct/half-block", "", claiming("omega", 1, {4, 2, 6}, linear), Kind::half_block);
  add(list, "correct/parity", "", claiming("omega", 1, {4, 2, 5}, linear), Kind::parity);
  add(list, "correct/all-twice-or-nothing", "",
      claiming("omega", "1", {4, 1, 3}, {"unbiased", "homogeneous", "permutation-equivariant"}),
      Kind::random_signs);
  add(list, "correct/half-block-unscaled", "", claiming("delta", "1/2", {4, 2, 6}, {"odd"}),
      Kind::half_block_unscaled);
  add(list, "correct/rand-2-of-natural", "", claiming("omega", "5/4", {4}, unbiased), Kind::composed);
  add(list, "half-block-omega-small", "omega is 1, and declared 1/2", claiming("omega", "1/2", {4, 2}, unbiased),
      Kind::half_block);
  add(list, "half-block-not-equivariant", "neighbours are kept together, declared equivariant under permutations",
      claiming("omega", 1, {4}, {"unbiased", "permutation-equivariant"}), Kind::half_block);
  add(list, "half-block-unscaled-unbiased", "half of the coordinates, not doubled, declared unbiased",
      claiming("omega", 1, {4, 2}, unbiased), Kind::half_block_unscaled);
  add(list, "half-block-delta-large", "delta is 1/2, and declared 0.51", claiming("delta", "0.51", {4, 2}, {}),
      Kind::half_block_unscaled);
  add(list, "rand-2-of-natural-sum", "the omegas of two stages are added, not compounded",
      claiming("omega", "9/8", {4}, unbiased), Kind::composed);
  add(list, "neighbour-mixed-in", "a coordinate has its neighbour's value half of the time",
      claiming("omega", 1, {4, 2, 3}, unbiased), Kind::random_neighbour);
  add(list, "fixed-threshold", "what is less than 1 is dropped, declared contractive",
      claiming("delta", "1/4", {4, 2}, {}), Kind::threshold);
  add(list, "fixed-threshold-homogeneous", "what is less than 1 is dropped, declared homogeneous",
      claiming("bits", 1024, {4, 2}, {"homogeneous"}), Kind::threshold);
  add(list, "clipped", "what is greater than 1 is clipped, declared contractive with 1/2",
      claiming("delta", "1/2", {4, 2}, {"odd"}), Kind::clipped);
  add(list, "absolute-noise", "noise of fixed size, declared relative", claiming("omega", 1, {4, 2}, unbiased),
      Kind::noisy);
  unknown_list::add_known<Dithering>(list, "dithering-omega-small",
                                     "omega = sqrt(d)/s - 1 is declared without the root",
                                     claiming("omega", "1/2", {9}, unbiased), {{"s", 1}}, DitheringVariant{});
  unknown_list::add_known<Dithering>(list, "correct/dithering", "", claiming("omega", "2", {9}, unbiased),
                                     {{"s", 1}}, DitheringVariant{});
  unknown_list::add_known<Powers>(list, "natural-homogeneous", "natural compression declared homogeneous",
                                  claiming("omega", "1/8", {4, 1}, {"unbiased", "homogeneous"}), Json::object(),
                                  PowerVariant{});
  unknown_list::add_known<Powers>(list, "correct/natural", "",
                                  claiming("omega", "0.125", {4, 1}, {"unbiased", "odd", "two-homogeneous"}),
                                  Json::object(), PowerVariant{});
  unknown_list::add_known<L1Sampling>(list, "l1-sampling-omega", "omega = d - 1 is declared as sqrt(d)",
                                      claiming("omega", "2", {4}, unbiased), Json::object(), L1Fault::none);
  unknown_list::add_known<TopK>(list, "top-by-value-odd", "TopK by value declared odd",
                                claiming("bits", 1024, {4, 3}, {"odd"}), {{"K", 1}},
                                TopKVariant{TopKFault::by_value});
  unknown_list::add_known<RandK>(list, "rand-k-projection", "RandK with its factor declared a projection",
                                 claiming("omega", "1", {4}, {"unbiased", "projection"}), {{"K", 2}},
                                 RandKVariant{});
  return list;
}

}  // namespace touchstone::inline v0::oracle::self_test
