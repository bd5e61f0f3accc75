// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/column_ref.hpp>
#include <forge_db/query/decode.hpp>
#include <forge_db/schema/storage.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

namespace forge_db {

namespace detail {

/// What a view shows of column C: text and bytes in place, everything else decoded.
template <class C>
consteval auto view_value() {
  using stored = typename C::storage_type;
  if constexpr ((std::same_as<stored, storage::text> && std::same_as<typename C::value_type, std::string>) ||
                std::same_as<stored, storage::json_text>) {
    return std::type_identity<std::string_view>{};
  } else if constexpr (std::same_as<stored, storage::blob> && std::same_as<typename C::value_type, bytes>) {
    return std::type_identity<std::span<std::byte const>>{};
  } else {
    return std::type_identity<typename C::value_type>{};
  }
}

template <class C>
using view_value_t = typename decltype(view_value<C>())::type;

template <class C, class Cell>
view_value_t<C> view_cell(Cell& cell, int column) {
  using value = view_value_t<C>;
  if constexpr (std::same_as<value, std::string_view>) {
    require_kind(cell, column, value_kind::text, "text");
    return cell.text(column);
  } else if constexpr (std::same_as<value, std::span<std::byte const>>) {
    require_kind(cell, column, value_kind::blob, "a blob");
    return cell.blob(column);
  } else {
    value out{};
    codec<value, typename C::storage_type>::read(cell, column, out);
    return out;
  }
}

template <class C, class... Columns>
consteval int position_in(column_list<Columns...>) {
  int position = 0;
  static_cast<void>(((std::same_as<C, Columns> ? true : (++position, false)) || ...));
  return position;
}

}  // namespace detail

/// The current row of a result, read column by column without a copy: `view[books::title]` is a std::string_view, that
/// of a nullable column an optional of one. Text and bytes lie in the engine's row: they are valid until the next row
/// is asked for. Row is what the statement would decode to; Columns are those it selects.
template <class Row, class Reader, class Columns = typename table<Row>::columns>
class row_view {
 public:
  explicit row_view(Reader& reader) noexcept : reader_(&reader) {}

  /// Throws decode_error, naming table and column, for a value that does not fit the column's type.
  template <column_tag C>
  auto operator[](C) const {
    constexpr int position = detail::position_in<C>(Columns{});
    static_assert(detail::contains_column<C>(Columns{}),
                  "forge_db: a row view requires a column that its statement selects; select it");
    using value = detail::view_value_t<C>;
    try {
      detail::current_cell<Reader> cell(*reader_, position);
      if constexpr (detail::is_lenient<typename C::storage_type>) {
        std::optional<value> out;
        detail::read_field<typename C::storage_type>(*reader_, position, out);
        return out;
      } else if constexpr (C::nullable) {
        if (cell.is_null(position)) return std::optional<value>{};
        return std::optional<value>{detail::view_cell<C>(cell, position)};
      } else {
        return detail::view_cell<C>(cell, position);
      }
    } catch (detail::decode_fault const& fault) {
      detail::name_fault(fault, table<typename C::row_type>::name, detail::column_names<Columns>);
    }
  }

 private:
  Reader* reader_;
};

}  // namespace forge_db
