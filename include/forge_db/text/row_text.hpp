// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/bytes.hpp>
#include <forge_db/query/detail/row_fields.hpp>
#include <forge_db/schema/embed.hpp>
#include <forge_db/schema/secret_column.hpp>
#include <forge_db/schema/table.hpp>
#include <forge_db/text/detail/json_value_of.hpp>
#include <forge_db/text/json_writer.hpp>
#include <forge_db/text/text_table.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Rows for people: logs, test failures, demos. What is long is cut off; to_json() is the exact form.
namespace forge_db {

struct row_text_options {
  std::size_t longest_value = 40;  ///< Characters of a value that are shown.
};

/// `books{id: 7, title: Sea and Sky, shelf_id: null}`. Secret columns are `<secret>`. Never throws for what a row
/// holds: bytes are told by their number, text that is not UTF-8 and control characters are replaced.
template <table_row Row>
[[nodiscard]] std::string row_text(Row const& row, row_text_options const& options = {});

/// The rows as an aligned table with the names of the columns above: `rows_table(rows).print()`.
template <table_row Row>
[[nodiscard]] text_table rows_table(std::span<Row const> rows, row_text_options const& options = {});

namespace detail {

template <class Storage, class T>
std::string value_text(T const& value, std::size_t longest) {
  if constexpr (std::same_as<T, std::string>) {
    return shortened(readable(value), longest);
  } else if constexpr (std::same_as<T, bytes>) {
    return "<" + std::to_string(value.size()) + " bytes>";
  } else if constexpr (std::same_as<T, json>) {
    return shortened(readable(value.text()), longest);
  } else if constexpr (std::floating_point<T>) {
    return value != value ? std::string("nan") : json_number(static_cast<double>(value));
  } else if constexpr (is_decimal<T>) {
    return value.text();
  } else if constexpr (is_typed_id<T>) {
    return value_text<Storage>(value.value(), longest);
  } else {
    json_writer out{0, not_utf8::replace};
    write_json<Storage>(out, value);
    std::string text = std::move(out).text();
    if (text.front() == '"') return shortened(std::string_view{text}.substr(1, text.size() - 2), longest);
    return text.front() == '[' ? shortened(text, longest) : text;  // half a number would be another one
  }
}
template <class Storage, class T>
std::string value_text(std::optional<T> const& value, std::size_t longest) {
  return value ? value_text<Storage>(*value, longest) : std::string("null");
}
template <class Storage, class Whole, std::size_t Member>
std::string value_text(maybe_member<Whole, Member> const& field, std::size_t longest) {
  auto const* const member = field.value();
  return member != nullptr ? value_text<Storage>(*member, longest) : std::string("null");
}

template <class C, class Field>
std::string column_text(Field const& field, std::size_t longest) {
  if constexpr (is_secret<C>) {
    return "<secret>";  // of NULL, too
  } else {
    return value_text<typename C::storage_type>(field, longest);
  }
}

template <class Row, class... Columns>
std::vector<std::string> value_texts(Row const& row, std::size_t longest, column_list<Columns...>) {
  auto const fields = fields_of<Row, sizeof...(Columns)>(row);
  return {column_text<Columns>(field_at<Columns::index>(fields), longest)...};
}
template <class... Columns>
std::vector<std::string> column_heads(column_list<Columns...>) {
  return {std::string(Columns::name)...};
}

}  // namespace detail

template <table_row Row>
std::string row_text(Row const& row, row_text_options const& options) {
  using columns = typename table<Row>::columns;
  auto const names = detail::column_heads(columns{});
  auto const values = detail::value_texts(row, options.longest_value, columns{});
  std::string text = std::string(table<Row>::name) + '{';
  for (std::size_t i = 0; i < names.size(); ++i) text += (i == 0 ? "" : ", ") + names[i] + ": " + values[i];
  return text + '}';
}

template <table_row Row>
text_table rows_table(std::span<Row const> rows, row_text_options const& options) {
  using columns = typename table<Row>::columns;
  text_table made{detail::column_heads(columns{})};
  for (Row const& row : rows) made.add(detail::value_texts(row, options.longest_value, columns{}));
  return made;
}
template <table_row Row>
[[nodiscard]] text_table rows_table(std::vector<Row> const& rows, row_text_options const& options = {}) {
  return rows_table(std::span<Row const>{rows}, options);
}

}  // namespace forge_db
