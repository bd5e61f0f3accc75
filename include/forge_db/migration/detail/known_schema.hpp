// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/driver/sqlite/connection.hpp>
#include <forge_db/migration/introspect.hpp>

#include <cstdint>
#include <optional>

namespace forge_db::migration::detail {

/// The schema of one database, read again only when SQLite's counter moved: most migrations of an adopted file find
/// everything so already, and reading the schema is most of what they do. For one run that ends when a transaction is
/// rolled back: after that the counter would rise to the same numbers again, for other schemas.
class known_schema {
 public:
  explicit known_schema(sqlite::connection& connection) : connection_(connection) {}

  /// As it is now, uncommitted changes of this connection included. Ask inside a transaction when the answer must stay
  /// true. The reference is valid until the next call.
  live_schema const& now() {
    std::int64_t const counter = connection_.schema_cookie();
    if (!schema_ || counter_ != counter) schema_ = introspect(connection_);
    counter_ = counter;
    return *schema_;
  }

 private:
  sqlite::connection& connection_;
  std::int64_t counter_ = 0;
  std::optional<live_schema> schema_{};
};

}  // namespace forge_db::migration::detail
