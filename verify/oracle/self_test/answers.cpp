#include "verify/oracle/self_test/answers.hpp"

#include <cstdlib>

namespace touchstone::inline v0::oracle::self_test {

double number_of(const Json& value) {
  if (value.is_number()) return value.get<double>();
  if (!value.is_string()) throw Refused("found " + value.dump() + ", expected a number");
  const auto& text = value.get_ref<const std::string&>();
  char* end = nullptr;
  const double first = std::strtod(text.c_str(), &end);
  if (*end == '/' && end != text.c_str()) return first / std::strtod(end + 1, nullptr);
  if (*end != '\0' || text.empty()) throw Refused("found '" + text + "', expected a number");
  return first;
}

Size count_of(const Json& value) {
  if (!value.is_number_integer() || value.get<std::int64_t>() < 0)
    throw Refused("found " + value.dump() + ", expected a whole number");
  return value.get<Size>();
}

Choices choices_of(const Json& request, const Habits& habits) {
  if (request.contains("tape")) return {request["tape"].get<std::vector<Sizes>>(), habits};
  return {request.value("seed", std::uint64_t{0}), request.value("worker", Size{0}), request.value("log", false),
          habits};
}

void Answers::answer_to(const Json& id) {
  id_ = id.dump();
}

void Answers::begin() {
  line_ = buffer_.size();
  fmt::format_to(std::back_inserter(buffer_), "{{\"id\":{}", id_);
}

void Answers::end() {
  constexpr Size enough = 1U << 16U;
  buffer_.append(std::string_view("}\n"));
  line_ = buffer_.size();
  if (line_ >= enough) flush();
}

void Answers::flush() {
  out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  out_.flush();
  buffer_.clear();
  line_ = 0;
}

void Answers::key(std::string_view name) {
  if (buffer_.data()[buffer_.size() - 1] != '{') buffer_.push_back(',');
  fmt::format_to(std::back_inserter(buffer_), "\"{}\":", name);
}

void Answers::raw(std::string_view name, std::string_view json) {
  key(name);
  buffer_.append(json);
}

void Answers::text(std::string_view name, const std::string& value) {
  raw(name, Json(value).dump(-1, ' ', true, Json::error_handler_t::replace));
}

void Answers::number(std::string_view name, double value) {
  key(name);
  append_number(buffer_, value);
}

void Answers::open(std::string_view name) {
  key(name);
  buffer_.push_back('{');
}

void Answers::choices(const Choices& random) {
  if (!random.logged()) return;
  key("choices");
  buffer_.push_back('[');
  buffer_.append(random.log());
  buffer_.push_back(']');
}

}  // namespace touchstone::inline v0::oracle::self_test
