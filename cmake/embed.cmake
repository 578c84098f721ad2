# Writes OUTPUT, a C++ file with the text of every file of FILES as the list NAME (proofs/embedded.hpp): the program
# finds them without the source tree.
#   cmake -DOUTPUT=... -DNAME=... "-DFILES=a.json;b.json" -P embed.cmake
list(SORT FILES)
set(files "")
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  file(READ ${file} text)
  string(APPEND files "    {\"${name}\", R\"embedded(${text})embedded\"},\n")
endforeach()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
#include "proofs/embedded.hpp"

namespace touchstone::inline v0::proofs {

const std::vector<EmbeddedFile>& @NAME@() {
  static const std::vector<EmbeddedFile> all = {
@files@  };
  return all;
}

}  // namespace touchstone::inline v0::proofs
]])
