// SPDX-License-Identifier: MIT
// Full text of a spec: tests/codegen/cases/full_text, as it is generated.
#include "support/catch.hpp"

#include <reading/articles_repository.hpp>
#include <reading/migrations.hpp>
#include <reading/notes_repository.hpp>
#include <reading/queries.hpp>

#include <forge_db/migration/migration.hpp>
#include <forge_db/query/query.hpp>
#include <forge_db/session/session.hpp>

using namespace forge_db;
using namespace reading;

namespace {

sqlite::database upgraded(migration::list const& list = migrations()) {
  // [open]
  forge_db::sqlite::options options;
  options.trusted_schema = true;
  auto db = forge_db::sqlite::open(":memory:", options);
  // [/open]
  migration::runner{db}.upgrade({&list});
  return db;
}

template <class Session>
ArticleId add(Session& session, std::string const& title, std::optional<std::string> const& body = {}) {
  return ArticleRepository{session}.insert({.slug = title, .title = title, .body = body}).id;
}

/// 1: "Sea wind", 2: "River", 3: "Lake".
sqlite::database filled() {
  auto db = upgraded();
  db.write([](auto& session) {
    add(session, "Sea wind", "Salt, and the wind of the sea");
    add(session, "River", "It runs into the sea.");
    add(session, "Lake");
  });
  return db;
}

template <class Session>
std::vector<std::int64_t> found(Session& session, std::string_view words) {
  std::vector<std::int64_t> ids;
  for (Article const& row : session.all(articles::full_text.search(words))) ids.push_back(row.id.value());
  return ids;
}
using numbers = std::vector<std::int64_t>;

/// Throws when the index is not that of the table's rows.
template <class Session>
void check_index(Session& session) {
  session.connection().execute_script(
      "insert into articles_full_text (articles_full_text, rank) values ('integrity-check', 1)");
}

}  // namespace

TEST_CASE("rows are found by their words, the best first") {
  auto db = filled();
  db.read([](auto& session) {
    // [search]
    std::vector<Article> const best = session.all(articles::full_text.search("sea wind").limit(10));
    auto const rated = session.all(articles::full_text.search("sea").where(articles::rating >= 0));
    auto const number = session.value(select(count()).from<Article>().where(
        articles::full_text.matches("\"the sea\"") && articles::body.is_not_null()));
    // [/search]
    REQUIRE(best.size() == 1);
    CHECK(best[0].title == "Sea wind");
    CHECK(rated.size() == 2);
    CHECK(number == 2);
    CHECK(found(session, "sea") == numbers{1, 2});  // twice in the first, once in the second
    CHECK(found(session, "SEA") == numbers{1, 2});
    CHECK(found(session, "sea salt") == numbers{1});
    CHECK(found(session, "\"wind of\"") == numbers{1});
    CHECK(found(session, "\"of wind\"").empty());
    CHECK(found(session, "moon").empty());
    CHECK(session.all(articles::full_text.search("sea").limit(1).offset(1)).at(0).id == ArticleId{2});
    CHECK(session.all(select<Article>().where(!articles::full_text.matches("sea"))).size() == 1);
    std::string const word = "lake";
    for (auto const& row : session.views(articles::full_text.search(word))) CHECK(row[articles::title] == "Lake");
  });
}

