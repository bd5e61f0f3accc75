// SPDX-License-Identifier: MIT
// Lists and searches of the kernel against SQL that was written without ForgeDB, on SQLite's own functions.
#include "support/catch.hpp"
#include "systems/id_of.hpp"
#include "systems/kernel/varied_rows.hpp"
#include "systems/system_database.hpp"

#include <forge_db/forge_db.hpp>

#include <algorithm>
#include <audit.hpp>
#include <files.hpp>
#include <kernel/repositories.hpp>
#include <optional>
#include <settings.hpp>
#include <storage.hpp>
#include <string>
#include <usage.hpp>
#include <vector>

using namespace forge_db;
using namespace kernel;
using tests::id_of;
using tests::plain_row;

namespace {

struct varied_kernel {
  tests::system_database system;
  tests::plain_sqlite plain{system.file()};
  varied_kernel() { tests::insert_varied_rows(plain); }
};

/// Made once: all tests here only read.
varied_kernel& varied() {
  static varied_kernel made;
  return made;
}

template <class Id>
std::optional<Id> optional_id(std::string const& text) {
  return text.empty() ? std::nullopt : std::optional(id_of<Id>(text));
}
std::string shown(std::string const& value) { return value; }
std::string shown(json const& value) { return std::string(value.text()); }
std::string shown(std::int64_t value) { return std::to_string(value); }
template <class Row>
std::string shown(typed_id<Row, uuid> const& id) {
  return uuid_text(id.value());
}
template <class T>
std::string shown(std::optional<T> const& value) {
  return value ? shown(*value) : "(null)";
}

/// Every row as the texts of these members.
template <class Row, class... Member>
std::vector<plain_row> texts(std::vector<Row> const& rows, Member... member) {
  std::vector<plain_row> found;
  for (Row const& row : rows) found.push_back({shown(row.*member)...});
  return found;
}
template <class Row>
std::vector<plain_row> file_texts(std::vector<Row> const& rows) {
  return texts(rows, &Row::id, &Row::name, &Row::content, &Row::metadata_json);
}

std::vector<std::string> const apps{"alpha", "beta", "ünï", "nobody"};
std::vector<std::string> const words{"notes", "NOTES",           "É", "é", "ä", "%", "_", "\\", "a_b", "日本", "7",
                                     "",      "nothing has this"};

std::string limit_of(std::size_t page, std::size_t size) {
  return " limit " + std::to_string(size) + " offset " + std::to_string((page - 1) * size);
}

/// A condition that `{}` becomes part of where there is a text.
std::string when(std::string const& value, std::string const& condition) {
  return value.empty() ? " and ?" + std::string(" = ''") : " and " + condition;
}

/// A-Z folded, as a search of names does; `instr` knows no wildcards.
std::string const contains_name = " and instr(lower(name), lower(?)) > 0";

}  // namespace

TEST_CASE("AppStorageRepository.list_documents: the same rows as plain SQL, of 20,000") {
  varied().system->read([](auto& s) {
    auto const& plain = varied().plain;
    for (auto const& name : apps) {
      app::storage storage{s, name};
      auto collections = plain.column("select id from app_collections where app_id = ? order by id limit 4", {name});
      collections.push_back("");
      collections.push_back(uuid_text(uuid_v4()));
      for (auto const& collection : collections) {
        auto const where = " from app_documents where app_id = ?" + when(collection, "collection_id = ?");
        auto const total = plain.value("select count(*)" + where, {name, collection});
        auto const last = static_cast<std::size_t>(std::stoll(total)) / 200 + 1;
        for (auto const& [page, size] :
             {std::pair<std::size_t, std::size_t>{1, 50}, {1, 1}, {2, 7}, {last, 200}, {9999, 3}}) {
          auto const found =
              storage.list_documents(optional_id<AppCollectionId>(collection), {.page = page, .per_page = size});
          CHECK(std::to_string(found.total) == total);
          CHECK(file_texts(found.rows) == plain.rows("select id, name, content, metadata_json" + where +
                                                         " order by created_at desc, id desc" + limit_of(page, size),
                                                     {name, collection}));
        }
      }
    }
  });
}

