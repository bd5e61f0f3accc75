// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/detail/columns.hpp>
#include <forge_db/query/detail/insert_piece.hpp>
#include <forge_db/query/detail/refused_value.hpp>
#include <forge_db/query/detail/row_fields.hpp>
#include <forge_db/query/in_span.hpp>
#include <forge_db/query/shape_mask.hpp>
#include <forge_db/query/sql_writer.hpp>
#include <forge_db/query/write_field.hpp>
#include <forge_db/schema/storage.hpp>
#include <forge_db/schema/table.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>

// Where the rows of an insert come from: one struct, or a span of them; and what of it is in the text.
namespace forge_db::detail {

/// The table of a row, or of a new row.
template <class Source>
consteval auto source_row() {
  if constexpr (names_its_row<Source>) {
    return std::type_identity<typename Source::row_type>{};
  } else {
    return std::type_identity<Source>{};
  }
}
template <class Source>
using source_row_t = typename decltype(source_row<Source>())::type;

/// True for what insert() takes: a row struct, or the new_type of one.
template <class Source>
concept insertable = table_row<source_row_t<Source>>;

/// True if column C may be missing from the text of an insert of Source.
template <class C, class Source>
inline constexpr bool may_be_left_out =
    names_its_row<Source>&& contains_column<C>(database_defaults<typename C::row_type>{});

/// Some column may be missing, so the text depends on the values.
template <class Source>
inline constexpr bool insert_is_dynamic = names_its_row<Source>&& database_defaults<source_row_t<Source>>::size > 0;

/// The columns that the fields of a Source hold: a row has the generated ones, too, behind the written ones.
template <class Source>
inline constexpr std::size_t source_columns =
    names_its_row<Source> ? written_columns<source_row_t<Source>>::size : table<source_row_t<Source>>::columns::size;

/// A bit for each column that may be left out, and is not.
template <class Source, class... Columns>
shape_mask insert_mask(Source const& source, column_list<Columns...>) {
  shape_mask mask;
  if constexpr (insert_is_dynamic<Source>) {
    auto const fields = fields_of<source_row_t<Source>, sizeof...(Columns)>(source);
    ((may_be_left_out<Columns, Source> ? mask.set(Columns::index, is_set(field_at<Columns::index>(fields))) : void()),
     ...);
  }
  return mask;
}

template <class C, class Source, class Sink, class Field>
void write_column(Sink& sink, int index, Field const& field) {
  if constexpr (names_its_row<Source>) {
    write_new<typename C::storage_type, fill_of<C>>(sink, index, field);
  } else {
    write_whole<typename C::storage_type>(sink, index, field);
  }
}

/// Throws invalid_value, naming the column, for what it refuses.
template <class Source, class Sink, class... Columns>
void bind_columns(Sink& sink, int index, Source const& source, column_list<Columns...>) {
  auto const fields = fields_of<source_row_t<Source>, source_columns<Source>>(source);
  std::size_t at = 0;  // the column that is being written
  try {
    if constexpr (insert_is_dynamic<Source>) {
      auto const bind = [&]<class C>(auto const& field) {
        if (may_be_left_out<C, Source> && !is_set(field)) return;
        at = C::index;
        write_column<C, Source>(sink, index++, field);
      };
      (bind.template operator()<Columns>(field_at<Columns::index>(fields)), ...);
    } else if constexpr (names_its_row<Source>) {
      ((at = Columns::index,
        write_new<typename Columns::storage_type, fill_of<Columns>>(sink, index++, field_at<Columns::index>(fields))),
       ...);
    } else {
      ((at = Columns::index,
        write_whole<typename Columns::storage_type>(sink, index++, field_at<Columns::index>(fields))),
       ...);
    }
  } catch (invalid_value const& refused) {
    name_refused(refused, table<source_row_t<Source>>::name, column_names<column_list<Columns...>>[at]);
  }
}

/// The cell of a span of rows, for all its columns: one function a row type.
template <class Source, class... Columns>
void write_row_cell(Source const& source, int column, cell_sink& sink, column_list<Columns...>) {
  // The references are made in each branch, where all but one of them are optimised away.
  try {
    static_cast<void>(
        ((static_cast<int>(Columns::index) == column &&
          (write_column<Columns, Source>(
               sink, 1, field_at<Columns::index>(fields_of<source_row_t<Source>, source_columns<Source>>(source))),
           true)) ||
         ...));
  } catch (invalid_value const& refused) {
    name_refused(refused, table<source_row_t<Source>>::name,
                 column_names<column_list<Columns...>>[static_cast<std::size_t>(column)]);
  }
}

template <class Source>
void row_cell(void const* element, int column, cell_sink& sink) {
  write_row_cell(*static_cast<Source const*>(element), column, sink, written_columns<source_row_t<Source>>{});
}

/// The columns of Source's table, as the texts of its inserts are written from them.
template <class Source>
consteval auto make_insert_pieces() {
  using row = source_row_t<Source>;
  auto pieces = insert_pieces_of(written_columns<row>{});
  if constexpr (names_its_row<Source>) {
    if constexpr (table<row>::generated_key) mark_assigned(pieces, typename table<row>::key{});
    mark_optional(pieces, database_defaults<row>{});
  }
  return pieces;
}
template <class Source>
inline constexpr auto insert_pieces = make_insert_pieces<Source>();

/// `"id", "isbn", ...`: ready-made unless columns are left out.
template <class Source>
constexpr void render_insert_columns(sql_writer& out, shape_mask const& mask) {
  if constexpr (insert_is_dynamic<Source>) {
    render_insert_columns(out, insert_pieces<Source>, mask);
  } else {
    out.text(table<source_row_t<Source>>::insert_columns);
  }
}

/// ` (columns) values (...)`
template <class Source>
constexpr void render_new_row(sql_writer& out, shape_mask const& mask) {
  out.text(" (");
  render_insert_columns<Source>(out, mask);
  out.text(") values (");
  render_insert_values(out, insert_pieces<Source>, mask, table<source_row_t<Source>>::quoted, false);
  out.text(")");
}

/// One row: borrowed, or owned if it was a temporary.
template <class Source>
class one_row {
  using columns = written_columns<source_row_t<Source>>;

