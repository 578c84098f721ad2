#pragma once
/// \file
/// A folder of files is written whole or not at all.

#include <string>
#include <vector>

#include "verify/io/errors.hpp"

namespace touchstone::inline v0::oracle::vectors {

struct TextFile {
  std::string path;  ///< below the folder, with '/'
  std::string text;
};

/// The folder with these files and no others. What is written goes to a temporary folder beside it, which takes the name after
/// everything has reached the disk, and is removed otherwise. A folder of that name is replaced where it is empty, or where
/// `manifest` in it says {"format": "FORMAT/..", "files": [{"path": ..}, ..]} and names every file that is there; the two
/// change places in one step. A symbolic link to a folder is followed.
///
/// Throws output_error "DIR: cannot be written (reason)" in every other case; what was there is then as it was.
void write_folder(const std::string& path, const std::vector<TextFile>& files, const std::string& manifest,
                  const std::string& format);

/// Throws as write_folder would for what is there: before the work begins.
void require_replaceable(const std::string& path, const std::string& manifest, const std::string& format);

}  // namespace touchstone::inline v0::oracle::vectors
