// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/decode.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/query/write_field.hpp>
#include <forge_db/repository/detail/column_field.hpp>
#include <forge_db/repository/detail/partial_row.hpp>
#include <forge_db/repository/detail/row_result.hpp>
#include <forge_db/repository/page.hpp>
#include <forge_db/repository/standing.hpp>

#include <cstdint>
#include <string>
#include <type_traits>

namespace forge_db {

template <class Row>
struct repository_traits;

namespace detail {

/// What the statements of a table with versions are written from: the row's own columns (`number`, `kept`), and those
/// of the table of versions (`of`, `number_there`, `kept_there`, `note`).
template <class Row>
struct version_parts {
  using columns = typename repository_traits<Row>::versions;
  using version = typename columns::version_type;
  using given = join_columns<column_list<typename columns::of, typename columns::number_there>,
                             typename columns::kept_there, column_or_none<typename columns::note>>;
  using inserted = partial_row<version, given>;
  static constexpr bool has_note = !std::is_void_v<typename columns::note>;

  template <class... C>
  static constexpr void names(sql_writer& out, column_list<C...>) {
    ((out.text(", "), out.text(C::quoted)), ...);
  }
  /// ` from versions where of = ?`, of rows that the repository reaches.
  static constexpr void of_row(sql_writer& out) {
    out.text(" from ");
    out.text(table<version>::quoted);
    out.text(" where ");
    out.text(columns::of::quoted);
    out.text(" = ");
    out.parameter();
    if constexpr (has_standing<Row>) {
      out.text(" and exists (select 1 from ");
      out.text(table<Row>::quoted);
      out.text(" where ");
      render_key(out, typename table<Row>::key{});
      sql_separator separate(" and ", " and ");
      render_standing<Row>(out, separate);
      out.text(")");
    }
  }
  template <class Sink>
  static void bind_of_row(Sink& sink, int& index, key_of<Row> const& key, standing<Row> const& conditions) {
    bind_key_part<typename columns::of>(sink, index++, key);
    if constexpr (has_standing<Row>) {
      bind_key(sink, index++, key, typename table<Row>::key{});
      bind_standing(sink, index, conditions);
    }
  }
};

/// Copies what a row holds to the table of versions, and answers its number; no row, and no copy, when a patch is given
/// that changes none of the kept columns, or the row is not there. Where writers do not exclude each other, the row is
/// locked: the next one waits, and sees the next number.
template <class Row>
struct keep_version : number_result {
  using parts = version_parts<Row>;
  using patch_type = typename table<Row>::patch_type;
  using kept = typename parts::columns::kept;
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool is_dynamic = true;

  key_of<Row> const& key;
  patch_type const* changes;  // null: in any case
  std::string const* note;
  [[no_unique_address]] standing<Row> conditions{};

  static void render(sql_writer& out, shape_mask const& mask) {
    out.text("insert into ");
    out.text(table<typename parts::version>::quoted);
    out.text(" (");
    parts::inserted::render_names(out);
    out.text(") select ");
    out.text(first_quoted(typename table<Row>::key{}));
    out.text(", ");
    out.text(parts::columns::number::quoted);
    parts::names(out, kept{});
    if (parts::has_note) out.text(", "), out.parameter();
    parts::inserted::render_filled(out);
    out.text(" from ");
    out.text(table<Row>::quoted);
    out.text(" where ");
    render_key(out, typename table<Row>::key{});
    sql_separator separate(" and ", " and ");
    render_standing<Row>(out, separate);
    if (!mask.none()) render_changed(out, mask, kept{});
    if (out.is_postgres()) out.text(" for update");
    out.text(" returning ");
    out.text(parts::columns::number_there::quoted);
  }
  [[nodiscard]] shape_mask mask() const { return mask_of(kept{}); }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_text(&keep_version::render, target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    if constexpr (parts::has_note) {
      if (note != nullptr) {
        sink.text(index++, *note);
      } else {
        sink.null(index++);
      }
    }
    parts::inserted::bind_filled(sink, index);
    bind_key(sink, index++, key, typename table<Row>::key{});
    bind_standing(sink, index, conditions);
    if (changes != nullptr) bind_changed(sink, index, kept{});
  }

