// SPDX-License-Identifier: MIT
#pragma once

#include "refusal.hpp"
#include "route.hpp"
#include "row_json.hpp"

#include <forge_db/core/json.hpp>
#include <forge_db/core/uuid.hpp>

#include <optional>
#include <utility>

// What handlers answer about one row, and what of it stands in the audit log.
namespace kernel::http {

/// A kind of row: its name in the audit log, and the words of the 404.
struct row_kind {
  char const* name;
  char const* missing;
};

/// Throws refusal 404 where there is no row.
template <class Row>
response shown(std::optional<Row> const& row, row_kind of) {
  if (!row) throw refusal(404, of.missing);
  return {.body = json_of(*row)};
}

template <class Row>
written created(Row const& row, row_kind of) {
  return {{.status = 201, .body = json_of(row)}, "create", of.name, forge_db::uuid_text(row.id.value()), std::nullopt};
}

/// Throws refusal 404 where there is no row.
template <class Row>
written changed(std::optional<Row> const& row, row_kind of, char const* action,
                std::optional<forge_db::json> details = {}) {
  auto answer = shown(row, of);
  return {std::move(answer), action, of.name, forge_db::uuid_text(row->id.value()), std::move(details)};
}

/// Throws refusal 404 where there was no row.
template <class Id>
written deleted(bool was_there, Id const& id, row_kind of) {
  if (!was_there) throw refusal(404, of.missing);
  return {{.body = R"({"deleted": true})"}, "delete", of.name, forge_db::uuid_text(id.value()), std::nullopt};
}

}  // namespace kernel::http
