// SPDX-License-Identifier: MIT
#pragma once

#include "systems/plain_sqlite.hpp"

#include <string>

namespace tests {

/// Rows as years of several programs leave them, 20,000 in each table of lists: names that differ in case, beyond
/// ASCII, empty, or hold `%`, `_` and a backslash; times that many rows share, in all four forms that programs wrote;
/// nulls; ids in no order. Three applications, `alpha`, `beta` and `ünï`.
inline void insert_varied_rows(plain_sqlite const& file) {
  std::string const numbers =
      "with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < 20000), v as (select i,"
      " printf('%08x-7b1c-4d2e-8f3a-%012x', i * 2654435761 % 4294967296, i) as id,"
      " case i % 5 when 0 then 'beta' when 1 then 'ünï' else 'alpha' end as app,"
      " case i * 7 % 13 when 0 then 'Notes' when 1 then 'notes' when 2 then 'NOTES ÄÖ' when 3 then '日本 ' || (i % 90)"
      "  when 4 then '100%' when 5 then 'a_b' when 6 then 'axb' when 7 then 'back\\slash' when 8 then ''"
      "  when 9 then 'émile' when 10 then 'Émile' when 11 then 'x' || char(128512) else 'name ' || (i % 700) end as "
      "name,"
      " strftime('%Y-%m-%d %H:%M:%S', 1767225600 + i * 31 % 9000, 'unixepoch') ||"
      "  case i / 3 % 4 when 0 then '.000000' when 1 then '' when 2 then '+00:00' else '.250000+00:00' end as time,"
      " case i % 4 when 0 then null when 1 then '{\"a\": [1, null]}' when 2 then '{}' else '{\"ä\": \"\\u00e4\"}' end "
      "as json from n) ";
  std::string const root =
      "printf('%08x-7b1c-4d2e-8f3a-%012x', (i % 33 * 45 + i * 4 % 5 * 9) * 2654435761 % 4294967296,"
      " i % 33 * 45 + i * 4 % 5 * 9)";
  std::string const folder =
      "printf('%08x-7b1c-4d2e-8f3a-%012x', (i % 300 * 5 + i % 5) * 2654435761 % 4294967296, i % 300 * 5 + i % 5)";
  for (std::string const& sql : {
           // Every ninth is a root; a parent has the same remainder of 5, so it is of the same application
           "insert into app_collections(id, app_id, name, parent_id, created_at, updated_at) select id, app, name || ' "
           "' || i,"
           " iif(i % 9, " +
               root + ", null), time, time from v",
           "insert into vfs_folders(id, app_id, name, parent_id, depth, metadata_json, created_at, updated_at) select "
           "id, app,"
           " name || ' ' || i, iif(i % 9, " +
               folder + ", null), i % 9 > 0, json, time, time from v",
           "insert into app_documents(id, app_id, collection_id, name, content_type, content, metadata_json, "
           "created_at,"
           " updated_at) select id, app, iif(i % 3, " +
               folder +
               ", null), name, iif(i % 2, 'text/plain', 'application/json'),"
               " name || i, json, time, iif(i % 6, time, '2026-03-01 00:00:00.5') from v",
           "insert into vfs_files(id, app_id, folder_id, name, content, content_type, version, metadata_json, "
           "created_at,"
           " updated_at) select id, app, iif(i % 3, " +
               folder +
               ", null), name, name || i, 'text/plain', 21, json, time, time"
               " from v",
           std::string(
               "insert into vfs_file_versions(id, file_id, version, content, change_source, created_at) select v.id, "
               "f.id,"
               " v.i / 1000 + 1, v.name, iif(v.i % 3, null, 'restore'), v.time from v join v f on f.i = v.i % 1000"),
           std::string("insert into audit_log(id, app_id, action, resource_type, resource_id, details_json, timestamp) "
                       "select id, app,"
                       " case i % 4 when 0 then 'create' when 1 then 'update' when 2 then 'Update' else 'löschen' end,"
                       " iif(i % 3, 'vfs_file', 'document'), iif(i % 7, name, null), json, time from v"),
           std::string("insert into app_settings(id, app_id, key, value, created_at, updated_at) select id, app, name "
                       "|| ' ' || i,"
                       " coalesce(json, 'null'), time, time from v"),
           std::string(
               "insert into app_usage(id, app_id, resource, period, count, updated_at) select id, app, name || i,"
               " printf('2026-01-01T%02d', i % 24), i, time from v"),
       }) {
    file.run(numbers + sql);
  }
}

}  // namespace tests
