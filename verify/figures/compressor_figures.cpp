#include <fmt/format.h>

#include "touchstone/compressors/dithering.hpp"
#include "touchstone/compressors/natural.hpp"
#include "touchstone/compressors/natural_dithering.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/tern_grad.hpp"
#include "verify/figures/chapters.hpp"
#include "verify/figures/points.hpp"

namespace touchstone::inline v0 {

namespace compressor_figure {

namespace {

constexpr const char* variance_caption =
    R"(The constant $\omega$ of unbiased compressors, $E|Q(x) - x|^2 \le \omega |x|^2$, against the bits that a
message takes for each coordinate; both axes are logarithmic. RandK, $K = 1, 2, 5, \dots, 500$, sends whole
scalars and falls slowly. Random dithering with $s = 1, 2, 4, \dots, 256$ levels gains much by every further
bit; natural dithering with $s = 1, 2, 4, \dots, 32$ falls faster still, down to the $1/8$ of natural
compression, which keeps a sign and an exponent. TernGrad sends less than two bits a coordinate. No point is
a measurement: $\omega$ and the bits are what each compressor states of itself, for $d = 1000$ and 32 bits a
scalar, dithering in the Euclidean norm; double precision.)";

constexpr Index scalar_bits = 32;
constexpr Index dimension = 1000;

struct Member {
  std::string parameter;  ///< K or s; empty where there is none
  double bits, omega;     ///< bits a coordinate
};

template <class Q>
Member member(const std::string& parameter, const Q& compressor) {
  return {parameter, static_cast<double>(compressor.message_bits(dimension, scalar_bits)) / dimension,
          compressor.template omega<double>(dimension)};
}

template <class Make>
std::vector<Member> family(std::initializer_list<Index> parameters, const Make& make) {
  std::vector<Member> members;
  for (const Index parameter : parameters) members.push_back(member(fmt::format("{}", parameter), make(parameter)));
  return members;
}

FigureData variance_against_bits() {
  FigureData data{
      {{"", {"a coordinate", "bits", true}, {"omega", "", true}, {}}}, 1, "compressor,parameter,bits,omega\n", ""};
  const auto add = [&](const std::string& id, const std::string& name, const std::vector<Member>& members) {
    Curve curve{name, {}, members.size() > 1 ? Stroke::marked : Stroke::marks};
    for (const Member& at : members) {
      curve.points.emplace_back(plotted(at.bits), plotted(at.omega));
      data.csv += csv_line({id, at.parameter, plotted(at.bits), plotted(at.omega)});
    }
    data.charts.front().curves.push_back(std::move(curve));
  };
  const std::vector<Member> natural{member("", Natural{})};
  const std::vector<Member> tern_grad{member("", TernGrad{})};
  add("rand-k", "RandK", family({1, 2, 5, 10, 20, 50, 100, 200, 500}, [](Index K) { return RandK{K}; }));
  add("dithering", "dithering", family({1, 2, 4, 8, 16, 32, 64, 128, 256}, [](Index s) {
        return Dithering{NormIndex::two, s};
      }));
  add("natural-dithering", "natural dithering", family({1, 2, 4, 8, 16, 32}, [](Index s) {
        return NaturalDithering{NormIndex::two, s};
      }));
  add("natural", "natural", natural);
  add("tern-grad", "TernGrad", tern_grad);
  data.shows =
      fmt::format("Bits a coordinate and omega: TernGrad {:.3g} and {:.3g},\nnatural compression {:.3g} and {:.3g}",
                  tern_grad[0].bits, tern_grad[0].omega, natural[0].bits, natural[0].omega);
  return data;
}

}  // namespace

}  // namespace compressor_figure

std::vector<Figure> compressor_figures() {
  return {{"variance-against-bits", "What a bit buys: variance against message length",
           compressor_figure::variance_caption, "compressors", compressor_figure::variance_against_bits}};
}

}  // namespace touchstone::inline v0
