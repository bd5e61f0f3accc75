// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/concatenated.hpp>
#include <forge_db/query/detail/insert_piece.hpp>
#include <forge_db/query/in_span.hpp>
#include <forge_db/query/projection.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/query/write_field.hpp>
#include <forge_db/repository/detail/atomically.hpp>
#include <forge_db/repository/detail/link_columns.hpp>
#include <forge_db/repository/key.hpp>
#include <forge_db/repository/relation.hpp>
#include <forge_db/repository/relation_functions.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace forge_db {

/// What set_links() did.
struct links_changed {
  std::int64_t removed = 0;
  std::int64_t added = 0;

  friend bool operator==(links_changed const&, links_changed const&) = default;
};

namespace detail {

/// The other rows' keys as a table: a column each, and behind them the defaults of the link's other columns.
template <class Tag>
struct other_keys {
  using key_type = key_of<typename Tag::related_type>;

  static void cell(void const* element, int column, cell_sink& sink) {
    write(*static_cast<key_type const*>(element), column, sink, typename Tag::link_from{}, filled_link_columns<Tag>{});
  }
  template <class... Keys, class... Filled>
  static void write(key_type const& key, int column, cell_sink& sink, column_list<Keys...> keys,
                    column_list<Filled...>) {
    int place = static_cast<int>(sizeof...(Keys));
    if (column < place) return write_key(key, column, sink, keys);
    static_cast<void>(((place++ == column && (write_default<Filled>(sink, 1), true)) || ...));
  }
  template <class C>
  static void write_key(key_type const& key, int, cell_sink& sink, column_list<C>) {
    bind_key_part<C>(sink, 1, key);
  }
  template <class... C>
  static void write_key(key_type const& key, int column, cell_sink& sink, column_list<C...>) {
    int place = 0;
    std::apply(
        [&](auto const&... part) {
          static_cast<void>(((place++ == column && (bind_key_part<C>(sink, 1, part), true)) || ...));
        },
        key);
  }

  static span_source of(std::span<key_type const> keys) {
    constexpr std::size_t columns = Tag::link_from::size + filled_link_columns<Tag>::size;
    return {keys.data(), keys.size(), sizeof(key_type), static_cast<int>(columns), &cell};
  }
};

template <class... Columns>
constexpr void render_plain_names(sql_writer& out, sql_separator& separate, column_list<Columns...>) {
  ((separate(out), out.text(Columns::quoted)), ...);
}

/// ` from <the other keys>`, as c0, c1, ...
template <class... Columns>
constexpr void render_other_keys(sql_writer& out, column_list<Columns...>) {
  out.text(" from ");
  if (!out.is_postgres()) {
    out.text("forge_span(");
    out.parameter();
    out.text(")");
    return;
  }
  out.text("unnest(");
  sql_separator separate;
  ((separate(out), out.parameter(), out.text(postgres_array<typename Columns::storage_type>())), ...);
  out.text(") as _others(");
  sql_separator separate_names;
  for (std::size_t i = 0; i < sizeof...(Columns); ++i) {
    separate_names(out);
    out.text("c");
    out.number(i);
  }
  out.text(")");
}

constexpr void render_numbered(sql_writer& out, sql_separator& separate, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    separate(out);
    out.text("c");
    out.number(i);
  }
}

/// Links a row to others; what is linked already stays as it is.
template <class Tag>
struct link_statement : no_rows {
  using link_type = typename Tag::link_type;
  using filled = filled_link_columns<Tag>;

  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool is_dynamic = false;

  key_of<typename Tag::row_type> const& key;
  span_source others;

  static constexpr void render(sql_writer& out) {
    out.text("insert into ");
    out.text(table<link_type>::quoted);
    out.text(" (");
    sql_separator separate;
    render_plain_names(out, separate, link_columns<Tag>{});
    render_plain_names(out, separate, filled{});
    out.text(") select ");
    sql_separator separate_values;
    for (std::size_t i = 0; i < Tag::to::size; ++i) {
      separate_values(out);
      out.parameter();
    }
    render_numbered(out, separate_values, Tag::link_from::size + filled::size);
    render_other_keys(out, decltype(concatenated(typename Tag::link_from{}, filled{})){});
    out.text(" where true on conflict (");  // SQLite would read `on` as the beginning of a join's condition
    sql_separator separate_target;
    render_plain_names(out, separate_target, link_columns<Tag>{});
    out.text(") do nothing");
  }
  template <class Sink>
  void bind(Sink& sink) const {
    bind_key(sink, 1, key, typename Tag::to{});
    sink.span(1 + static_cast<int>(Tag::to::size), others);
  }
};

/// Removes the links of a row: to all others but these, or to these.
template <class Tag, bool Kept>
struct unlink_statement : no_rows {
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool is_dynamic = false;

  key_of<typename Tag::row_type> const& key;
  span_source others;

  static constexpr void render(sql_writer& out) {
    out.text("delete from ");
    out.text(table<typename Tag::link_type>::quoted);
    out.text(" where ");
    render_key(out, typename Tag::to{});
    out.text(" and (");
    sql_separator separate;
    render_plain_names(out, separate, typename Tag::link_from{});
    out.text(Kept ? ") not in (select " : ") in (select ");
    sql_separator separate_numbers;
    render_numbered(out, separate_numbers, Tag::link_from::size);
    render_other_keys(out, typename Tag::link_from{});
    out.text(")");
  }
  template <class Sink>
  void bind(Sink& sink) const {
    bind_key(sink, 1, key, typename Tag::to{});
    sink.span(1 + static_cast<int>(Tag::to::size), others);
  }
};

}  // namespace detail

template <class Repository>
template <class Key, class Relation, class Other>
bool relation_functions<Repository>::link(Key const& key, Relation, Other const& other) const {
  using row = typename Repository::row_type;
  static_assert(detail::check_link<row, Relation, Key, Other>());
  key_of<row> const own = detail::key_of_row<row>(key);
  auto const to = detail::key_of_row<typename Relation::related_type>(other);
  return self().session().execute(
             detail::link_statement<Relation>{{}, own, detail::other_keys<Relation>::of(std::span(&to, 1))}) > 0;
}

template <class Repository>
template <class Key, class Relation, class Other>
bool relation_functions<Repository>::unlink(Key const& key, Relation, Other const& other) const {
  using row = typename Repository::row_type;
  static_assert(detail::check_link<row, Relation, Key, Other>());
  key_of<row> const own = detail::key_of_row<row>(key);
  auto const to = detail::key_of_row<typename Relation::related_type>(other);
  return self().session().execute(detail::unlink_statement<Relation, false>{
             {}, own, detail::other_keys<Relation>::of(std::span(&to, 1))}) > 0;
}

template <class Repository>
template <class Key, class Relation, class Others>
auto relation_functions<Repository>::set_links(Key const& key, Relation, Others const& others) const {
  using row = typename Repository::row_type;
  using other = detail::element_of<Others const>;
  using other_key = key_of<typename Relation::related_type>;
  static_assert(detail::check_link<row, Relation, Key, other>());
  key_of<row> const own = detail::key_of_row<row>(key);
  std::vector<other_key> keys;
  keys.reserve(std::size(others));
  for (other const& one : others) keys.push_back(detail::key_of_row<typename Relation::related_type>(one));
  span_source const source = detail::other_keys<Relation>::of(keys);
  return detail::atomically(self().session(), [&] {
    links_changed done;
    done.removed = self().session().execute(detail::unlink_statement<Relation, true>{{}, own, source});
    done.added = self().session().execute(detail::link_statement<Relation>{{}, own, source});
    return done;
  });
}

}  // namespace forge_db
