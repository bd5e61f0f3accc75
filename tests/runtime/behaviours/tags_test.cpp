// SPDX-License-Identifier: MIT
#include "runtime/behaviours/desk_database.hpp"
#include "support/catch.hpp"

#include <desk/notes_repository.hpp>

#include <forge_db/query/functions/conditional.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/select.hpp>

#include <cstdint>
#include <string>
#include <vector>

using namespace forge_db;
using namespace desk;
using texts = std::vector<std::string>;

namespace {

using note_repository = NoteRepository<sqlite::write_session>;
using marks_t = desk::notes::marks_t;

/// Runs `work` with the repository and a note of the labels "b", "a".
template <class Work>
void with_note(Work work) {
  tests::desk_database db;
  db->write([&](sqlite::write_session& session) {
    note_repository notes{session};
    work(notes, notes.insert({.labels = texts{"b", "a"}}).id);
  });
}

texts counts(std::vector<tag_count> const& found) {
  texts all;
  for (tag_count const& one : found) all.push_back(one.tag + std::to_string(one.rows));
  return all;
}

}  // namespace

TEST_CASE("tags are added behind those that are there, each once") {
  with_note([](note_repository const& notes, std::int64_t id) {
    CHECK(notes.add_tags(id, {"c", "a", "c"}));
    CHECK(notes.get(id).labels == texts{"b", "a", "c"});
    CHECK(notes.add_tags(id, {}));
    CHECK(notes.add_tags(id, {"q\"\xc3\xa4"}));
    CHECK(notes.get(id).labels == texts{"b", "a", "c", "q\"\xc3\xa4"});
    CHECK_FALSE(notes.add_tags(99, {"a"}));
  });
}

TEST_CASE("tags are removed, and the others keep their order") {
  with_note([](note_repository const& notes, std::int64_t id) {
    notes.add_tags(id, {"c"});
    CHECK(notes.remove_tags(id, {"a", "x"}));
    CHECK(notes.get(id).labels == texts{"b", "c"});
    CHECK(notes.remove_tags(id, {"b", "c"}));
    CHECK(notes.get(id).labels.empty());
    CHECK_FALSE(notes.remove_tags(99, {"a"}));
  });
}

TEST_CASE("a nullable list begins at NULL, and gets NULL when it is empty") {
  with_note([](note_repository const& notes, std::int64_t id) {
    CHECK_FALSE(notes.get(id).marks);
    CHECK(notes.add_tags<marks_t>(id, {"m"}));
    CHECK(notes.get(id).marks == texts{"m"});
    CHECK(notes.get(id).labels == texts{"b", "a"});
    CHECK(notes.remove_tags<marks_t>(id, {"m"}));
    CHECK_FALSE(notes.get(id).marks);
    CHECK(notes.remove_tags<marks_t>(id, {"m"}));
  });
}

TEST_CASE("a tag is renamed in every row that has it, and stays one") {
  with_note([](note_repository const& notes, std::int64_t id) {
    auto const other = notes.insert({.labels = texts{"x", "a", "y"}}).id;
    auto const without = notes.insert({.labels = texts{"x"}}).id;
    CHECK(notes.rename_tag("a", "x") == 2);
    CHECK(notes.get(id).labels == texts{"b", "x"});
    CHECK(notes.get(other).labels == texts{"x", "y"});
    CHECK(notes.get(without).labels == texts{"x"});
    CHECK(notes.rename_tag("a", "x") == 0);
  });
}

TEST_CASE("tags are counted, of the rows that a filter leaves") {
  with_note([](note_repository const& notes, std::int64_t) {
    notes.insert({.key = "k1", .labels = texts{"a", "z"}});
    notes.insert({.key = "k2", .labels = texts{}});
    CHECK(counts(notes.tag_counts()) == texts{"a2", "b1", "z1"});
    CHECK(counts(notes.tag_counts({.key = "k"})) == texts{"a1", "z1"});
    CHECK(counts(notes.tag_counts({}, 1)) == texts{"a2"});
    CHECK(notes.tag_counts<marks_t>().empty());
  });
}

TEST_CASE("lists are narrowed to rows that have any of some tags, or all of them") {
  with_note([](note_repository const& notes, std::int64_t id) {
    auto const other = notes.insert({.key = "k", .labels = texts{"a", "c"}}).id;
    notes.insert({});
    auto const found = [&](NoteFilter const& filter) {
      std::vector<std::int64_t> all;
      for (Note const& one : notes.list(filter).rows) all.push_back(one.id);
      CHECK(notes.count(filter) == static_cast<std::int64_t>(all.size()));
      return all;
    };
    using ids = std::vector<std::int64_t>;
    CHECK(found({.labels_has_any = texts{"b", "c"}}) == ids{id, other});
    CHECK(found({.labels_has_any = texts{"c", "x"}}) == ids{other});
    CHECK(found({.labels_has_any = texts{}}).empty());
    CHECK(found({.labels_has_all = texts{"a", "b"}}) == ids{id});
    CHECK(found({.labels_has_all = texts{"a", "x"}}).empty());
    CHECK(found({.labels_has_all = texts{}}).size() == 3);
    CHECK(found({.key = "k", .labels = "a", .labels_has_any = texts{"c"}, .labels_has_all = texts{"a", "c"}}) ==
          ids{other});
    CHECK_THROWS_AS(notes.count({.labels_has_all = texts{std::string("a\0b", 3)}}), invalid_value);
    notes.session().connection().execute_script("update notes set labels = '{oops'");
    CHECK(found({.labels_has_any = texts{"a"}}).empty());
  });
}

