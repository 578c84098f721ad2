#include "verify/oracle/catalog/methods_of.hpp"

namespace touchstone::inline v0::oracle {

template AnyMethod<double> make_method<double>(const MethodSpec&, const AnyProblem<double>&);

}  // namespace touchstone::inline v0::oracle