TEST_CASE("documents: every filter and sort lists the rows of plain SQL") {
  struct sort {
    AppDocumentSort by;
    char const* column;
  };
  varied().system->read([](auto& s) {
    auto const& plain = varied().plain;
    auto const collection = plain.value("select max(id) from app_collections where app_id = 'alpha'");
    for (std::string const type : {"", "text/plain"}) {
      for (auto const& word : words) {
        AppDocumentRepository const documents{s, std::string("alpha")};
        AppDocumentFilter filter{.search = word};
        if (!type.empty()) filter.content_type = type;
        if (word == "notes") filter.collection_id = id_of<AppCollectionId>(collection);
        std::string const in = word == "notes" ? collection : "";
        auto const where = " from app_documents where app_id = ?" + when(type, "content_type = ?") +
                           when(in, "collection_id = ?") + contains_name;
        auto const total = plain.value("select count(*)" + where, {"alpha", type, in, word});
        for (auto const& [by, column] : {sort{AppDocumentSort::created_at, "created_at"},
                                         {AppDocumentSort::updated_at, "updated_at"},
                                         {AppDocumentSort::name, "name"}}) {
          for (bool const descending : {false, true}) {
            INFO(column << ' ' << descending << ' ' << type << ' ' << word);
            auto const found =
                documents.list(filter, by, descending ? direction::descending : direction::ascending, {.page = 2});
            CHECK(std::to_string(found.total) == total);
            std::string const way = descending ? " desc" : "";
            CHECK(texts(found.rows, &AppDocument::id) ==
                  plain.rows("select id" + where + " order by " + column + way + ", id" + way + limit_of(2, 50),
                             {"alpha", type, in, word}));
          }
        }
      }
    }
  });
}

TEST_CASE("AppStorageRepository.list_collections: the same rows as plain SQL") {
  varied().system->read([](auto& s) {
    auto const& plain = varied().plain;
    for (auto const& name : apps) {
      app::storage storage{s, name};
      auto parents =
          plain.column("select distinct parent_id from app_collections where app_id = ? and parent_id > '8'", {name});
      parents.push_back("");
      for (auto const& parent : parents) {
        std::string const where = " from app_collections where app_id = ? and ifnull(parent_id, '') = ?";
        auto const found = storage.list_collections(optional_id<AppCollectionId>(parent), {.page = 1, .per_page = 20});
        CHECK(std::to_string(found.total) == plain.value("select count(*)" + where, {name, parent}));
        CHECK(texts(found.rows, &AppCollection::id, &AppCollection::name, &AppCollection::parent_id) ==
              plain.rows("select id, name, parent_id" + where + " order by name, id limit 20", {name, parent}));
      }
    }
  });
}

TEST_CASE("VfsRepository.list_children: the same rows as plain SQL, of 20,000 files") {
  varied().system->read([](auto& s) {
    auto const& plain = varied().plain;
    for (auto const& name : apps) {
      app::files files{s, name};
      auto parents = plain.column("select id from vfs_folders where app_id = ? order by id limit 30", {name});
      parents.push_back("");
      for (auto const& parent : parents) {
        auto const in = [&](char const* column) {
          return " where app_id = ? and ifnull(" + std::string(column) + ", '') = ?";
        };
        auto const folders = " from vfs_folders" + in("parent_id");
        auto const of_folder = " from vfs_files" + in("folder_id");
        auto const folder_total = plain.value("select count(*)" + folders, {name, parent});
        auto const file_total = plain.value("select count(*)" + of_folder, {name, parent});
        for (std::size_t const page : {1, 2, 40}) {
          auto const found = files.list_children(optional_id<VfsFolderId>(parent), {.page = page, .per_page = 30});
          CHECK(std::to_string(found.folders.total) == folder_total);
          CHECK(texts(found.folders.rows, &VfsFolder::id, &VfsFolder::name, &VfsFolder::depth,
                      &VfsFolder::metadata_json) == plain.rows("select id, name, depth, metadata_json" + folders +
                                                                   " order by name, id" + limit_of(page, 30),
                                                               {name, parent}));
          CHECK(std::to_string(found.files.total) == file_total);
          CHECK(file_texts(found.files.rows) == plain.rows("select id, name, content, metadata_json" + of_folder +
                                                               " order by name, id" + limit_of(page, 30),
                                                           {name, parent}));
        }
      }
    }
  });
}

