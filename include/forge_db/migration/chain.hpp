// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/migration/detail/sha256.hpp>
#include <forge_db/migration/list.hpp>

#include <string>
#include <string_view>

namespace forge_db::migration {

/// The link that stands before the first migration of a schema.
inline std::string chain_start(std::string_view schema) {
  return forge_db::detail::sha256_hex("forge_db:" + std::string{schema});
}

/// The link after one more migration. Every link covers all migrations before it, so that one comparison of the head
/// notices an edit, a gap or another order anywhere in the list.
inline std::string chain_link(std::string_view previous, migration const& next) {
  return forge_db::detail::sha256_hex(std::string{previous} + next.hash);
}

/// The link after the last migration of the list.
inline std::string chain_of(list const& migrations) {
  std::string link = chain_start(migrations.schema);
  for (migration const& each : migrations.migrations) link = chain_link(link, each);
  return link;
}

}  // namespace forge_db::migration