TEST_CASE("search looks into the items of lists, as text and not as JSON, and passes over what is none") {
  with_note([](note_repository const& notes, std::int64_t) {
    auto const key = notes.insert({.key = "Red%", .labels = texts{}}).id;
    auto const label = notes.insert({.labels = texts{"x", "a red\"b\xc3\xa4"}}).id;
    auto const mark = notes.insert({.labels = texts{}, .marks = texts{"RED"}}).id;
    auto const found = [&](std::string const& word) {
      std::vector<std::int64_t> all;
      for (Note const& one : notes.list({.search = word}).rows) all.push_back(one.id);
      return all;
    };
    using ids = std::vector<std::int64_t>;
    CHECK(found("red") == ids{key, label, mark});
    CHECK(found("d\"B\xc3\xa4") == ids{label});
    CHECK(found("%") == ids{key});
    CHECK(found(",").empty());
    CHECK(found("\", \"").empty());
    auto& connection = notes.session().connection();
    connection.execute_script("update notes set marks = '[7, {\"k\": \"red\"}, null]' where id = 4");
    CHECK(found("red") == ids{key, label});
    CHECK(found("7").empty());
    connection.execute_script("update notes set labels = '{\"k\": \"red\"}', marks = 'red' where id = 3");
    CHECK(found("red") == ids{key});
  });
}

TEST_CASE("the texts of a search that looks into lists") {
  NoteFilter const filter{.search = "x"};
  forge_db::detail::count_statement<Note> const statement{{}, filter};
  CHECK(
      sql<dialect::postgres>(statement) ==
      R"(select count(*) from "notes" where (position(lower($1::text collate "C") in lower("key"::text collate "C")) > 0 )"
      R"(or exists (select 1 from jsonb_array_elements(case when jsonb_typeof("notes"."labels"::jsonb) = 'array' then )"
      R"("notes"."labels"::jsonb else '[]' end) as forge_item (value) where jsonb_typeof(forge_item.value) = 'string' and )"
      R"(position(lower($2::text collate "C") in lower((forge_item.value #>> '{}') collate "C")) > 0) )"
      R"(or exists (select 1 from jsonb_array_elements(case when jsonb_typeof("notes"."marks"::jsonb) = 'array' then )"
      R"("notes"."marks"::jsonb else '[]' end) as forge_item (value) where jsonb_typeof(forge_item.value) = 'string' and )"
      R"(position(lower($3::text collate "C") in lower((forge_item.value #>> '{}') collate "C")) > 0)))");
}

TEST_CASE("the texts of the filters by several tags") {
  NoteFilter const filter{.labels_has_any = texts{"a"}, .labels_has_all = texts{"b"}};
  forge_db::detail::count_statement<Note> const statement{{}, filter};
  CHECK(
      sql<dialect::postgres>(statement) ==
      R"(select count(*) from "notes" where exists (select 1 from jsonb_array_elements_text($1::jsonb) as forge_given )"
      R"((value) where "notes"."labels"::jsonb @> jsonb_build_array(forge_given.value)) and "labels"::jsonb @> $2::jsonb)");
}

TEST_CASE("a change of tags refreshes the row's stamp") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    note_repository notes{session};
    auto const id = notes.insert({.labels = texts{"a"}}).id;
    auto const age = [&] {
      session.connection().execute_script("update notes set updated_at = '2020-01-01 00:00:00.000000'");
    };
    timestamp const old = timestamp::from_unix_us(1'600'000'000'000'000);
    age(), notes.add_tags(id, {"b"});
    CHECK(notes.get(id).updated_at > old);
    age(), notes.remove_tags(id, {"b"});
    CHECK(notes.get(id).updated_at > old);
    age(), notes.rename_tag("a", "b");
    CHECK(notes.get(id).updated_at > old);
  });
}

TEST_CASE("what is no list is not written over, and counts as none") {
  tests::desk_database db;
  db->write([](sqlite::write_session& session) {
    note_repository notes{session};
    auto const id = notes.insert({.labels = texts{"a"}}).id;
    for (char const* content : {"'oops'", "'{\"a\": \"b\"}'", "'\"a\"'"}) {
      session.connection().execute_script(std::string("update notes set labels = ") + content);
      CHECK_THROWS_AS(notes.add_tags(id, {"b"}), sql_error);
      CHECK_THROWS_AS(notes.remove_tags(id, {"b"}), sql_error);
      CHECK(notes.tag_counts().empty());
    }
  });
}

