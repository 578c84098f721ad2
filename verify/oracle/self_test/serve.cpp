#include <istream>

#include "verify/oracle/self_test/implementation.hpp"

namespace touchstone::inline v0::oracle::self_test {

namespace {

Json as_json(const Subject& subject) {
  Json object = {{"name", subject.name}, {"kind", subject.kind}, {"dtype", subject.dtype}, {"ways", subject.ways}};
  if (!subject.reference.empty()) object["reference"] = subject.reference;
  if (!subject.parameters.empty()) object["parameters"] = subject.parameters;
  if (!subject.dimensions.empty()) object["dimensions"] = subject.dimensions;
  if (!subject.flags.empty()) object["flags"] = subject.flags;
  if (!subject.joint.empty()) object["joint"] = subject.joint;
  return object;
}

void answer_one(Implementation& implementation, const std::string& call, const Json& request, Answers& answers) {
  if (call == "start") {
    answers.begin();
    answers.number("protocol", 1);
    answers.text("implementation", "touchstone specimen");
    answers.raw("subjects", Json::array({as_json(implementation.subject())}).dump());
    answers.end();
  } else if (call == "describe") {
    const Json declared = implementation.describe(request);
    answers.begin();
    for (const auto& [name, value] : declared.items()) answers.raw(name, value.dump());
    answers.end();
  } else if (call == "stop") {
    answers.begin();
    answers.end();
  } else {
    implementation.answer(call, request, answers);
  }
}

void complete(Answers& answers, std::string_view name, std::string_view json) {
  answers.drop();
  answers.begin();
  answers.raw(name, json);
  answers.end();
}

std::string quoted(const std::string& text) {
  return Json(text).dump(-1, ' ', true, Json::error_handler_t::replace);
}

}  // namespace

void serve(Implementation& implementation, std::istream& in, std::ostream& out) {
  Answers answers(out);
  std::string call;
  for (std::string line; call != "stop" && std::getline(in, line);) {
    const Json request = Json::parse(line, nullptr, false);
    answers.answer_to(request.is_object() && request.contains("id") ? request["id"] : Json());
    try {
      call = request.at("call").get<std::string>();
      answer_one(implementation, call, request, answers);
    } catch (const Ask& ask) {
      complete(answers, "ask", ask.question);
    } catch (const Unsupported& error) {
      complete(answers, "unsupported", quoted(error.what()));
    } catch (const std::exception& error) {
      complete(answers, "refused", quoted(error.what()));
    }
    if (in.rdbuf()->in_avail() <= 0) answers.flush();
  }
  answers.flush();
}

}  // namespace touchstone::inline v0::oracle::self_test
