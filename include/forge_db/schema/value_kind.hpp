// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace forge_db {

/// The storage class of one value in a row.
enum class value_kind : std::uint8_t { null, integer, real, text, blob };

}  // namespace forge_db
