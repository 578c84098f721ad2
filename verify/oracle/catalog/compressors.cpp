#include "verify/oracle/catalog/compressors.hpp"

#include "touchstone/numbers/rational.hpp"
#include "verify/oracle/catalog/compressors_of.hpp"

namespace touchstone::inline v0::oracle {

const std::vector<std::string>& compressor_names() {
  static const std::vector<std::string> names = {"identity",
                                                 "rand-k",
                                                 "rand-k-unscaled",
                                                 "bernoulli",
                                                 "bernoulli-unscaled",
                                                 "independent-sparsification",
                                                 "adaptive-sparsification",
                                                 "l1-sampling",
                                                 "dithering",
                                                 "dithering-1",
                                                 "dithering-inf",
                                                 "natural-dithering",
                                                 "natural-dithering-1",
                                                 "natural-dithering-inf",
                                                 "tern-grad",
                                                 "natural",
                                                 "exp-stochastic",
                                                 "exp-round",
                                                 "top-k",
                                                 "scaled-sign",
                                                 "scaled-sign-plus",
                                                 "svd-rank-r",
                                                 "random-column"};
  return names;
}

template AnyCompressor<double> parse_compressor<double>(const std::string&, const std::string&);
template AnyCompressor<Rational> parse_compressor<Rational>(const std::string&, const std::string&);

}  // namespace touchstone::inline v0::oracle
