# GoogleTest units, RapidCheck properties, checks of the tree, the bench target.
find_package(GTest REQUIRED)
find_package(rapidcheck REQUIRED)
include(GoogleTest)

find_program(TOUCHSTONE_PYTHON python3 REQUIRED)

# NAME=REGEX: what matches of tests/*_test.cpp and properties/*_properties.cpp is one program, which the release preset
# compiles as one file: what tests include and instantiate takes longer than they do. Half a minute each, as two are compiled
# at once. What matches nothing is a program of its own.
set(test_programs
  "compressor_tests=(.*compressors|quantizers)_test"
  "combinator_tests=combinator.*_test"
  "check_tests=check_.*_test"
  "oracle_tests=(oracle|self_test|wire).*_test"
  "vector_tests=(vectors|conform).*_test"
  "kernel_tests=kernel.*_test"
  "book_tests=(notation|book_command)_test"
  "proof_tests=(proofs|certificate|coq_layer|evidence_pages).*_test"
  "unified_sgd_tests=(unified_sgd|proximal_methods)_test"
  "error_feedback_tests=error_feedback.*_test"
  "local_tests=local.*_test"
  "marina_tests=marina.*_test"
  "moshpit_tests=moshpit.*_test"
  "problem_tests=(logistic_regression|huber_sum|nonconvex_problems|certified_solution|spectral_bound|libsvm)_test"
  "number_tests=(numbers|scalars|surd|seeded|transcript|exhaustive)_test"
  "reproducibility_tests=(seeds|determinism)_test"
  "program_tests=(atomic_file|anytime_tests|campaign|command_line|.*_command)_test"
  "compressor_properties=compressor.*_properties"
  "method_properties=.*_properties")

