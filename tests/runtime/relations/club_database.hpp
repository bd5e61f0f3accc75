// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/session/session.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tests {

/// The tables of tests/codegen/cases/relations in memory, as its migrations make them, with a log of the statements
/// that were run on it.
struct club_database {
  std::shared_ptr<std::vector<std::string>> log = std::make_shared<std::vector<std::string>>();
  forge_db::sqlite::database db = open(log);

  /// What `work(session)` reads in a read session, and how many selects it took.
  template <class Work>
  std::size_t selects(Work work) {
    log->clear();
    db.read([&](auto& session) { work(session); });
    std::size_t count = 0;
    for (std::string const& sql : *log) count += sql.starts_with("select") ? 1 : 0;
    return count;
  }

 private:
  static forge_db::sqlite::database open(std::shared_ptr<std::vector<std::string>> const& log);
};

inline forge_db::sqlite::database club_database::open(std::shared_ptr<std::vector<std::string>> const& log) {
  forge_db::sqlite::options settings;
  settings.on_query = [log](forge_db::query_event const& event) { log->emplace_back(event.sql); };
  auto db = forge_db::sqlite::open(":memory:", std::move(settings));
  db.write([](auto& session) {
    session.connection().execute_script(R"(
create table authors (id integer primary key, name text not null);
create table members (id text not null primary key, name text not null);
create table friendships (member_id text not null references members (id) on delete cascade,
  friend_id text not null references members (id) on delete cascade, since integer not null default (2000 + 1),
  note text, code text not null unique, primary key (member_id, friend_id));
create table books (id integer primary key, title text not null, editor_id text references members (id),
  checked_by text references members (id), source text, c0 integer not null default 0);
create table covers (book_id integer not null primary key references books (id), colour text not null,
  made_maker_id integer references authors (id), made_year integer);
create table book_authors (book_id integer not null references books (id) on delete cascade,
  author_id integer not null references authors (id) on delete cascade, position integer not null default 7,
  primary key (book_id, author_id));
create table loans (id integer primary key, book_id integer not null references books (id),
  borrower_id text not null references members (id), due integer not null, returned integer);
create index ix_loans_book_id on loans (book_id);
create table categories (id integer primary key, name text not null,
  parent_id integer references categories (id) on delete cascade);
create table rooms (building text not null, number integer not null, title text not null,
  primary key (building, number));
create table seats (id integer primary key, room_number integer, building text, label text not null,
  foreign key (room_number, building) references rooms (number, building));
create table tags (language text not null, word text not null, primary key (language, word));
create table room_tags (id integer primary key, building text not null, number integer not null, language text not null,
  word text not null, unique (building, number, language, word),
  foreign key (building, number) references rooms (building, number),
  foreign key (language, word) references tags (language, word));
)");
  });
  return db;
}

/// Texts of rows, joined, to be compared at one look.
template <class Rows, class Text>
std::string joined(Rows const& rows, Text text) {
  std::string all;
  for (auto const& row : rows) all += (all.empty() ? "" : " ") + text(row);
  return all;
}

}  // namespace tests
