#include "verify/oracle/self_test/compressor.hpp"

#include <algorithm>

namespace touchstone::inline v0::oracle::self_test {

namespace {

template <class T>
class CompressorLibrary final : public Implementation {
 public:
  CompressorLibrary(Library library, MakeCompressor<T> make)
      : library_(std::move(library)), make_(std::move(make)) {}

  const Subject& subject() const override { return library_.subject; }

  Json describe(const Json& request) const override {
    const Json parameters = parameters_of(request);
    const Size d = count_of(request.at("d"));
    static_cast<void>(make_(d, parameters));
    return library_.declare(d, parameters);
  }

  void answer(const std::string& call, const Json& request, Answers& out) override {
    if (call != "compress") throw Unsupported("this library compresses");
    Choices random = choices_of(request, library_.habits);
    if (request.contains("items")) return answer_list(request, random, out);
    const std::vector<T> x = input(request.at("x"));
    const std::unique_ptr<Compressor<T>> compressor = make_(x.size(), parameters_of(request));
    const bool probe = request.value("probe", false);
    const Json declared = library_.declare(x.size(), parameters_of(request));
    const double bits = declared.contains("bits") ? number_of(declared["bits"]) : 0;
    std::vector<T> argument;
    for (Size count = request.value("count", Size{1}); count > 0; --count) {
      argument = x;
      random.begin_call();
      const std::string before = probe ? global_generator_state() : "";
      const std::vector<T>& y = compressor->compress(argument, random);
      out.begin();
      if (library_.sparse_answers)
        out.sparse("y", y);
      else
        out.vector("y", y);
      if (bits > 0) out.number("bits", bits);
      if (probe) write_probe(argument, y, before, out);
      out.choices(random);
      out.end();
    }
  }

 private:
  [[nodiscard]] static Json parameters_of(const Json& request) {
    return request.value("parameters", Json(Json::object()));
  }

  [[nodiscard]] std::vector<T> input(const Json& list) const {
    std::vector<T> x = vector_of<T>(list);
    if (x.empty()) throw Refused("an empty vector");
    for (Size i = 0; i < x.size(); ++i) {
      if (std::isfinite(static_cast<double>(x[i]))) continue;
      if (!library_.accepts_nan) throw Refused(fmt::format("x[{}] is not finite", i));
      if (std::isnan(static_cast<double>(x[i]))) x[i] = T(0);
    }
    return x;
  }

  static void write_probe(std::vector<T>& argument, const std::vector<T>& y, const std::string& before,
                          Answers& out) {
    const std::string after = global_generator_state();
    out.vector("x_after", argument);
    std::fill(argument.begin(), argument.end(), T(1));
    out.vector("y_after", y);
    out.text("generator_before", before);
    out.text("generator_after", after);
  }

  void answer_list(const Json& request, Choices& random, Answers& out) const {
    std::vector<std::vector<T>> items;
    for (const Json& item : request.at("items")) items.push_back(input(item));
    const Json parameters = parameters_of(request);
    for (Size count = request.value("count", Size{1}); count > 0; --count) {
      random.begin_call();
      const std::vector<std::vector<T>> ys =
          library_.joins_lists ? as_one(items, parameters, random) : one_by_one(items, parameters, random);
      out.begin();
      out.vectors("ys", ys);
      out.choices(random);
      out.end();
    }
  }

  [[nodiscard]] std::vector<std::vector<T>> one_by_one(const std::vector<std::vector<T>>& items,
                                                       const Json& parameters, Choices& random) const {
    std::vector<std::vector<T>> ys;
    for (const std::vector<T>& item : items) {
      std::vector<T> argument = item;
      const bool sent_whole = library_.skips_last_item && &item == &items.back();
      if (library_.first_of_list && !ys.empty() && item.size() == items.front().size())
        ys.push_back(masked_as(items.front(), ys.front(), item));
      else
        ys.push_back(sent_whole ? item : make_(item.size(), parameters)->compress(argument, random));
    }
    return ys;
  }

  /// `item`, scaled coordinate by coordinate as `first` was.
  [[nodiscard]] static std::vector<T> masked_as(const std::vector<T>& first, const std::vector<T>& sent,
                                                const std::vector<T>& item) {
    std::vector<T> y(item.size(), T(0));
    for (Size i = 0; i < y.size(); ++i)
      if (!(sent[i] == T(0))) y[i] = item[i] * (sent[i] / first[i]);
    return y;
  }

  [[nodiscard]] std::vector<std::vector<T>> as_one(const std::vector<std::vector<T>>& items, const Json& parameters,
                                                   Choices& random) const {
    std::vector<T> joined;
    for (const std::vector<T>& item : items) joined.insert(joined.end(), item.begin(), item.end());
    const std::unique_ptr<Compressor<T>> compressor = make_(joined.size(), parameters);
    const std::vector<T>& y = compressor->compress(joined, random);
    std::vector<std::vector<T>> ys;
    auto next = y.begin();
    for (const std::vector<T>& item : items) {
      ys.emplace_back(next, next + static_cast<std::ptrdiff_t>(item.size()));
      next += static_cast<std::ptrdiff_t>(item.size());
    }
    return ys;
  }

  Library library_;
  MakeCompressor<T> make_;
};

}  // namespace

template <class T>
std::unique_ptr<Implementation> make_library(const Library& library, const MakeCompressor<T>& make) {
  return std::make_unique<CompressorLibrary<T>>(library, make);
}

template std::unique_ptr<Implementation> make_library(const Library&, const MakeCompressor<double>&);
template std::unique_ptr<Implementation> make_library(const Library&, const MakeCompressor<float>&);
template std::unique_ptr<Implementation> make_library(const Library&, const MakeCompressor<Half>&);

}  // namespace touchstone::inline v0::oracle::self_test
