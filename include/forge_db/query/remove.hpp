// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/column_operations.hpp>
#include <forge_db/query/condition.hpp>
#include <forge_db/query/projection.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>

#include <concepts>
#include <utility>

namespace forge_db {

/// A delete statement; start one with remove<Row>(). It needs where() or all_rows() before it can run.
template <class Row, class Where = detail::not_said, class Projection = detail::no_rows>
class remove_statement {
 public:
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = Projection::returns_rows;
  static constexpr bool is_dynamic = false;
  static constexpr bool says_which_rows = !std::same_as<Where, detail::not_said>;
  using row_type = typename Projection::row_type;
  template <class Reader>
  using view_type = typename Projection::template view_type<Reader>;

  constexpr explicit remove_statement(Where where = {}) : where_(std::move(where)) {}

  template <class P>
  [[nodiscard]] constexpr auto where(P condition) const {
    static_assert(!says_which_rows, "forge_db: where() requires to be the only one; join conditions by &&");
    static_assert(detail::check_where<P, Row>());
    return remove_statement<Row, P, Projection>(std::move(condition));
  }

  /// Every row of the table is meant.
  [[nodiscard]] constexpr auto all_rows() const {
    static_assert(!says_which_rows, "forge_db: all_rows() requires that there is no where(); say one of them");
    return remove_statement<Row, detail::every_row, Projection>();
  }

  /// The removed rows, as they were.
  [[nodiscard]] constexpr auto returning() const {
    static_assert(!returns_rows, "forge_db: returning() requires to be the only one; remove the other");
    return remove_statement<Row, Where, detail::whole_row<Row>>(where_);
  }
  template <column_tag... Columns>
    requires(sizeof...(Columns) > 0)
  [[nodiscard]] constexpr auto returning(Columns...) const {
    static_assert(!returns_rows, "forge_db: returning() requires to be the only one; remove the other");
    static_assert(detail::some_columns<Columns...>::template belongs_to<Row>(),
                  "forge_db: returning() requires columns of the table; leave the others out");
    return remove_statement<Row, Where, detail::some_columns<Columns...>>(where_);
  }
  /// Expressions too, by query/returning.hpp.
  template <class... Items>
    requires(sizeof...(Items) > 0 && !(column_tag<Items> && ...))
  [[nodiscard]] constexpr auto returning(Items... items) const {
    static_assert(!returns_rows, "forge_db: returning() requires to be the only one; remove the other");
    return detail::returning_items<Row>(*this, std::move(items)...);
  }

  static constexpr void render(sql_writer& out) {
    static_assert(says_which_rows,
                  "forge_db: remove requires where(); say .all_rows() to remove every row of the table");
    out.text("delete from ");
    out.text(table<Row>::quoted);
    detail::render_where<Where>(out);
    if constexpr (returns_rows) {
      out.text(" returning ");
      Projection::render(out);
    }
  }

  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    where_.bind(sink, index);
  }

  template <class Reader, class Result>
  static void decode(Reader& reader, Result& result) {
    Projection::decode(reader, result);
  }

 private:
  [[no_unique_address]] Where where_;
};

template <table_row Row>
[[nodiscard]] constexpr auto remove() {
  static_assert(!view_row<Row>, "forge_db: remove() requires a table; the row is of a view, which is only read");
  return remove_statement<Row>();
}

}  // namespace forge_db
