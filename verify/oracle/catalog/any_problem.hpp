#pragma once
/// \file
/// A problem of the reference behind a virtual interface, over one number type.

#include <memory>
#include <utility>

#include "touchstone/problems/problem.hpp"

namespace touchstone::inline v0::oracle {

/// Immutable; copies share what they hold. Arguments and results as in problem.hpp.
template <Field S>
class AnyProblem {
 public:
  template <FiniteSumProblem<S> P>
  explicit AnyProblem(P problem) : held_(std::make_shared<Holder<P>>(std::move(problem))) {}

  [[nodiscard]] Index workers() const { return held_->workers(); }
  [[nodiscard]] Index dimension() const { return held_->dimension(); }
  [[nodiscard]] Index components(Index i) const { return held_->components(i); }
  [[nodiscard]] Vector<S> gradient(Index i, const Vector<S>& x) const { return held_->gradient(i, x); }
  [[nodiscard]] Vector<S> component_gradient(Index i, Index j, const Vector<S>& x) const {
    return held_->component_gradient(i, j, x);
  }
  [[nodiscard]] S value(const Vector<S>& x) const { return held_->value(x); }
  [[nodiscard]] const ProblemConstants<S>& constants() const { return held_->constants(); }

 private:
  struct Held {
    Held() = default;
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    virtual ~Held() = default;
    [[nodiscard]] virtual Index workers() const = 0;
    [[nodiscard]] virtual Index dimension() const = 0;
    [[nodiscard]] virtual Index components(Index i) const = 0;
    [[nodiscard]] virtual Vector<S> gradient(Index i, const Vector<S>& x) const = 0;
    [[nodiscard]] virtual Vector<S> component_gradient(Index i, Index j, const Vector<S>& x) const = 0;
    [[nodiscard]] virtual S value(const Vector<S>& x) const = 0;
    [[nodiscard]] virtual const ProblemConstants<S>& constants() const = 0;
  };

  template <class P>
  struct Holder final : Held {
    explicit Holder(P problem) : f(std::move(problem)) {}
    [[nodiscard]] Index workers() const override { return f.workers(); }
    [[nodiscard]] Index dimension() const override { return f.dimension(); }
    [[nodiscard]] Index components(Index i) const override { return f.components(i); }
    [[nodiscard]] Vector<S> gradient(Index i, const Vector<S>& x) const override { return f.gradient(i, x); }
    [[nodiscard]] Vector<S> component_gradient(Index i, Index j, const Vector<S>& x) const override {
      return f.component_gradient(i, j, x);
    }
    [[nodiscard]] S value(const Vector<S>& x) const override { return f.value(x); }
    [[nodiscard]] const ProblemConstants<S>& constants() const override { return f.constants(); }
    P f;
  };

  std::shared_ptr<const Held> held_;
};

}  // namespace touchstone::inline v0::oracle