function(add_test_program name)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE touchstone_verify touchstone_options GTest::gtest_main rapidcheck)
  target_compile_definitions(${name} PRIVATE
    TOUCHSTONE_PROGRAM="$<TARGET_FILE:touchstone>" TOUCHSTONE_SOURCE="${CMAKE_CURRENT_SOURCE_DIR}"
    TOUCHSTONE_PYTHON="${TOUCHSTONE_PYTHON}")
  target_compile_options(${name} PRIVATE ${exact_options})
  target_precompile_headers(${name} REUSE_FROM touchstone_proofs)
  add_dependencies(${name} touchstone)
  set_target_properties(${name} PROPERTIES UNITY_BUILD_BATCH_SIZE 0 RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  set(properties LABELS unit ENVIRONMENT "TOUCHSTONE_COQ_BUILD=${CMAKE_BINARY_DIR}/coq")
  if(name MATCHES "_properties$")
    set(properties LABELS property ENVIRONMENT "RC_PARAMS=max_success=1000")
  endif()
  if(name STREQUAL "reproducibility_tests")
    list(APPEND properties COST 100)
  endif()
  gtest_discover_tests(${name} TEST_PREFIX ${name}/ PROPERTIES TIMEOUT 300 ${properties} DISCOVERY_TIMEOUT 60)
endfunction()

file(GLOB test_sources CONFIGURE_DEPENDS tests/*_test.cpp properties/*_properties.cpp)
foreach(program IN LISTS test_programs)
  string(REGEX MATCH "^(.+)=(.+)$" program ${program})
  set(name ${CMAKE_MATCH_1})
  set(sources ${test_sources})
  list(FILTER sources INCLUDE REGEX "/${CMAKE_MATCH_2}\\.cpp$")
  list(REMOVE_ITEM test_sources ${sources})
  add_test_program(${name} ${sources})
endforeach()
foreach(source IN LISTS test_sources)
  get_filename_component(name ${source} NAME_WE)
  add_test_program(${name} ${source})
endforeach()

add_test(NAME Tree.IsFormatted COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/tests/format)
add_test(NAME Consumer.BuildsInEveryWay
  COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/tests/consumer/run.sh ${CMAKE_BINARY_DIR})
add_test(NAME Consumer.EveryInstalledHeaderCompilesAlone
  COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/tests/consumer/run.sh ${CMAKE_BINARY_DIR} headers)
add_test(NAME Compilers.GiveTheSameBits COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/tests/compilers/run.sh)
add_test(NAME Readme.PrintsWhatItSays
  COMMAND ${TOUCHSTONE_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/tests/readme.py $<TARGET_FILE:touchstone>)
add_test(NAME Book.EveryPageInABrowser
  COMMAND ${TOUCHSTONE_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/tests/book/browser.py $<TARGET_FILE:touchstone>)
# COST, about the seconds: what takes longest begins first, lest one core wait for the other at the end.
set_tests_properties(Tree.IsFormatted PROPERTIES LABELS tree)
set_tests_properties(Readme.PrintsWhatItSays Book.EveryPageInABrowser PROPERTIES LABELS slow SKIP_RETURN_CODE 77 TIMEOUT 300)
set_tests_properties(Compilers.GiveTheSameBits Consumer.BuildsInEveryWay Consumer.EveryInstalledHeaderCompilesAlone PROPERTIES
  LABELS slow TIMEOUT 600 COST 150 ENVIRONMENT CXX=${CMAKE_CXX_COMPILER})

# The bindings. The linker of C++ brings what a sanitizer needs.
enable_language(C)
add_executable(c_interface_test tests/c_interface_test.c)
target_link_libraries(c_interface_test PRIVATE touchstone_c m)
target_compile_options(c_interface_test PRIVATE -Wall -Wextra -pedantic -Wconversion -Werror)
target_compile_definitions(c_interface_test PRIVATE TOUCHSTONE_EXPECTED_VERSION="${PROJECT_VERSION}")
set_target_properties(c_interface_test PROPERTIES C_STANDARD 99 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF
  LINKER_LANGUAGE CXX RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
add_test(NAME Bindings.CInterface COMMAND c_interface_test)
set_tests_properties(Bindings.CInterface PROPERTIES LABELS unit)
if(TOUCHSTONE_PYTHON_LOADS)
  add_test(NAME Bindings.Ctypes
    COMMAND ${TOUCHSTONE_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/tests/ctypes_test.py $<TARGET_FILE:touchstone_c>)
  set_tests_properties(Bindings.Ctypes PROPERTIES LABELS unit)
endif()
if(TARGET touchstone_python)
  add_test(NAME Bindings.Python COMMAND ${TOUCHSTONE_PYTHON} -m pytest -q -p no:cacheprovider
    ${CMAKE_CURRENT_SOURCE_DIR}/tests/python)
  set_tests_properties(Bindings.Python PROPERTIES LABELS unit
    ENVIRONMENT "PYTHONPATH=${CMAKE_BINARY_DIR}/python;PYTHONDONTWRITEBYTECODE=1;TOUCHSTONE_SOURCE=${CMAKE_CURRENT_SOURCE_DIR}")
endif()

# The Coq layer and the bridge that the program generates, checked twice; damaged copies, which must be refused.
find_program(TOUCHSTONE_COQC coqc)
if(TOUCHSTONE_COQC)
  add_test(NAME Coq.TheLayerAndTheBridge
    COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/tests/coq_layer.sh $<TARGET_FILE:touchstone> ${CMAKE_BINARY_DIR}/coq)
  add_test(NAME Coq.DamagedCopiesAreRefused COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/proofs/coq/selftest ${CMAKE_BINARY_DIR}/coq)
  set_tests_properties(Coq.TheLayerAndTheBridge PROPERTIES FIXTURES_SETUP compiled_coq_layer)
  set_tests_properties(Coq.DamagedCopiesAreRefused PROPERTIES FIXTURES_REQUIRED compiled_coq_layer)
  # First of all, as others wait for the layer to be compiled.
  set_tests_properties(Coq.TheLayerAndTheBridge Coq.DamagedCopiesAreRefused PROPERTIES LABELS slow TIMEOUT 900 COST 200)
endif()

find_package(benchmark)
if(benchmark_FOUND)
  file(GLOB bench_sources CONFIGURE_DEPENDS bench/*.cpp)
  if(bench_sources)
    add_executable(bench ${bench_sources})
    target_link_libraries(bench PRIVATE touchstone_verify touchstone_options benchmark::benchmark)
    target_precompile_headers(bench REUSE_FROM touchstone_double)
    set_target_properties(bench PROPERTIES UNITY_BUILD OFF RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  endif()
endif()

# The methods over MPI (examples/mpi), an implementation of their own: their traces against the reference.
set(MPI_CXX_SKIP_MPICXX TRUE)  # the C interface
find_package(MPI COMPONENTS CXX)
if(MPI_CXX_FOUND)
  file(GLOB mpi_sources CONFIGURE_DEPENDS examples/mpi/*.cpp)
  add_executable(mpi_methods ${mpi_sources})
  target_link_libraries(mpi_methods PRIVATE MPI::MPI_CXX Random123::Random123 touchstone_options)
  target_compile_features(mpi_methods PRIVATE cxx_std_20)
  set_target_properties(mpi_methods PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  add_test(NAME Mpi.FollowsTheReferenceAndItsFaultsAreFound
    COMMAND ${TOUCHSTONE_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/tests/mpi_example.py
      $<TARGET_FILE:touchstone> $<TARGET_FILE:mpi_methods>)
  set_tests_properties(Mpi.FollowsTheReferenceAndItsFaultsAreFound PROPERTIES
    LABELS slow SKIP_RETURN_CODE 77 TIMEOUT 300 COST 10)
endif()

# libFuzzer on what reads other people's bytes, clang++ only.
option(TOUCHSTONE_BUILD_FUZZERS "Build what feeds arbitrary bytes to the readers" OFF)
if(TOUCHSTONE_BUILD_FUZZERS)
  target_compile_options(touchstone_oracle PRIVATE -fsanitize=fuzzer-no-link,address)
  foreach(reader trace_reader harness_reader)
    add_executable(fuzz_${reader} fuzz/${reader}.cpp)
    target_link_libraries(fuzz_${reader} PRIVATE touchstone_oracle touchstone_options)
    target_compile_options(fuzz_${reader} PRIVATE -fsanitize=fuzzer,address)
    target_link_options(fuzz_${reader} PRIVATE -fsanitize=fuzzer,address)
    set_target_properties(fuzz_${reader} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  endforeach()
endif()
