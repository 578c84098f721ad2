# Writes OUTPUT, a C++ file with the text of every file of FILES as the list NAME that HEADER declares in the namespace
# SPACE: the program finds them without the source tree.
# A file's name is its path below ROOT, or without ROOT its last part.
#   cmake -DOUTPUT=... -DNAME=... -DHEADER=proofs/embedded.hpp -DSPACE=proofs "-DFILES=a.json;b.json" [-DROOT=...] -P embed.cmake
# A literal holds whole lines and, since compilers need not take more than 65536 bytes, not all of a long file.
function(append_literals text)
  set(limit 32768)
  string(LENGTH "${text}" length)
  set(literals "std::string()")
  while(length GREATER 0)
    set(end ${length})
    if(length GREATER limit)
      string(SUBSTRING "${text}" 0 ${limit} piece)
      string(FIND "${piece}" "\n" last REVERSE)
      if(last GREATER_EQUAL 0)
        math(EXPR end "${last} + 1")
      endif()
    endif()
    string(SUBSTRING "${text}" 0 ${end} piece)
    string(SUBSTRING "${text}" ${end} -1 text)
    math(EXPR length "${length} - ${end}")
    string(APPEND literals " +\n        R\"embedded(${piece})embedded\"")
  endwhile()
  set(files "${files}    {\"${name}\", ${literals}},\n" PARENT_SCOPE)
endfunction()

list(SORT FILES)
set(files "")
foreach(file IN LISTS FILES)
  if(ROOT)
    file(RELATIVE_PATH name ${ROOT} ${file})
  else()
    get_filename_component(name ${file} NAME)
  endif()
  file(READ ${file} text)
  append_literals("${text}")
endforeach()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
#include "@HEADER@"

namespace touchstone::inline v0::@SPACE@ {

const std::vector<EmbeddedFile>& @NAME@() {
  static const std::vector<EmbeddedFile> all = {
@files@  };
  return all;
}

}  // namespace touchstone::inline v0::@SPACE@
]])
