// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace forge_db {

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"  // GCC sees forge_db::null shadowed by a scoped enumerator, which it is not
#endif

/// The storage class of one value in a row.
enum class value_kind : std::uint8_t { null, integer, real, text, blob };

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

}  // namespace forge_db
