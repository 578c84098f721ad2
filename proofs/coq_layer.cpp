#include "proofs/coq_layer.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "proofs/bridge.hpp"
#include "proofs/embedded.hpp"
#include "proofs/process.hpp"
#include "proofs/temporary_directory.hpp"

namespace touchstone::inline v0::proofs {

namespace {

constexpr std::chrono::minutes limit(10);

const std::string& text_of(const std::string& name) {
  for (const EmbeddedFile& file : coq_files())
    if (file.name == name) return file.text;
  throw std::logic_error("the Coq layer has no file " + name);
}

/// "a, b": the ids that stand after "Claim" in a theorem's comment.
std::vector<std::string> claims_in(const std::string& comment) {
  const std::size_t at = comment.find("Claim ");
  if (at == std::string::npos) return {};
  std::istringstream line(comment.substr(at + 6, comment.find_first_of("\n*", at) - at - 6));
  std::vector<std::string> claims;
  for (std::string part; std::getline(line, part, ',');) {
    const std::size_t first = part.find_first_not_of(' ');
    const std::size_t last = part.find_last_not_of(' ');
    if (part.find('/') != std::string::npos) claims.push_back(part.substr(first, last - first + 1));
  }
  return claims;
}

std::vector<CoqTheorem> read_theorems(const std::string& text) {
  std::vector<CoqTheorem> all;
  for (std::size_t at = text.find("\nTheorem "); at != std::string::npos; at = text.find("\nTheorem ", at + 1)) {
    const std::size_t comment = text.rfind("(**", at);
    const std::size_t proof = text.find("\nProof.", at);
    const std::size_t name = at + std::string("\nTheorem ").size();
    all.push_back({text.substr(name, text.find_first_of(" :(\n", name) - name),
                   claims_in(text.substr(comment, at - comment)), text.substr(comment, proof - comment)});
  }
  return all;
}

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) throw std::runtime_error(path.string() + ": cannot be written");
}

std::string last_line(const std::string& text) {
  const std::string trimmed = text.substr(0, text.find_last_not_of('\n') + 1);
  return trimmed.substr(trimmed.rfind('\n') + 1);
}

/// The complaint at the end of what was said, on one line.
std::string complaint(const std::string& text) {
  constexpr std::size_t most = 300;
  const std::size_t at = text.rfind("File \"");
  std::istringstream words(at != std::string::npos ? text.substr(at) : last_line(text));
  std::string line;
  for (std::string word; words >> word;) line += (line.empty() ? "" : " ") + word;
  if (line.size() > most) line.replace(most, std::string::npos, " ...");
  return line;
}

/// The value of an environment variable; empty where there is none.
std::string environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nothing here changes the environment
  return value == nullptr ? "" : value;
}

/// Where compiled files are kept for the next time, or else below `own`.
std::filesystem::path build_folder(const std::filesystem::path& own) {
  const std::string named = environment("TOUCHSTONE_COQ_BUILD");
  const std::string cache = environment("XDG_CACHE_HOME");
  const std::string home = environment("HOME");
  std::filesystem::path folder = own / "build";
  if (!named.empty())
    folder = named;
  else if (!cache.empty())
    folder = std::filesystem::path(cache) / "touchstone" / "coq";
  else if (!home.empty())
    folder = std::filesystem::path(home) / ".cache" / "touchstone" / "coq";
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  return failed || access(folder.c_str(), W_OK) != 0 ? own / "build" : folder;
}

}  // namespace

const std::vector<CoqTheorem>& coq_theorems() {
  static const std::vector<CoqTheorem> all = read_theorems(text_of("Theorems.v"));
  return all;
}

CoqVerdict check_coq(const std::vector<CoqFile>& extra) {
  const TemporaryDirectory directory;
  for (const EmbeddedFile& file : coq_files()) write(directory.path() / file.name, file.text);
  const std::filesystem::path others = directory.path() / "extra";
  std::filesystem::create_directory(others);
  const std::string folder = build_folder(directory.path()).string();
  std::vector<std::string> arguments{"bash", (directory.path() / "run").string(), "--no-check", "--build", folder};
  for (const CoqFile& file : extra) {
    write(others / file.name, file.text);
    arguments.push_back((others / file.name).string());
  }
  const ProcessResult process = run_process(arguments, limit);
  CoqVerdict verdict{CoqVerdict::Answer::unavailable, last_line(process.output), process.seconds};
  if (process.end == ProcessResult::End::timed_out)
    return {CoqVerdict::Answer::refused, "coqc was killed after ten minutes", process.seconds};
  if (process.end == ProcessResult::End::exited && process.code <= 1)
    verdict.answer = process.code == 0 ? CoqVerdict::Answer::accepted : CoqVerdict::Answer::refused;
  if (verdict.answer == CoqVerdict::Answer::refused) verdict.words = complaint(process.output);
  return verdict;
}

const CoqVerdict& coq_verdict() {
  static const CoqVerdict verdict = check_coq({{"Bridge.v", bridge_text(bridge_lemmas())}});
  return verdict;
}

}  // namespace touchstone::inline v0::proofs
