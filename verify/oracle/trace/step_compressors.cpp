#include "verify/oracle/catalog/compressors_of.hpp"
#include "verify/oracle/trace/step_randomness.hpp"

namespace touchstone::inline v0::oracle {

namespace {

template <bool unbiased, bool contractive>
struct Watched : CompressorForm<Bounded> {
  template <Field T>
  requires std::same_as<T, Bounded>
  [[nodiscard]] Vector<T> compress(const Vector<T>& x, AnyRandomness<Bounded>& random) const {
    auto* const step = dynamic_cast<StepRandomness*>(&random);
    return step == nullptr ? held.compress(x, random) : step->compress(held, x);
  }
  template <Field T>
  requires(unbiased&& std::same_as<T, Bounded>) [[nodiscard]] T omega(Index d) const { return *held.omega(d); }
  template <Field T>
  requires(contractive&& std::same_as<T, Bounded>) [[nodiscard]] T delta(Index d) const { return *held.delta(d); }
};

}  // namespace

template <>
AnyCompressor<Bounded> parse_compressor<Bounded>(const std::string& where, const std::string& text) {
  AnyCompressor<Bounded> held = compressor_of_reference<Bounded>(where, text);
  if (held.omega_stated() && held.delta_stated()) return {text, Watched<true, true>{{std::move(held)}}};
  if (held.omega_stated()) return {text, Watched<true, false>{{std::move(held)}}};
  return {text, Watched<false, true>{{std::move(held)}}};
}

}  // namespace touchstone::inline v0::oracle
