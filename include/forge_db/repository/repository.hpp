// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/insert.hpp>
#include <forge_db/query/remove.hpp>
#include <forge_db/query/update.hpp>
#include <forge_db/repository/detail/insert_groups.hpp>
#include <forge_db/repository/find_statement.hpp>
#include <forge_db/repository/insert_row_statement.hpp>
#include <forge_db/repository/key.hpp>
#include <forge_db/repository/list_statement.hpp>
#include <forge_db/repository/page.hpp>
#include <forge_db/repository/upsert_statement.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace forge_db {

/// True if upsert() can find a row by these columns: the primary key, or a unique constraint.
template <table_row Row, class... Columns>
consteval bool can_upsert_on() {
  return detail::identifies_row<Row, column_list<Columns...>>;
}

/// Reads and writes one table through a session; generated code derives `BookRepository<Session>` from it.
///
/// It holds nothing but a reference to the session, and must not outlive it. In a read session the writing functions do
/// not compile. All throw what the session throws, decode_error for a row that does not fit its struct, and
/// constraint_violation. Unset fields of a new row take the defaults of the spec; columns with `on_update: now` are set
/// by every change.
template <table_row Row, class Session>
class repository {
  static_assert(!detail::has_standing<Row> && !detail::has_optimistic_lock<Row>,
                "forge_db: repository requires a table without soft deletion, scope and lock; take the generated one");
  using traits = repository_traits<Row>;

 public:
  using row_type = Row;
  using key_type = key_of<Row>;
  using new_type = typename table<Row>::new_type;
  using patch_type = typename table<Row>::patch_type;
  using filter_type = typename traits::filter_type;
  using sort_type = typename traits::sort_type;

  explicit repository(Session& session) noexcept : session_(session) {}

  [[nodiscard]] std::optional<Row> find(key_type const& key) const {
    return session_.first(detail::find_statement<Row>{{}, key});
  }

  /// Throws not_found if there is no such row.
  [[nodiscard]] Row get(key_type const& key) const;

  [[nodiscard]] bool exists(key_type const& key) const {
    return session_.first(detail::exists_statement<Row>{{}, key}).has_value();
  }

  /// The row as the database has it, with its key and its defaults.
  Row insert(new_type const& new_row) const { return session_.one(detail::insert_row_statement<Row>{{}, new_row}); }

  /// Inserts all of them by one statement, and says how many. Rows that leave different columns to the database's
  /// defaults need a statement for each group of neighbours. All or nothing, as far as the session's transaction is.
  std::int64_t insert_many(std::span<new_type const> new_rows) const;

  /// As insert_many(), with the rows as the database has them, in their order; asking for them more than doubles the
  /// time.
  std::vector<Row> insert_many_returning(std::span<new_type const> new_rows) const;

  /// Writes the set fields of the patch; false if there is no such row. An empty patch changes nothing.
  bool update(key_type const& key, patch_type const& changes) const;

  /// Inserts the row, or, where one has the same primary key, writes the fields that are set over it; unset fields keep
  /// what is there. The row as the database has it.
  Row upsert(new_type const& new_row) const {
    return session_.one(detail::upsert_statement<Row, typename table<Row>::key>(new_row));
  }

  /// As above, where a row has the same unique columns. The primary key of a row that is there stays.
  template <class... Columns>
    requires(sizeof...(Columns) > 0)
  Row upsert(new_type const& new_row, Columns...)
  const {
    static_assert(
        can_upsert_on<Row, Columns...>(),
        "forge_db: upsert() requires columns of the primary key or of a unique constraint; name all of its columns");
    return session_.one(detail::upsert_statement<Row, column_list<Columns...>>(new_row));
  }

  /// False if there was no such row.
  bool remove(key_type const& key) const {
    return session_.execute(forge_db::remove<Row>().where(detail::key_equals<Row>(key))) > 0;
  }

  [[nodiscard]] std::int64_t count(filter_type const& filter = {}) const {
    return session_.one(detail::count_statement<Row>{{}, filter});
  }

  /// A page of the rows that the filter leaves, with their number. Rows that sort alike are ordered by key, so that
  /// pages do not overlap. Without a direction, the default sort has the spec's and every other is ascending. Throws
  /// invalid_value for page 0 and for a page size of 0 or above the spec's maximum.
  [[nodiscard]] page<Row> list(filter_type const& filter = {}, sort_type sort = traits::default_sort,
                               std::optional<direction> way = std::nullopt, offset_page asked = {}) const;

  [[nodiscard]] Session& session() const noexcept { return session_; }
  /// What every statement carries: nothing.
  [[nodiscard]] static constexpr detail::no_standing standing() noexcept { return {}; }

 private:
  Session& session_;
};

template <table_row Row, class Session>
Row repository<Row, Session>::get(key_type const& key) const {
  std::optional<Row> row = find(key);
  if (!row) detail::refuse_missing_row(table<Row>::name);
  return *std::move(row);
}

template <table_row Row, class Session>
std::int64_t repository<Row, Session>::insert_many(std::span<new_type const> new_rows) const {
  std::int64_t inserted = 0;
  detail::each_insert_group(
      new_rows, [&](std::span<new_type const> group) { inserted += session_.execute(forge_db::insert(group)); });
  return inserted;
}

template <table_row Row, class Session>
std::vector<Row> repository<Row, Session>::insert_many_returning(std::span<new_type const> new_rows) const {
  std::vector<Row> rows;
  rows.reserve(new_rows.size());
  detail::each_insert_group(new_rows, [&](std::span<new_type const> group) {
    session_.each(forge_db::insert(group).returning(), [&](Row const& row) { rows.push_back(row); });
  });
  return rows;
}

template <table_row Row, class Session>
bool repository<Row, Session>::update(key_type const& key, patch_type const& changes) const {
  if (detail::patch_source<Row>(changes).is_empty()) return exists(key);
  return session_.execute(forge_db::update<Row>().set(changes).where(detail::key_equals<Row>(key))) > 0;
}

template <table_row Row, class Session>
page<Row> repository<Row, Session>::list(filter_type const& filter, sort_type sort, std::optional<direction> way,
                                         offset_page asked) const {
  auto const window = detail::window_of(asked, traits::default_page_size, traits::max_page_size);
  direction const own = sort == traits::default_sort ? traits::default_direction : direction::ascending;
  std::size_t const place = detail::usable_sort(static_cast<std::size_t>(sort), traits::sorts::size);
  detail::list_statement<Row> const statement{{}, filter, place, way.value_or(own), window};
  return {session_.all(statement), count(filter), window.number(), static_cast<std::size_t>(window.limit)};
}

}  // namespace forge_db
