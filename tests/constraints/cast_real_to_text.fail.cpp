// expect: forge_db: cast<std::string>() requires no real number, which the dialects write differently; cast it to a
// decimal or an integer first SPDX-License-Identifier: MIT
#include <measures/models.hpp>

#include <forge_db/query/functions/cast.hpp>
#include <forge_db/query/query.hpp>

using namespace forge_db;
using namespace measures;

auto made() { return cast<std::string>(samples::real); }
