#include "options.hpp"

#include <charconv>
#include <cmath>
#include <map>

namespace {

const std::map<std::string, Method> methods = {
    {"diana", Method::diana}, {"ec-sgd-diana", Method::ec_sgd_diana}, {"ec-lsvrg-diana", Method::ec_lsvrg_diana}};
const std::map<std::string, Fault> faults = {{"forgotten-scale", Fault::forgotten_scale},
                                             {"stale-iterate", Fault::stale_iterate},
                                             {"shift-first", Fault::shift_first},
                                             {"shared-subset", Fault::shared_subset},
                                             {"no-memory", Fault::no_memory},
                                             {"shared-coin", Fault::shared_coin}};

[[noreturn]] void reject(const std::string& option, const std::string& found, const std::string& expected) {
  throw input_error(option + ": found '" + found + "', expected " + expected);
}

template <class T>
bool reads(const std::string& text, T& value) {
  const char* const end = text.data() + text.size();
  const std::from_chars_result result = std::from_chars(text.data(), end, value);
  return result.ec == std::errc() && result.ptr == end;
}

template <class Integer>
Integer whole(const std::string& option, const std::string& text, Integer least) {
  Integer value{};
  if (!reads(text, value) || value < least) reject(option, text, "a whole number >= " + std::to_string(least));
  return value;
}

Number positive(const std::string& option, const std::string& text) {
  const std::size_t slash = text.find('/');
  double numerator = 0;
  double denominator = 1;
  const bool good = reads(text.substr(0, slash), numerator) &&
                    (slash == std::string::npos || reads(text.substr(slash + 1), denominator));
  const double value = numerator / denominator;
  if (!good || !std::isfinite(value) || value <= 0) reject(option, text, "a positive number such as 1/20 or 0.05");
  return {text, value};
}

template <class T>
T one_of(const std::map<std::string, T>& words, const std::string& option, const std::string& text) {
  const auto found = words.find(text);
  if (found != words.end()) return found->second;
  std::string expected;
  for (const auto& word : words) expected += (expected.empty() ? "" : ", ") + word.first;
  reject(option, text, "one of " + expected);
}

/// What the method has nothing of cannot go wrong.
void require_applicable(const Options& options) {
  if (options.fault == Fault::no_memory && options.method == Method::diana)
    throw input_error("--fault: found no-memory, but DIANA keeps no errors");
  if (options.fault == Fault::shared_coin && options.method != Method::ec_lsvrg_diana)
    throw input_error("--fault: found shared-coin, but only ec-lsvrg-diana tosses coins");
}

}  // namespace

Options parse_options(int argc, char** argv) {
  Options options;
  for (int a = 1; a < argc; a += 2) {
    const std::string option = argv[a];
    if (a + 1 == argc) throw input_error(option + ": found no value, expected one");
    const std::string value = argv[a + 1];
    if (option == "--method") {
      options.method = one_of(methods, option, value);
      options.method_name = value;
    } else if (option == "--data") {
      options.data = value;
    } else if (option == "--workers") {
      options.workers = whole(option, value, 1);
    } else if (option == "--rand-k") {
      options.rand_k = whole(option, value, 1);
    } else if (option == "--top-k") {
      options.top_k = whole(option, value, 1);
    } else if (option == "--gamma") {
      options.gamma = positive(option, value);
    } else if (option == "--alpha") {
      options.alpha = positive(option, value);
    } else if (option == "--p") {
      options.p = positive(option, value);
      if (options.p.value > 1) reject(option, value, "a probability");
    } else if (option == "--lambda") {
      options.lambda = positive(option, value);
    } else if (option == "--iterations") {
      options.iterations = whole(option, value, 0);
    } else if (option == "--seed") {
      options.seed = whole<std::uint64_t>(option, value, 0);
    } else if (option == "--trace") {
      options.trace = value;
    } else if (option == "--fault") {
      options.fault = one_of(faults, option, value);
    } else if (option == "--fault-rank") {
      options.fault_rank = whole(option, value, 0);
    } else {
      reject("the command line", option, "what --help shows");
    }
  }
  if (options.method_name.empty()) throw input_error("--method: found none, expected one; --help shows which");
  require_applicable(options);
  return options;
}

std::string usage() {
  return "mpirun -n RANKS mpi_methods --method diana|ec-sgd-diana|ec-lsvrg-diana\n"
         "  --data FILE      LIBSVM format (default: heart_scale)\n"
         "  --workers N      spread over the ranks (default 10)\n"
         "  --rand-k K       of RandK: DIANA's messages, elsewhere those of the shifts (default 3)\n"
         "  --top-k K        of TopK, for what is compensated (default 2)\n"
         "  --gamma G        stepsize (default 1/20); --alpha A  of the shifts (default K/d)\n"
         "  --p P            of a new reference point (default 1/m)\n"
         "  --lambda L       of the regularization (default 1/rows)\n"
         "  --iterations K   (default 1000); --seed S (default 1)\n"
         "  --trace FILE     every iteration, for touchstone\n"
         "  --fault F        forgotten-scale, stale-iterate, shift-first, shared-subset, no-memory, shared-coin:\n"
         "                   a mistake of the rank --fault-rank R (default 0)\n";
}
