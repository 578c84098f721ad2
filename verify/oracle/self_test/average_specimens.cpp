#include <algorithm>
#include <cmath>

#include "verify/oracle/self_test/catalogue.hpp"
#include "verify/oracle/self_test/small_float.hpp"

namespace touchstone::inline v0::oracle::self_test {

namespace average_list {

enum class Fault {
  none,
  divided_in_integers,  ///< 1/n, both integers
  divided_by_n_minus_1,
  summed,
  first_only,
  last_dropped,
  first_twice,
  running_halves,      ///< m <- (m + x)/2
  weights_in_percent,  ///< n times round(100/n)/100
  nan_dropped,
  zeros_not_counted,
  median,
  truncated,  ///< to whole numbers
  maximum
};

/// How the sum is taken; all are right.
enum class Order { forward, backward, pairwise, running };

struct Variant {
  Fault fault = Fault::none;
  Order order = Order::forward;
};

template <class Accumulator>
Accumulator divided(Accumulator sum, Size n) {
  return sum / Accumulator(static_cast<double>(n));
}

template <class Accumulator>
Accumulator pairwise(const std::vector<Accumulator>& values, Size begin, Size end) {
  if (end - begin == 1) return values[begin];
  const Size middle = begin + (end - begin) / 2;
  return pairwise(values, begin, middle) + pairwise(values, middle, end);
}

template <class Accumulator>
Accumulator right_mean(const std::vector<Accumulator>& values, Order order) {
  const Size n = values.size();
  Accumulator sum = Accumulator(0.0);
  if (order == Order::pairwise) return divided(pairwise(values, 0, n), n);
  if (order == Order::running) {
    for (Size i = 0; i < n; ++i) sum = sum + divided(values[i] - sum, i + 1);
    return sum;
  }
  for (Size i = 0; i < n; ++i) sum = sum + values[order == Order::backward ? n - 1 - i : i];
  return divided(sum, n);
}

template <class Accumulator>
Accumulator mean(std::vector<Accumulator> values, const Variant& variant) {
  const Size n = values.size();
  const auto sum_of = [](const auto& list) {
    Accumulator sum = Accumulator(0.0);
    for (const Accumulator value : list) sum = sum + value;
    return sum;
  };
  switch (variant.fault) {
    case Fault::divided_in_integers:
      return sum_of(values) * Accumulator(static_cast<double>(1 / n));
    case Fault::divided_by_n_minus_1:
      return divided(sum_of(values), std::max<Size>(n - 1, 1));
    case Fault::summed:
      return sum_of(values);
    case Fault::first_only:
      return values.front();
    case Fault::last_dropped:
      if (n > 1) values.pop_back();
      return divided(sum_of(values), n);
    case Fault::first_twice:
      return divided(sum_of(values) + values.front(), n + 1);
    case Fault::running_halves:
      for (Size i = 1; i < n; ++i) values[0] = divided(values[0] + values[i], 2);
      return values[0];
    case Fault::weights_in_percent:
      return sum_of(values) * Accumulator(std::round(100.0 / static_cast<double>(n)) / 100);
    case Fault::nan_dropped:
      std::erase_if(values, [](Accumulator value) { return !(value == value); });
      return values.empty() ? Accumulator(0.0) : divided(sum_of(values), values.size());
    case Fault::zeros_not_counted:
      std::erase_if(values, [](Accumulator value) { return value == Accumulator(0.0); });
      return values.empty() ? Accumulator(0.0) : divided(sum_of(values), values.size());
    case Fault::median:
      std::sort(values.begin(), values.end());
      return n % 2 == 1 ? values[n / 2] : divided(values[n / 2 - 1] + values[n / 2], 2);
    case Fault::truncated:
      return Accumulator(std::trunc(static_cast<double>(divided(sum_of(values), n))));
    case Fault::maximum:
      return *std::max_element(values.begin(), values.end());
    case Fault::none:
      break;
  }
  return right_mean(values, variant.order);
}

/// Vectors of T, added up in another type.
template <class T, class Accumulator>
class Average final : public Implementation {
 public:
  Average(Subject subject, const Variant& variant) : subject_(std::move(subject)), variant_(variant) {}

