#include "verify/exercises/program.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "verify/exercises/chapters.hpp"
#include "verify/io/errors.hpp"
#include "verify/io/text_file.hpp"
#include "verify/oracle/conform/conform.hpp"

namespace touchstone::inline v0::exercising {

namespace program {
namespace {

using oracle::Json;
using oracle::conformance::ContractResult;
using oracle::conformance::SubjectResult;
using oracle::conformance::Verdict;

constexpr const char* begin = "# ------------------------- write below this line ------------------------------\n";
constexpr const char* end = "# ------------------------- write above this line ------------------------------\n";

constexpr const char* head = R"("""{}

The rest of this file speaks the protocol of touchstone conform; leave it as it is.

    touchstone exercise {} --check THIS_FILE
"""

import json
import sys
from fractions import Fraction


{})";

constexpr const char* conversation = R"(

class Question(Exception):
    """The choices that were handed out are used up: what is asked next."""


class Random:
    """Choices that the oracle makes: it wants to see what comes of each of them."""

    def __init__(self, tape):
        self.tape, self.made, self.by = tape, [], {}

    def worker(self, i):
        self.by = {"worker": i}

    def subset(self, n, k):
        """k different indices of 0, ..., n - 1, ascending."""
        question = {"kind": "subset", "n": n, "k": k, **self.by}
        if len(self.made) == len(self.tape):
            raise Question(question)
        self.made.append({**question, "answer": self.tape[len(self.made)]})
        return self.made[-1]["answer"]


def number(value):
    return float(Fraction(value)) if isinstance(value, str) else float(value)


def numbers(values):
    return [numbers(value) if isinstance(value, list) else number(value) for value in values]


for line in sys.stdin:
    request = json.loads(line)
    random = Random(request.get("tape", []))
    try:
        if request["call"] == "start":
            answer = {"protocol": 1, "implementation": "an answer", "subjects": [SUBJECT]}
        else:
            answer = {} if request["call"] == "stop" else reply(request, random)
    except Question as question:
        answer = {"ask": question.args[0]}
    print(json.dumps({"id": request["id"], **answer}), flush=True)
)";

std::string text_before(const Program& program) {
  return fmt::format(fmt::runtime(head), program.exercise.title, program.exercise.id, begin);
}

std::string text_after(const Program& program) {
  return std::string(end) + program.harness + conversation;
}

void require_frame(const Program& program, const std::string& file) {
  const std::string text = read_text(file, "a program in Python as --start writes it");
  const std::string before = text_before(program);
  const std::string after = text_after(program);
  if (text.size() < before.size() + after.size() || !text.starts_with(before) || !text.ends_with(after))
    throw input_error(file + ": found other lines around the part to write, expected those of --start");
}

std::string witness_of(const ContractResult& result) {
  std::string text;
  for (const auto& [name, value] : result.witness.items())
    text += fmt::format("    {:<12} {}\n", name, value.dump(-1, ' ', true, Json::error_handler_t::replace));
  return text;
}

/// The verdicts, and the numbers of the first contract that does not hold.
Judgement judgement_of(const SubjectResult& subject) {
  Judgement judgement{true, ""};
  for (const ContractResult& result : subject.contracts) {
    const bool holds = result.verdict == Verdict::holds || result.verdict == Verdict::acceptable;
    judgement.text += fmt::format("  {:<10} {}: {}\n", name_of(result.verdict), result.contract, result.detail);
    if (!holds && judgement.solved) judgement.text += witness_of(result);
    judgement.solved = judgement.solved && holds;
  }
  return judgement;
}

Judgement check(const Program& program, const std::string& file) {
  require_frame(program, file);
  oracle::conformance::ConformOptions options;
  options.command = {"python3", file.starts_with("/") ? file : "./" + file};
  options.judge.budget.calls = 4000;
  options.judge.way = oracle::conformance::Way::injected;
  options.judge.contracts = program.contracts;
  const oracle::conformance::ConformReport report = oracle::conformance::conform(options);
  if (report.harness_failure) return not_yet(fmt::format("the program fails: {}\n", *report.harness_failure));
  return judgement_of(report.subjects.front());
}

}  // namespace
}  // namespace program

Exercise program_exercise(const Program& program) {
  Exercise exercise = program.exercise;
  exercise.start = program::text_before(program) + program.part + program::text_after(program);
  exercise.check = [program](const std::string& file) { return program::check(program, file); };
  return exercise;
}

}  // namespace touchstone::inline v0::exercising
