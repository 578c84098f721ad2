#include <filesystem>

#include <fmt/format.h>

#include "verify/exercises/exercise.hpp"
#include "verify/io/atomic_file.hpp"
#include "verify/program/commands.hpp"

namespace touchstone::inline v0 {

namespace exercise_command {
namespace {

struct Call {
  std::string id;
  std::optional<std::string> start, check;  ///< files
};

const Exercise& exercise_of(const std::string& id) {
  for (const Exercise& one : exercises())
    if (one.id == id) return one;
  throw usage_error(
      fmt::format("exercise: found '{}', expected the id of an exercise; 'touchstone exercise' lists them", id));
}

std::string list() {
  std::string text;
  std::string chapter;
  for (const Exercise& one : exercises()) {
    if (one.chapter() != chapter) text += fmt::format("{}{}\n", chapter.empty() ? "" : "\n", one.chapter());
    chapter = one.chapter();
    text += fmt::format("  {:<31} {}\n", one.id, one.title);
  }
  return text + "\n'touchstone exercise ID' prints a task\n";
}

std::string task(const Exercise& exercise) {
  return fmt::format(
      "{0}: {1}\n\n{2}\n  begin   touchstone exercise {0} --start {3}\n  check   touchstone exercise {0} --check "
      "{3}\n",
      exercise.id, exercise.title, exercise.text, exercise.start_name);
}

void start(const Exercise& exercise, const std::string& file) {
  std::error_code none;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, none)))
    throw output_error(file + ": is there already, and is not overwritten; expected a new name");
  write_file(file, exercise.start);
  print(fmt::format("{} is written; when it is ready:\n  touchstone exercise {} --check {}\n", file, exercise.id,
                    file));
}

ExitStatus check(const Exercise& exercise, const std::string& file) {
  const Judgement judgement = exercise.check(file);
  print(coloured(judgement.solved ? "solved" : "not yet", judgement.solved ? Colour::green : Colour::yellow) +
        "\n" + judgement.text);
  return judgement.solved ? ExitStatus::holds : ExitStatus::fails;
}

ExitStatus run(const Call& call) {
  if (call.start && call.check) throw usage_error("exercise: found --start and --check, expected one of them");
  if (call.id.empty()) {
    if (call.start || call.check) throw usage_error("exercise: found no ID, expected one with --start and --check");
    print(list());
    return ExitStatus::holds;
  }
  const Exercise& exercise = exercise_of(call.id);
  if (call.check) return check(exercise, *call.check);
  if (call.start)
    start(exercise, *call.start);
  else
    print(task(exercise));
  return ExitStatus::holds;
}

}  // namespace
}  // namespace exercise_command

void add_exercise_command(CLI::App& app, ExitStatus& status) {
  CLI::App* command = app.add_subcommand("exercise", "Exercises, and what is right or wrong with an answer");
  auto call = std::make_shared<exercise_command::Call>();
  command->footer(
      "Without ID all are listed, with it alone the task is printed. An answer is a\n"
      "file of JSON with exact numbers, or a program in Python (run by python3) where\n"
      "code is to be written. Exit status of --check: 0 solved; 1 not yet; 2 the file\n"
      "is no answer.");
  command->add_option("ID", call->id, "Such as error-feedback/top1-start")->type_name("");
  command->add_option("--start", call->start, "Write the file to begin with; never overwrites")->type_name("FILE");
  command->add_option("--check", call->check, "Judge the answer in this file")->type_name("FILE");
  command->callback([call, &status] { status = exercise_command::run(*call); });
}

}  // namespace touchstone::inline v0
