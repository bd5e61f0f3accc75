// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/repository/find_statement.hpp>
#include <forge_db/repository/key.hpp>
#include <forge_db/repository/list_statement.hpp>
#include <forge_db/repository/page.hpp>
#include <forge_db/schema/table.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace forge_db {

namespace detail {

/// A view without a key: rows that sort alike are ordered by the other sort columns.
template <view_row Row>
  requires(table<Row>::key::size == 0)
inline constexpr auto key_sorts_of<Row> = sort_columns(typename repository_traits<Row>::sorts{});

inline void render_any(sql_writer& out, list_pieces const& pieces, shape_mask const& mask) {
  out.text("select 1 from ");
  out.text(pieces.quoted_table);
  render_conditions(out, pieces, mask);
  out.text(" limit 1");
}

/// One row if the filter leaves any, else none.
template <class Row>
struct any_statement : count_statement<Row> {
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_pieces(&render_any, pieces_of<Row>, target, mask);
  }
};

}  // namespace detail

/// True if the spec declares columns by which a row of the view is found.
template <view_row Row>
consteval bool has_key() {
  return table<Row>::key::size > 0;
}

/// Reads one view through a session; generated code derives `StockRepository<Session>` from it. There is nothing that
/// writes: an INSTEAD OF trigger is reached by SQL of yours.
///
/// It holds nothing but a reference to the session, and must not outlive it. All functions throw what the session
/// throws, and decode_error for a row that does not fit its struct: the database knows neither the types of a view's
/// columns nor which can be NULL. The key is what the spec names as one; the first row is taken where several have it.
// Not a base of `repository`: each table would pay for one more class.
template <view_row Row, class Session>
class view_repository {
  using traits = repository_traits<Row>;

 public:
  using row_type = Row;
  using key_type = key_of<Row>;
  using filter_type = typename traits::filter_type;
  using sort_type = typename traits::sort_type;

  explicit view_repository(Session& session) noexcept : session_(session) {}

  [[nodiscard]] std::optional<Row> find(key_type const& key) const {
    static_assert(has_key<Row>(), "forge_db: find() requires a view with a key; name it by 'key' in the spec, or list");
    return session_.first(detail::find_statement<Row>{{}, key});
  }

  /// Throws not_found if there is no such row.
  [[nodiscard]] Row get(key_type const& key) const;

  /// Whether the filter leaves any row.
  [[nodiscard]] bool exists(filter_type const& filter = {}) const {
    return session_.first(detail::any_statement<Row>{{{}, filter}}).has_value();
  }

  [[nodiscard]] std::int64_t count(filter_type const& filter = {}) const {
    return session_.one(detail::count_statement<Row>{{}, filter});
  }

  /// A page of the rows that the filter leaves, with their number. Rows that sort alike are ordered by the key, or
  /// without one by the other sort columns; pages overlap only where rows are alike in all of them. Without a
  /// direction, the default sort has the spec's and every other is ascending. Throws invalid_value for page 0 and for a
  /// page size of 0 or above the spec's maximum.
  [[nodiscard]] page<Row> list(filter_type const& filter = {}, sort_type sort = traits::default_sort,
                               std::optional<direction> way = std::nullopt, offset_page asked = {}) const;

  [[nodiscard]] Session& session() const noexcept { return session_; }
  /// What every statement carries: nothing.
  [[nodiscard]] static constexpr detail::no_standing standing() noexcept { return {}; }

 private:
  Session& session_;
};

template <view_row Row, class Session>
Row view_repository<Row, Session>::get(key_type const& key) const {
  std::optional<Row> row = find(key);
  if (!row) detail::refuse_missing_row(table<Row>::name);
  return *std::move(row);
}

template <view_row Row, class Session>
page<Row> view_repository<Row, Session>::list(filter_type const& filter, sort_type sort, std::optional<direction> way,
                                              offset_page asked) const {
  auto const window = detail::window_of(asked, traits::default_page_size, traits::max_page_size);
  direction const own = sort == traits::default_sort ? traits::default_direction : direction::ascending;
  std::size_t const place = detail::usable_sort(static_cast<std::size_t>(sort), traits::sorts::size);
  detail::list_statement<Row> const statement{{}, filter, place, way.value_or(own), window};
  return {session_.all(statement), count(filter), window.number(), static_cast<std::size_t>(window.limit)};
}

}  // namespace forge_db
