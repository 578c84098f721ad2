#pragma once
/// \file
/// A method and its parameters, in exact numbers, before a number type is chosen; the methods of the reference by name.
///
///     chapter 2   gd sgd sgd-mb sgd-sr sgd-star saga sega svrg l-svrg diana diana-single q-sgd-sr vr-diana-saga
///                 vr-diana-loopless
///     chapter 3   parallel-sgd qsgd dqgd ec-gd ec-gd-star ec-gd-diana ec-sgd ec-sgd-diana ec-lsvrg ec-lsvrg-star ec-lsvrg-diana
///                 d-sgd d-qsgd d-sgd-diana d-lsvrg d-qlsvrg d-lsvrg-diana
///     chapter 5   marina
///
/// The page of a method (touchstone explain METHOD) says what its parameters and draws are.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "touchstone/numbers/rational.hpp"
#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0::oracle {

/// How a worker obtains its gradient: exactly, or from one of its components, drawn uniformly.
enum class GradientKind { full, sampled };

enum class RegularizerKind { none, squared_norm, l1, box };

struct RegularizerSpec {
  RegularizerKind kind = RegularizerKind::none;
  Rational lambda{};                  ///< of squared_norm and l1
  Vector<Rational> lower{}, upper{};  ///< of box
};

/// What a method does not have is not looked at; what it needs and is not here is refused by make_method.
struct MethodParameters {
  Rational gamma;                       ///< stepsize
  std::optional<Rational> alpha{};      ///< stepsize of the shifts
  std::optional<Rational> p{};          ///< probability of refreshing, of sending in full
  std::optional<Index> tau{};           ///< size of a minibatch; iterations of delay (d-...)
  std::string compressor = "identity";  ///< compressors.hpp
  std::string shift_compressor = "identity";
  GradientKind gradient = GradientKind::full;  ///< of diana, parallel-sgd, qsgd, d-qsgd, d-sgd-diana, ec-sgd-diana
  std::vector<Vector<Rational>> star_gradients{};  ///< grad f_i(x*), of ...-star; grad f_j(x*) of sgd-star
  RegularizerSpec regularizer{};                   ///< of the methods of chapter 2
};

struct MethodSpec {
  std::string name;
  MethodParameters parameters;
};

/// All that make_method knows, in the order above.
[[nodiscard]] const std::vector<std::string>& method_names();

}  // namespace touchstone::inline v0::oracle
