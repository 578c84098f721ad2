#include "verify/oracle/self_test/claims.hpp"
#include "verify/oracle/self_test/compressor.hpp"

namespace touchstone::inline v0::oracle::self_test {

namespace feedback_list {

enum class Fault {
  none,
  not_kept,
  sign,  ///< e = v - y
  kept_for_first_layer,
  shared_by_layers,  ///< one buffer of memory for all layers
  last_never_sent,
  memory_of_uncompressed,  ///< e = y
  decayed,                 ///< e = 0.9 (y - v)
  reset,                   ///< at every fourth round
  gradient_twice,          ///< y = e + 2 g
  gradient_remembered,     ///< e = g - v: what was in the memory is lost
  K_of_whole,              ///< one selection over all layers
  clipped,                 ///< to [-1, 1]
  compressed_before,       ///< v = C(g) + e, e = g - C(g): more than a message of C is sent
  added_after,             ///< v = C(g), e = e + g - C(g), never sent
  drawn_twice,             ///< e = y - C(y) of another draw
  layers_swapped,          ///< the memories of the first two layers are exchanged
  in_half,                 ///< the memory is kept in half precision
  first_round_skipped
};

struct Variant {
  std::string compressor;
  Fault fault = Fault::none;
  bool tells_memory = true;
};

template <class T>
class Feedback final : public Implementation {
 public:
  Feedback(Subject subject, Variant variant) : subject_(std::move(subject)), variant_(std::move(variant)) {}

  const Subject& subject() const override { return subject_; }
  Json describe(const Json& /*request*/) const override { return Json::object(); }

  void answer(const std::string& call, const Json& request, Answers& out) override {
    if (call == "initialize") return initialize(request, out);
    if (call != "feed") throw Unsupported("this library feeds errors back");
    if (!random_) throw Refused("not initialized");
    const std::vector<std::vector<T>> gradients = vectors_of<T>(request.at("gradients"));
    if (gradients.size() != memory_.size()) throw Refused("not a gradient for each layer");
    for (Size l = 0; l < gradients.size(); ++l)
      if (gradients[l].size() != memory_[l].size()) throw Refused("a gradient that does not fit its layer");
    std::optional<Choices> injected;
    if (request.contains("tape")) injected.emplace(choices_of(request, {}));
    Choices& random = injected ? *injected : *random_;
    random.begin_call();
    const std::vector<std::vector<T>> before = memory_;
    std::vector<std::vector<T>> sent;
    try {
      sent = round(gradients, random);
    } catch (...) {
      memory_ = before;
      throw;
    }
    ++rounds_;
    out.begin();
    out.vectors("sent", sent);
    if (variant_.tells_memory) out.vectors("memory", memory_);
    if (injected || request.value("log", false)) out.choices(random);
    out.end();
  }

 private:
  void initialize(const Json& request, Answers& out) {
    parameters_ = request.value("parameters", Json(Json::object()));
    memory_.clear();
    for (const Json& size : request.at("layers")) {
      memory_.emplace_back(count_of(size), T(0));
      static_cast<void>(compressor(memory_.back().size()));
    }
    rounds_ = 0;
    // What is drawn is always noted: whether it is told, each round says.
    random_.emplace(request.value("seed", std::uint64_t{0}), Size{0}, true, Habits{});
    out.begin();
    out.end();
  }

  [[nodiscard]] std::unique_ptr<Compressor<T>> compressor(Size d) const {
    const Size open = variant_.compressor.find('{');
    if (open == std::string::npos) return named_compressor<T>(variant_.compressor, d);
    const Json& value = parameters_.at("K");
    return named_compressor<T>(variant_.compressor.substr(0, open) + value.dump(), d);
  }

  [[nodiscard]] std::vector<T> sent(std::vector<T> y, Choices& random) const {
    return compressor(y.size())->compress(y, random);
  }

  [[nodiscard]] std::vector<std::vector<T>> round(const std::vector<std::vector<T>>& gradients, Choices& random) {
    const bool whole = variant_.fault == Fault::K_of_whole;
    if (variant_.fault == Fault::layers_swapped && memory_.size() > 1 && memory_[0].size() == memory_[1].size())
      std::swap(memory_[0], memory_[1]);
    else if (variant_.fault == Fault::layers_swapped && memory_.size() > 1)
      std::swap(memory_[0][0], memory_[1][0]);
    std::vector<std::vector<T>> all;
    for (Size l = 0; l < gradients.size(); ++l)
      all.push_back(whole ? corrected(gradients, l) : layer(gradients, l, random));
    if (whole) all = selected_from_all(all, random);
    return all;
  }

  /// e + g
  [[nodiscard]] std::vector<T> corrected(const std::vector<std::vector<T>>& gradients, Size l) {
    std::vector<T>& e = memory_[variant_.fault == Fault::shared_by_layers ? 0 : l];
    const T times = variant_.fault == Fault::gradient_twice ? T(2) : T(1);
    const bool adds = variant_.fault != Fault::compressed_before && variant_.fault != Fault::added_after;
    std::vector<T> y = gradients[l];
    for (Size i = 0; i < y.size(); ++i) y[i] = times * y[i] + (adds && i < e.size() ? e[i] : T(0));
    return y;
  }

