// SPDX-License-Identifier: MIT
#include "metadata.hpp"

#include <forge_db/core/error.hpp>

#include <string_view>

namespace kernel::app {

std::optional<forge_db::json> stored_object(std::optional<forge_db::json> const& given) {
  if (!given) return std::nullopt;
  std::string_view const text = given->text();
  constexpr std::string_view space = " \t\r\n";
  auto const open = text.find_first_not_of(space);
  if (open == text.npos || text[open] != '{' || !forge_db::json::try_parse(text)) {
    throw forge_db::invalid_value("Metadata and details have to be a JSON object");
  }
  if (text[text.find_first_not_of(space, open + 1)] == '}') return std::nullopt;
  return given;
}

forge_db::patch<forge_db::json> stored_object(forge_db::patch<forge_db::json> const& given) {
  if (!given.has_value()) return given;
  return forge_db::or_null(stored_object(std::optional(given.value())));
}

}  // namespace kernel::app
