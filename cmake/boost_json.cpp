// SPDX-License-Identifier: MIT
// Boost.JSON, header-only use: its definitions, once a program.
#include <boost/json/src.hpp>
