#include "verify/oracle/catalog/method_spec.hpp"

namespace touchstone::inline v0::oracle {

const std::vector<std::string>& method_names() {
  static const std::vector<std::string> names = {"gd",
                                                 "sgd",
                                                 "sgd-mb",
                                                 "sgd-sr",
                                                 "sgd-star",
                                                 "saga",
                                                 "sega",
                                                 "svrg",
                                                 "l-svrg",
                                                 "diana",
                                                 "diana-single",
                                                 "q-sgd-sr",
                                                 "vr-diana-saga",
                                                 "vr-diana-loopless",
                                                 "parallel-sgd",
                                                 "qsgd",
                                                 "dqgd",
                                                 "ec-gd",
                                                 "ec-gd-star",
                                                 "ec-gd-diana",
                                                 "ec-sgd",
                                                 "ec-sgd-diana",
                                                 "ec-lsvrg",
                                                 "ec-lsvrg-star",
                                                 "ec-lsvrg-diana",
                                                 "d-sgd",
                                                 "d-qsgd",
                                                 "d-sgd-diana",
                                                 "d-lsvrg",
                                                 "d-qlsvrg",
                                                 "d-lsvrg-diana",
                                                 "marina"};
  return names;
}

}  // namespace touchstone::inline v0::oracle
