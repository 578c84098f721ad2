#pragma once
/// \file
/// What the theory of a method takes from its specification and the problem, checked; defaults that are taken are noted.

#include "verify/oracle/catalog/theory.hpp"

namespace touchstone::inline v0::oracle {

class TheoryInputs {
 public:
  /// Both must outlive this object.
  TheoryInputs(const MethodSpec& spec, const TheoryFacts& facts)
      : given_(spec.parameters), name_(spec.name), facts_(facts), n_(integer<Rational>(facts.n)) {}

 protected:
  [[nodiscard]] bool sampled() const { return given_.gradient == GradientKind::sampled; }

  /// Each throws spec_error where the value is missing or out of range.
  Rational batch();                ///< the size of a minibatch, by default 1
  Rational expected_smoothness();  ///< of a minibatch drawn without replacement
  Rational alpha(const std::vector<Rational>& bounds);
  Rational refresh();  ///< p, by default 1/m
  Rational probability(const Rational& p);
  [[nodiscard]] Rational omega(const std::string& text) const;
  [[nodiscard]] Rational delta(const std::string& text) const;
  void require_one_node() const;
  [[noreturn]] void refuse_missing(const char* parameter) const;

  const MethodParameters& given_;
  const std::string& name_;
  const TheoryFacts& facts_;
  Rational n_;
  std::optional<Rational> alpha_, p_;
  std::optional<Index> tau_;

 private:
  [[noreturn]] void refuse_kind(const std::string& text, const char* kind) const;
};

}  // namespace touchstone::inline v0::oracle
