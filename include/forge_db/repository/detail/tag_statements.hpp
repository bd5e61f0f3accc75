// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/row_version.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/query/text_match.hpp>
#include <forge_db/repository/detail/partial_row.hpp>
#include <forge_db/repository/find_statement.hpp>
#include <forge_db/repository/list_statement.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Changes of a JSON list of tags, each within one statement: no list is read, changed and written back.
namespace forge_db {

/// A tag, and how many rows have it.
struct tag_count {
  std::string tag{};
  std::int64_t rows = 0;
};

namespace detail {

/// What stands for a list: NULL is an empty one.
template <class C>
struct tag_column {
  using row = typename C::row_type;

  static constexpr void stored(sql_writer& out) {
    out.text(table<row>::quoted);
    out.text(".");
    out.text(C::quoted);
  }
  /// The items of the list. On SQLite, what is no list stops the statement, so that it is not written over.
  static constexpr void items(sql_writer& out) {
    if (out.is_postgres()) {
      out.text("jsonb_array_elements_text(coalesce(");
      stored(out);
      out.text(", '[]')) with ordinality as forge_item (value, key)");
      return;
    }
    out.text("json_each(case when ");
    stored(out);
    out.text(" is null then '[]' when json_type(");
    stored(out);
    out.text(") = 'array' then ");
    stored(out);
    out.text(" else 'no list' end)");
  }
  /// `"tags" = ` the list of the values that `select` writes as (value, place), by place.
  template <class Select>
  static constexpr void assign(sql_writer& out, Select select) {
    out.text(C::quoted);
    out.text(" = ");
    if (C::nullable) out.text("nullif(");
    out.text(out.is_postgres() ? "coalesce((select jsonb_agg(value order by place) from ("
                               : "(select json_group_array(value) from (");
    select();
    out.text(out.is_postgres() ? ") as forge_list), '[]')" : " order by place))");
    if (C::nullable) out.text(", '[]')");
    render_refreshed(out, typename table<row>::on_update_now{});
    if constexpr (has_optimistic_lock<row>) {
      out.text(", ");
      render_next_version<row>(out);
    }
  }
  /// The tags that are given as a JSON list.
  static constexpr void given(sql_writer& out) {
    out.text(out.is_postgres() ? "jsonb_array_elements_text(" : "json_each(");
    out.parameter();
    out.text(out.is_postgres() ? "::jsonb) with ordinality as forge_given (value, key)" : ")");
  }
};

/// A change of one row's list by some tags.
template <class C>
struct tags_of_row {
  using row = typename C::row_type;
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = false;
  static constexpr bool is_dynamic = false;
  using row_type = void;

  key_of<row> const& key;
  std::string const& tags;
  [[no_unique_address]] standing<row> conditions{};

  template <class Select>
  static constexpr void render_change(sql_writer& out, Select select) {
    out.text("update ");
    out.text(table<row>::quoted);
    out.text(" set ");
    tag_column<C>::assign(out, select);
    render_where_key<row>(out, {});
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    sink.text(index++, tags);
    bind_refreshed(sink, index, typename table<row>::on_update_now{});
    bind_values(sink, index, key_tuple(), typename table<row>::key{});
    bind_standing(sink, index, conditions);
  }

 private:
  values_of<typename table<row>::key> key_tuple() const {
    if constexpr (table<row>::key::size == 1) {
      return values_of<typename table<row>::key>(key);
    } else {
      return key;
    }
  }
};

/// Appends the tags that are not in the list yet.
template <class C>
struct add_tags_statement : tags_of_row<C> {
  static constexpr void render(sql_writer& out) {
    tags_of_row<C>::render_change(out, [&] {
      out.text("select value, min(place) as place from (select value, key as place from ");
      tag_column<C>::items(out);
      out.text(" union all select value, 1000000000 + key from ");
      tag_column<C>::given(out);
      out.text(out.is_postgres() ? ") as forge_both group by value" : ") group by value");
    });
  }
};

/// Takes the tags out of the list.
template <class C>
struct remove_tags_statement : tags_of_row<C> {
  static constexpr void render(sql_writer& out) {
    tags_of_row<C>::render_change(out, [&] {
      out.text("select value, key as place from ");
      tag_column<C>::items(out);
      out.text(" where value not in (select value from ");
      tag_column<C>::given(out);
      out.text(")");
    });
  }
};

/// Puts one tag in the place of another one, in all rows.
template <class C>
struct rename_tag_statement {
  using row = typename C::row_type;
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = false;
  static constexpr bool is_dynamic = false;
  using row_type = void;

  std::string const& from;
  std::string const& to;
  [[no_unique_address]] standing<row> conditions{};

  static constexpr void render(sql_writer& out) {
    out.text("update ");
    out.text(table<row>::quoted);
    out.text(" set ");
    tag_column<C>::assign(out, [&] {
      std::string_view const cast = out.is_postgres() ? "::text" : "";
      out.text("select value, min(place) as place from (select case value when ");
      out.parameter();
      out.text(cast);
      out.text(" then ");
      out.parameter();
      out.text(cast);
      out.text(" else value end as value, key as place from ");
      tag_column<C>::items(out);
      out.text(out.is_postgres() ? ") as forge_renamed group by value" : ") group by value");
    });
    sql_separator separate(" and ", " where ");
    render_standing<row>(out, separate);
    separate(out);
    render_has(out, table<row>::quoted, C::quoted);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    sink.text(index++, from);
    sink.text(index++, to);
    bind_refreshed(sink, index, typename table<row>::on_update_now{});
    bind_standing(sink, index, conditions);
    sink.text(index, from);
  }
};

inline void render_tag_counts(sql_writer& out, list_pieces const& pieces, std::string_view column,
                              shape_mask const& mask) {
  bool const postgres = out.is_postgres();
  out.text("select value, count(*) from (select ");
  out.text(column);
  out.text(" as forge_list from ");
  out.text(pieces.quoted_table);
  render_conditions(out, pieces, mask);
  out.text(postgres
               ? ") as forge_rows cross join lateral jsonb_array_elements_text(case when jsonb_typeof(forge_list) = "
                 "'array' then forge_list else '[]' end) as forge_item (value) group by value order by count(*) "
                 "desc, value collate \"C\" limit "
               : "), json_each(case when json_valid(forge_list) then case when json_type(forge_list) = 'array' then "
                 "forge_list else '[]' end else '[]' end) where type = 'text' group by value order by count(*) desc, "
                 "value limit ");
  out.parameter();
}

/// The tags of the rows that a filter leaves, the most used first.
template <class C>
struct count_tags_statement {
  using row = typename C::row_type;
  using traits = repository_traits<row>;
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = true;
  using row_type = tag_count;

  typename traits::filter_type const& filter;
  std::int64_t limit;
  [[no_unique_address]] standing<row> conditions{};

  [[nodiscard]] shape_mask mask() const { return mark_conditions(filter, typename traits::filters{}, conditions); }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_text(
        [](sql_writer& out, shape_mask const& of) { render_tag_counts(out, pieces_of<row>, C::quoted, of); }, target,
        mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    sink.int64(bind_conditions<row>(sink, filter, typename traits::filters{}, conditions), limit);
  }
  template <class Reader>
  static void decode(Reader& reader, tag_count& found) {
    found.tag.assign(reader.text(0));
    found.rows = reader.int64(1);
  }
};

}  // namespace detail
}  // namespace forge_db
