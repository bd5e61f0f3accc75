// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/is_utf8.hpp>

#include <string_view>

namespace forge_db::detail {

/// Text that JSON functions tell from all other text: UTF-8, since JSON holds no other, and without a NUL, at which
/// SQLite's functions end an item.
inline bool is_json_item(std::string_view text) { return is_utf8(text) && text.find('\0') == std::string_view::npos; }

}  // namespace forge_db::detail
