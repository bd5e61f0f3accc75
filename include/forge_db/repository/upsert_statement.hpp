// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/conflict.hpp>
#include <forge_db/query/insert_source.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/detail/row_result.hpp>
#include <forge_db/repository/scoped_insert.hpp>
#include <forge_db/repository/standing.hpp>

#include <string>

namespace forge_db::detail {

/// Inserts a row, or writes the fields that were set over the row that has the same Target columns. Fields that are
/// unset keep what is there: a default belongs to new rows. Columns that every update refreshes are refreshed. A row
/// that the table's standing conditions hide stays as it is, and then no row comes back.
template <class Row, class Target>
class upsert_statement : public whole_row_result<Row> {
  using new_type = typename table<Row>::new_type;
  using columns = written_columns<Row>;
  using refreshed = typename table<Row>::on_update_now;

 public:
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool is_dynamic = true;

  explicit upsert_statement(new_type const& row, standing<Row> const& conditions = {}) noexcept
      : row_(row), conditions_(conditions) {}

  static void render(sql_writer& out, shape_mask const& mask) {
    out.text("insert into ");
    out.text(table<Row>::quoted);
    render_new_row<new_type>(out, mask);
    out.text(" ");
    render_conflict(out, mask);
    out.text(" returning ");
    out.text(table<Row>::select_list);
  }
  /// From `on conflict` on, without what is returned.
  static void render_conflict(sql_writer& out, shape_mask const& mask) {
    render_conflict_columns(out, Target{});
    out.text("do update set ");
    render_updates(out, mask, columns{});
    render_visible(out);
  }

  [[nodiscard]] shape_mask mask() const { return mask_of(row_, columns{}); }
  /// A bit for each field that is set.
  [[nodiscard]] static shape_mask mask_of(new_type const& row) { return mask_of(row, columns{}); }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_text(&upsert_statement::render, target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    bind_columns(sink, 1, row_, columns{});
    if constexpr (has_scope<Row>) bind_tenant<Row>(sink, row_, conditions_);
  }

 private:
  /// Neither what found the row nor what names it is written over.
  template <class C>
  static constexpr bool may_change = !contains_column<C>(Target{}) && is_patched<Row, C>();

  template <class... C>
  static shape_mask mask_of(new_type const& row, column_list<C...>) {
    shape_mask mask;
    auto const fields = fields_of<Row, sizeof...(C)>(row);
    (mask.set(C::index, is_set(field_at<C::index>(fields))), ...);
    return mask;
  }

  template <class... C>
  static void render_updates(sql_writer& out, shape_mask const& mask, column_list<C...>) {
    sql_separator separate;
    std::size_t updates = 0;
    auto const update = [&](std::string_view quoted) {
      separate(out);
      render_excluded(out, quoted);
      ++updates;
    };
    ((may_change<C> && (mask.test(C::index) || contains_column<C>(refreshed{})) ? update(C::quoted) : void()), ...);
    if constexpr (has_optimistic_lock<Row>) {
      separate(out);
      render_next_version<Row>(out);
      ++updates;
    }
    // `do nothing` would not return the row.
    if (updates == 0) render_unchanged(out, Target{}, typename table<Row>::key{});
  }

  /// The new row's parameters are all of the statement: the tenant is compared with the new row's.
  static void render_visible([[maybe_unused]] sql_writer& out) {
    sql_separator separate(" and ", " where ");
    if constexpr (has_scope<Row>) {
      std::string_view const scope = table<Row>::scope::quoted;
      separate(out);
      render_existing(out, scope);
      out.text(" = excluded.");
      out.text(scope);
    }
    if constexpr (has_soft_delete<Row>) {
      using soft_delete = typename table<Row>::soft_delete;
      separate(out);
      render_existing(out, soft_delete::column::quoted);
      out.text(soft_delete::living);
    }
  }

  static void render_existing(sql_writer& out, std::string_view quoted) {
    out.text(table<Row>::quoted);
    out.text(".");
    out.text(quoted);
  }

  /// The first target keeps its value; a generated one cannot be set, so that the key does.
  template <class C, class... More, class Key, class... MoreKeys>
  static void render_unchanged(sql_writer& out, column_list<C, More...>, column_list<Key, MoreKeys...>) {
    if constexpr (!is_generated<C>) return render_excluded(out, C::quoted);
    out.text(Key::quoted);
    out.text(" = ");
    render_existing(out, Key::quoted);
  }

  new_type const& row_;
  [[no_unique_address]] standing<Row> conditions_;
};

}  // namespace forge_db::detail
