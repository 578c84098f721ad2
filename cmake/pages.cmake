# Writes OUTPUT, a C++ file with the leading comment of every HEADER: what `touchstone explain` shows. The page of a
# method is the comment in its own file and is not kept a second time.
#   cmake -DOUTPUT=... -DROOT=... "-DHEADERS=a.hpp;b.hpp" -P pages.cmake
set(pages "")
foreach(header IN LISTS HEADERS)
  file(READ ${ROOT}/${header} text)
  string(REGEX MATCH "/// \\\\file\n((///[^\n]*\n)+)" found "${text}")
  set(comment "${CMAKE_MATCH_1}")
  string(REGEX REPLACE "(^|\n)/// ?" "\\1" comment "${comment}")
  string(APPEND pages "    {\"${header}\", R\"page(${comment})page\"},\n")
endforeach()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
#include "verify/program/pages.hpp"

namespace touchstone::inline v0 {

const std::vector<Page>& pages() {
  static const std::vector<Page> all = {
@pages@  };
  return all;
}

}  // namespace touchstone::inline v0
]])
