// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/fixed_string.hpp>
#include <forge_db/query/column_operations.hpp>
#include <forge_db/schema/column.hpp>
#include <forge_db/schema/table.hpp>

#include <cstddef>
#include <string_view>

namespace forge_db {

/// The rows of Row's table under another name: what stands for an alias where a table's row type would.
template <class Row, fixed_string Name>
struct aliased {};

/// Column C of an aliased table.
template <column_tag C, fixed_string Name>
struct aliased_column : column<aliased_column<C, Name>> {
  using row_type = aliased<typename C::row_type, Name>;
  using value_type = typename C::value_type;
  using storage_type = typename C::storage_type;
  static constexpr std::string_view name = C::name;
  static constexpr std::string_view quoted = C::quoted;
  static constexpr std::size_t index = C::index;
  static constexpr bool nullable = C::nullable;
};

namespace detail {

/// `"name"`; an alias is written by the programmer and has no quotes in it.
template <fixed_string Name>
inline constexpr auto quoted_name = fixed_string<1>("\"") + Name + fixed_string<1>("\"");

template <fixed_string Name>
consteval bool is_plain_name() {
  for (char const c : Name.view()) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!plain) return false;
  }
  return Name.size() > 0;
}

template <fixed_string Name, class... Columns>
consteval auto alias_columns(column_list<Columns...>) {
  return column_list<aliased_column<Columns, Name>...>{};
}

template <class Row, fixed_string Name>
inline constexpr auto aliased_source = [] {
  constexpr std::size_t size = table<Row>::quoted.size();
  fixed_string<size> quoted;
  for (std::size_t i = 0; i < size; ++i) quoted.characters[i] = table<Row>::quoted[i];
  return quoted + fixed_string<4>(" as ") + quoted_name<Name>;
}();

}  // namespace detail

template <class Row, fixed_string Name>
struct table<aliased<Row, Name>> {
  using row_type = Row;
  static constexpr std::string_view name = Name;
  static constexpr std::string_view quoted = detail::quoted_name<Name>;
  static constexpr std::string_view source = detail::aliased_source<Row, Name>;  // what stands after from or join
  using columns = decltype(detail::alias_columns<Name>(typename table<Row>::columns{}));
  using key = decltype(detail::alias_columns<Name>(typename table<Row>::key{}));
};

/// A table under another name, so that it can stand in a statement twice:
///
///     constexpr alias<Shelf, "parent"> parent;
///     select(shelves::name, parent[shelves::name])
///         .from<Shelf>()
///         .join(parent, shelves::parent_id == parent[shelves::id])
template <table_row Row, fixed_string Name>
struct alias {
  static_assert(detail::is_plain_name<Name>(),
                "forge_db: alias requires a name of letters, digits and underscores; rename it");
  using row_type = aliased<Row, Name>;
  using source_tag = void;  // it can stand in from() and join()

  template <column_tag C>
  [[nodiscard]] constexpr auto operator[](C) const {
    static_assert(std::same_as<typename C::row_type, Row>,
                  "forge_db: alias requires a column of its own table; take one of the table that it stands for");
    return aliased_column<C, Name>{};
  }
};

}  // namespace forge_db
