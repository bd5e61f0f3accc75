# SPDX-License-Identifier: MIT
# What the library needs; used by the build tree and by the installed package alike.

find_package(Threads REQUIRED)
find_package(SQLite3 3.40 REQUIRED)

find_package(Boost 1.75 CONFIG QUIET)
if(NOT Boost_FOUND)
  find_package(Boost CONFIG QUIET)
  if(Boost_FOUND)
    message(FATAL_ERROR
      "forge_db: Boost ${Boost_VERSION} was found, but Boost.PFR needs 1.75 or later. "
      "On Debian 12 install libboost1.81-dev; it replaces libboost-dev (1.74), the two exclude each other.")
  endif()
  message(FATAL_ERROR
    "forge_db: Boost 1.75 or later was not found (headers only: PFR, Hana, UUID). "
    "Debian 12: libboost1.81-dev; Debian 13 and Ubuntu 24.04: libboost-dev.")
endif()
