#include "verify/oracle/catalog/methods_of.hpp"

namespace touchstone::inline v0::oracle {

template AnyMethod<Rational> make_method<Rational>(const MethodSpec&, const AnyProblem<Rational>&);

}  // namespace touchstone::inline v0::oracle
