#pragma once
/// \file
/// The methods of the catalogue behind one interface: quadratic problems, states, and the harness around a step. A family is
/// a class template M<T>(variant) with step(task, state, random); the variant holds the fault.

#include <map>
#include <memory>
#include <utility>

#include "verify/oracle/self_test/compressor.hpp"

namespace touchstone::inline v0::oracle::self_test {

template <class T>
using Vec = std::vector<T>;
template <class T>
using Vecs = std::vector<std::vector<T>>;

/// y += scale x
template <class T>
void add(Vec<T>& y, T scale, const Vec<T>& x) {
  for (Size c = 0; c < y.size(); ++c) y[c] += scale * x[c];
}
template <class T>
[[nodiscard]] Vec<T> plus(Vec<T> y, T scale, const Vec<T>& x) {
  add(y, scale, x);
  return y;
}
template <class T>
[[nodiscard]] Vec<T> minus(Vec<T> y, const Vec<T>& x) {
  add(y, T(-1), x);
  return y;
}
template <class T>
void scale(Vec<T>& y, T by) {
  for (T& value : y) value *= by;
}
/// (1/n) sum, added up in this order.
template <class T>
[[nodiscard]] Vec<T> mean_of(const Vecs<T>& vectors, Size begin, Size end) {
  Vec<T> sum(vectors[begin].size(), T(0));
  for (Size i = begin; i < end; ++i) add(sum, T(1), vectors[i]);
  scale(sum, T(1) / T(end - begin));
  return sum;
}
template <class T>
[[nodiscard]] Vec<T> mean_of(const Vecs<T>& vectors) {
  return mean_of(vectors, 0, vectors.size());
}

/// f = (1/n) sum_i (1/m_i) sum_j f_ij with grad f_ij(x) = A x - b.
template <class T>
class QuadraticProblem {
 public:
  explicit QuadraticProblem(const Json& json);

  [[nodiscard]] Size workers() const { return parts_.size(); }
  [[nodiscard]] Size components(Size i) const { return parts_[i].size(); }
  [[nodiscard]] Vec<T> component_gradient(Size i, Size j, const Vec<T>& x) const;
  [[nodiscard]] Vec<T> gradient(Size i, const Vec<T>& x) const;
  /// The fault of a library that forgets b.
  void forget_linear_part();

 private:
  struct Part {
    Vecs<T> A;
    Vec<T> b;
  };
  std::vector<std::vector<Part>> parts_;
};

/// A problem and the parameters of a method on it.
template <class T>
struct Task {
  QuadraticProblem<T> f;
  T gamma{};
  T alpha{};
  double p = 0;
  Size tau = 0;
  std::string compressor = "identity";
  std::string shift_compressor = "identity";
  bool sampled = false;

  explicit Task(const Json& request);
  [[nodiscard]] Vec<T> compressed(const std::string& by, Vec<T> x, Choices& random) const {
    return named_compressor<T>(by, x.size())->compress(x, random);
  }
  /// Of worker i: full, or of a component that is drawn.
  [[nodiscard]] Vec<T> gradient(Size i, const Vec<T>& x, Choices& random) const {
    return sampled ? f.component_gradient(i, random.choose(f.components(i)), x) : f.gradient(i, x);
  }
};

/// The parts of a state by name; a single vector is a list of one.
template <class T>
using MethodState = std::map<std::string, Vecs<T>, std::less<>>;

struct StatePartOf {
  const char* name;
  bool single;
  bool derived = false;  ///< computed where it is not given
};

using StateParts = std::vector<StatePartOf>;

/// What surrounds the step.
struct MethodLibraryOptions {
  Subject subject;
  StateParts parts;
  bool tells_derived = true;
  std::function<Json(const Json& request)> declare = [](const Json&) { return Json(Json::object()); };
};

template <class T>
using MethodStep = std::function<void(const Task<T>&, MethodState<T>&, Choices&)>;

template <class T>
[[nodiscard]] std::unique_ptr<Implementation> make_method_library(const MethodLibraryOptions& options,
                                                                  const MethodStep<T>& step);

extern template class QuadraticProblem<double>;
extern template class QuadraticProblem<float>;
extern template struct Task<double>;
extern template struct Task<float>;
extern template std::unique_ptr<Implementation> make_method_library(const MethodLibraryOptions&,
                                                                    const MethodStep<double>&);
extern template std::unique_ptr<Implementation> make_method_library(const MethodLibraryOptions&,
                                                                    const MethodStep<float>&);

template <template <class> class M, class Variant>
[[nodiscard]] Specimen method_specimen(std::string id, std::string fault, const Variant& variant,
                                       MethodLibraryOptions options) {
  options.subject.name = id;
  options.subject.kind = "method";
  const auto make = [options, variant] {
    if (options.subject.dtype == "float32")
      return make_method_library<float>(
          options, [variant](const Task<float>& task, MethodState<float>& state, Choices& random) {
            M<float>{variant}.step(task, state, random);
          });
    return make_method_library<double>(
        options, [variant](const Task<double>& task, MethodState<double>& state, Choices& random) {
          M<double>{variant}.step(task, state, random);
        });
  };
  return {std::move(id), std::move(fault), true, make};
}

[[nodiscard]] inline MethodLibraryOptions method_options(const char* reference, const StateParts& parts,
                                                         const char* dtype = "float64") {
  MethodLibraryOptions made;
  made.subject.reference = reference;
  made.subject.dtype = dtype;
  made.parts = parts;
  return made;
}

template <class Fault>
struct NamedFault {
  const char* id;
  const char* sentence;
  Fault fault;
};

/// The method with each of these faults, and without one.
template <template <class> class M, class Variant, class Fault>
void add_method(Specimens& list, const char* name, const StateParts& parts,
                const std::vector<NamedFault<Fault>>& faults) {
  for (const NamedFault<Fault>& one : faults)
    list.push_back(method_specimen<M>(fmt::format("{}/{}", name, one.id), one.sentence, Variant{one.fault},
                                      method_options(name, parts)));
  for (const char* dtype : {"float64", "float32"})
    list.push_back(method_specimen<M>(fmt::format("{}/correct/{}", name, dtype), "", Variant{Fault::none},
                                      method_options(name, parts, dtype)));
}

}  // namespace touchstone::inline v0::oracle::self_test
