// SPDX-License-Identifier: MIT
#include "data_rules.hpp"
#include "hand_written_sql.hpp"
#include "repeated_names.hpp"

#include <forge_db/session/session.hpp>

#include <string>

namespace promptforge_db {

step_result kernel_rules::references_within_applications(write_session& session) {
  auto& connection = session.connection();
  step_result result;
  // Rows whose `reference` leads to another application's.
  auto const clear = [&](std::string const& rows, std::string const& reference, std::string const& others) {
    auto const cleared = run_hand_written_sql(
        connection, "update " + rows + " as own set " + reference + " = null where exists (select 1 from " + others +
                        " as other where other.id = own." + reference + " and other.app_id <> own.app_id)");
    if (cleared > 0) result.notes.push_back(rows + ": " + counted(cleared, "row") + " lay in another application's");
    result.changed += cleared;
  };
  clear("app_collections", "parent_id", "app_collections");
  clear("app_documents", "collection_id", "app_collections");
  clear("vfs_folders", "parent_id", "vfs_folders");
  clear("vfs_files", "folder_id", "vfs_folders");
  result.changed += run_hand_written_sql(
      connection,
      "with recursive placed (id, depth) as (select id, 0 from vfs_folders where parent_id is null union all "
      "select folder.id, placed.depth + 1 from placed join vfs_folders as folder on folder.parent_id = placed.id) "
      "update vfs_folders set depth = placed.depth from placed "
      "where placed.id = vfs_folders.id and vfs_folders.depth <> placed.depth");
  return result;
}

step_result kernel_rules::unique_root_names(write_session& session) {
  auto const number = [&](std::string const& table, char const* thing) {
    return number_repeated_names(
        session.connection(),
        {.thing = thing,
         .duplicates = "select rowid, id, name from (select rowid, id, name, app_id, row_number() over (partition by "
                       "app_id, name order by created_at, id) as place from " +
                       table + " where parent_id is null) where place > 1 order by app_id, name, place limit 256",
         .taken = "select 1 from " + table + " where parent_id is null and name = ?1 and rowid <> ?2 and app_id = " +
                  "(select app_id from " + table + " where rowid = ?2)",
         .rename = "update " + table + " set name = ?1 where rowid = ?2"});
  };
  step_result result = number("app_collections", "collection");
  step_result const folders = number("vfs_folders", "folder");
  result.changed += folders.changed;
  result.notes.insert(result.notes.end(), folders.notes.begin(), folders.notes.end());
  return result;
}

step_result kernel_rules::version_numbers(write_session& session) {
  auto& connection = session.connection();
  step_result result;
  result.changed = run_hand_written_sql(
      connection,
      "update vfs_file_versions set version = fresh.number from (select rowid as place, min(version) over (partition "
      "by file_id) - 1 + row_number() over (partition by file_id order by version, created_at, rowid) as number "
      "from vfs_file_versions where file_id in (select file_id from vfs_file_versions group by file_id, version "
      "having count(*) > 1)) as fresh "
      "where vfs_file_versions.rowid = fresh.place and vfs_file_versions.version <> fresh.number");
  if (result.changed > 0) result.notes.push_back(counted(result.changed, "version") + " got a number of its own");
  result.changed += run_hand_written_sql(
      connection,
      "update vfs_files set version = former.latest + 1 from (select file_id, max(version) as latest from "
      "vfs_file_versions group by file_id) as former where former.file_id = vfs_files.id and "
      "vfs_files.version <= former.latest");
  return result;
}

}  // namespace promptforge_db
