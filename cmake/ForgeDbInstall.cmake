# SPDX-License-Identifier: MIT
# Headers, the generator, and a package for find_package(forge_db).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/forge_db")
set(data_dir "${CMAKE_INSTALL_DATADIR}/forge_db")

install(TARGETS forge_db forge_db_json EXPORT forge_db-targets FILE_SET HEADERS)
install(EXPORT forge_db-targets NAMESPACE forge_db:: DESTINATION "${package_dir}")

configure_package_config_file(cmake/forge_db-config.cmake.in "${PROJECT_BINARY_DIR}/forge_db-config.cmake"
  INSTALL_DESTINATION "${package_dir}" PATH_VARS CMAKE_INSTALL_BINDIR)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/forge_db-config-version.cmake"
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES "${PROJECT_BINARY_DIR}/forge_db-config.cmake" "${PROJECT_BINARY_DIR}/forge_db-config-version.cmake"
  cmake/ForgeDbDependencies.cmake cmake/ForgeDbGenerate.cmake DESTINATION "${package_dir}")
install(FILES cmake/boost_json.cpp DESTINATION "${data_dir}")

install(DIRECTORY codegen DESTINATION "${data_dir}" USE_SOURCE_PERMISSIONS
  PATTERN "__pycache__" EXCLUDE PATTERN "tests" EXCLUDE)
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/forge" NEWLINE_STYLE UNIX CONTENT [[
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/../@CMAKE_INSTALL_DATADIR@/forge_db/codegen/forge" "$@"
]] @ONLY)
install(PROGRAMS "${PROJECT_BINARY_DIR}/forge" DESTINATION "${CMAKE_INSTALL_BINDIR}")
