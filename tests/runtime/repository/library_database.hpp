// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/session/session.hpp>

namespace tests {

/// An empty library in memory.
inline forge_db::sqlite::database library_database() {
  auto db = forge_db::sqlite::open(":memory:");
  db.write([](auto& session) {
    session.connection().execute_script(R"(
create table shelves (id integer primary key, code text not null unique, name text not null,
  parent_id integer references shelves (id) on delete cascade, depth integer not null default 0);
create table books (id integer primary key, isbn text not null unique, title text not null,
  shelf_id integer references shelves (id) on delete set null, tags text not null default '[]', score real default 5.0,
  status text not null default 'open', created_at text not null, updated_at text not null);
create table authors (id integer primary key autoincrement, name text not null, born_on text, about text);
create table book_authors (book_id integer not null references books (id) on delete cascade,
  author_id integer not null references authors (id) on delete restrict, position integer not null default 0, role text,
  primary key (book_id, author_id));
create table members (id text not null primary key, email text not null unique, name text not null,
  active integer not null default 1, joined_on text not null, balance integer not null default 0,
  settings text not null default '{}', photo blob, card text, created_at text not null, updated_at text not null);
create table loans (id integer primary key, book_id integer not null references books (id),
  member_id text not null references members (id) on delete cascade, status text not null default 'open',
  lent_at text not null, due_on text not null, returned_at integer, number integer not null default (1 + 0));
)");
  });
  return db;
}

}  // namespace tests
