// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/text/json_writer.hpp>

#include <boost/json/fwd.hpp>

#include <kernel/app_collections.hpp>
#include <kernel/app_documents.hpp>
#include <kernel/app_usage.hpp>
#include <kernel/audit_log.hpp>
#include <kernel/vfs_file_versions.hpp>
#include <kernel/vfs_files.hpp>
#include <kernel/vfs_folders.hpp>

#include <string>
#include <string_view>
#include <vector>

// Rows as clients see them: the names of the columns, but `metadata` and `details` without `_json`. Times are always
// 2026-02-20T14:00:00.000000Z, whether they were just written or read back. Text that is not UTF-8 and metadata that is
// no JSON, which only other programs can have stored, do not keep a list from being read: U+FFFD, and null.
namespace kernel::http {

/// One line of JSON.
inline forge_db::json_writer json_line() { return forge_db::json_writer{0, forge_db::not_utf8::replace}; }

void put(forge_db::json_writer& out, AppCollection const& row);
void put(forge_db::json_writer& out, AppDocument const& row);
void put(forge_db::json_writer& out, VfsFolder const& row);
void put(forge_db::json_writer& out, VfsFile const& row);
void put(forge_db::json_writer& out, VfsFileVersion const& row);
void put(forge_db::json_writer& out, AuditLog const& row);
void put(forge_db::json_writer& out, AppUsage const& row);

/// A value of a program that uses Boost.JSON.
void put(forge_db::json_writer& out, boost::json::value const& value);
void put(forge_db::json_writer& out, boost::json::object const& value);

template <class Row>
std::string json_of(Row const& row) {
  auto out = json_line();
  put(out, row);
  return std::move(out).text();
}

template <class Row>
void put_list(forge_db::json_writer& out, std::string_view name, std::vector<Row> const& rows) {
  out.key(name).open_list();
  for (Row const& row : rows) put(out, row);
  out.close_list();
}

void put_list(forge_db::json_writer& out, std::string_view name, std::vector<std::string> const& texts);

}  // namespace kernel::http
