# proofs (what is asked of the solvers), verify (claims and engines) and the program. Every .cpp of a folder belongs to
# its target: a new claim or obligation needs no line here.
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Threads REQUIRED)
find_library(Z3_LIBRARY z3 REQUIRED)

# Our warnings are errors, for our targets only. No contraction into fused operations: the same bytes from every compiler.
# g++ looks for garbage of its own only above 4 GB (a file needs 1 to 2): a fourteenth of the time.
add_library(touchstone_options INTERFACE)
target_compile_options(touchstone_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror -ffp-contract=off
  $<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-heapsize=4000000>)
target_include_directories(touchstone_options INTERFACE ${CMAKE_CURRENT_SOURCE_DIR})

file(GLOB_RECURSE proofs_sources CONFIGURE_DEPENDS proofs/*.cpp)
list(FILTER proofs_sources EXCLUDE REGEX "/proofs/tool/")
file(GLOB stored_certificates CONFIGURE_DEPENDS proofs/certificate/stored/*.json)
file(GLOB coq_files CONFIGURE_DEPENDS proofs/coq/*.v proofs/coq/axioms proofs/coq/run)
foreach(name stored_certificates coq_files)
  set(embedded ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
  add_custom_command(OUTPUT ${embedded}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${embedded} -DNAME=${name} -DHEADER=proofs/embedded.hpp -DSPACE=proofs "-DFILES=${${name}}"
      -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${${name}} cmake/embed.cmake VERBATIM)
  list(APPEND proofs_sources ${embedded})
endforeach()
add_library(touchstone_proofs STATIC ${proofs_sources})
target_link_libraries(touchstone_proofs PUBLIC touchstone::numbers ${Z3_LIBRARY} fmt::fmt
  PRIVATE nlohmann_json::nlohmann_json touchstone_options)
target_include_directories(touchstone_proofs PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})

# Other people's headers, which take longer to read than most of our files: read once. The release preset also compiles
# two dozen files as one (half as long: what they share is instantiated once; up to 6 GB each). Presets clang and asan do neither, so that a file
# which forgets a header does not build there.
set(other_headers
  <algorithm> <functional> <map> <optional> <set> <sstream> <string> <vector>
  <boost/multiprecision/eigen.hpp> <boost/multiprecision/gmp.hpp> <boost/multiprecision/mpfi.hpp>
  <boost/multiprecision/mpfr.hpp> <Eigen/Dense> <Eigen/SparseCore> <fmt/format.h> <z3++.h>)
target_precompile_headers(touchstone_proofs PRIVATE ${other_headers})

# Proofs, claims and tests compute in rationals and many digits, where GMP's time is all that counts: to optimise them more
# takes a quarter longer and gives nothing. What runs on doubles stays outside. At this level g++ takes std::optional and
# std::variant for uninitialised now and then; the debug and asan presets look for what is.
set(exact_options $<$<CONFIG:Release>:-O1> $<$<AND:$<CONFIG:Release>,$<CXX_COMPILER_ID:GNU>>:-Wno-maybe-uninitialized>)
target_compile_options(touchstone_proofs PRIVATE ${exact_options})

# What proofs/tool/search_certificate.py reads; built on request.
add_executable(export_problems EXCLUDE_FROM_ALL proofs/tool/export_problems.cpp)
target_link_libraries(export_problems PRIVATE touchstone_proofs touchstone_options)
set_target_properties(export_problems PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

# The oracle and what reads and writes files: all that the bindings take. Position-independent, as they are shared libraries.
# Two files of the exercises are here for the headers that they share with the oracle.
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(simdjson REQUIRED)
file(GLOB_RECURSE oracle_sources CONFIGURE_DEPENDS
  verify/oracle/*.cpp verify/exercises/answer.cpp verify/exercises/program.cpp verify/experiment/guarantee.cpp
  verify/io/atomic_file.cpp verify/io/libsvm.cpp verify/io/sha256.cpp verify/io/text_file.cpp)
file(GLOB vector_pages CONFIGURE_DEPENDS verify/oracle/schemas/*.json verify/oracle/vectors/README.md)
set(embedded ${CMAKE_CURRENT_BINARY_DIR}/vector_pages.cpp)
add_custom_command(OUTPUT ${embedded}
  COMMAND ${CMAKE_COMMAND} -DOUTPUT=${embedded} -DNAME=vector_pages -DHEADER=verify/oracle/vectors/embedded.hpp
    -DSPACE=oracle::vectors "-DFILES=${vector_pages}" -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/embed.cmake
  DEPENDS ${vector_pages} cmake/embed.cmake VERBATIM)
add_library(touchstone_oracle STATIC ${oracle_sources} ${embedded})
target_link_libraries(touchstone_oracle
  PUBLIC touchstone::numbers nlohmann_json::nlohmann_json fmt::fmt PRIVATE simdjson::simdjson OpenSSL::Crypto touchstone_options)
target_include_directories(touchstone_oracle PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_compile_definitions(touchstone_oracle PUBLIC TOUCHSTONE_VERSION="${PROJECT_VERSION}")
target_compile_options(touchstone_oracle PRIVATE ${exact_options})
set_target_properties(touchstone_oracle PROPERTIES POSITION_INDEPENDENT_CODE ON)
# With sanitizers g++ takes parts of std::regex for uninitialised.
set_source_files_properties(verify/oracle/catalog/exact_text.cpp PROPERTIES
  COMPILE_OPTIONS $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
target_precompile_headers(touchstone_oracle PRIVATE ${other_headers} <nlohmann/json.hpp>)

file(GLOB_RECURSE verify_sources CONFIGURE_DEPENDS verify/*.cpp)
list(FILTER verify_sources EXCLUDE REGEX "/verify/(main\\.cpp$|oracle/|exercises/(answer|program)\\.cpp$|experiment/guarantee|io/(atomic_file|libsvm|sha256|text_file))")
set(double_sources ${verify_sources})
list(FILTER double_sources INCLUDE REGEX "/verify/(claims/data_|experiment/run_in_double)")
list(REMOVE_ITEM verify_sources ${double_sources})
# What `touchstone explain` and the book show: the reference's own headers, and the book's texts.
set(headers_root ${CMAKE_CURRENT_SOURCE_DIR}/reference/touchstone)
set(texts_root ${CMAKE_CURRENT_SOURCE_DIR}/book)
file(GLOB_RECURSE headers_files CONFIGURE_DEPENDS ${headers_root}/compressors/*.hpp ${headers_root}/methods/*.hpp
  ${headers_root}/theory/*.hpp ${headers_root}/problems/top1_counterexample.hpp)
file(GLOB_RECURSE texts_files CONFIGURE_DEPENDS ${texts_root}/*)
list(FILTER texts_files EXCLUDE REGEX "/pictures/")  # of the README
foreach(name headers texts)
  set(embedded ${CMAKE_CURRENT_BINARY_DIR}/book_${name}.cpp)
  add_custom_command(OUTPUT ${embedded}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${embedded} -DNAME=${name} -DHEADER=verify/book/files.hpp -DSPACE=book
      -DROOT=${${name}_root} "-DFILES=${${name}_files}" -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${${name}_files} cmake/embed.cmake VERBATIM)
  list(APPEND book_sources ${embedded})
endforeach()

add_library(touchstone_double OBJECT ${double_sources})
target_link_libraries(touchstone_double PRIVATE touchstone_proofs touchstone_options)
target_precompile_headers(touchstone_double PRIVATE ${other_headers})

add_library(touchstone_verify STATIC ${verify_sources} $<TARGET_OBJECTS:touchstone_double>
  ${book_sources})
target_compile_options(touchstone_verify PRIVATE ${exact_options})
target_link_libraries(touchstone_verify
  PUBLIC touchstone_proofs touchstone_oracle CLI11::CLI11 Threads::Threads PRIVATE touchstone_options)
target_precompile_headers(touchstone_verify REUSE_FROM touchstone_proofs)

add_executable(touchstone verify/main.cpp)
target_compile_options(touchstone PRIVATE ${exact_options})
target_link_libraries(touchstone PRIVATE touchstone_verify touchstone_options)
target_precompile_headers(touchstone REUSE_FROM touchstone_proofs)
set_target_properties(touchstone PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
install(TARGETS touchstone RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