 private:
  template <class Key>
  static constexpr std::string_view first_quoted(column_list<Key>) {
    return Key::quoted;
  }
  template <class... C>
  [[nodiscard]] shape_mask mask_of(column_list<C...>) const {
    shape_mask mask;
    if (changes != nullptr) (mask.set(C::index, is_set(patch_field<C>(*changes))), ...);
    return mask;
  }
  template <class... C>
  static void render_changed(sql_writer& out, shape_mask const& mask, column_list<C...>) {
    out.text(" and (");
    sql_separator either(" or ");
    auto const differs = [&](std::string_view quoted) {
      either(out);
      out.text(quoted);
      out.text(out.is_postgres() ? " is distinct from " : " is not ");
      out.parameter();
    };
    ((mask.test(C::index) ? differs(C::quoted) : void()), ...);
    out.text(")");
  }
  template <class Sink, class... C>
  void bind_changed(Sink& sink, int& index, column_list<C...>) const {
    (bind_field_of<C>(sink, index), ...);
  }
  template <class C, class Sink>
  void bind_field_of(Sink& sink, int& index) const {
    auto const& field = patch_field<C>(*changes);
    if (!is_set(field)) return;
    try {
      write_new<typename C::storage_type, void>(sink, index++, field);
    } catch (invalid_value const& refused) {
      name_refused(refused, table<Row>::name, C::name);
    }
  }
};

/// The versions of a row, the latest first: one of them, or a page.
template <class Row, bool One>
struct find_versions : whole_row_result<typename version_parts<Row>::version> {
  using parts = version_parts<Row>;
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = false;

  key_of<Row> const& key;
  std::int64_t number;  // of one
  row_window window;    // of a page
  [[no_unique_address]] standing<Row> conditions{};

  static constexpr void render(sql_writer& out) {
    out.text("select ");
    out.text(table<typename parts::version>::select_list);
    parts::of_row(out);
    if constexpr (One) {
      out.text(" and ");
      out.text(parts::columns::number_there::quoted);
      out.text(" = ");
      out.parameter();
    } else {
      out.text(" order by ");
      out.text(parts::columns::number_there::quoted);
      out.text(" desc limit ");
      out.parameter();
      out.text(" offset ");
      out.parameter();
    }
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    parts::bind_of_row(sink, index, key, conditions);
    sink.int64(index, One ? number : window.limit);
    if constexpr (!One) sink.int64(index + 1, window.offset);
  }
};

/// How many versions of a row there are.
template <class Row>
struct count_versions : number_result {
  using parts = version_parts<Row>;
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = false;

  key_of<Row> const& key;
  [[no_unique_address]] standing<Row> conditions{};

  static constexpr void render(sql_writer& out) {
    out.text("select count(*)");
    parts::of_row(out);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    parts::bind_of_row(sink, index, key, conditions);
  }
};

/// Removes all but the latest versions of a row.
template <class Row>
struct prune_versions {
  using parts = version_parts<Row>;
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = false;
  static constexpr bool is_dynamic = false;
  using row_type = void;

  key_of<Row> const& key;
  std::int64_t keep;
  [[no_unique_address]] standing<Row> conditions{};

  static constexpr void render(sql_writer& out) {
    std::string_view const number = parts::columns::number_there::quoted;
    out.text("delete");
    parts::of_row(out);
    out.text(" and ");
    out.text(number);
    out.text(" <= (select ");
    out.text(number);
    out.text(" from ");
    out.text(table<typename parts::version>::quoted);
    out.text(" where ");
    out.text(parts::columns::of::quoted);
    out.text(" = ");
    out.parameter();
    out.text(" order by ");
    out.text(number);
    out.text(" desc limit 1 offset ");
    out.parameter();
    out.text(")");
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    parts::bind_of_row(sink, index, key, conditions);
    bind_key_part<typename parts::columns::of>(sink, index++, key);
    sink.int64(index, keep);
  }
};

}  // namespace detail
}  // namespace forge_db
