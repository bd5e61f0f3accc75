// SPDX-License-Identifier: MIT
#include "runtime/behaviours/desk_database.hpp"
#include "support/catch.hpp"

#include <desk/bookmarks_repository.hpp>
#include <desk/folders_repository.hpp>
#include <desk/leases_repository.hpp>
#include <desk/upload_parts_repository.hpp>
#include <desk/uploads_repository.hpp>

#include <forge_db/query/query.hpp>

#include <string>
#include <vector>

using namespace forge_db;
using namespace desk;
using texts = std::vector<std::string>;

namespace {

texts told(cascade_report const& report) {
  texts all;
  for (cascade_count const& one : report.tables) {
    all.push_back(std::string(one.table) + ' ' + std::to_string(one.removed) + ' ' + std::to_string(one.cleared) + ' ' +
                  std::to_string(one.blocking));
  }
  return all;
}

/// Folders a and, below it, b; x beside them. An upload with two parts in b, of which one was copied to a and one to x;
/// a part in x that was copied to b; bookmarks of a, b and x.
struct crowd {
  FolderId a, b, x;

  explicit crowd(sqlite::write_session& session) {
    FolderRepository folders{session};
    a = folders.insert({.name = "a"}).id;
    b = folders.insert({.name = "b", .parent_id = a}).id;
    x = folders.insert({.name = "x"}).id;
    auto const in_b = UploadRepository{session}.insert({.folder_id = b}).id;
    auto const in_x = UploadRepository{session}.insert({.folder_id = x}).id;
    UploadPartRepository parts{session};
    parts.insert({.upload_id = in_b, .number = 1, .copied_to = a});
    parts.insert({.upload_id = in_b, .number = 2, .copied_to = x});
    parts.insert({.upload_id = in_x, .number = 1, .copied_to = b});
    for (FolderId const of : {a, b, x}) BookmarkRepository{session}.insert({.folder_id = of});
  }
};

}  // namespace

TEST_CASE("a preview tells what a removal takes, clears and meets, to any depth") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    crowd const of{session};
    FolderRepository folders{session};
    CHECK(told(folders.preview_remove(of.a)) ==
          texts{"folders 2 0 0", "uploads 1 0 0", "upload_parts 2 1 0", "bookmarks 0 2 0"});
    CHECK(told(folders.preview_remove(of.x)) ==
          texts{"folders 1 0 0", "uploads 1 0 0", "upload_parts 1 1 0", "bookmarks 0 1 0"});
    CHECK_FALSE(folders.preview_remove(FolderId{99}).found());
    CHECK(folders.count() == 3);
  });
}

TEST_CASE("a removal does what its preview told") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    crowd const of{session};
    FolderRepository folders{session};
    auto const report = folders.remove_cascade(of.a);
    CHECK(report.removed() == 5);
    CHECK(report.cleared() == 3);
    CHECK(report.blocking() == 0);
    CHECK(folders.count() == 1);
    CHECK(UploadRepository{session}.count() == 1);
    CHECK(UploadPartRepository{session}.count() == 1);
    CHECK(BookmarkRepository{session}.count() == 3);
    CHECK(session.value(select(forge_db::count()).from<Bookmark>().where(bookmarks::folder_id.is_null())) == 2);
    CHECK_FALSE(folders.remove_cascade(of.a).found());
  });
}

TEST_CASE("a row that is in the way is told, and nothing is removed") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    crowd const of{session};
    FolderRepository folders{session};
    LeaseRepository{session}.insert({.folder_id = of.b});
    auto const report = folders.preview_remove(of.a);
    CHECK(report.blocking() == 1);
    CHECK(report.tables.back().table == "leases");
    CHECK_THROWS_AS(folders.remove_cascade(of.a), constraint_violation);
    CHECK(folders.count() == 3);
    CHECK(UploadPartRepository{session}.count() == 3);
  });
}

TEST_CASE("a circle of rows is counted once") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    crowd const of{session};
    session.connection().execute_script(
        "update folders set parent_id = (select id from folders where name = 'b') "
        "where name = 'a'");
    CHECK(FolderRepository{session}.preview_remove(of.a).tables.at(0).removed == 2);
  });
}

TEST_CASE("a preview is one statement, and seeks its rows") {
  tests::desk_database db;
  CHECK(db.statements([](sqlite::write_session& s) {
            static_cast<void>(FolderRepository{s}.preview_remove(FolderId{1}));
          }).size() == 1);
  db->write([](sqlite::write_session& session) {
    std::string const text(sql_text<forge_db::detail::count_cascade<Folder>, dialect::sqlite>);
    auto plan = session.connection().prepare_once("explain query plan " + text);
    while (plan.step()) {
      std::string const line(plan.text(3));
      INFO(line);
      CHECK((line.find("SCAN") == std::string::npos || line.find("forge_") != std::string::npos));
      CHECK((line.find("SCAN forge_child") == std::string::npos));
      CHECK((line.find("SCAN forge_parent") == std::string::npos));
    }
  });
}

TEST_CASE("the text of a preview on PostgreSQL names its recursion once") {
  std::string_view const text = sql_text<forge_db::detail::count_cascade<Folder>, dialect::postgres>;
  CHECK(text.starts_with(
      R"(with recursive forge_gone (forge_table, forge_row) as (select 0, ctid from "folders" where "id" = $1 union select )"
      R"(forge_next.* from forge_gone cross join lateral (select 0, forge_child.ctid from "folders" as forge_parent cross )"
      R"(join "folders" as forge_child where forge_table = 0 and forge_parent.ctid = forge_row and )"
      R"(forge_child."parent_id" = forge_parent."id" union all select 1, forge_child.ctid from "folders" as forge_parent )"
      R"(cross join "uploads" as forge_child where )"));
  CHECK(text.ends_with(
      R"(union all select 4, 2, count(distinct forge_child.ctid) from forge_gone cross join "folders" as forge_parent )"
      R"(cross join "leases" as forge_child where forge_gone.forge_table = 0 and forge_parent.ctid = )"
      R"(forge_gone.forge_row and forge_child."folder_id" = forge_parent."id" and not exists (select 1 from forge_gone as )"
      R"(forge_other where forge_other.forge_table = 4 and forge_other.forge_row = forge_child.ctid))"));
}
