// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/insert_source.hpp>
#include <forge_db/repository/standing.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <utility>

// New rows of a table with a scope: the repository's tenant is written into each, whatever the row says.
namespace forge_db::detail {

/// Throws invalid_value unless the row leaves its tenant unset, or names this one.
template <class Row>
void require_tenant(typename table<Row>::new_type const& row, standing<Row> const& conditions) {
  using new_type = typename table<Row>::new_type;
  using scope = typename table<Row>::scope;
  auto const& field = field_at<scope::index>(fields_of<Row, source_columns<new_type>>(row));
  if (!field || *field == conditions.tenant) return;
  error_context context;
  context.table = table<Row>::name;
  context.column = scope::name;
  throw invalid_value("forge_db: insert() requires rows of the repository's tenant; leave the column unset",
                      std::move(context));
}

/// Binds the tenant over what bind_columns() bound for its column.
template <class Row, class Sink>
void bind_tenant(Sink& sink, typename table<Row>::new_type const& row, standing<Row> const& conditions) {
  using new_type = typename table<Row>::new_type;
  require_tenant<Row>(row, conditions);
  shape_mask const mask = insert_mask(row, written_columns<Row>{});
  int index = 1;
  for (std::size_t i = 0; i < table<Row>::scope::index; ++i) {
    if (!insert_pieces<new_type>[i].may_be_left_out || mask.test(i)) ++index;
  }
  bind_standing(sink, index, conditions);
}

template <class Source>
consteval auto make_scoped_pieces() {
  auto pieces = insert_pieces<Source>;
  pieces[table<source_row_t<Source>>::scope::index].one_for_all = true;
  return pieces;
}

/// A span of new rows as one parameter, and the tenant as another one.
template <class Source>
class scoped_rows {
  using row = source_row_t<Source>;
  static constexpr auto pieces = make_scoped_pieces<Source>();

 public:
  using source_type = Source;

  /// Borrows both. Throws invalid_value for rows of another tenant.
  scoped_rows(std::span<Source const> rows, standing<row> const& conditions)
      : rows_(borrow_span(rows.data(), rows.size(), static_cast<int>(written_columns<row>::size), &row_cell<Source>)),
        conditions_(conditions) {
    for (Source const& one : rows) require_tenant<row>(one, conditions);
  }

  static constexpr void render(sql_writer& out, shape_mask const& mask) {
    out.text(" (");
    render_insert_columns<Source>(out, mask);
    out.text(") select ");
    render_insert_values(out, pieces, mask, table<row>::quoted, true);
    out.text(" from ");
    render_span_rows(out, pieces);
  }
  static constexpr std::string_view before_conflict = many_rows<Source>::before_conflict;

  [[nodiscard]] shape_mask mask() const { return rows_.mask(); }

  template <class Sink>
  void bind(Sink& sink, int index) const {
    bind_standing(sink, index, conditions_);
    rows_.bind(sink, index);
  }

 private:
  many_rows<Source> rows_;
  standing<row> conditions_;
};

}  // namespace forge_db::detail
