// SPDX-License-Identifier: MIT
#pragma once

#include "support/catch.hpp"

#include <library/migrations.hpp>
#include <library/models.hpp>

#include <forge_db/forge_db.hpp>
#include <forge_db/migration/migration.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

// The gallery of docs/gallery.md: SQL text beside the ForgeDB query that means the same, both run.
namespace gallery {

/// A library with shelves in shelves, books on some of them, members, loans and authors; NULLs and ties among them.
forge_db::sqlite::database filled_library();

/// A row as text that tells values of different types apart.
template <class Statement>
std::string cells_of(Statement const& statement) {
  std::string row;
  for (int i = 0; i < statement.column_count(); ++i) {
    switch (statement.kind(i)) {
      case forge_db::value_kind::null:
        row += "null|";
        break;
      case forge_db::value_kind::integer:
        row += std::to_string(statement.int64(i)) + "|";
        break;
      case forge_db::value_kind::real:
        row += "real " + std::to_string(statement.float64(i)) + "|";
        break;
      default:
        row += "'" + std::string(statement.text(i)) + "'|";
    }
  }
  return row;
}

template <class Statement>
std::vector<std::string> rows_of(Statement&& statement) {
  std::vector<std::string> rows;
  while (statement.step()) rows.push_back(cells_of(statement));
  return rows;
}

/// What all tables hold; columns that are set to the current time left out.
template <class Session>
std::vector<std::string> contents(Session& session) {
  std::vector<std::string> all;
  for (
      std::string_view const text :
      {R"(select "id", "isbn", "title", "shelf_id", "tags", "score", "status" from "books" order by "id")",
       R"(select * from "shelves" order by "id")",
       R"(select "id", "email", "name", "active", "joined_on", "balance", "settings" from "members" order by "id")",
       R"(select "id", "book_id", "member_id", "status", "due_on", "returned_at", "number" from "loans" order by "id")",
       R"(select * from "book_authors" order by 1, 2)"}) {
    for (std::string& row : rows_of(session.connection().prepare_once(text))) all.push_back(std::move(row));
    all.emplace_back("--");
  }
  return all;
}

/// Runs `work` and undoes it.
template <class Session, class Work>
auto undone(Session& session, Work work) {
  session.connection().savepoint();
  auto result = work();
  session.connection().rollback_to_savepoint();
  return result;
}

/// Runs both, and checks that they answer the same rows and leave the same tables behind.
template <class Query>
void same(std::string_view sql, Query const& query) {
  INFO(sql);
  auto db = filled_library();
  db.write([&](auto& session) {
    auto const run = [&](auto&& statement) {
      auto rows = rows_of(statement);
      statement.reset();
      for (std::string& row : contents(session)) rows.push_back(std::move(row));
      return rows;
    };
    auto const by_hand = undone(session, [&] { return run(session.connection().prepare_once(sql)); });
    auto const by_forge_db = undone(session, [&] {
      auto statement = session.connection().prepare(query);
      query.bind(statement);
      return run(std::move(statement));
    });
    CHECK(by_forge_db == by_hand);
    if constexpr (Query::returns_rows) {
      CHECK(by_hand.front() != "--");  // an example without rows shows nothing
      undone(session, [&] { return session.all(query).size(); });
    }
  });
}

}  // namespace gallery

#define SHOW(sql, ...) gallery::same(sql, __VA_ARGS__)