TEST_CASE("VfsRepository.search_files: the same rows as plain SQL, whatever the word holds") {
  varied().system->read([](auto& s) {
    for (auto const& name : apps) {
      for (auto const& word : words) {
        INFO(name << ' ' << word);
        CHECK(file_texts(app::files{s, name}.search_files(word)) ==
              varied().plain.rows("select id, name, content, metadata_json from vfs_files where app_id = ?" +
                                      contains_name + " order by name, id limit 50",
                                  {name, word}));
      }
    }
  });
}

TEST_CASE("VfsRepository.list_versions: the same rows as plain SQL, none of another application's file") {
  varied().system->read([](auto& s) {
    auto const& plain = varied().plain;
    for (auto const& file : plain.column("select distinct file_id from vfs_file_versions order by 1 limit 60")) {
      for (auto const& name : apps) {
        std::string const where =
            " from vfs_file_versions v join vfs_files f on f.id = v.file_id where f.app_id = ? and f.id = ?";
        auto const found = app::files{s, name}.list_versions(id_of<VfsFileId>(file));
        CHECK(std::to_string(found.total) == plain.value("select count(*)" + where, {name, file}));
        CHECK(texts(found.rows, &VfsFileVersion::id, &VfsFileVersion::version, &VfsFileVersion::content,
                    &VfsFileVersion::change_source) == plain.rows("select v.id, v.version, v.content, v.change_source" +
                                                                      where + " order by v.version desc limit 20",
                                                                  {name, file}));
      }
    }
  });
}

TEST_CASE("AuditRepository.list_logs: the same entries as plain SQL, of 20,000") {
  varied().system->read([](auto& s) {
    auto const& plain = varied().plain;
    for (auto const& name : apps) {
      app::audit_trail const trail{s, name};
      auto const total = plain.value("select count(*) from audit_log where app_id = ?", {name});
      CHECK(std::to_string(trail.count_logs()) == total);
      for (auto const window : {app::log_window{}, {1, 0}, {200, 3000}, {7, 11'990}, {50, 99'999}}) {
        auto const found = trail.list_logs(window);
        CHECK(std::to_string(found.total) == total);
        CHECK(
            texts(found.logs, &AuditLog::id, &AuditLog::action, &AuditLog::resource_id, &AuditLog::details_json) ==
            plain.rows(
                "select id, action, resource_id, details_json from audit_log where app_id = ? order by timestamp desc,"
                " id desc limit " +
                    std::to_string(window.limit) + " offset " + std::to_string(window.offset),
                {name}));
      }
    }
  });
}

