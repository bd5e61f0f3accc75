// SPDX-License-Identifier: MIT
#pragma once

// The values that columns hold, and the errors that everything throws. Depends on nothing else in ForgeDB.
// In the order in which to read them, which is why they are not sorted:
// clang-format off
#include <forge_db/core/version.hpp>       // the version, and the compilers that it needs
#include <forge_db/core/dialect.hpp>       // sqlite or postgres
#include <forge_db/core/error.hpp>         // one exception class a family
#include <forge_db/core/typed_id.hpp>      // keys that do not mix
#include <forge_db/core/required.hpp>      // a field that an insert must name
#include <forge_db/core/patch.hpp>         // a field that is unset, null or a value
#include <forge_db/core/range.hpp>         // a filter on an interval
#include <forge_db/core/enum_text.hpp>     // enums as text
#include <forge_db/core/timestamp.hpp>     // a moment, and its text forms
#include <forge_db/core/date.hpp>          // a day
#include <forge_db/core/uuid.hpp>          // uuids, versions 4 and 7
#include <forge_db/core/decimal.hpp>       // exact decimal numbers
#include <forge_db/core/bytes.hpp>         // blobs
#include <forge_db/core/json.hpp>          // JSON text (json_value.hpp, which looks inside, is not included)
#include <forge_db/core/fixed_string.hpp>  // text as a template argument
// clang-format on
