// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/conflict.hpp>
#include <forge_db/query/detail/columns.hpp>
#include <forge_db/query/detail/insert_piece.hpp>
#include <forge_db/query/detail/row_version.hpp>
#include <forge_db/query/in_span.hpp>
#include <forge_db/query/insert_source.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/shape_mask.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/seed/existing.hpp>

#include <cstddef>
#include <span>
#include <string>

namespace forge_db::seed::detail {

using forge_db::detail::contains_column;
using forge_db::detail::is_key_column;

// Which columns the text names: bit i for column i that is inserted, bit given_bit + i for one that the header names.
inline constexpr std::size_t given_bit = 128;

template <class C>
constexpr bool is_inserted(shape_mask const& mask) {
  return mask.test(C::index);
}
template <class C>
constexpr bool is_given(shape_mask const& mask) {
  return mask.test(given_bit + C::index);
}

/// What follows the rows of the insert.
template <class Row, class Existing>
struct conflict_text {
  static constexpr void render(sql_writer&, shape_mask const&) {}
};

template <class Row, class... Key>
struct conflict_text<Row, existing_skipped<Key...>> {
  static constexpr void render(sql_writer& out, shape_mask const&) {
    forge_db::detail::conflict_skips<column_list<Key...>>::render(out);
  }
};

template <class Row, class... Key>
struct conflict_text<Row, existing_updated<Key...>> {
  static constexpr void render(sql_writer& out, shape_mask const& mask) {
    if (!any_updated(mask, forge_db::detail::written_columns<Row>{})) {
      forge_db::detail::conflict_skips<column_list<Key...>>::render(out);
      return;
    }
    forge_db::detail::render_conflict_columns(out, column_list<Key...>{});
    out.text("do update set ");
    render_set(out, mask, forge_db::detail::written_columns<Row>{});
    out.text(" where ");
    render_differs(out, mask, forge_db::detail::written_columns<Row>{});
  }

 private:
  template <class C>
  static constexpr bool is_updated(shape_mask const& mask) {
    return is_given<C>(mask) && !contains_column<C>(column_list<Key...>{}) && !is_key_column<Row, C>;
  }
  template <class C>
  static constexpr bool is_refreshed(shape_mask const& mask) {
    return contains_column<C>(typename table<Row>::on_update_now{}) && is_inserted<C>(mask);
  }

  template <class... C>
  static constexpr bool any_updated(shape_mask const& mask, column_list<C...>) {
    return (is_updated<C>(mask) || ...);
  }
  template <class... C>
  static constexpr void render_set(sql_writer& out, shape_mask const& mask, column_list<C...>) {
    sql_separator separate;
    ((is_updated<C>(mask) || is_refreshed<C>(mask) ? (separate(out), forge_db::detail::render_excluded(out, C::quoted))
                                                   : void()),
     ...);
    if constexpr (forge_db::detail::has_optimistic_lock<Row>) {
      if (is_updated<typename table<Row>::optimistic_lock>(mask)) return;
      separate(out);
      forge_db::detail::render_next_version<Row>(out);
    }
  }
  /// True where a value differs, NULL being equal to NULL.
  template <class... C>
  static constexpr void render_differs(sql_writer& out, shape_mask const& mask, column_list<C...>) {
    sql_separator separate{" or "};
    ((is_updated<C>(mask) ? (separate(out), render_differs(out, C::quoted)) : void()), ...);
  }
  static constexpr void render_differs(sql_writer& out, std::string_view quoted) {
    out.text(table<Row>::quoted);
    out.text(".");
    out.text(quoted);
    out.text(out.is_postgres() ? " is distinct from excluded." : " is not excluded.");
    out.text(quoted);
  }
};

/// Any column may be missing from the text.
template <class Row>
consteval auto make_seed_pieces() {
  auto pieces = forge_db::detail::insert_pieces_of(forge_db::detail::written_columns<Row>{});
  for (auto& piece : pieces) piece.may_be_left_out = true;
  return pieces;
}
template <class Row>
inline constexpr auto seed_pieces = make_seed_pieces<Row>();

/// Inserts the rows of a text, of which only some columns are in the statement.
template <class Row, class Existing>
class seed_insert {
  using columns = forge_db::detail::written_columns<Row>;

 public:
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = false;
  static constexpr bool is_dynamic = true;
  using row_type = void;

  seed_insert(std::span<Row const> rows, shape_mask const& mask) noexcept : rows_(rows), mask_(mask) {}

  static constexpr void render(sql_writer& out, shape_mask const& mask) {
    out.text("insert into ");
    out.text(table<Row>::quoted);
    out.text(" (");
    forge_db::detail::render_insert_columns(out, seed_pieces<Row>, mask);
    out.text(") select ");
    forge_db::detail::render_insert_values(out, seed_pieces<Row>, mask, table<Row>::quoted, true);
    out.text(" from ");
    forge_db::detail::render_span_rows(out, seed_pieces<Row>);
    out.text(forge_db::detail::many_rows<Row>::before_conflict);
    conflict_text<Row, Existing>::render(out, mask);
  }

  [[nodiscard]] shape_mask mask() const { return mask_; }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return forge_db::detail::join_text(&seed_insert::render, target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    auto const held = forge_db::detail::borrow_span(rows_.data(), rows_.size(), static_cast<int>(columns::size),
                                                    &forge_db::detail::row_cell<Row>);
    sink.span(1, held.source);
  }

 private:
  std::span<Row const> rows_;
  shape_mask mask_;
};

}  // namespace forge_db::seed::detail