TEST_CASE("what is no tag is refused") {
  with_note([](note_repository const& notes, std::int64_t id) {
    CHECK_THROWS_AS(notes.add_tags(id, {""}), invalid_value);
    CHECK_THROWS_AS(notes.add_tags(id, {std::string("a\0b", 3)}), invalid_value);
    CHECK_THROWS_AS(notes.add_tags(id, {"\xff"}), invalid_value);
    CHECK_THROWS_AS(notes.rename_tag("a", ""), invalid_value);
    CHECK(notes.get(id).labels == texts{"b", "a"});
  });
}

TEST_CASE("a change of tags is one statement") {
  tests::desk_database db;
  CHECK(db.statements([](sqlite::write_session& s) { note_repository{s}.add_tags(1, {"a"}); }).size() == 1);
  CHECK(db.statements([](sqlite::write_session& s) { note_repository{s}.rename_tag("a", "b"); }).size() == 1);
}

TEST_CASE("the texts of tags on PostgreSQL") {
  using labels_t = desk::notes::labels_t;
  CHECK(
      sql_text<forge_db::detail::add_tags_statement<labels_t>, dialect::postgres> ==
      R"(update "notes" set "labels" = coalesce((select jsonb_agg(value order by place) from (select value, min(place) as )"
      R"(place from (select value, key as place from jsonb_array_elements_text(coalesce("notes"."labels", '[]')) with )"
      R"(ordinality as forge_item (value, key) union all select value, 1000000000 + key from )"
      R"(jsonb_array_elements_text($1::jsonb) with ordinality as forge_given (value, key)) as forge_both group by value) as )"
      R"(forge_list), '[]'), "updated_at" = $2 where "id" = $3)");
  CHECK(
      sql_text<forge_db::detail::remove_tags_statement<marks_t>, dialect::postgres> ==
      R"(update "notes" set "marks" = nullif(coalesce((select jsonb_agg(value order by place) from (select value, key as )"
      R"(place from jsonb_array_elements_text(coalesce("notes"."marks", '[]')) with ordinality as forge_item (value, key) )"
      R"(where value not in (select value from jsonb_array_elements_text($1::jsonb) with ordinality as forge_given (value, )"
      R"(key))) as forge_list), '[]'), '[]'), "updated_at" = $2 where "id" = $3)");
}

TEST_CASE("lists are equal by their items, whatever wrote them") {
  with_note([](note_repository const& notes, std::int64_t) {
    auto& session = notes.session();
    texts const wanted{"gr\xc3\xb6n", "a \"b\"\n"};
    auto const inserted = notes.insert({.labels = wanted}).id;
    auto const added = notes.insert({.labels = texts{}}).id;
    REQUIRE(notes.add_tags(added, wanted));
    auto const other = notes.insert({.labels = texts{"a \"b\"\n", "gr\xc3\xb6n"}}).id;
    auto const ids = [&](auto condition) {
      std::vector<std::int64_t> found;
      session.each(select(desk::notes::id).from<Note>().where(condition).order_by(desk::notes::id.asc()),
                   [&](auto const& row) { found.push_back(std::get<0>(row)); });
      return found;
    };
    CHECK(ids(desk::notes::labels == wanted) == std::vector<std::int64_t>{inserted, added});
    CHECK(ids(wanted == desk::notes::labels && desk::notes::id != inserted) == std::vector<std::int64_t>{added});
    CHECK(ids(desk::notes::labels != wanted && desk::notes::id > inserted) == std::vector<std::int64_t>{other});

    auto const cut = notes.insert({.labels = texts{std::string("n\0x", 3)}}).id;
    auto const whole = notes.insert({.labels = texts{"n"}}).id;
    CHECK(ids(desk::notes::labels == texts{"n"}) == std::vector<std::int64_t>{whole});
    CHECK(ids(desk::notes::labels == texts{std::string("n\0x", 3)}) == std::vector<std::int64_t>{cut});

    CHECK(ids(desk::notes::marks == texts{}).empty());  // they are NULL
    session.connection().execute_script("update notes set marks = labels where id in (" + std::to_string(added) + ", " +
                                        std::to_string(other) + ")");
    CHECK(ids(desk::notes::marks == desk::notes::labels) == std::vector<std::int64_t>{added, other});

    auto const of_either = coalesce(desk::notes::marks, desk::notes::labels);
    CHECK(ids(of_either == wanted) == std::vector<std::int64_t>{inserted, added});
  });
}

TEST_CASE("the text of equal lists on PostgreSQL") {
  auto const query = select(desk::notes::id).from<Note>().where(desk::notes::labels == texts{"a"});
  CHECK(sql_text<decltype(query), dialect::postgres> == R"(select "id" from "notes" where "labels" = $1)");
}
