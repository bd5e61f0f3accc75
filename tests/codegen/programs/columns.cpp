// SPDX-License-Identifier: MIT
// The golden cases generated_columns and table_options as a program: every migration on a file with rows, then reading
// and writing through the repositories, the plans of queries, a second start, and PostgreSQL's texts.
#include <archive/migrations.hpp>
#include <archive/words_repository.hpp>
#include <orders/labels_repository.hpp>
#include <orders/lines_repository.hpp>
#include <orders/migrations.hpp>

#include <forge_db/migration/migration.hpp>
#include <forge_db/migration/statements.hpp>
#include <forge_db/query/query.hpp>
#include <forge_db/seed/seed.hpp>
#include <forge_db/session/session.hpp>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace {

int failures = 0;

#define CHECK(condition) \
  if (!(condition)) ++failures, std::printf("line %d: %s\n", __LINE__, #condition)

template <class Session>
std::vector<std::string> texts(Session& session, char const* sql, int column) {
  auto statement = session.connection().prepare_once(sql);
  std::vector<std::string> found;
  while (statement.step()) found.emplace_back(statement.text(column));
  return found;
}

template <class Session>
bool plan_has(Session& session, std::string const& query, std::string_view words) {
  for (std::string const& line : texts(session, ("explain query plan " + query).c_str(), 3))
    if (line.find(words) != std::string::npos) return true;
  return false;
}

template <class Session>
bool refused(Session& session, char const* sql) {
  try {
    session.connection().execute_script(sql);
  } catch (forge_db::error const&) {
    return true;
  }
  return false;
}

template <class Session>
void write_lines(Session& session) {
  namespace lines = orders::lines;
  orders::LineRepository repository{session};

  orders::Line const bolt = repository.insert({.article = " Bolt ", .price = 3, .taxed = 4});
  CHECK(bolt.total == 3 && bolt.slug == "bolt" && !bolt.has_note && bolt.size == orders::size::small);
  CHECK(!bolt.shout && bolt.amount == 1);

  orders::LinePatch patch;
  patch.amount = 20;
  patch.note = "heavy";
  CHECK(repository.update(bolt.id, patch));
  orders::Line heavy = repository.get(bolt.id);
  CHECK(heavy.total == 60 && heavy.has_note && heavy.size == orders::size::large && heavy.shout == "HEAVY");
  CHECK(session.execute(forge_db::update<orders::Line>().set(lines::price = 5).where(lines::total > 59)) == 1);

  orders::NewLine const many[] = {{.article = "Screw", .amount = 2, .price = 7, .taxed = 0},
                                  {.article = "Tack", .price = 1, .taxed = 0}};
  CHECK(repository.insert_many(many) == 2);
  // Whole rows: what the database computes is left out of them.
  heavy = repository.get(bolt.id);
  heavy.id = orders::LineId{};
  std::vector<orders::Line> rows(2, heavy);
  rows[0].id = orders::LineId{50}, rows[0].article = "Rivet";
  rows[1].id = orders::LineId{51}, rows[1].article = "Pin";
  CHECK(session.execute(forge_db::insert(rows)) == 2);
  rows[0].id = orders::LineId{52}, rows[0].article = "Clip", rows[0].total = -1;
  CHECK(session.execute(forge_db::insert(rows[0])) == 1);
  CHECK(repository.get(orders::LineId{52}).total == 100 && repository.get(orders::LineId{51}).slug == "pin");

  // By a key that is computed.
  orders::Line const again = repository.upsert({.article = "BOLT", .price = 9, .taxed = 0}, lines::slug);
  CHECK(again.id == bolt.id && again.article == "BOLT" && again.total == 180);
  session.execute(forge_db::insert(orders::NewLine{.article = "bolt", .price = 2, .taxed = 0})
                      .on_conflict(lines::slug)
                      .update(lines::price));
  CHECK(repository.get(bolt.id).total == 40);
  orders::LabelRepository labels{session};
  auto const plain = labels.insert({});
  CHECK(plain.where == "A1" && plain.code == "plain" && plain.spot.row == 1);
  CHECK(labels.upsert({}, orders::labels::code).id == plain.id);
  orders::NewLabel far{.text = "far"};
  far.spot.hall = "Z";
  CHECK(labels.insert_many_returning(std::vector{far}).at(0).where == "Z1");

  auto const page = repository.list({.total_range = {.from = 40, .to = 100}}, orders::LineSort::total,
                                    forge_db::direction::ascending);
  CHECK(page.total == 4 && page.rows.front().total == 40 && page.rows.back().total == 100);
  CHECK(repository.list().rows.front().total == 100);
  CHECK(repository.count({.slug = "tack"}) == 1 && repository.count({.has_note = true}) == 4);
  CHECK(repository.count({.size_in = std::vector{orders::size::small}}) == 2);
  CHECK(repository.count({.search = "HEAVY"}) == 4);
  CHECK(session.all(forge_db::select(lines::total).from<orders::Line>().where(lines::slug == "screw")).size() == 1);
  CHECK(refused(session, "update lines set total = 1"));
  CHECK(refused(session, "insert into lines (article, price, amount, taxed) values ('x', -1, 1, 0)"));  // the check
  CHECK(refused(session, "insert into lines (article, price, taxed) values ('y', 'free', 0)"));         // STRICT
}

template <class Session>
void read_plans(Session& session) {
  CHECK(plan_has(session, "select id from lines where amount > 0 order by total desc", "ix_lines_total_size"));
  CHECK(plan_has(session, "select amount, price from lines where article = 'bolt'", "COVERING INDEX ix_lines_article"));
  CHECK(plan_has(session, "select id from boxes where lower(shelf) = 's1'", "ix_boxes_shelf"));
  CHECK(!plan_has(session, "select id from boxes where upper(shelf) = 'S1'", "ix_boxes_shelf"));
  CHECK(plan_has(session, "select label, code from boxes where open = 1", "COVERING INDEX ix_boxes_open"));
  CHECK(plan_has(session, "select id from boxes where shelf = 's1' collate nocase", "INDEX uq_boxes_shelf"));
  CHECK(!plan_has(session, "select id from boxes where shelf = 's1'", "SEARCH"));
}

template <class Session>
void write_boxes(Session& session) {
  session.connection().execute_script("insert into boxes (label, code, shelf) values ('One', 'a', 'S1')");
  CHECK(refused(session, "insert into boxes (label, code) values ('ONE', 'b')"));              // nocase
  CHECK(refused(session, "insert into boxes (label, code, shelf) values ('2', 'b', 's1')"));   // the unique index
  CHECK(refused(session, "insert into boxes (label, code, open) values ('2', 'b', 'ajar')"));  // STRICT
  CHECK(refused(session, "select rowid from words"));
  archive::WordRepository words{session};
  CHECK(words.insert({.id = 4, .word = "four"}).id == 4);
}

std::string postgres_text() {
  std::string all;
  for (auto const* list : {&orders::migrations(), &archive::migrations()})
    for (auto const& migration : list->migrations)
      for (auto const& operation : migration.operations)
        for (std::string const& each : forge_db::migration::statements(operation, forge_db::dialect::postgres))
          all += each + ";\n";
  return all;
}

void check_postgres() {
  std::string const all = postgres_text();
  for (char const* piece :
       {"ADD COLUMN \"total\" bigint NOT NULL GENERATED ALWAYS AS (amount * price) STORED",
        "\"code\" text NOT NULL GENERATED ALWAYS AS (lower(text)) STORED",
        "ALTER COLUMN \"article\" TYPE text COLLATE \"und-x-icu\"",
        "GENERATED ALWAYS AS (lower(btrim(article))) STORED", "ALTER COLUMN \"taxed\" DROP EXPRESSION",
        "ON \"lines\" (\"article\") INCLUDE (\"amount\", \"price\")", "\"label\" text COLLATE \"und-x-icu\" NOT NULL",
        "\"open\" boolean NOT NULL DEFAULT false", "CHECK (shelf ~ '^S')",
        "((lower(shelf)), (char_length(label)) DESC)", "(\"code\" COLLATE \"C\" DESC,",
        "INCLUDE (\"label\", \"code\") WHERE open"}) {
    if (all.find(piece) == std::string::npos) ++failures, std::printf("not for PostgreSQL: %s\n", piece);
  }
  for (char const* word : {"STRICT", "ROWID", "NOCASE", "VIRTUAL"})
    if (all.find(word) != std::string::npos) ++failures, std::printf("for PostgreSQL: %s\n%s", word, all.c_str());
}

/// A table of another program: `normalise` brings its default and its checks in line, and STRICT with them.
void adopt_boxes() {
  auto db = forge_db::sqlite::open(":memory:");
  auto const insert = [](char const* values) {
    return "insert into boxes (label, code, shelf, kept) values " + std::string(values);
  };
  db.write([&](auto& session) {
    session.connection().execute_script(
        "create table boxes (id integer primary key, label text not null collate nocase unique,"
        " code text not null collate rtrim, shelf text, open boolean not null default 1, kept text not null, weight "
        "real)");
    session.connection().execute_script(insert("('One', 'a', 'S1', 'Y')").c_str());
  });
  forge_db::migration::runner{db}.upgrade({&archive::migrations()});
  db.write([&](auto& session) {
    session.connection().execute_script(insert("('Two', 'b', 'S2', 'Y')").c_str());
    CHECK(texts(session, "select open from boxes order by id", 0) == (std::vector<std::string>{"1", "0"}));
    CHECK(refused(session, insert("('Three', 'c', 'X3', 'Y')").c_str()));
    CHECK(refused(session, "insert into boxes (label, code, open) values ('Four', 'd', 'ajar')"));
  });
}

/// Rows from a text are told by a column that the text cannot name, because the database computes it.
void load_lines(auto& session) {
  session.connection().execute_script("delete from lines");
  forge_db::seed::csv_text const text{"a.csv", "article,price,amount,taxed\n Pen ,5,20,1\nInk,2,1,0\n", {}};
  auto const load = [&] {
    return forge_db::seed::load<orders::Line>(session, text, forge_db::seed::update_existing(orders::lines::slug));
  };
  CHECK(load().inserted == 2);
  CHECK(load().skipped == 2);
  CHECK(texts(session, "select slug || total from lines order by id", 0) ==
        (std::vector<std::string>{"pen100", "ink2"}));
}

}  // namespace

