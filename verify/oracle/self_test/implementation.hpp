#pragma once
/// \file
/// An implementation under test, behind the calls of the harness protocol (verify/oracle/conform/README.md).

#include <iosfwd>
#include <string>
#include <vector>

#include "verify/oracle/self_test/answers.hpp"

namespace touchstone::inline v0::oracle::self_test {

/// What `start` says of it. Empty members are left out.
struct Subject {
  std::string name;
  std::string kind = "compressor";
  std::string dtype = "float64";
  std::string reference{};
  Json parameters = Json::object();
  Sizes dimensions{};
  std::vector<std::string> ways = {"injected", "replayed", "black-box"};
  std::vector<std::string> flags{};
  std::string joint{};
};

class Implementation {
 public:
  Implementation() = default;
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;
  virtual ~Implementation() = default;

  [[nodiscard]] virtual const Subject& subject() const = 0;
  /// What it declares, as an object.
  [[nodiscard]] virtual Json describe(const Json& request) const = 0;
  /// Answers any other call. Throws Ask, Refused or Unsupported, where the answer is to be that.
  virtual void answer(const std::string& call, const Json& request, Answers& out) = 0;
};

/// Answers requests until `stop` or the end of the input, a line each; flushed when no further request is waiting.
void serve(Implementation& implementation, std::istream& in, std::ostream& out);

}  // namespace touchstone::inline v0::oracle::self_test
