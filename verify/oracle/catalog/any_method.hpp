#pragma once
/// \file
/// A method of the reference on a problem, behind a virtual interface, over one number type. Its state is a list of named
/// parts.

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "verify/oracle/catalog/any_problem.hpp"
#include "verify/oracle/catalog/any_randomness.hpp"
#include "verify/oracle/catalog/named_state.hpp"

namespace touchstone::inline v0::oracle {

/// Immutable; copies share what they hold.
template <Field S>
class AnyMethod {
 public:
  /// `names` are those of the members of Method::State, in its order.
  template <class Method>
  AnyMethod(AnyProblem<S> f, Method method, std::vector<std::string> names)
      : held_(std::make_shared<Holder<Method>>(std::move(f), std::move(method), std::move(names))) {}

  [[nodiscard]] const std::vector<PartShape>& shapes() const { return held_->shapes; }
  [[nodiscard]] const AnyProblem<S>& problem() const { return held_->f; }

  /// The method's usual start from x. Throws precondition_error where x does not fit.
  [[nodiscard]] NamedState<S> initial(const Vector<S>& x) const { return held_->initial(x); }

  /// The state with these parts that are not derived; the derived ones are computed, or kept where they are given. Throws
  /// precondition_error where a part is missing, unknown or does not fit the problem.
  [[nodiscard]] NamedState<S> complete(const NamedState<S>& given) const { return held_->complete(given); }

  /// The step of the method. `state` is complete.
  [[nodiscard]] NamedState<S> step(const NamedState<S>& state, AnyRandomness<S>& random) const {
    return held_->step(state, random);
  }

  [[nodiscard]] Index bits_per_iteration(Index scalar_bits) const { return held_->bits_per_iteration(scalar_bits); }

 private:
  struct Held {
    explicit Held(AnyProblem<S> problem) : f(std::move(problem)) {}
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    virtual ~Held() = default;
    [[nodiscard]] virtual NamedState<S> initial(const Vector<S>& x) const = 0;
    [[nodiscard]] virtual NamedState<S> complete(const NamedState<S>& given) const = 0;
    [[nodiscard]] virtual NamedState<S> step(const NamedState<S>& state, AnyRandomness<S>& random) const = 0;
    [[nodiscard]] virtual Index bits_per_iteration(Index scalar_bits) const = 0;
    AnyProblem<S> f;
    std::vector<PartShape> shapes;
  };

  template <class Method>
  struct Holder final : Held {
    using State = typename Method::State;

    Holder(AnyProblem<S> problem, Method m, std::vector<std::string> names)
        : Held(std::move(problem)), method(std::move(m)) {
      State state = method.initial(this->f, Vector<S>(Vector<S>::Zero(this->f.dimension())));
      const auto free = addresses(free_parts_of(state));
      std::size_t next = 0;
      for_each_part(state, [&](auto& part) {
        const bool derived = std::find(free.begin(), free.end(), static_cast<const void*>(&part)) == free.end();
        this->shapes.push_back({std::move(names.at(next++)), std::is_same_v<decltype(part), Vector<S>&>, derived});
      });
    }

    NamedState<S> initial(const Vector<S>& x) const override { return named(method.initial(this->f, x)); }

    NamedState<S> complete(const NamedState<S>& given) const override {
      for (const StatePart<S>& part : given) require_known(part);
      State state = method.initial(this->f, Vector<S>(Vector<S>::Zero(this->f.dimension())));
      fill(state, given, false);
      state =
          std::apply([&](const auto&... free) { return method.initial(this->f, free...); }, free_parts_of(state));
      fill(state, given, true);
      return named(state);
    }

    NamedState<S> step(const NamedState<S>& state, AnyRandomness<S>& random) const override {
      State typed = method.initial(this->f, Vector<S>(Vector<S>::Zero(this->f.dimension())));
      std::size_t next = 0;
      for_each_part(typed, [&](auto& part) { assign(part, state[next++]); });
      return named(method.step(this->f, std::move(typed), random));
    }

    Index bits_per_iteration(Index scalar_bits) const override {
      return method.bits_per_iteration(this->f, scalar_bits);
    }

    Method method;

   private:
    static auto free_parts_of(State& state) {
      if constexpr (requires { state.free_parts(); })
        return state.free_parts();
      else
        return state.parts();
    }

    template <class Parts>
    static std::vector<const void*> addresses(const Parts& parts) {
      return std::apply([](const auto&... part) { return std::vector<const void*>{&part...}; }, parts);
    }

    template <class Typed, class Visit>
    static void for_each_part(Typed& state, const Visit& visit) {
      std::apply([&](auto&... part) { (visit(part), ...); }, state.parts());
    }

    static std::vector<Vector<S>> vectors(const Vector<S>& part) { return {part}; }
    static std::vector<Vector<S>> vectors(const std::vector<Vector<S>>& part) { return part; }
    static std::vector<Vector<S>> vectors(const std::vector<std::vector<Vector<S>>>& part) {
      std::vector<Vector<S>> all;
      for (const std::vector<Vector<S>>& own : part) all.insert(all.end(), own.begin(), own.end());
      return all;
    }

    /// What is given replaces what is there and has its shape.
    static void assign(Vector<S>& part, const StatePart<S>& given) {
      require_shape(given, 1);
      replace(part, given, 0);
    }
    static void assign(std::vector<Vector<S>>& part, const StatePart<S>& given) {
      require_shape(given, part.size());
      for (std::size_t i = 0; i < part.size(); ++i) replace(part[i], given, i);
    }
    static void assign(std::vector<std::vector<Vector<S>>>& part, const StatePart<S>& given) {
      std::size_t count = 0;
      for (const std::vector<Vector<S>>& own : part) count += own.size();
      require_shape(given, count);
      std::size_t next = 0;
      for (std::vector<Vector<S>>& own : part)
        for (Vector<S>& row : own) replace(row, given, next++);
    }

    static void require_shape(const StatePart<S>& given, std::size_t count) {
      require(given.vectors.size() == count,
              "a part of the state has as many vectors as the method keeps (part, found, "
              "expected)",
              given.name, given.vectors.size(), count);
    }
    static void replace(Vector<S>& part, const StatePart<S>& given, std::size_t i) {
      require(given.vectors[i].size() == part.size(),
              "a vector of the state has the problem's dimension (part, vector, "
              "found, expected)",
              given.name, i, given.vectors[i].size(), part.size());
      part = given.vectors[i];
    }

    void require_known(const StatePart<S>& part) const {
      const bool known = std::any_of(this->shapes.begin(), this->shapes.end(),
                                     [&](const PartShape& shape) { return shape.name == part.name; });
      require(known, "a state has the parts of its method; found", part.name);
    }

    /// The parts that are derived, or those that are not.
    void fill(State& state, const NamedState<S>& given, bool derived) const {
      std::size_t next = 0;
      for_each_part(state, [&](auto& part) {
        const PartShape& shape = this->shapes[next++];
        if (shape.derived != derived) return;
        const StatePart<S>* found = find_part(given, shape.name);
        require(derived || found != nullptr, "a state has all parts of its method; missing", shape.name);
        if (found != nullptr) assign(part, *found);
      });
    }

    [[nodiscard]] NamedState<S> named(const State& state) const {
      NamedState<S> parts;
      for_each_part(state, [&](const auto& part) {
        parts.push_back({this->shapes[parts.size()].name, vectors(part)});
      });
      return parts;
    }
  };

  std::shared_ptr<const Held> held_;
};

}  // namespace touchstone::inline v0::oracle
