#include "verify/oracle/vectors/folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "verify/io/atomic_file.hpp"

namespace touchstone::inline v0::oracle::vectors {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void cannot(const std::string& path, const std::string& reason) {
  throw output_error(fmt::format("{}: cannot be written ({})", path, reason));
}

[[noreturn]] void cannot(const std::string& path, int error) {
  cannot(path, std::generic_category().message(error));
}

/// The paths that the manifest names, and its own.
std::set<std::string> named_in(const std::string& path, const fs::path& folder, const std::string& manifest,
                               const std::string& format) {
  std::ifstream in(folder / manifest);
  const nlohmann::json read = nlohmann::json::parse(in, nullptr, false);
  const bool ours = read.is_object() && read.value("format", nlohmann::json()).is_string() &&
                    read["format"].get<std::string>().starts_with(format + "/") &&
                    read.value("files", nlohmann::json()).is_array();
  if (!ours) cannot(path, fmt::format("it is not empty and holds no {} of {}", manifest, format));
  std::set<std::string> names = {manifest};
  for (const nlohmann::json& file : read["files"])
    if (file.is_object() && file.value("path", nlohmann::json()).is_string()) names.insert(file["path"]);
  return names;
}

/// A folder beside the target, gone again unless it took the target's name.
class TemporaryFolder {
 public:
  TemporaryFolder(const std::string& named, const fs::path& target) : named_(named) {
    path_ = (target.parent_path() / fmt::format(".{}.XXXXXX", target.filename().string())).string();
    if (::mkdtemp(path_.data()) == nullptr) cannot(named_, errno);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }

  void write(const TextFile& file) const {
    const fs::path at = fs::path(path_) / file.path;
    std::error_code error;
    fs::create_directories(at.parent_path(), error);
    if (error) cannot(named_, error.message());
    try {
      write_file(at.string(), file.text);
    } catch (const output_error& failure) {
      const std::string reason = failure.what();
      cannot(named_, file.path + reason.substr(reason.rfind(" (") == std::string::npos ? 0 : reason.rfind(" (")));
    }
  }

  /// Takes the target's name. What had it is removed.
  void become(const fs::path& target) const {
    const mode_t mask = ::umask(0);
    ::umask(mask);
    if (::chmod(path_.c_str(), 0777 & ~mask) != 0) cannot(named_, errno);
    const bool occupied = fs::exists(target) && !fs::is_empty(target);
    const unsigned how = occupied ? RENAME_EXCHANGE : 0;
    if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target.c_str(), how) != 0) cannot(named_, errno);
  }

 private:
  std::string named_;
  std::string path_;
};

/// With symbolic links followed, where there is something.
fs::path target_of(const std::string& path) {
  if (path.empty()) cannot("''", ENOENT);
  std::error_code error;
  fs::path target = fs::weakly_canonical(path, error);
  if (error) cannot(path, error.message());
  return target.has_filename() ? target : target.parent_path();
}

}  // namespace

void require_replaceable(const std::string& path, const std::string& manifest, const std::string& format) {
  const fs::path folder = target_of(path);
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (!fs::exists(status)) return;
  if (!fs::is_directory(status)) cannot(path, ENOTDIR);
  const bool empty = fs::is_empty(folder, error);
  if (error) cannot(path, error.message());
  if (empty) return;
  const std::set<std::string> names = named_in(path, folder, manifest, format);
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = fs::relative(entry.path(), folder).generic_string();
    if (!entry.is_directory() && !names.contains(name))
      cannot(path, fmt::format("it holds {}, which its {} does not name", name, manifest));
  }
}

void write_folder(const std::string& path, const std::vector<TextFile>& files, const std::string& manifest,
                  const std::string& format) {
  require_replaceable(path, manifest, format);
  const fs::path target = target_of(path);
  const TemporaryFolder folder(path, target);
  for (const TextFile& file : files) folder.write(file);
  folder.become(target);
}

}  // namespace touchstone::inline v0::oracle::vectors
