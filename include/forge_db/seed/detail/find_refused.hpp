// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/schema/table.hpp>
#include <forge_db/seed/csv_text.hpp>
#include <forge_db/seed/detail/read_rows.hpp>
#include <forge_db/seed/detail/seed_insert.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace forge_db::seed::detail {

inline std::string placed_message(error const& refused, std::string const& place) {
  constexpr std::string_view own = "forge_db: ";
  std::string const message = refused.message();
  return std::string(own) + place + ": " + (message.starts_with(own) ? message.substr(own.size()) : message);
}
[[noreturn]] inline void throw_placed(constraint_violation const& refused, std::string const& place) {
  throw constraint_violation(refused.code(), placed_message(refused, place), refused.context());
}
[[noreturn]] inline void throw_placed(invalid_value const& refused, std::string const& place) {
  throw invalid_value(placed_message(refused, place), refused.context());
}

/// The place of row `row`, and of the column that the error names, if it names one.
template <class Row>
std::string place_of(csv_text const& source, seed_rows<Row> const& read, std::size_t row, error const& refused) {
  std::optional<std::size_t> column;
  auto const& names = forge_db::detail::column_names<typename table<Row>::columns>;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == refused.context().column) column = i;
  }
  return place_of_row(source, read.header, row, column);
}

/// After a statement for all rows was refused: runs it again row by row, in a savepoint that is always undone, and
/// throws the error of the first row that cannot be inserted, with its place. Returns when all of them can.
/// Rows may refer to rows behind them, so those that lack a row that they refer to are tried again.
template <class Existing, class Row, class Session>
void find_refused(Session& session, csv_text const& source, seed_rows<Row> const& read) {
  auto const insert_one = [&](std::size_t i) {
    seed_insert<Row, Existing> const one(std::span<Row const>(&read.rows[i], 1), read.mask);
    session.transaction([&](auto& inner) { inner.execute(one); });
  };
  struct undo {};
  try {
    session.transaction([&](auto&) {
      std::vector<std::size_t> waiting(read.rows.size());
      for (std::size_t i = 0; i < waiting.size(); ++i) waiting[i] = i;
      while (!waiting.empty()) {
        std::vector<std::size_t> still;
        std::optional<constraint_violation> first;
        for (std::size_t const i : waiting) {
          try {
            insert_one(i);
          } catch (invalid_value const& refused) {
            throw_placed(refused, place_of(source, read, i, refused));
          } catch (constraint_violation const& refused) {
            if (refused.code() != error_code::foreign_key_violation)
              throw_placed(refused, place_of(source, read, i, refused));
            if (!first) first = refused;
            still.push_back(i);
          }
        }
        if (still.size() == waiting.size()) throw_placed(*first, place_of(source, read, still.front(), *first));
        waiting = std::move(still);
      }
      throw undo{};
    });
  } catch (undo const&) {  // NOLINT(bugprone-empty-catch): each row can be inserted
  }
}

}  // namespace forge_db::seed::detail
