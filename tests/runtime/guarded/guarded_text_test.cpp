// SPDX-License-Identifier: MIT
// The texts of guarded tables, in both dialects.
#include "runtime/guarded/office_database.hpp"
#include "sql/sql_of.hpp"
#include "support/catch.hpp"

#include <forge_db/query/partial_index.hpp>

using namespace forge_db;
using namespace office;

namespace guts = forge_db::detail;

namespace {

template <class Statement>
std::string text(Statement const& statement, dialect target = dialect::sqlite) {
  std::string const whole = Statement::join(target, statement.mask());
  return whole.find(" returning ") != std::string::npos ? whole.substr(0, whole.find(" returning ")) : whole;
}
template <class Statement>
std::string conditions(Statement const& statement, dialect target = dialect::sqlite) {
  std::string const whole = text(statement, target);
  std::size_t const from = whole.find(" where ");
  return from == std::string::npos ? "" : whole.substr(from + 7);
}

std::string const app = "mail";
FileId const id{};

}  // namespace

TEST_CASE("tables without guards have no standing conditions, and pay with no byte") {
  static_assert(std::is_empty_v<guts::standing<Folder>> == false);
  static_assert(std::is_empty_v<guts::standing<Counter>>);
  static_assert(sizeof(guts::find_statement<Counter>) == sizeof(void*));
  static_assert(!guts::find_statement<Counter>::is_dynamic);
  static_assert(!guts::find_statement<Document>::is_dynamic);  // a scope is a parameter
  static_assert(guts::find_statement<Note>::is_dynamic);       // which rows are seen is text
}

TEST_CASE("reads have the tenant and the rows that are seen") {
  FileFilter const filter{.name = "x"};
  auto const count = [&](seen_rows seen, dialect target = dialect::sqlite) {
    return conditions(guts::count_statement<File>{{}, filter, {app, seen}}, target);
  };
  CHECK(count(seen_rows::living) == R"("app_id" = ? and "deleted_at" is null and instr(lower("name"), lower(?)) > 0)");
  CHECK(
      count(seen_rows::living, dialect::postgres) ==
      R"("app_id" = $1 and "deleted_at" is null and position(lower($2::text collate "C") in lower("name"::text collate "C")) > 0)");
  CHECK(count(seen_rows::deleted) ==
        R"("app_id" = ? and "deleted_at" is not null and instr(lower("name"), lower(?)) > 0)");
  CHECK(count(seen_rows::all) == R"("app_id" = ? and instr(lower("name"), lower(?)) > 0)");

  guts::find_statement<File> const find{{}, id, {app}};
  CHECK(conditions(find) == R"("id" = ? and "app_id" = ? and "deleted_at" is null)");
  CHECK(conditions(find, dialect::postgres) == R"("id" = $1 and "app_id" = $2 and "deleted_at" is null)");
  CHECK(conditions(guts::exists_statement<File>{{}, id, {app, seen_rows::all}}) == R"("id" = ? and "app_id" = ?)");
  static_assert(sqlite_of<guts::exists_statement<Document>> ==
                R"(select 1 from "documents" where "id" = ? and "app_id" = ?)");

  FolderFilter const folders{};
  CHECK(conditions(guts::count_statement<Folder>{{}, folders, {}}) == R"("status" <> 'deleted')");
  CHECK(conditions(guts::count_statement<Folder>{{}, folders, {seen_rows::deleted}}) == R"("status" = 'deleted')");
  ScrapFilter const scraps{};
  CHECK(conditions(guts::count_statement<Scrap>{{}, scraps, {}}) == R"("cleared" is not true)");
  CHECK(conditions(guts::count_statement<Scrap>{{}, scraps, {seen_rows::deleted}}) == R"("cleared" is true)");
}

