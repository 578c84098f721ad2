#include "verify/oracle/self_test/method.hpp"

#include <algorithm>

namespace touchstone::inline v0::oracle::self_test {

template <class T>
QuadraticProblem<T>::QuadraticProblem(const Json& json) {
  if (json.value("kind", "") != "quadratic") throw Unsupported("this library has quadratic problems only");
  for (const Json& worker : json.at("workers")) {
    parts_.emplace_back();
    for (const Json& part : worker)
      parts_.back().push_back({vectors_of<T>(part.at("A")), vector_of<T>(part.at("b"))});
    if (parts_.back().empty()) throw Refused("a worker without components");
  }
  if (parts_.empty()) throw Refused("no workers");
}

template <class T>
Vec<T> QuadraticProblem<T>::component_gradient(Size i, Size j, const Vec<T>& x) const {
  const Part& part = parts_.at(i).at(j);
  if (x.size() != part.b.size() || part.A.size() != part.b.size()) throw Refused("x does not fit the problem");
  Vec<T> gradient(x.size(), T(0));
  for (Size r = 0; r < x.size(); ++r) {
    for (Size c = 0; c < x.size(); ++c) gradient[r] += part.A[r].at(c) * x[c];
    gradient[r] -= part.b[r];
  }
  return gradient;
}

template <class T>
Vec<T> QuadraticProblem<T>::gradient(Size i, const Vec<T>& x) const {
  Vecs<T> each;
  for (Size j = 0; j < components(i); ++j) each.push_back(component_gradient(i, j, x));
  return mean_of(each);
}

template <class T>
void QuadraticProblem<T>::forget_linear_part() {
  for (std::vector<Part>& worker : parts_)
    for (Part& part : worker) std::fill(part.b.begin(), part.b.end(), T(0));
}

template <class T>
Task<T>::Task(const Json& request) : f(request.at("problem")) {
  const Json& parameters = request.at("method").at("parameters");
  gamma = static_cast<T>(number_of(parameters.at("gamma")));
  for (const auto& [name, value] : parameters.items()) {
    if (name == "alpha") alpha = static_cast<T>(number_of(value));
    if (name == "p") p = number_of(value);
    if (name == "tau") tau = count_of(value);
    if (name == "compressor") compressor = value.template get<std::string>();
    if (name == "shift_compressor") shift_compressor = value.template get<std::string>();
    if (name == "gradient") sampled = value == "sampled";
    if (name == "regularizer" && value.value("kind", "none") != "none")
      throw Unsupported("this library has no regularizers");
  }
}

namespace {

template <class T>
class MethodLibrary final : public Implementation {
 public:
  MethodLibrary(MethodLibraryOptions options, MethodStep<T> step)
      : options_(std::move(options)), step_(std::move(step)) {}

  const Subject& subject() const override { return options_.subject; }
  Json describe(const Json& request) const override { return options_.declare(request); }

  void answer(const std::string& call, const Json& request, Answers& out) override {
    if (call != "step") throw Unsupported("this library makes steps");
    const Task<T> task(request);
    const MethodState<T> given = state_of(task, request.at("state"));
    Choices random = choices_of(request, {});
    for (Size count = request.value("count", Size{1}); count > 0; --count) {
      MethodState<T> state = given;
      random.begin_call();
      random.worker(-1);
      step_(task, state, random);
      out.begin();
      out.open("state");
      for (const StatePartOf& part : options_.parts) {
        if (part.derived && !options_.tells_derived) continue;
        if (part.single)
          out.vector(part.name, state[part.name].at(0));
        else
          out.vectors(part.name, state[part.name]);
      }
      out.close();
      out.choices(random);
      out.end();
    }
  }

 private:
  [[nodiscard]] MethodState<T> state_of(const Task<T>& task, const Json& json) const {
    MethodState<T> state;
    for (const StatePartOf& part : options_.parts) {
      if (!json.contains(part.name) && !part.derived) throw Refused(fmt::format("the state has no {}", part.name));
      if (!json.contains(part.name))
        state[part.name] = derived(task, state, part);
      else if (part.single)
        state[part.name] = {vector_of<T>(json[part.name])};
      else
        state[part.name] = vectors_of<T>(json[part.name]);
    }
    return state;
  }

  [[nodiscard]] static Vecs<T> derived(const Task<T>& task, MethodState<T>& state, const StatePartOf& part) {
    const std::string name = part.name;
    const bool of_table = name == "table_mean";
    Vecs<T> vectors;
    Size next = 0;
    for (Size i = 0; i < (part.single ? 1 : task.f.workers()); ++i) {
      const Size m = task.f.components(i);
      if (of_table)
        vectors.push_back(mean_of(state["table"], next, next + m));
      else
        vectors.push_back(task.f.gradient(i, name == "gradients" ? state["x"][0] : state["w"][i]));
      next += m;
    }
    return vectors;
  }

  MethodLibraryOptions options_;
  MethodStep<T> step_;
};

}  // namespace

template <class T>
std::unique_ptr<Implementation> make_method_library(const MethodLibraryOptions& options,
                                                    const MethodStep<T>& step) {
  return std::make_unique<MethodLibrary<T>>(options, step);
}

template class QuadraticProblem<double>;
template class QuadraticProblem<float>;
template struct Task<double>;
template struct Task<float>;
template std::unique_ptr<Implementation> make_method_library(const MethodLibraryOptions&,
                                                             const MethodStep<double>&);
template std::unique_ptr<Implementation> make_method_library(const MethodLibraryOptions&, const MethodStep<float>&);

}  // namespace touchstone::inline v0::oracle::self_test