 public:
  using source_type = Source;

  explicit one_row(Source const& source) noexcept : held_(source) {}
  explicit one_row(Source&& source) : held_(std::move(source)) {}

  static constexpr void render(sql_writer& out, shape_mask const& mask) { render_new_row<Source>(out, mask); }
  static constexpr std::string_view before_conflict = " ";

  [[nodiscard]] shape_mask mask() const { return insert_mask(held_.get(), columns{}); }

  template <class Sink>
  void bind(Sink& sink, int index) const {
    bind_columns(sink, index, held_.get(), columns{});
  }

 private:
  owned_or_borrowed<Source> held_;
};

/// A span of rows as one parameter.
template <class Source>
class many_rows {
 public:
  using source_type = Source;

  explicit many_rows(held_span rows) : rows_(std::move(rows)) {}

  static constexpr void render(sql_writer& out, shape_mask const& mask) {
    using row_table = table<source_row_t<Source>>;
    static_assert(
        row_table::columns::size <= 100,
        "forge_db: insert() requires a table of at most 100 columns for a span of rows; insert the rows one by one");
    out.text(" (");
    render_insert_columns<Source>(out, mask);
    out.text(") select ");
    render_insert_values(out, insert_pieces<Source>, mask, row_table::quoted, true);
    out.text(" from ");
    render_span_rows(out, insert_pieces<Source>);
  }
  /// Without it, SQLite reads `on` as the beginning of a join's condition.
  static constexpr std::string_view before_conflict = " where true ";

  /// Throws invalid_value if the rows do not leave the same columns to the database.
  [[nodiscard]] shape_mask mask() const {
    span_source const& rows = rows_.source;
    auto const at = [&](std::size_t i) {
      auto const* const bytes = static_cast<std::byte const*>(rows.data) + i * rows.stride;
      return insert_mask(*reinterpret_cast<Source const*>(bytes), written_columns<source_row_t<Source>>{});
    };
    shape_mask const mask = rows.count > 0 ? at(0) : shape_mask{};
    for (std::size_t i = 1; i < rows.count; ++i) {
      if (at(i) != mask) {
        throw invalid_value(
            "forge_db: insert() requires all rows of a span to leave the same columns to the database's defaults; "
            "insert them in "
            "groups");
      }
    }
    return mask;
  }

  template <class Sink>
  void bind(Sink& sink, int index) const {
    sink.span(index, rows_.source);
  }

 private:
  held_span rows_;
};

}  // namespace forge_db::detail