int main() {
  {
    auto db = forge_db::sqlite::open("columns.db");
    forge_db::migration::list first = orders::migrations();
    first.migrations.resize(1);
    forge_db::migration::runner{db}.upgrade({&first});
    db.write([](auto& session) {
      session.connection().execute_script(
          "insert into lines (id, article, amount, price, note, shout)"
          " values (1, 'Nut', 20, 10, 'old', 'OLD')");
    });
    auto const done = forge_db::migration::runner{db}.upgrade({&orders::migrations(), &archive::migrations()});
    CHECK(done.schemas.at(0).to == 3);
    db.write([](auto& session) {
      orders::Line const nut = orders::LineRepository{session}.get(orders::LineId{1});
      CHECK(nut.total == 200 && nut.slug == "nut" && nut.size == orders::size::large && nut.shout == "OLD");
      CHECK(nut.taxed == 12);  // kept as a plain value
      session.connection().execute_script("delete from lines");
      write_lines(session);
      write_boxes(session);
      read_plans(session);
      load_lines(session);
    });
    CHECK(forge_db::migration::runner{db}.verify({&orders::migrations(), &archive::migrations()}).clean());
  }
  auto db = forge_db::sqlite::open("columns.db");
  auto const second = forge_db::migration::runner{db}.upgrade({&orders::migrations(), &archive::migrations()});
  for (auto const& schema : second.schemas) CHECK(schema.up_to_date && schema.migrations.empty());
  check_postgres();
  adopt_boxes();
  return failures;
}
