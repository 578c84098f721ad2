# Writes OUTPUT, a C++ file with the text of every stored certificate: the program finds them without the source tree.
#   cmake -DOUTPUT=... "-DFILES=a.json;b.json" -P embed.cmake
list(SORT FILES)
set(files "")
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  file(READ ${file} text)
  string(APPEND files "    {\"${name}\", R\"json(${text})json\"},\n")
endforeach()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
#include "proofs/certificate/stored.hpp"

namespace touchstone::inline v0::proofs {

const std::vector<StoredFile>& stored_certificates() {
  static const std::vector<StoredFile> all = {
@files@  };
  return all;
}

}  // namespace touchstone::inline v0::proofs
]])