  [[nodiscard]] std::vector<T> layer(const std::vector<std::vector<T>>& gradients, Size l, Choices& random) {
    const std::vector<T> y = corrected(gradients, l);
    const bool skipped = (variant_.fault == Fault::last_never_sent && l + 1 == gradients.size() && l > 0) ||
                         (variant_.fault == Fault::first_round_skipped && rounds_ == 0);
    std::vector<T> v = skipped ? std::vector<T>(y.size(), T(0)) : sent(y, random);
    if (variant_.fault == Fault::first_round_skipped && skipped) return v;
    const std::vector<T> taken = variant_.fault == Fault::drawn_twice ? sent(y, random) : v;
    std::vector<T>& e = memory_[variant_.fault == Fault::shared_by_layers ? 0 : l];
    for (Size i = 0; i < y.size() && i < e.size(); ++i) {
      const T before = e[i];
      e[i] = remembered(y[i], taken[i], gradients[l][i], before, l);
      if (variant_.fault == Fault::compressed_before) v[i] += before;
    }
    return v;
  }

  [[nodiscard]] T remembered(T y, T v, T g, T before, Size l) const {
    switch (variant_.fault) {
      case Fault::not_kept:
        return T(0);
      case Fault::sign:
        return v - y;
      case Fault::kept_for_first_layer:
        return l == 0 ? y - v : T(0);
      case Fault::memory_of_uncompressed:
        return y;
      case Fault::decayed:
        return T(0.9) * (y - v);
      case Fault::reset:
        return rounds_ % 4 == 3 ? T(0) : y - v;
      case Fault::gradient_remembered:
        return g - v;
      case Fault::clipped:
        return std::min(std::max(y - v, T(-1)), T(1));
      case Fault::added_after:
        return before + y - v;
      case Fault::in_half:
        return T(static_cast<double>(Half(static_cast<double>(y - v))));
      default:
        return y - v;
    }
  }

  [[nodiscard]] std::vector<std::vector<T>> selected_from_all(const std::vector<std::vector<T>>& layers,
                                                              Choices& random) {
    std::vector<T> joined;
    for (const std::vector<T>& one : layers) joined.insert(joined.end(), one.begin(), one.end());
    const std::vector<T> v = sent(joined, random);
    std::vector<std::vector<T>> all = layers;
    Size next = 0;
    for (Size l = 0; l < all.size(); ++l)
      for (Size i = 0; i < all[l].size(); ++i, ++next) {
        all[l][i] = v[next];
        memory_[l][i] = layers[l][i] - v[next];
      }
    return all;
  }

  Subject subject_;
  Variant variant_;
  Json parameters_ = Json::object();
  std::vector<std::vector<T>> memory_;
  Size rounds_ = 0;
  std::optional<Choices> random_;
};

void add(Specimens& list, const std::string& id, const std::string& fault, const Variant& variant,
         const std::string& dtype = "float64") {
  Subject subject{
      .name = "error-feedback/" + id, .kind = "error-feedback", .dtype = dtype, .reference = variant.compressor};
  if (variant.compressor.ends_with("{K}")) subject.parameters = {{"K", {1, 2}}};
  list.push_back({subject.name, fault, true, [=]() -> std::unique_ptr<Implementation> {
                    if (dtype == "float32") return std::make_unique<Feedback<float>>(subject, variant);
                    return std::make_unique<Feedback<double>>(subject, variant);
                  }});
}

}  // namespace feedback_list

Specimens feedback_specimens() {
  using feedback_list::add;
  using feedback_list::Fault;
  Specimens list;
  const auto wrong = [&](const char* id, const char* fault, Fault which, const char* compressor = "top-k:{K}") {
    add(list, id, fault, {compressor, which});
  };
  wrong("not-kept", "what is not sent is forgotten", Fault::not_kept);
  wrong("sign", "the memory has the wrong sign", Fault::sign);
  wrong("kept-for-first-layer", "only the first layer's memory is kept", Fault::kept_for_first_layer);
  wrong("shared-by-layers", "all layers share the first one's memory", Fault::shared_by_layers);
  wrong("last-never-sent", "the last layer is never sent", Fault::last_never_sent);
  wrong("memory-of-uncompressed", "what is sent is not taken from the memory", Fault::memory_of_uncompressed);
  wrong("decayed", "the memory is multiplied by 0.9", Fault::decayed);
  wrong("reset", "the memory is cleared at every fourth round", Fault::reset);
  wrong("gradient-twice", "the gradient is added twice", Fault::gradient_twice);
  wrong("gradient-remembered", "the memory is g - v: what it held is lost", Fault::gradient_remembered);
  wrong("K-of-whole", "K coordinates of all layers together", Fault::K_of_whole);
  wrong("clipped", "the memory is clipped to [-1, 1]", Fault::clipped);
  wrong("compressed-before-adding", "the gradient is compressed alone, the memory sent beside it",
        Fault::compressed_before);
  wrong("never-used", "the memory grows and is never used", Fault::added_after);
  wrong("layers-swapped", "memories of two layers are exchanged", Fault::layers_swapped);
  wrong("first-round-skipped", "nothing is sent or remembered in the first round", Fault::first_round_skipped);
  wrong("memory-in-half", "the memory is kept in half precision", Fault::in_half);
  wrong("drawn-twice", "what is subtracted is another draw than what is sent", Fault::drawn_twice,
        "rand-k-unscaled:{K}");
  wrong("sign/scaled-sign", "the memory has the wrong sign", Fault::sign, "scaled-sign");
  wrong("not-kept/scaled-sign", "what is not sent is forgotten", Fault::not_kept, "scaled-sign");
  for (const char* dtype : {"float64", "float32"})
    for (const char* compressor :
         {"top-k:{K}", "rand-k-unscaled:{K}", "scaled-sign", "identity", "exp-round:2", "bernoulli-unscaled:1/2"}) {
      const std::string name = std::string(compressor).substr(0, std::string(compressor).find(':'));
      add(list, fmt::format("correct/{}/{}", name, dtype), "", {compressor}, dtype);
    }
  add(list, "correct/memory-not-told", "", {"top-k:{K}", Fault::none, false});
  return list;
}

}  // namespace touchstone::inline v0::oracle::self_test
