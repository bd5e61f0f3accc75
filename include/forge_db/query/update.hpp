// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/clause_list.hpp>
#include <forge_db/query/column_operations.hpp>
#include <forge_db/query/condition.hpp>
#include <forge_db/query/patch_source.hpp>
#include <forge_db/query/projection.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>

#include <concepts>
#include <string>
#include <utility>

namespace forge_db {

/// An update statement; start one with update<Row>().set(...). It needs where() or all_rows() before it can run.
/// Columns with `on_update: now` are set too, unless the assignments name them.
template <class Row, class Source, class Where = detail::not_said, class Projection = detail::no_rows>
class update_statement {
 public:
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = Projection::returns_rows;
  static constexpr bool is_dynamic = Source::is_dynamic;
  static constexpr bool says_which_rows = !std::same_as<Where, detail::not_said>;
  using row_type = typename Projection::row_type;
  template <class Reader>
  using view_type = typename Projection::template view_type<Reader>;

  explicit update_statement(Source source, Where where = {}) : source_(std::move(source)), where_(std::move(where)) {}

  template <class P>
  [[nodiscard]] auto where(P condition) const {
    static_assert(!says_which_rows, "forge_db: where() requires to be the only one; join conditions by &&");
    static_assert(detail::check_where<P, Row>());
    return update_statement<Row, Source, P, Projection>(source_, std::move(condition));
  }

  /// Every row of the table is meant.
  [[nodiscard]] auto all_rows() const {
    static_assert(!says_which_rows, "forge_db: all_rows() requires that there is no where(); say one of them");
    return update_statement<Row, Source, detail::every_row, Projection>(source_);
  }

  /// The changed rows, as they are after the update.
  [[nodiscard]] auto returning() const {
    static_assert(!returns_rows, "forge_db: returning() requires to be the only one; remove the other");
    return update_statement<Row, Source, Where, detail::whole_row<Row>>(source_, where_);
  }
  template <column_tag... Columns>
    requires(sizeof...(Columns) > 0)
  [[nodiscard]] auto returning(Columns...) const {
    static_assert(!returns_rows, "forge_db: returning() requires to be the only one; remove the other");
    static_assert(detail::some_columns<Columns...>::template belongs_to<Row>(),
                  "forge_db: returning() requires columns of the table; leave the others out");
    return update_statement<Row, Source, Where, detail::some_columns<Columns...>>(source_, where_);
  }
  /// Expressions too, by query/returning.hpp.
  template <class... Items>
    requires(sizeof...(Items) > 0 && !(column_tag<Items> && ...))
  [[nodiscard]] auto returning(Items... items) const {
    static_assert(!returns_rows, "forge_db: returning() requires to be the only one; remove the other");
    return detail::returning_items<Row>(*this, std::move(items)...);
  }

  static constexpr void render(sql_writer& out, shape_mask const& mask = {}) {
    static_assert(says_which_rows,
                  "forge_db: update requires where(); say .all_rows() to change every row of the table");
    out.text("update ");
    out.text(table<Row>::quoted);
    out.text(" set ");
    Source::render(out, mask);
    detail::render_where<Where>(out);
    if constexpr (returns_rows) {
      out.text(" returning ");
      Projection::render(out);
    }
  }

  [[nodiscard]] shape_mask mask() const { return source_.mask(); }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return detail::join_text(&update_statement::render, target, mask);
  }

  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    source_.bind(sink, index);
    where_.bind(sink, index);
  }

  template <class Reader, class Result>
  static void decode(Reader& reader, Result& result) {
    Projection::decode(reader, result);
  }

 private:
  [[no_unique_address]] Source source_;
  [[no_unique_address]] Where where_;
};

/// What update<Row>() gives.
template <class Row>
struct update_start {
  /// From other tables, which query/update_from.hpp knows: say it before set(). The condition names the rows that go
  /// together.
  template <table_row Other, class On>
  [[nodiscard]] auto from(On on) const {
    constexpr bool known = requires { update_from_table<Row, Other>(on); };
    static_assert(known, "forge_db: from() of an update requires <forge_db/query/update_from.hpp>; include it");
    if constexpr (known) return update_from_table<Row, Other>(std::move(on));
  }
  template <class Source, class On>
  [[nodiscard]] auto from(Source const& source, On on) const {
    constexpr bool known = requires { update_from_source<Row>(source, on); };
    static_assert(known, "forge_db: from() of an update requires <forge_db/query/update_from.hpp>; include it");
    if constexpr (known) return update_from_source<Row>(source, std::move(on));
  }

  /// `set(books::title = title, books::score = null)`, or one patch struct, of which the set fields are written.
  template <class... Assignments>
  [[nodiscard]] auto set(Assignments&&... assignments) const {
    static_assert(
        sizeof...(Assignments) > 0,
        "forge_db: set() requires assignments, such as books::title = title, or a patch; write column = value");
    if constexpr (sizeof...(Assignments) == 1 &&
                  (std::same_as<std::remove_cvref_t<Assignments>, typename table<Row>::patch_type> && ...)) {
      using source = detail::patch_source<Row>;
      return update_statement<Row, source>(source(std::forward<Assignments>(assignments)...));
    } else {
      constexpr bool valid = (is_assignment<std::remove_cvref_t<Assignments>> && ...);
      static_assert(valid,
                    "forge_db: set() requires assignments of the form column = value, or a patch of the updated table; "
                    "write column = value");
      if constexpr (valid) {
        static_assert((columns_belong_to<std::remove_cvref_t<Assignments>, Row>() && ...),
                      "forge_db: set() requires columns of the updated table; leave the others out");
        static_assert(detail::are_distinct(column_list<typename std::remove_cvref_t<Assignments>::column_type...>{}),
                      "forge_db: set() requires each column to be assigned once; remove one assignment");
        using source = detail::assignment_source<Row, std::remove_cvref_t<Assignments>...>;
        return update_statement<Row, source>(source(std::forward<Assignments>(assignments)...));
      }
    }
  }
};

template <table_row Row>
[[nodiscard]] constexpr update_start<Row> update() {
  static_assert(!view_row<Row>, "forge_db: update() requires a table; the row is of a view, which is only read");
  return {};
}

}  // namespace forge_db
