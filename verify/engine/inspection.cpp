#include "verify/engine/inspection.hpp"

namespace touchstone::inline v0 {

std::string to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds:
      return "holds";
    case Verdict::fails:
      return "fails";
    case Verdict::undecided:
      return "undecided";
  }
  throw std::logic_error("a verdict without a name");
}

}  // namespace touchstone::inline v0