  const Subject& subject() const override { return subject_; }
  Json describe(const Json& /*request*/) const override { return Json::object(); }

  void answer(const std::string& call, const Json& request, Answers& out) override {
    if (call != "average") throw Unsupported("this library averages");
    const std::vector<std::vector<T>> vectors = vectors_of<T>(request.at("vectors"));
    if (vectors.empty()) throw Refused("no vectors");
    std::vector<T> y;
    for (Size i = 0; i < vectors.front().size(); ++i) {
      std::vector<Accumulator> column;
      for (const std::vector<T>& vector : vectors) {
        if (vector.size() != vectors.front().size()) throw Refused("vectors of different lengths");
        column.push_back(static_cast<Accumulator>(static_cast<double>(vector[i])));
      }
      y.push_back(static_cast<T>(static_cast<double>(mean(std::move(column), variant_))));
    }
    out.begin();
    out.vector("y", y);
    out.end();
  }

 private:
  Subject subject_;
  Variant variant_;
};

template <class T, class Accumulator>
void add(Specimens& list, const std::string& id, const char* fault, const char* dtype, const Variant& variant) {
  const Subject subject{.name = "average/" + id, .kind = "average", .dtype = dtype, .ways = {"black-box"}};
  list.push_back(
      {subject.name, fault, true, [=] { return std::make_unique<Average<T, Accumulator>>(subject, variant); }});
}

}  // namespace average_list

Specimens average_specimens() {
  using average_list::add;
  using average_list::Fault;
  using average_list::Order;
  Specimens list;
  const auto wrong = [&](const char* id, const char* fault, Fault which) {
    add<double, double>(list, id, fault, "float64", {which});
  };
  wrong("divided-in-integers", "the sum is multiplied by 1/n, computed in integers", Fault::divided_in_integers);
  wrong("divided-by-n-minus-1", "divided by n-1", Fault::divided_by_n_minus_1);
  wrong("summed", "the sum in the place of the mean", Fault::summed);
  wrong("first-only", "the first vector in the place of the mean", Fault::first_only);
  wrong("last-dropped", "the last shard is dropped", Fault::last_dropped);
  wrong("first-twice", "the first vector is counted twice", Fault::first_twice);
  wrong("running-halves", "the running mean is halved at each vector", Fault::running_halves);
  wrong("weights-in-percent", "weights are rounded to percents and do not sum to one", Fault::weights_in_percent);
  wrong("nan-dropped", "NaN is left out of the mean, without a word", Fault::nan_dropped);
  wrong("zeros-not-counted", "zeros are taken for missing and not counted", Fault::zeros_not_counted);
  wrong("median", "the median in the place of the mean", Fault::median);
  wrong("truncated", "truncated to whole numbers", Fault::truncated);
  wrong("maximum", "the maximum in the place of the mean", Fault::maximum);
  add<Half, Half>(list, "overflow-in-half", "the sum of half-precision numbers is kept in half precision",
                  "float16", {});
  add<BrainFloat, BrainFloat>(list, "sum-in-bfloat16", "the sum of bfloat16 numbers is kept in bfloat16",
                              "bfloat16", {});
  add<float, Half>(list, "float32-in-half", "float32 vectors are averaged in half precision", "float32", {});
  add<double, float>(list, "float64-in-float32", "float64 vectors are averaged in float32", "float64", {});
  for (const auto& [name, order] : {std::pair{"forward", Order::forward}, std::pair{"backward", Order::backward},
                                    std::pair{"pairwise", Order::pairwise}, std::pair{"running", Order::running}}) {
    const average_list::Variant right{Fault::none, order};
    add<double, long double>(list, fmt::format("correct/{}/float64", name), "", "float64", right);
    add<float, double>(list, fmt::format("correct/{}/float32", name), "", "float32", right);
  }
  add<Half, float>(list, "correct/float16", "", "float16", {});
  add<BrainFloat, double>(list, "correct/bfloat16", "", "bfloat16", {});
  return list;
}

}  // namespace touchstone::inline v0::oracle::self_test
