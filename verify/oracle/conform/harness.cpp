#include "verify/oracle/conform/harness.hpp"

#include <cmath>

#include <fmt/compile.h>
#include <fmt/format.h>

#include "verify/oracle/catalog/spec_error.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

void append_number(fmt::memory_buffer& text, double value) {
  if (std::isfinite(value))
    fmt::format_to(std::back_inserter(text), FMT_COMPILE("{}"), value);
  else
    fmt::format_to(std::back_inserter(text), "\"{}\"", std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf");
}

void append_vector(fmt::memory_buffer& text, const Vector<double>& x) {
  text.push_back('[');
  for (Index i = 0; i < x.size(); ++i) {
    if (i > 0) text.push_back(',');
    append_number(text, x[i]);
  }
  text.push_back(']');
}

}  // namespace

std::string vector_text(const Vector<double>& x) {
  fmt::memory_buffer text;
  append_vector(text, x);
  return fmt::to_string(text);
}

std::string vectors_text(const std::vector<Vector<double>>& vectors) {
  fmt::memory_buffer text;
  text.push_back('[');
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    if (i > 0) text.push_back(',');
    append_vector(text, vectors[i]);
  }
  text.push_back(']');
  return fmt::to_string(text);
}

std::string parameters_text(const ParameterValues& values) {
  Json object = Json::object();
  for (const auto& [name, value] : values) object[name] = value;
  return object.dump();
}

std::string source_text(const Source& source) {
  std::string text;
  if (source.tape)
    text = fmt::format(",\"tape\":{}", Json(*source.tape).dump());
  else
    text = fmt::format(",\"seed\":{},\"count\":{}", source.seed, source.count);
  if (source.log) text += ",\"log\":true";
  if (source.worker)
    text += fmt::format(",\"worker\":{},\"workers\":{}", source.worker->first, source.worker->second);
  if (source.probe) text += ",\"probe\":true";
  return text;
}

Harness::Harness(const std::vector<std::string>& command, ChildLimits limits) : command_(command), limits_(limits) {
  const Json answer = start();
  if (answer.contains("implementation")) implementation_ = text_of("implementation", answer["implementation"]);
  subjects_ = subjects_of(answer);
}

void Harness::restart() {
  child_.reset();
  id_ = -1;
  (void)start();
}

Json Harness::start() {
  child_ = std::make_unique<Child>(command_, limits_);
  const Json answer = ask("start", R"(,"protocol":1)");
  if (answer.value("protocol", Json()) != 1)
    throw harness_failure(
        fmt::format("start: found protocol {}, expected 1", answer.value("protocol", Json()).dump()));
  return answer;
}

std::string_view Harness::next_line(std::string_view call, std::string_view members) {
  if (child_->has_unread())
    throw harness_failure(fmt::format("an answer that was not asked for, after {} requests", id_ + 1));
  ++id_;
  line_ = fmt::format("{{\"id\":{},\"call\":\"{}\"{}}}", id_, call, members);
  child_->send(line_);
  return child_->receive();
}

void Harness::request(const char* call, std::string_view members, Index count,
                      const std::function<void(const Answer&)>& visit) {
  std::string_view line = next_line(call, members);
  for (Index i = 0;;) {
    const Answer& answer = reader_.read(line, id_);
    ++calls_;
    if (answer.unsupported) throw unsupported_call(*answer.unsupported);
    if (answer.refused) throw refused_call(*answer.refused);
    try {
      visit(answer);
    } catch (...) {
      for (++i; i < count; ++i) (void)child_->receive();  // what was asked for comes all the same
      throw;
    }
    if (++i == count) return;
    line = child_->receive();
  }
}

const Answer& Harness::request(const char* call, std::string_view members) {
  const Answer* found = nullptr;
  request(call, members, 1, [&](const Answer& answer) { found = &answer; });
  return *found;
}

Json Harness::ask(const char* call, std::string_view members) {
  const std::string_view line = next_line(call, members);
  Json answer = Json::parse(line, nullptr, false);
  if (!answer.is_object())
    throw harness_failure(fmt::format("{}: found {}, expected an object of JSON", call, quoted(line)));
  if (answer.value("id", Json()) != id_)
    throw harness_failure(fmt::format("{}: found {}, expected an answer to request {}", call, quoted(line), id_));
  if (answer.contains("unsupported")) throw unsupported_call(answer["unsupported"].dump());
  if (answer.contains("refused")) throw refused_call(answer["refused"].dump());
  return answer;
}

void Harness::stop() {
  (void)ask("stop", "");
}

}  // namespace touchstone::inline v0::oracle::conformance