TEST_CASE("updates add one to the version, and mean the tenant's living rows") {
  FilePatch const patch{.name = "x"};
  auto const where = guts::key_equals<File>(id, {app, seen_rows::all}) && files::version == 3;
  CHECK(text(update<File>().set(patch).where(where)) ==
        R"(update "files" set "name" = ?, "updated_at" = ?, "version" = "files"."version" + 1 )"
        R"(where "id" = ? and "app_id" = ? and "deleted_at" is null and "version" = ?)");
  CHECK(text(update<File>().set(patch).where(where), dialect::postgres) ==
        R"(update "files" set "name" = $1, "updated_at" = $2, "version" = "files"."version" + 1 )"
        R"(where "id" = $3 and "app_id" = $4 and "deleted_at" is null and "version" = $5)");

  using marking = decltype(update<File>().set(guts::deletion_mark<File>()).where(where));
  CHECK(sqlite_of<marking> ==
        R"(update "files" set "deleted_at" = ?, "updated_at" = ?, "version" = "files"."version" + 1 )"
        R"(where "id" = ? and "app_id" = ? and "deleted_at" is null and "version" = ?)");
  auto const deleted = guts::key_equals<Folder, seen_rows::deleted>(FolderId{1}, {});
  using restoring = decltype(update<Folder>().set(guts::no_deletion_mark<Folder>()).where(deleted));
  static_assert(sqlite_of<restoring> ==
                R"(update "folders" set "status" = 'active' where "id" = ? and "status" = 'deleted')");
  using flagging = decltype(update<Scrap>().set(guts::deletion_mark<Scrap>()).all_rows());
  static_assert(postgres_of<flagging> == R"(update "scraps" set "cleared" = true)");
}

TEST_CASE("inserts bind the tenant once for all rows of a span") {
  std::vector<NewDocument> const rows{{.name = "a"}};
  using source = guts::scoped_rows<NewDocument>;
  insert_statement<source> const many(source(rows, {app}));
  CHECK(text(many) == R"(insert into "documents" ("id", "app_id", "name", "content") )"
                      R"(select c0, ?, c2, c4 from forge_span(?))");
  CHECK(text(many, dialect::postgres) ==
        R"(insert into "documents" ("id", "app_id", "name", "content") select )"
        R"(coalesce(c0, nextval(pg_get_serial_sequence('"documents"', 'id'))), $1::text, c2, c4 from )"
        R"(unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[]) as new_rows(c0, c1, c2, c3, c4))");
}

TEST_CASE("upserts name the partial index, and leave rows that are hidden") {
  NewFile const row{.name = "a", .content = "b"};
  using by_name = column_list<files::app_id_t, files::name_t>;
  auto const tail = [](std::string const& whole) { return whole.substr(whole.find("on conflict")); };
  CHECK(tail(text(guts::upsert_statement<File, by_name>(row, {app}))) ==
        R"(on conflict ("app_id", "name") where "deleted_at" is null do update set "content" = excluded."content", )"
        R"("updated_at" = excluded."updated_at", "version" = "files"."version" + 1 )"
        R"(where "files"."app_id" = excluded."app_id" and "files"."deleted_at" is null)");
  CHECK(tail(text(guts::upsert_statement<File, table<File>::key>(row, {app}), dialect::postgres)) ==
        R"(on conflict ("id") do update set "name" = excluded."name", "content" = excluded."content", )"
        R"("updated_at" = excluded."updated_at", "version" = "files"."version" + 1 )"
        R"(where "files"."app_id" = excluded."app_id" and "files"."deleted_at" is null)");
  auto const note = insert(NewNote{.slug = "a"}).on_conflict(notes::slug).do_nothing();
  static_assert(sqlite_of<decltype(note)>.ends_with(R"(on conflict ("slug") where "deleted_at" is null do nothing)"));
  auto const by_index =
      insert(NewNote{.slug = "a"}).on_conflict(index_on(notes::body).where(notes::folder_id.is_null())).do_nothing();
  static_assert(
      sqlite_of<decltype(by_index)>.ends_with(R"(on conflict ("body") where "folder_id" is null do nothing)"));
  auto const by_key = insert(NewNote{.slug = "a"}).on_conflict(notes::id).do_nothing();
  static_assert(sqlite_of<decltype(by_key)>.ends_with(R"(on conflict ("id") do nothing)"));
}
