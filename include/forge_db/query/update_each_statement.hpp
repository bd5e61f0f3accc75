// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/row_version.hpp>
#include <forge_db/query/detail/shifted_sink.hpp>
#include <forge_db/query/grouping.hpp>
#include <forge_db/query/patch_source.hpp>
#include <forge_db/query/qualified_projection.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/returning.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/query/update_cells.hpp>

#include <array>
#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>

namespace forge_db {

/// An update of many rows by one statement, each by its element of a span; see update_each().
template <class Row, class Element, class Keys, class Sets, class Where = detail::every_row,
          class Projection = detail::no_rows>
class update_each_statement;

template <class Row, class Element, class... Keys, class... Sets, class Where, class Projection>
class update_each_statement<Row, Element, detail::span_field_list<Keys...>, detail::span_field_list<Sets...>, Where,
                            Projection> {
  using keys = detail::span_field_list<Keys...>;
  using sets = detail::span_field_list<Sets...>;
  static constexpr std::size_t flags = ((detail::keeps_by_flag<Sets, Element> ? 1U : 0U) + ... + 0U);
  static constexpr std::size_t cells = sizeof...(Keys) + sizeof...(Sets) + flags;
  /// Whoever sets the version himself means it.
  static constexpr bool adds_version = [] {
    if constexpr (detail::has_optimistic_lock<Row>) {
      return !detail::contains_column<typename table<Row>::optimistic_lock>(column_list<typename Sets::column...>{});
    } else {
      return false;
    }
  }();
  static_assert(cells <= 100,
                "forge_db: set() of a span requires at most 100 values a row, two for each patch; split the update");

 public:
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = Projection::returns_rows;
  static constexpr bool is_dynamic = false;
  using row_type = typename Projection::row_type;
  template <class Reader>
  using view_type = typename Projection::template view_type<Reader>;

  explicit update_each_statement(detail::held_span rows, Where where = {})
      : rows_(std::move(rows)), where_(std::move(where)) {
    rows_.source.columns = static_cast<int>(cells);
    rows_.source.cell = &detail::update_cell<Element, keys, sets>;
  }

  /// Of the rows that are named, only those that satisfy the condition.
  template <class P>
  [[nodiscard]] auto where(P condition) const {
    static_assert(std::same_as<Where, detail::every_row>,
                  "forge_db: where() requires to be the only one; join conditions by &&");
    static_assert(detail::check_where<P, Row>());
    return update_each_statement<Row, Element, keys, sets, P, Projection>(rows_, std::move(condition));
  }

  /// The changed rows, as they are after the update, in no order that is promised.
  [[nodiscard]] auto returning() const {
    static_assert(!returns_rows, "forge_db: returning() requires to be the only one; remove the other");
    using projection = detail::qualified_projection<detail::whole_row<Row>>;
    return update_each_statement<Row, Element, keys, sets, Where, projection>(rows_, where_);
  }
  template <class... Items>
    requires(sizeof...(Items) > 0)
  [[nodiscard]] auto returning(Items... items) const {
    static_assert(!returns_rows, "forge_db: returning() requires to be the only one; remove the other");
    return returning_of<Row, true>(*this, std::move(items)...);
  }

  static constexpr void render(sql_writer& out) {
    out.text("update ");
    out.text(table<Row>::quoted);
    out.text(" set ");
    out.qualify(true);
    sql_separator separate;
    std::size_t cell = sizeof...(Keys);
    std::size_t flag = sizeof...(Keys) + sizeof...(Sets);
    ((separate(out), render_set<Sets>(out, cell++, flag)), ...);
    render_refreshed(out, separate, typename table<Row>::on_update_now{});
    if constexpr (adds_version) {
      separate(out);
      detail::render_next_version<Row>(out);
    }
    out.text(" from ");
    detail::render_span_cells(out, arrays(), true);
    sql_separator also(" and ", " where ");
    cell = 0;
    ((also(out), render_key<Keys>(out, cell++)), ...);
    if constexpr (predicate<Where>) {
      also(out);
      detail::render_operand_of<Where, 2>(out);
    }
    if constexpr (returns_rows) {
      out.text(" returning ");
      Projection::render(out);
    }
    out.qualify(false);
  }

  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    bind_refreshed(sink, index, typename table<Row>::on_update_now{});
    sink.span(index, rows_.source);
    index += detail::parameters_of<Sink>(rows_.source);
    where_.bind(sink, index);
  }
  template <class Reader, class Result>
  static void decode(Reader& reader, Result& result) {
    Projection::decode(reader, result);
  }

 private:
  static constexpr auto arrays() {
    std::array<std::string_view, cells> result{};
    std::size_t i = 0;
    ((result[i++] = detail::postgres_array<typename Keys::column::storage_type>()), ...);
    ((result[i++] = detail::postgres_array<typename Sets::column::storage_type>()), ...);
    while (i < cells) result[i++] = detail::postgres_array<storage::boolean>();
    return result;
  }

  template <class F>
  static constexpr void render_set(sql_writer& out, std::size_t cell, std::size_t& flag) {
    using column = typename F::column;
    out.text(column::quoted);
    out.text(" = ");
    if constexpr (detail::keeps_by_flag<F, Element>) {
      out.text("case when ");
      detail::render_cell(out, flag++);
      out.text(" then ");
      detail::render_cell(out, cell);
      out.text(" else ");
      column_ref<column>::render(out);
      out.text(" end");
    } else if constexpr (detail::keeps_by_null<F, Element>) {
      out.text("coalesce(");
      detail::render_cell(out, cell);
      out.text(", ");
      column_ref<column>::render(out);
      out.text(")");
    } else {
      detail::render_cell(out, cell);
    }
  }
  template <class F>
  static constexpr void render_key(sql_writer& out, std::size_t cell) {
    column_ref<typename F::column>::render(out);
    out.text(" = ");
    detail::render_cell(out, cell);
  }

  template <class C>
  static constexpr bool is_refreshed = !detail::contains_column<C>(column_list<typename Sets::column...>{});
  template <class... C>
  static constexpr void render_refreshed(sql_writer& out, sql_separator& separate, column_list<C...>) {
    ((is_refreshed<C> ? detail::render_placeholders(out, separate, column_list<C>{}) : void()), ...);
  }
  template <class Sink, class... C>
  static void bind_refreshed(Sink& sink, int& index, column_list<C...>) {
    ((is_refreshed<C> ? detail::bind_now<C>(sink, index) : void()), ...);
  }

  detail::held_span rows_;
  [[no_unique_address]] Where where_;
};

}  // namespace forge_db
