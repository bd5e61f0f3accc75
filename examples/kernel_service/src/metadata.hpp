// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/json.hpp>
#include <forge_db/core/patch.hpp>

#include <optional>

namespace kernel::app {

// Metadata and details are stored as JSON objects, in new rows and in changed ones alike. An object without members is
// NULL. What is no JSON object throws invalid_value.

/// Of a new row.
std::optional<forge_db::json> stored_object(std::optional<forge_db::json> const& given);

/// Of a change; `null` is NULL, and unset stays unset.
forge_db::patch<forge_db::json> stored_object(forge_db::patch<forge_db::json> const& given);

}  // namespace kernel::app
