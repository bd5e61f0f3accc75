// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/statement_parts.hpp>
#include <forge_db/query/from.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/select_items.hpp>
#include <forge_db/query/statement.hpp>

#include <string>
#include <utility>

namespace forge_db {

/// A statement that changes rows, and what it answers of them: expressions, which have values of their own.
template <class Statement, class Row, class Items, bool Qualified = false>
class returning_statement {
  using from = from_list<Row>;

 public:
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = Statement::is_dynamic;
  using row_type = typename Items::template row_type<from>;
  template <class Reader>
  using view_type = detail::no_view<Reader>;

  constexpr returning_statement(Statement statement, Items items)
      : statement_(std::move(statement)), items_(std::move(items)) {}

  static constexpr void render(sql_writer& out, shape_mask const& mask = {}) {
    detail::render_statement<Statement>(out, mask);
    out.text(" returning ");
    out.qualify(Qualified);
    Items::template render<from>(out);
    out.qualify(false);
  }
  [[nodiscard]] shape_mask mask() const { return detail::mask_of_statement(statement_); }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return detail::join_text(&returning_statement::render, target, mask);
  }

  template <class Sink>
  void bind(Sink& sink) const {
    int index = detail::bind_first(sink, 1, [&](auto& first) { statement_.bind(first); });
    items_.bind(sink, index);
  }
  template <class Reader, class Result>
  static void decode(Reader& reader, Result& row) {
    Items::template decode<from>(reader, row);
  }

 private:
  Statement statement_;
  [[no_unique_address]] Items items_;
};

/// What returning(...) of an insert, update or remove makes of expressions; it finds this by its arguments. Qualified:
/// the statement has other tables, whose columns might have the same names.
template <class Row, bool Qualified = false, class Statement, class... Items>
[[nodiscard]] constexpr auto returning_of(Statement const& statement, Items... items) {
  constexpr bool selectable = (detail::is_selectable<Items> && ...);
  static_assert(
      selectable,
      "forge_db: returning() requires columns and expressions as its arguments; make values expressions by val()");
  if constexpr (selectable) {
    using list = detail::selected_items<void, decltype(detail::item_of(std::move(items)))...>;
    static_assert(list::template belongs_to<Row>(),
                  "forge_db: returning() requires columns of the table; leave the others out");
    static_assert(((decltype(detail::item_of(std::move(items)))::level == detail::level::row) && ...),
                  "forge_db: returning() requires expressions of one row; leave the aggregates out");
    return returning_statement<Statement, Row, list, Qualified>(
        statement, list{decltype(list::nodes)(detail::item_of(std::move(items))...)});
  }
}

}  // namespace forge_db
