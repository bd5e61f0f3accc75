// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/select.hpp>
#include <forge_db/repository/find_statement.hpp>
#include <forge_db/repository/list_statement.hpp>
#include <forge_db/repository/page.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace forge_db {

namespace detail {

/// What the statements of all tenants carry: which rows are seen.
template <class Row>
using unscoped_standing = standing_conditions<Row, false>;

template <class Row>
consteval list_pieces without_scope() {
  list_pieces pieces = pieces_of<Row>;
  pieces.standing.scope = {};
  return pieces;
}
template <class Row>
inline constexpr list_pieces unscoped_pieces_of = without_scope<Row>();

template <class Row>
struct unscoped_list_statement : list_statement<Row, unscoped_standing<Row>> {
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_pieces(&render_list, unscoped_pieces_of<Row>, target, mask);
  }
};
template <class Row>
struct unscoped_count_statement : count_statement<Row, unscoped_standing<Row>> {
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_pieces(&render_count, unscoped_pieces_of<Row>, target, mask);
  }
};

template <class Row>
struct unscoped_find_statement : whole_row_result<Row> {
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = true;

  key_of<Row> const& key;
  unscoped_standing<Row> conditions{};

  static void render(sql_writer& out, shape_mask const& mask) {
    out.text("select ");
    out.text(table<Row>::select_list);
    out.text(" from ");
    out.text(table<Row>::quoted);
    out.text(" where ");
    render_key(out, typename table<Row>::key{});
    sql_separator separate(" and ", " and ");
    render_standing(out, separate, table<Row>::quoted, unscoped_pieces_of<Row>.standing, mask);
  }
  [[nodiscard]] shape_mask mask() const { return mask_of(conditions.seen); }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_text(&unscoped_find_statement::render, target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    bind_key(sink, 1, key, typename table<Row>::key{});
  }
};

}  // namespace detail

/// Reads a table with a scope across all tenants: the one way out of the scope beside queries of your own, by a type
/// that has to be named. It writes nothing: what is to be written goes through the repository of one tenant, as in
///
///     for (auto const& app : unscoped<Document>(session).tenants()) DocumentRepository(session, app)...
///
/// It holds a reference to the session, throws what `repository` throws, and sees the living rows of a table with soft
/// deletion unless it is told otherwise.
template <table_row Row, class Session>
class unscoped_repository {
  static_assert(detail::has_scope<Row>, "forge_db: unscoped() requires a table with a scope; take its repository");
  using traits = repository_traits<Row>;

 public:
  using row_type = Row;
  using key_type = key_of<Row>;
  using filter_type = typename traits::filter_type;
  using sort_type = typename traits::sort_type;
  using tenant_type = typename table<Row>::scope::value_type;

  explicit unscoped_repository(Session& session, seen_rows seen = seen_rows::living) noexcept
      : session_(session), seen_(seen) {}

  [[nodiscard]] std::optional<Row> find(key_type const& key) const {
    return session_.first(detail::unscoped_find_statement<Row>{{}, key, {seen_}});
  }
  [[nodiscard]] std::int64_t count(filter_type const& filter = {}) const {
    return session_.one(detail::unscoped_count_statement<Row>{{{}, filter, {seen_}}});
  }
  /// As repository::list().
  [[nodiscard]] page<Row> list(filter_type const& filter = {}, sort_type sort = traits::default_sort,
                               std::optional<direction> way = std::nullopt, offset_page asked = {}) const {
    auto const window = detail::window_of(asked, traits::default_page_size, traits::max_page_size);
    direction const own = sort == traits::default_sort ? traits::default_direction : direction::ascending;
    std::size_t const place = detail::usable_sort(static_cast<std::size_t>(sort), traits::sorts::size);
    detail::unscoped_list_statement<Row> const statement{{{}, filter, place, way.value_or(own), window, {seen_}}};
    return {session_.all(statement), count(filter), window.number(), static_cast<std::size_t>(window.limit)};
  }

  /// Every tenant that has a row, deleted ones counted, in order.
  [[nodiscard]] std::vector<tenant_type> tenants() const {
    using scope = typename table<Row>::scope;
    std::vector<tenant_type> found;
    auto const rows = session_.all(select(scope{}).template from<Row>().distinct().order_by(scope{}.asc()));
    found.reserve(rows.size());
    for (auto const& [tenant] : rows) found.push_back(tenant);
    return found;
  }

  /// The same, seeing all rows of a table with soft deletion, or the deleted ones.
  [[nodiscard]] unscoped_repository with_deleted() const { return seeing(seen_rows::all); }
  [[nodiscard]] unscoped_repository only_deleted() const { return seeing(seen_rows::deleted); }

 private:
  [[nodiscard]] unscoped_repository seeing(seen_rows seen) const {
    static_assert(detail::has_soft_delete<Row>,
                  "forge_db: with_deleted() and only_deleted() require a table with soft_delete; all rows live");
    return unscoped_repository(session_, seen);
  }

  Session& session_;
  seen_rows seen_;
};

/// The unscoped repository of Row.
template <table_row Row, class Session>
[[nodiscard]] unscoped_repository<Row, Session> unscoped(Session& session) noexcept {
  return unscoped_repository<Row, Session>(session);
}

}  // namespace forge_db
