// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace forge_db::sqlite {

/// The names that SQLite puts into the message of a failed constraint; empty where it gives none.
struct constraint_names {
  std::string table;
  std::string column;      ///< Several are joined by ", ".
  std::string constraint;  ///< The check's name (its expression when it has none) or the unique expression index.
};

namespace detail {

inline bool consume(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) {
    return false;
  }
  text.remove_prefix(prefix.size());
  return true;
}

/// "books.isbn, books.copy" -> table books, column "isbn, copy".
inline void read_column_list(std::string_view list, constraint_names& names) {
  while (!list.empty()) {
    auto const comma = list.find(", ");
    auto const item = list.substr(0, comma);
    auto const dot = item.rfind('.');
    if (dot == std::string_view::npos) {
      return;
    }
    if (names.table.empty()) {
      names.table = item.substr(0, dot);
    }
    if (!names.column.empty()) {
      names.column += ", ";
    }
    names.column += item.substr(dot + 1);
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 2);
  }
}

}  // namespace detail

/// Reads table, column and constraint out of SQLite's text. A foreign key's message names nothing.
inline constraint_names read_constraint_message(std::string_view message) {
  constraint_names names;
  if (detail::consume(message, "UNIQUE constraint failed: ")) {
    if (detail::consume(message, "index '")) {
      names.constraint = message.substr(0, message.rfind('\''));
    } else {
      detail::read_column_list(message, names);
    }
  } else if (detail::consume(message, "NOT NULL constraint failed: ")) {
    detail::read_column_list(message, names);
  } else if (detail::consume(message, "CHECK constraint failed: ")) {
    names.constraint = message;
  } else if (auto const at = message.rfind(" column ");
             message.starts_with("cannot store ") && at != std::string_view::npos) {
    detail::read_column_list(message.substr(at + 8), names);  // a STRICT table
  }
  return names;
}

}  // namespace forge_db::sqlite
