# The reference: headers only. touchstone::reference needs Eigen and Random123; touchstone::numbers adds the exact,
# many-digit and interval numbers.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(Random123 REQUIRED)

add_library(touchstone_reference INTERFACE)
add_library(touchstone::reference ALIAS touchstone_reference)
set_target_properties(touchstone_reference PROPERTIES EXPORT_NAME reference)
target_compile_features(touchstone_reference INTERFACE cxx_std_20)
target_include_directories(touchstone_reference INTERFACE
  $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/reference> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(touchstone_reference INTERFACE Eigen3::Eigen Random123::Random123)
install(TARGETS touchstone_reference EXPORT touchstone-targets)
install(EXPORT touchstone-targets NAMESPACE touchstone:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/touchstone)

find_package(Boost 1.74)
find_package(GMP)
find_package(MPFR)
find_package(MPFI)
if(Boost_FOUND AND GMP_FOUND AND MPFR_FOUND AND MPFI_FOUND)
  add_library(touchstone_numbers INTERFACE)
  add_library(touchstone::numbers ALIAS touchstone_numbers)
  set_target_properties(touchstone_numbers PROPERTIES EXPORT_NAME numbers)
  target_link_libraries(touchstone_numbers INTERFACE
    touchstone_reference Boost::headers MPFI::MPFI MPFR::MPFR GMP::GMP)
  install(TARGETS touchstone_numbers EXPORT touchstone-numbers-targets)
  install(EXPORT touchstone-numbers-targets NAMESPACE touchstone::
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/touchstone)
endif()

install(DIRECTORY reference/touchstone DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
configure_package_config_file(cmake/touchstone-config.cmake.in touchstone-config.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/touchstone)
write_basic_package_version_file(touchstone-config-version.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/touchstone-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/touchstone-config-version.cmake
  cmake/FindRandom123.cmake cmake/FindGMP.cmake cmake/FindMPFR.cmake cmake/FindMPFI.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/touchstone)
