// SPDX-License-Identifier: MIT
// How the lists of the kernel find their rows, with 100,000 rows in each table.
#include "support/catch.hpp"
#include "systems/many_rows.hpp"
#include "systems/reading_plans.hpp"
#include "systems/system_database.hpp"

#include <audit.hpp>
#include <files.hpp>
#include <kernel/vfs_folders_repository.hpp>
#include <settings.hpp>
#include <storage.hpp>
#include <usage.hpp>

using namespace kernel;
using tests::id_of;
using tests::row_of;

TEST_CASE("lists of the kernel read by an index at 100,000 rows, or the page of their costs says why not") {
  tests::system_database system;
  tests::plain_sqlite const plain(system.file());
  tests::fill_kernel(plain, 100'000);
  auto const collection = id_of<AppCollectionId>(7, row_of::collections);
  auto const folder = id_of<VfsFolderId>(7, row_of::folders);
  auto const hour = forge_db::timestamp::from_unix_us(1767225600LL * 1'000'000);
  std::string const app = "app";

  tests::reading_plans plans(plain);
  system->read([&](auto& s) {
    app::settings const settings{s, app};
    app::storage const storage{s, app};
    app::files const files{s, app};
    app::audit_trail const trail{s, app};
    app::whole_audit const all{s};
    plans.look(s, "AppSettingsRepository.get_all", [&] { return settings.get_all().settings.size(); });
    plans.look(s, "AppStorageRepository.list_collections", [&] {
      return storage.list_collections().rows.size() + storage.list_collections(collection).rows.size();
    });
    plans.look(s, "AppStorageRepository.list_documents", [&] {
      auto const late = storage.documents_after({}, storage.documents_after({}, {}, 50).end, 50);
      auto const inside = storage.documents_after(collection, storage.documents_after(collection, {}, 50).end, 50);
      return storage.list_documents().rows.size() + storage.list_documents(collection).rows.size() + late.rows.size() +
             inside.rows.size();
    });
    plans.look(s, "VfsRepository.list_children", [&] {
      return files.list_children().files.rows.size() + files.list_children().folders.rows.size() +
             files.list_children(folder).files.rows.size();
    });
    plans.look(s, "VfsRepository.get_path",
               [&] { return files.get_path(id_of<VfsFolderId>(1007, row_of::folders)).size(); });
    plans.look(s, "folders below one", [&] { return VfsFolderRepository{s, app}.subtree(folder).size(); });
    plans.look(s, "VfsRepository.list_versions",
               [&] { return files.list_versions(id_of<VfsFileId>(7, row_of::files)).rows.size(); });
    plans.look(s, "VfsRepository.search_files", [&] { return files.search_files("99").size(); });
    plans.look(s, "AuditRepository.list_logs", [&] {
      auto const late = trail.logs_after(trail.logs_after({}, 50).end, 50);
      return trail.list_logs().logs.size() + late.rows.size();
    });
    plans.look(s, "AuditRepository.count_logs", [&] { return static_cast<std::size_t>(trail.count_logs()); });
    plans.look(s, "AuditRepository.list_all_logs", [&] {
      return all.list_all_logs().logs.size() + all.list_all_logs({}, {.action = "create"}).logs.size();
    });
    plans.look(s, "AuditRepository.count_all_logs",
               [&] { return static_cast<std::size_t>(all.count_all_logs({.resource_type = "document"})); });
    plans.look(s, "AuditRepository.get_summary", [&] { return all.get_summary().size(); });
    plans.look(s, "AuditRepository.get_all_usage", [&] { return app::usage{s, app}.get_all_usage(hour).size(); });
    plans.look(s, "AuditRepository.get_all_apps_usage",
               [&] { return app::whole_usage{s}.get_all_apps_usage(hour).size(); });
  });
  CHECK(plans.scanning() == tests::explained_scans("docs/systems/scale.md", "## Lists of the kernel"));
  CHECK(plans.sorting() == tests::explained_scans("docs/systems/scale.md", "## What the kernel sorts"));
}