TEST_CASE("AuditRepository.list_all_logs: every filter gives the entries of plain SQL") {
  varied().system->read([](auto& s) {
    auto const& plain = varied().plain;
    app::whole_audit const all{s};
    for (std::string const action : {"", "create", "update", "löschen", "drop"}) {
      for (std::string const type : {"", "vfs_file", "document", "Document"}) {
        app::log_filter filter;
        if (!action.empty()) filter.action = action;
        if (!type.empty()) filter.resource_type = type;
        auto const where = " from audit_log where true" + when(action, "action = ?") + when(type, "resource_type = ?");
        auto const found = all.list_all_logs({.limit = 120, .offset = 40}, filter);
        CHECK(std::to_string(found.total) == plain.value("select count(*)" + where, {action, type}));
        CHECK(found.total == all.count_all_logs(filter));
        CHECK(texts(found.logs, &AuditLog::id, &AuditLog::app_id, &AuditLog::action) ==
              plain.rows("select id, app_id, action" + where + " order by timestamp desc, id desc limit 120 offset 40",
                         {action, type}));
      }
    }
    CHECK(texts(all.get_summary(), &app::action_count::app_id, &app::action_count::action, &app::action_count::count) ==
          plain.rows("select app_id, action, count(*) from audit_log group by 1, 2 order by 1, 2"));
  });
}

TEST_CASE("audit_log: filters by resource and time give the entries of plain SQL") {
  varied().system->read([](auto& s) {
    auto const& plain = varied().plain;
    AuditLogRepository const logs{s, std::string("alpha")};
    auto const from = parse_timestamp("2026-01-01 00:20:00.000000").value();
    auto const to = parse_timestamp("2026-01-01 01:40:00.000000").value();
    std::string const span =
        " and timestamp >= '2026-01-01 00:20:00.000000' and timestamp <= '2026-01-01 01:40:00.000000'";
    for (std::string const resource : {"", "Notes", "émile", "%", "nothing"}) {
      AuditLogFilter filter{.timestamp = {.from = from, .to = to}};
      if (!resource.empty()) filter.resource_id = resource;
      auto const where = " from audit_log where app_id = 'alpha'" + span + when(resource, "resource_id = ?");
      for (bool const descending : {false, true}) {
        auto const found =
            logs.list(filter, AuditLogSort::timestamp, descending ? direction::descending : direction::ascending,
                      {.page = 3, .per_page = 40});
        std::string const way = descending ? " desc" : "";
        CHECK(std::to_string(found.total) == plain.value("select count(*)" + where, {resource}));
        CHECK(
            texts(found.rows, &AuditLog::id) ==
            plain.rows("select id" + where + " order by timestamp" + way + ", id" + way + limit_of(3, 40), {resource}));
      }
    }
  });
}

TEST_CASE("AuditRepository.get_all_usage: the same counters as plain SQL") {
  varied().system->read([](auto& s) {
    auto const& plain = varied().plain;
    for (int const hour : {0, 7, 23}) {
      auto const period = (hour < 10 ? "2026-01-01T0" : "2026-01-01T") + std::to_string(hour);
      auto const at = timestamp::from_unix_us((1767225600LL + hour * 3600LL + 1234) * 1'000'000);
      for (auto const& name : apps) {
        CHECK(texts(app::usage{s, name}.get_all_usage(at), &AppUsage::resource, &AppUsage::count, &AppUsage::period) ==
              plain.rows(
                  "select resource, count, period from app_usage where app_id = ? and period = ? order by resource",
                  {name, period}));
      }
      CHECK(
          texts(app::whole_usage{s}.get_all_apps_usage(at), &AppUsage::app_id, &AppUsage::resource, &AppUsage::count) ==
          plain.rows(
              "select app_id, resource, count from app_usage where period = ? order by app_id, resource limit 1000",
              {period}));
    }
  });
}

TEST_CASE("AppSettingsRepository.get_all: the same values as plain SQL, of 20,000") {
  varied().system->read([](auto& s) {
    auto const& plain = varied().plain;
    for (auto const& name : apps) {
      for (std::size_t const page : {1, 4, 99}) {
        auto const found = app::settings{s, name}.get_all({.page = page});
        CHECK(found.unreadable.empty());
        CHECK(std::to_string(found.total) == plain.value("select count(*) from app_settings where app_id = ?", {name}));
        CHECK(texts(found.settings, &setting::key, &setting::value) ==
              plain.rows("select key, value from app_settings where app_id = ? order by key" + limit_of(page, 1000),
                         {name}));
      }
    }
  });
}
