// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/detail/row_fields.hpp>
#include <forge_db/repository/page.hpp>
#include <forge_db/schema/embed.hpp>
#include <forge_db/schema/secret_column.hpp>
#include <forge_db/schema/table.hpp>
#include <forge_db/text/detail/json_value_of.hpp>
#include <forge_db/text/json_writer.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace forge_db {

struct json_options {
  bool skip_null = false;  ///< Leave out what is NULL, instead of `null`.
  std::size_t indent = 0;  ///< Spaces a level; 0: one line.
};

/// A row as a JSON object: the names of the columns, in their order; an embedded struct is an object of its own.
/// Columns that the spec calls secret are left out. Nothing is rounded: integers are numbers with all their digits (a
/// reader of JavaScript rounds those beyond 2^53), real numbers the shortest text that reads back as the same double,
/// infinities `1e999`, decimals text. Time stamps are `2024-05-01T12:00:00.000000Z`, bytes base64, enums their names,
/// JSON columns the document itself, types of your own what they are stored as. Throws invalid_value, naming table and
/// column, for what JSON cannot hold: text that is not UTF-8, NaN, a JSON column that holds no JSON.
template <table_row Row>
[[nodiscard]] std::string to_json(Row const& row, json_options const& options = {});

/// Rows as a JSON list.
template <table_row Row>
[[nodiscard]] std::string to_json(std::span<Row const> rows, json_options const& options = {});

/// A page as `{"rows": [...], "total": 40, "number": 1, "size": 20}`.
template <table_row Row>
[[nodiscard]] std::string to_json(page<Row> const& rows, json_options const& options = {});

/// Puts the row where `out` stands.
template <table_row Row>
void write_row(json_writer& out, Row const& row, bool skip_null = false);

namespace detail {

template <class Column, class T>
void write_json_member(json_writer& out, T const& value, std::string_view name, bool) {
  out.key(name);
  write_json<typename Column::storage_type>(out, value);
}
template <class Column, class T>
void write_json_member(json_writer& out, std::optional<T> const& value, std::string_view name, bool skip_null) {
  if (value) {
    write_json_member<Column>(out, *value, name, skip_null);
  } else if (!skip_null) {
    out.key(name).null();
  }
}

template <class Column, class T>
void write_json_field(json_writer& out, T const& value, std::string_view name, bool skip_null) {
  if constexpr (is_secret<Column>) return;
  try {
    write_json_member<Column>(out, value, name, skip_null);
  } catch (invalid_value const& failure) {
    error_context context = failure.context();
    context.table = table<typename Column::row_type>::name;
    context.column = Column::name;
    throw invalid_value(failure.message(), std::move(context));
  }
}

/// A column of a row that holds structs: the first column of one opens its object, the last one closes it.
template <class Column, class Embed, class T>
void write_json_embedded(json_writer& out, T const& value, bool skip_null) {
  if constexpr (std::is_void_v<Embed>) {
    write_json_field<Column>(out, value, Column::name, skip_null);
  } else {
    constexpr std::size_t member = Column::index - Embed::first;
    if constexpr (member == 0) out.key(Embed::name).open_object();
    write_json_field<Column>(out, value, Embed::fields[member], skip_null);
    if constexpr (member + 1 == Embed::size) out.close_object();
  }
}
template <class Column, class Embed, class Whole, std::size_t Member>
void write_json_embedded(json_writer& out, maybe_member<Whole, Member> const& field, bool skip_null) {
  if (auto const* const member = field.value()) {
    write_json_embedded<Column, Embed>(out, *member, skip_null);
  } else if (Member == 0 && !skip_null) {
    out.key(Embed::name).null();
  }
}

template <class Row, class... Columns>
void write_json_fields(json_writer& out, Row const& row, bool skip_null, column_list<Columns...>) {
  auto const fields = fields_of<Row, sizeof...(Columns)>(row);
  if constexpr (requires { typename table<Row>::embeds; }) {
    (write_json_embedded<Columns, typename table<Row>::embeds::template at<Columns::index>>(
         out, field_at<Columns::index>(fields), skip_null),
     ...);
  } else {
    (write_json_field<Columns>(out, field_at<Columns::index>(fields), Columns::name, skip_null), ...);
  }
}

template <class Row>
void write_json_rows(json_writer& out, std::span<Row const> rows, bool skip_null) {
  out.open_list();
  for (Row const& row : rows) write_row(out, row, skip_null);
  out.close_list();
}

}  // namespace detail

template <table_row Row>
void write_row(json_writer& out, Row const& row, bool skip_null) {
  out.open_object();
  detail::write_json_fields(out, row, skip_null, typename table<Row>::columns{});
  out.close_object();
}

template <table_row Row>
std::string to_json(Row const& row, json_options const& options) {
  json_writer out{options.indent};
  write_row(out, row, options.skip_null);
  return std::move(out).text();
}

template <table_row Row>
std::string to_json(std::span<Row const> rows, json_options const& options) {
  json_writer out{options.indent};
  detail::write_json_rows(out, rows, options.skip_null);
  return std::move(out).text();
}
template <table_row Row>
[[nodiscard]] std::string to_json(std::vector<Row> const& rows, json_options const& options = {}) {
  return to_json(std::span<Row const>{rows}, options);
}

template <table_row Row>
std::string to_json(page<Row> const& rows, json_options const& options) {
  json_writer out{options.indent};
  out.open_object().key("rows");
  detail::write_json_rows(out, std::span<Row const>{rows.rows}, options.skip_null);
  out.member("total", rows.total);
  out.member("number", static_cast<std::int64_t>(rows.number)).member("size", static_cast<std::int64_t>(rows.size));
  out.close_object();
  return std::move(out).text();
}

}  // namespace forge_db
