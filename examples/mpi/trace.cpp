#include "trace.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <filesystem>

namespace {

std::string quoted(const std::string& text) {
  std::string quotation = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quotation += '\\';
    quotation += c;
  }
  return quotation + "\"";
}

/// Where to write what is to appear whole. A device or a pipe is never replaced.
std::string beside(const std::string& path) {
  const std::filesystem::file_status status = std::filesystem::status(path);
  return std::filesystem::exists(status) && !std::filesystem::is_regular_file(status) ? path : path + ".part";
}

struct Member {
  const char* name;
  std::string text;
};

std::ostream& operator<<(std::ostream& out, const Member& member) {
  return out << quoted(member.name) << ":" << quoted(member.text);
}

void write_parameters(std::ostream& out, const Options& options) {
  const Member rand_k{"compressor", "rand-k:" + std::to_string(options.rand_k)};
  const Member top_k{"compressor", "top-k:" + std::to_string(options.top_k)};
  out << "{" << Member{"gamma", options.gamma.text} << "," << Member{"alpha", options.alpha.text};
  if (options.method == Method::ec_lsvrg_diana) out << "," << Member{"p", options.p.text};
  out << "," << (options.method == Method::diana ? rand_k : top_k);
  if (options.method != Method::diana) out << "," << Member{"shift_compressor", rand_k.text};
  if (options.method == Method::ec_sgd_diana) out << "," << Member{"gradient", "sampled"};
  out << "}";
}

}  // namespace

Trace::Trace(const Options& options, int features)
    : path_(options.trace),
      written_(beside(path_)),
      d_(static_cast<std::size_t>(features)),
      out_(written_, std::ios::binary) {
  if (!out_) throw input_error(path_ + ": cannot be written");
  out_ << "{" << Member{"format", "touchstone-trace"} << ",\"version\":1,"
       << Member{"implementation", "examples/mpi of touchstone"} << "," << Member{"method", options.method_name}
       << "," << Member{"dtype", "float64"} << ",\"problem\":{" << Member{"kind", "logistic"} << ","
       << Member{"file", options.data} << ",\"features\":" << features << ",\"workers\":" << options.workers << ","
       << Member{"lambda", options.lambda.text} << "},\"parameters\":";
  write_parameters(out_, options);
  out_ << ",\"seed\":" << options.seed << "}\n";
}

void Trace::state(int k, const std::vector<double>& x, const std::vector<double>& h, const std::vector<double>& e,
                  const std::vector<double>& w) {
  line_ = "{\"k\":" + std::to_string(k) + ",\"state\":{\"x\":";
  put(x);
  put_vectors("h", h);
  put_vectors("e", e);
  put_vectors("w", w);
  line_ += "}";
}

void Trace::put_vectors(const char* name, const std::vector<double>& all) {
  if (all.empty()) return;
  line_ += ',';
  line_ += quoted(name);
  line_ += ":[";
  for (std::size_t at = 0; at < all.size(); at += d_) {
    line_ += at == 0 ? "" : ",";
    put(std::span(all).subspan(at, d_));
  }
  line_ += "]";
}

void Trace::put(std::span<const double> numbers) {
  line_ += '[';
  for (std::size_t c = 0; c < numbers.size(); ++c) {
    if (c > 0) line_ += ',';
    std::array<char, 32> digits{};
    line_.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), numbers[c]).ptr);
  }
  line_ += ']';
}

void Trace::end_line() {
  out_ << line_ << "}\n";
}

void Trace::commit() {
  out_.close();
  if (!out_ || (written_ != path_ && std::rename(written_.c_str(), path_.c_str()) != 0))
    throw input_error(path_ + ": cannot be written");
}
