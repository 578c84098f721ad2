#include "verify/oracle/self_test/dithering.hpp"
#include "verify/oracle/self_test/lazy.hpp"
#include "verify/oracle/self_test/powers.hpp"
#include "verify/oracle/self_test/signs.hpp"
#include "verify/oracle/self_test/top_k.hpp"

namespace touchstone::inline v0::oracle::self_test {

template <class T>
std::unique_ptr<Compressor<T>> named_compressor(const std::string& text, Size d) {
  const Size colon = text.find(':');
  const std::string name = text.substr(0, colon);
  const std::string value = colon == std::string::npos ? "" : text.substr(colon + 1);
  const auto counted = [&](const char* parameter) { return Json{{parameter, std::stoul(value)}}; };
  const auto fraction = [&](const char* parameter) { return Json{{parameter, value}}; };
  const Json none = Json::object();
  if (name == "identity") return std::make_unique<Identity<T>>(d, none, IdentityFault::none);
  if (name == "rand-k") return std::make_unique<RandK<T>>(d, counted("K"), RandKVariant{});
  if (name == "rand-k-unscaled")
    return std::make_unique<RandK<T>>(d, counted("K"), RandKVariant{RandKFault::none, false});
  if (name == "top-k") return std::make_unique<TopK<T>>(d, counted("K"), TopKVariant{});
  if (name == "bernoulli") return std::make_unique<Bernoulli<T>>(d, fraction("p"), LazyVariant{});
  if (name == "bernoulli-unscaled")
    return std::make_unique<Bernoulli<T>>(d, fraction("p"), LazyVariant{LazyFault::none, false});
  if (name == "l1-sampling") return std::make_unique<L1Sampling<T>>(d, none, L1Fault::none);
  if (name == "natural") return std::make_unique<Powers<T>>(d, none, PowerVariant{});
  if (name == "exp-round")
    return std::make_unique<Powers<T>>(d, fraction("B"), PowerVariant{PowerFault::none, false});
  if (name == "scaled-sign") return std::make_unique<ScaledSign<T>>(d, none, SignVariant{});
  if (name == "scaled-sign-plus")
    return std::make_unique<ScaledSign<T>>(d, none, SignVariant{SignFault::none, true});
  const auto dithered = [&](NormKind norm, bool natural) {
    return std::make_unique<Dithering<T>>(d, name == "tern-grad" ? Json{{"s", 1}} : counted("s"),
                                          DitheringVariant{DitheringFault::none, norm, natural});
  };
  if (name == "tern-grad" || name == "dithering-inf") return dithered(NormKind::infinity, false);
  if (name == "dithering") return dithered(NormKind::two, false);
  if (name == "dithering-1") return dithered(NormKind::one, false);
  if (name == "natural-dithering") return dithered(NormKind::two, true);
  if (name == "natural-dithering-1") return dithered(NormKind::one, true);
  if (name == "natural-dithering-inf") return dithered(NormKind::infinity, true);
  throw Unsupported("this library has no compressor " + text);
}

template std::unique_ptr<Compressor<double>> named_compressor(const std::string&, Size);
template std::unique_ptr<Compressor<float>> named_compressor(const std::string&, Size);

}  // namespace touchstone::inline v0::oracle::self_test
