// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/projection.hpp>
#include <forge_db/query/select.hpp>
#include <forge_db/schema/table.hpp>
#include <forge_db/seed/csv_text.hpp>
#include <forge_db/seed/detail/find_refused.hpp>
#include <forge_db/seed/detail/read_rows.hpp>
#include <forge_db/seed/detail/seed_insert.hpp>
#include <forge_db/seed/existing.hpp>
#include <forge_db/seed/seed_report.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <type_traits>

namespace forge_db::seed {

/// Puts the rows of a CSV text into a table, all of them or, on an error, none; within the session's transaction, which
/// stays usable either way. One statement for all rows, so they may refer to each other in any order.
///
///     db.write([](auto& session) {
///       auto const shelves_csv = seed::csv_file("seeds/shelves.csv");
///       seed::load<library::Shelf>(session, shelves_csv, seed::update_existing(shelves::code));
///       seed::load<library::Book>(session, seed::csv_file("seeds/books.csv"));
///     });
///
/// The first line names columns, in any order; those that it does not name take their defaults, as in an insert. An
/// empty field is NULL, `""` is empty text. Values are written as to_json() writes them (lists and documents as JSON);
/// bytes also as `\x` and hexadecimal digits, booleans also as 1, 0, t and f, time stamps with or without an offset,
/// without one in UTC. Lenient columns are read as strictly as others.
///
/// `existing` says what becomes of rows that are there already: nothing, which is refuse_existing, skip_existing() or
/// update_existing(). Rows and text are in memory at once.
///
/// Errors, each naming file, line and column: invalid_value for what is no CSV, or no value of its column;
/// constraint_violation as an insert would throw it, found by inserting row by row after all rows at once were refused.
template <table_row Row, class Session, class Existing = refuse_existing>
table_report load(Session& session, csv_text const& source, Existing existing = {});

namespace detail {

template <class Existing>
inline constexpr bool is_existing = std::is_same_v<Existing, refuse_existing>;
template <class... Key>
inline constexpr bool is_existing<existing_skipped<Key...>> = true;
template <class... Key>
inline constexpr bool is_existing<existing_updated<Key...>> = true;

template <class Existing>
struct existing_key {
  using type = column_list<>;
  static constexpr bool updates = false;
};
template <class... Key>
struct existing_key<existing_skipped<Key...>> {
  using type = column_list<Key...>;
  static constexpr bool updates = false;
};
template <class... Key>
struct existing_key<existing_updated<Key...>> {
  using type = column_list<Key...>;
  static constexpr bool updates = true;
};

}  // namespace detail

template <table_row Row, class Session, class Existing>
table_report load(Session& session, csv_text const& source, Existing) {
  using key = detail::existing_key<Existing>;
  static_assert(Session::can_write, "forge_db: load() requires a write session; run it in write()");
  static_assert(!view_row<Row>, "forge_db: load() requires a table; the row is of a view, which is only read");
  static_assert(detail::is_existing<Existing>,
                "forge_db: load() requires skip_existing(columns...) or update_existing(columns...) as its last "
                "argument; leave it out to refuse existing rows");
  static_assert(key::type::size == 0 || forge_db::detail::identifies_row<Row, typename key::type>,
                "forge_db: load() requires the columns of the primary key or of a unique constraint to tell existing "
                "rows by; name all of them");
  auto const read = detail::read_rows<Row, typename key::type>(source);
  auto const total = static_cast<std::int64_t>(read.rows.size());
  table_report report{std::string(table<Row>::name), total};
  if (total == 0) return report;
  detail::seed_insert<Row, Existing> const insert(std::span<Row const>(read.rows), read.mask);
  auto const count_rows = [&] {
    return key::updates ? session.value(select(count()).template from<Row>()) : std::int64_t{0};
  };
  std::int64_t const before = count_rows();
  std::int64_t changed = 0;
  auto const explain = [&](auto const& refused) {
    if (session.connection().in_transaction()) detail::find_refused<Existing>(session, source, read);
    detail::throw_placed(refused, source.name);  // only all rows together are refused
  };
  try {
    // In a savepoint: where a refused statement ends the transaction, the search for the row could not follow it.
    changed = session.transaction([&](auto& inner) { return inner.execute(insert); });
  } catch (constraint_violation const& refused) {
    explain(refused);
  } catch (invalid_value const& refused) {
    explain(refused);
  }
  report.inserted = key::updates ? count_rows() - before : changed;
  report.updated = changed - report.inserted;
  report.skipped = report.read - changed;
  return report;
}

}  // namespace forge_db::seed
