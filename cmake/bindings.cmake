# The C library and the Python module (bindings/README.md). Both wrap verify/oracle/catalog.
file(GLOB c_sources CONFIGURE_DEPENDS bindings/c/*.cpp)
add_library(touchstone_c SHARED ${c_sources})
target_link_libraries(touchstone_c PRIVATE touchstone_oracle touchstone_options)
target_include_directories(touchstone_c INTERFACE ${CMAKE_CURRENT_SOURCE_DIR}/bindings/c)
target_compile_options(touchstone_c PRIVATE ${exact_options})
set_target_properties(touchstone_c PROPERTIES
  OUTPUT_NAME touchstone VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}
  LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
# What templates of the standard library leave behind would be visible otherwise.
set(exported_symbols ${CMAKE_CURRENT_SOURCE_DIR}/bindings/c/exported.map)
target_link_options(touchstone_c PRIVATE -Wl,--version-script=${exported_symbols})
set_target_properties(touchstone_c PROPERTIES LINK_DEPENDS ${exported_symbols})

file(RELATIVE_PATH pc_to_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(bindings/c/touchstone.pc.in touchstone.pc @ONLY)
install(TARGETS touchstone_c LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT program NAMELINK_COMPONENT program)
install(FILES bindings/c/touchstone.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT program)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/touchstone.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT program)

# The system's Python first: that is where Debian's NumPy is.
find_program(TOUCHSTONE_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(TOUCHSTONE_PYTHON python3)
set(Python_EXECUTABLE ${TOUCHSTONE_PYTHON})
find_package(Python COMPONENTS Interpreter Development.Module QUIET)
find_package(pybind11 QUIET)
# An interpreter without the sanitizers' library cannot load what needs it.
if(CMAKE_CXX_FLAGS_DEBUG MATCHES "-fsanitize" AND CMAKE_BUILD_TYPE STREQUAL "Debug")
  set(TOUCHSTONE_PYTHON_LOADS OFF)
else()
  set(TOUCHSTONE_PYTHON_LOADS ON)
endif()
if(NOT TOUCHSTONE_PYTHON_LOADS OR NOT Python_Development.Module_FOUND OR NOT pybind11_FOUND)
  message(STATUS "The Python module is left out: it needs python3-dev and pybind11-dev, and a preset without sanitizers")
  return()
endif()

file(GLOB python_sources CONFIGURE_DEPENDS bindings/python/*.cpp)
file(GLOB python_files CONFIGURE_DEPENDS bindings/python/touchstone/*)
set(python_package ${CMAKE_BINARY_DIR}/python/touchstone)
pybind11_add_module(touchstone_python MODULE NO_EXTRAS ${python_sources})
target_link_libraries(touchstone_python PRIVATE touchstone_oracle touchstone_options)
target_compile_options(touchstone_python PRIVATE ${exact_options})
set_target_properties(touchstone_python PROPERTIES
  OUTPUT_NAME _core LIBRARY_OUTPUT_DIRECTORY ${python_package} CXX_VISIBILITY_PRESET hidden)
add_custom_command(OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/python_files.stamp
  COMMAND ${CMAKE_COMMAND} -E make_directory ${python_package}
  COMMAND ${CMAKE_COMMAND} -E copy_if_different ${python_files} ${python_package}
  COMMAND ${CMAKE_COMMAND} -E touch ${CMAKE_CURRENT_BINARY_DIR}/python_files.stamp
  DEPENDS ${python_files} VERBATIM)
add_custom_target(touchstone_python_files ALL DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/python_files.stamp)
add_dependencies(touchstone_python touchstone_python_files)
