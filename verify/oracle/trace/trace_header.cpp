#include "verify/oracle/trace/trace_header.hpp"

#include <array>

#include <fmt/format.h>

#include "verify/oracle/catalog/json_spec.hpp"
#include "verify/oracle/catalog/spec_error.hpp"

namespace touchstone::inline v0::oracle {

namespace {

[[noreturn]] void refuse_header(const std::string& where, const Json& found, const std::string& expected) {
  constexpr std::size_t shown = 60;
  throw spec_error(fmt::format("{}: found {}, expected {}", where,
                               found.dump(-1, ' ', true, Json::error_handler_t::replace).substr(0, shown),
                               expected));
}

Json header_object(std::string_view line) {
  Json object;
  try {
    object = Json::parse(line);
  } catch (const Json::parse_error& error) {
    throw spec_error(fmt::format("header: found no JSON at byte {}, expected an object", error.byte));
  } catch (const Json::out_of_range&) {
    throw spec_error("header: found a number beyond float64, expected smaller ones, or a string");
  }
  if (!object.is_object()) refuse_header("header", object, "an object");
  static constexpr std::array known = {"format",  "version",    "implementation", "method",      "dtype",
                                       "problem", "parameters", "seed",           "error_memory"};
  for (const auto& [name, value] : object.items())
    if (std::find(known.begin(), known.end(), name) == known.end())
      refuse_header(name, value, fmt::format("only {}", fmt::join(known, ", ")));
  return object;
}

}  // namespace

TraceHeader parse_trace_header(std::string_view line, const std::string& folder) {
  const Json object = header_object(line);
  if (const Json& format = member("", object, "format"); format != "touchstone-trace")
    refuse_header("format", format, "touchstone-trace");
  if (const Json& version = member("", object, "version"); version != 1) refuse_header("version", version, "1");
  const std::optional<NumberFormat> format = number_format(text_of("dtype", member("", object, "dtype")));
  if (!format) refuse_header("dtype", object["dtype"], "float64, float32, float16 or bfloat16");
  TraceHeader header{text_of("implementation", member("", object, "implementation")),
                     *format,
                     problem_of("problem", member("", object, "problem"), folder),
                     method_of("", object),
                     {}};
  if (const auto seed = object.find("seed"); seed != object.end()) {
    if (!seed->is_number_unsigned()) refuse_header("seed", *seed, "a whole number from 0 to 2^64 - 1");
    header.seed = seed->get<std::uint64_t>();
  }
  if (const auto memory = object.find("error_memory"); memory != object.end()) {
    if (*memory != "scaled" && *memory != "unscaled") refuse_header("error_memory", *memory, "scaled or unscaled");
    if (*memory == "unscaled") header.memory = ErrorMemoryScale::unscaled;
  }
  return header;
}

}  // namespace touchstone::inline v0::oracle
