#include "verify/io/sha256.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <stdexcept>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace touchstone::inline v0 {

namespace {

class Digest {
 public:
  Digest() { require(context_ != nullptr && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1); }

  void add(const char* bytes, std::size_t count) { require(EVP_DigestUpdate(context_.get(), bytes, count) == 1); }

  std::string finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned length = 0;
    require(EVP_DigestFinal_ex(context_.get(), bytes.data(), &length) == 1);
    std::string text;
    for (unsigned i = 0; i < length; ++i) text += fmt::format("{:02x}", bytes[i]);
    return text;
  }

 private:
  static void require(bool works) {
    if (!works) throw std::runtime_error("sha256: the library fails");
  }

  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

}  // namespace

std::string sha256_of_text(std::string_view text) {
  Digest digest;
  digest.add(text.data(), text.size());
  return digest.finish();
}

std::string sha256_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw input_error(fmt::format("{}: cannot be read ({})", path, std::strerror(errno)));
  Digest digest;
  std::array<char, 65536> block{};
  do {
    file.read(block.data(), block.size());
    digest.add(block.data(), static_cast<std::size_t>(file.gcount()));
  } while (file);
  if (file.bad()) throw input_error(fmt::format("{}: cannot be read ({})", path, std::strerror(errno)));
  return digest.finish();
}

}  // namespace touchstone::inline v0
