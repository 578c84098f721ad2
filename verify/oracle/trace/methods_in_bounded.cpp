#include "verify/oracle/catalog/methods_of.hpp"
#include "verify/oracle/trace/step_randomness.hpp"

namespace touchstone::inline v0::oracle {

template AnyMethod<Bounded> make_method<Bounded>(const MethodSpec&, const AnyProblem<Bounded>&);

}  // namespace touchstone::inline v0::oracle