TEST_CASE("whatever someone typed is no syntax error, and nothing in it is an operator") {
  auto db = filled();
  db.read([](auto& session) {
    for (std::string_view const typed : {"",           " ",
                                         "\"",         "\"\"",
                                         "\"\"\"",     "'",
                                         "*",          "sea*",
                                         "-sea",       "NOT",
                                         "title:",     "title : sea",
                                         "(",          ")(",
                                         "^sea",       "NEAR(sea, 2)",
                                         "sea AND",    "{title} : sea",
                                         "a\"b\"c\"d", "\\",
                                         ";--",        "+",
                                         "%_",         "\xff\xfe"}) {
      INFO(typed);
      CHECK_NOTHROW(found(session, typed));
    }
    using namespace std::string_view_literals;
    CHECK(found(session, "sea\0wind"sv) == numbers{1});
    CHECK(found(session, "sea\twind\n") == numbers{1});
    CHECK(found(session, "").empty());
    CHECK(found(session, "!?").empty());
    CHECK(found(session, "sea OR moon").empty());  // three words
    CHECK(found(session, "sea \"salt, and") == numbers{1});
    std::string many;
    for (int i = 0; i < 5000; ++i) many += "sea ";
    CHECK(found(session, many) == numbers{1, 2});
    CHECK(found(session, std::string(100'000, 'x')).empty());
  });
}

TEST_CASE("the engine's own language is reached by its name alone, with its errors") {
  auto db = filled();
  db.read([](auto& session) {
    auto const by = [&](std::string_view query) {
      return session.all(select<Article>().where(articles::full_text.matches_unescaped(query))).size();
    };
    CHECK(by("title : sea") == 1);
    CHECK(by("sea NOT wind") == 1);
    CHECK(by("riv*") == 1);
    CHECK_THROWS_AS(by("sea AND"), sql_error);
  });
}

TEST_CASE("the index follows every change of the table") {
  auto db = filled();
  db.write([](auto& session) {
    ArticleRepository rows{session};
    rows.update(ArticleId{1}, {.title = "Moon"});
    CHECK(found(session, "moon") == numbers{1});
    CHECK(found(session, "sea").size() == 2);  // its body has it still
    rows.update(ArticleId{1}, {.body = null});
    CHECK(found(session, "sea") == numbers{2});
    rows.update(ArticleId{1}, {.rating = 5});
    rows.remove(ArticleId{2});
    CHECK(found(session, "sea").empty());
    check_index(session);
    std::vector<NewArticle> const more{{.slug = "a", .title = "Sun"}, {.slug = "b", .title = "Sun dial"}};
    session.execute(insert(more));
    CHECK(found(session, "sun").size() == 2);
    session.execute(
        insert(NewArticle{.slug = "a", .title = "Star"}).on_conflict(articles::slug).update(articles::title));
    CHECK(found(session, "sun").size() == 1);
    CHECK(found(session, "star").size() == 1);
    check_index(session);
    session.execute(remove<Article>().all_rows());
    CHECK(found(session, "dial").empty());
    check_index(session);
  });
}

TEST_CASE(
    "INSERT OR REPLACE of another program, which fires no trigger for the row that it replaces, leaves no words") {
  auto db = filled();
  db.write([](auto& session) {
    auto& connection = session.connection();
    connection.execute_script("insert or replace into articles (id, slug, title) values (1, 'Sea wind', 'Star')");
    CHECK(found(session, "star") == numbers{1});
    CHECK(found(session, "sea") == numbers{2});
    check_index(session);
    connection.execute_script("insert or ignore into articles (id, slug, title) values (2, 'x', 'Cloud')");
    CHECK(found(session, "cloud").empty());
    CHECK(found(session, "sea") == numbers{2});
    check_index(session);
    connection.execute_script("insert or replace into articles (id, slug, title) values (9, 'River', 'Brook')");
    CHECK(found(session, "sea").empty());  // its id is in the index, and in no row
    CHECK(found(session, "brook") == numbers{9});
    connection.execute_script("insert into articles (id, slug, title) values (2, 'again', 'Rain')");
    CHECK(found(session, "sea").empty());
    CHECK(found(session, "rain") == numbers{2});
    check_index(session);
  });
}

TEST_CASE("lists are filtered by words") {
  auto db = filled();
  db.read([](auto& session) {
    ArticleRepository const rows{session};
    auto const page = rows.list({.full_text = "sea"}, ArticleSort::title);
    CHECK(page.total == 2);
    CHECK(page.rows.at(0).title == "River");
    CHECK(rows.count({.full_text = "sea", .rating = {.from = 1}}) == 0);
    CHECK(rows.count({.full_text = "\""}) == 0);
    CHECK(rows.count({.full_text = "lake"}) == 1);
  });
}

TEST_CASE("a repository lists by rank, within its filter") {
  auto db = filled();
  db.write([](auto& session) {
    ArticleRepository const rows{session};
    // [ranked]
    std::vector<Article> const best = rows.search("sea", {.rating = {.to = 3}}, {.page = 1, .per_page = 10});
    // [/ranked]
    REQUIRE(best.size() == 2);
    CHECK(best[0].id == ArticleId{1});
    CHECK(rows.search("sea", {}, {.page = 2, .per_page = 1}).at(0).id == ArticleId{2});
    CHECK(rows.search("sea", {.rating = {.from = 1}}).empty());
    CHECK(rows.search("sea", {.full_text = "river"}).size() == 1);
    CHECK_THROWS_WITH(rows.search("sea", {}, {.page = 1, .per_page = 101}),
                      Catch::Matchers::ContainsSubstring("forge_db: search() requires its page size"));
    ArticleFilter const filter{.rating = {.from = 1}};
    forge_db::detail::ranked_statement<Article> const statement{{}, "sea", filter, {20, 0}, {}};
    CHECK(sql<dialect::sqlite>(statement) ==
          R"(select "id", "slug", "title", "body", "rating" from "articles" join (select rowid as forge_row, rank as )"
          R"(forge_rank from "articles_full_text"(?)) on forge_row = "id" where "rating" >= ? order by forge_rank, )"
          R"("id" limit ? offset ?)");
    CHECK(sql<dialect::postgres>(statement) ==
          R"(select "id", "slug", "title", "body", "rating" from "articles" where to_tsvector('simple', )"
          R"(coalesce("title", '') || ' ' || coalesce("body", '')) @@ websearch_to_tsquery('simple', $1) and )"
          R"("rating" >= $2 order by ts_rank(to_tsvector('simple', coalesce("title", '') || ' ' || coalesce("body", )"
          R"('')), websearch_to_tsquery('simple', $1)) desc, "id" limit $3 offset $4)");
    auto plan = session.connection().prepare_once("explain query plan " +
                                                  std::string(sql<dialect::sqlite>(articles::full_text.search("x"))));
    std::string steps;
    while (plan.step()) steps += std::string(plan.text(3)) + '\n';
    CHECK(steps.find("SCAN articles_full_text VIRTUAL TABLE INDEX") != std::string::npos);
    CHECK(steps.find("SEARCH articles USING INTEGER PRIMARY KEY") != std::string::npos);
  });
}

TEST_CASE("a list by rank shows the living rows alone") {
  auto db = upgraded();
  db.write([](auto& session) {
    NoteRepository const notes{session};
    notes.insert({.line = "swimming in the sea"});
    notes.insert({.line = "swim"});
    CHECK(notes.search("swims").size() == 2);  // of one stem
    notes.remove(1);
    CHECK(notes.search("swims").size() == 1);
    CHECK(session.all(notes::full_text.search("swims")).size() ==
          2);  // the table's rows, whatever they are to repositories
  });
}

TEST_CASE("a named query sees the index, and what its functions make of it") {
  auto db = filled();
  db.read([](auto& session) {
    auto const rows = queries::passages(session, "\"salt\"");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].passage == "[Salt], and the wind of the...");
    CHECK(rows[0].rank < 0);
  });
}

TEST_CASE("rows that are there when the index is made are found, and a rebuild of the table keeps it") {
  migration::list first = migrations();
  first.migrations.resize(1);
  first.tables.clear();
  first.triggers.clear();
  first.full_texts.clear();
  auto db = upgraded(first);
  db.write([](auto& session) {
    session.connection().execute_script("insert into articles (id, slug, title) values (4, 'a', 'Sea')");
  });
  migration::list second = migrations();
  second.migrations.resize(2);
  second.tables.clear();
  migration::runner{db}.upgrade({&second});
  db.write([](auto& session) {
    CHECK(found(session, "sea") == numbers{4});
    add(session, "Sea two");
  });
  migration::runner{db}.upgrade({&migrations()});
  db.write([](auto& session) {
    CHECK(found(session, "sea") == numbers{4, 5});
    add(session, "Sea three");
    CHECK(found(session, "sea").size() == 3);
    check_index(session);
  });
  auto const verified = migration::runner{db}.verify({&migrations()});
  CHECK(verified.schemas.at(0).drift.empty());
  CHECK(verified.not_ours.empty());
  db.write(
      [](auto& session) { session.connection().execute_script("create table articles_full_text_of_another (a)"); });
  CHECK(migration::runner{db}.verify({&migrations()}).not_ours ==
        std::vector<std::string>{"articles_full_text_of_another"});
}

TEST_CASE("an index that is gone or another one is told") {
  auto db = filled();
  auto const drift = [&] { return migration::runner{db}.verify({&migrations()}).schemas.at(0).drift; };
  CHECK(drift().empty());
  db.write([](auto& session) {
    session.connection().execute_script(
        "drop table articles_full_text; create virtual table articles_full_text using fts5(title)");
  });
  REQUIRE(drift().size() == 1);
  CHECK(drift()[0].kind == migration::difference_kind::full_text);
  db.write([](auto& session) { session.connection().execute_script("drop table articles_full_text"); });
  REQUIRE(drift().size() == 1);
  CHECK(drift()[0].kind == migration::difference_kind::missing_full_text);
}

TEST_CASE("a database whose schema is not trusted refuses the index before anything is written") {
  auto db = sqlite::open(":memory:");
  try {
    migration::runner{db}.upgrade({&migrations()});
    FAIL("its triggers could not run");
  } catch (migration_failed const& failure) {
    CHECK(std::string(failure.what()).find("open the database with options::trusted_schema") != std::string::npos);
  }
}

TEST_CASE("making an index is undone by dropping it") {
  migration::create_full_text const made{migrations().full_texts.at(0)};
  CHECK(describe(made) == "create full text of articles");
  CHECK(migration::reverse(made) == migration::operation{migration::drop_full_text{made.index}});
  CHECK(migration::reverse(*migration::reverse(made)) == migration::operation{made});
  CHECK(
      migration::statements(made, dialect::postgres).at(0) ==
      R"(CREATE INDEX "articles_full_text" ON "articles" using gin (to_tsvector('simple', coalesce("title", '') || ' ' || coalesce("body", ''))))");
  CHECK(migration::statements(migration::drop_full_text{made.index}, dialect::postgres).at(0) ==
        R"(DROP INDEX "articles_full_text")");
}

TEST_CASE("the texts of both dialects") {
  auto const plain = articles::full_text.search("x");
  CHECK(sql<dialect::sqlite>(plain) ==
        R"(select "id", "slug", "title", "body", "rating" from "articles" join (select rowid as forge_row, rank as )"
        R"(forge_rank from "articles_full_text"(?)) on forge_row = "id" order by forge_rank, "id")");
  auto const some = plain.where(articles::rating >= 1 || articles::rating == -1).limit(5);
  CHECK(
      sql<dialect::postgres>(some) ==
      R"(select "id", "slug", "title", "body", "rating" from "articles" where to_tsvector('simple', coalesce("title", )"
      R"('') || ' ' || coalesce("body", '')) @@ websearch_to_tsquery('simple', $1) and ("rating" >= $2 or "rating" = )"
      R"($3) order by ts_rank(to_tsvector('simple', coalesce("title", '') || ' ' || coalesce("body", '')), )"
      R"(websearch_to_tsquery('simple', $1)) desc, "id" limit $4)");
  auto const condition = select(articles::id).from<Article>().where(articles::full_text.matches("x"));
  CHECK(sql<dialect::sqlite>(condition) ==
        R"(select "id" from "articles" where "id" in (select rowid from "articles_full_text"(?)))");
  auto const raw = select(articles::id).from<Article>().where(articles::full_text.matches_unescaped("x"));
  CHECK(sql<dialect::postgres>(raw) ==
        R"(select "id" from "articles" where to_tsvector('simple', coalesce("title", '') || ' ' || coalesce("body", )"
        R"('')) @@ to_tsquery('simple', $1))");
}
