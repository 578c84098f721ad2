#include "verify/io/text_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "verify/io/errors.hpp"

namespace touchstone::inline v0 {

std::string read_text(const std::string& path, const std::string& expected) {
  const auto fail = [&](int error) {
    throw input_error(path + ": found nothing readable (" + std::generic_category().message(error) +
                      "), expected " + expected);
  };
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail(errno);
  constexpr std::size_t chunk = std::size_t{1} << 20;
  std::string text;
  std::size_t size = 0;
  for (;;) {
    if (text.size() < size + chunk) text.resize(std::max(size + chunk, 2 * size));
    const ssize_t got = ::read(descriptor, text.data() + size, chunk);
    const int error = errno;
    if (got > 0) {
      size += static_cast<std::size_t>(got);
    } else if (got == 0) {
      break;
    } else if (error != EINTR) {
      ::close(descriptor);
      fail(error);
    }
  }
  ::close(descriptor);
  text.resize(size);
  return text;
}

}  // namespace touchstone::inline v0
