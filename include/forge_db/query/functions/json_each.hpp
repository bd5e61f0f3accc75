// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/fixed_string.hpp>
#include <forge_db/query/alias.hpp>
#include <forge_db/query/column_operations.hpp>
#include <forge_db/query/column_ref.hpp>
#include <forge_db/query/from.hpp>
#include <forge_db/query/grouping.hpp>
#include <forge_db/schema/column.hpp>
#include <forge_db/schema/table.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace forge_db {

/// An item of the list of text in column C, as a row of a table of its own.
template <column_tag C, fixed_string Name>
struct list_item {
  std::int64_t key{};
  std::string value{};
};

/// The place of an item in its list, from 0.
template <column_tag C, fixed_string Name>
struct list_item_key : column<list_item_key<C, Name>> {
  using row_type = list_item<C, Name>;
  using value_type = std::int64_t;
  using storage_type = storage::integer;
  static constexpr std::string_view name = "key";
  static constexpr std::string_view quoted = "\"key\"";
  static constexpr std::size_t index = 0;
  static constexpr bool nullable = false;
};

/// The item's text.
template <column_tag C, fixed_string Name>
struct list_item_value : column<list_item_value<C, Name>> {
  using row_type = list_item<C, Name>;
  using value_type = std::string;
  using storage_type = storage::text;
  static constexpr std::string_view name = "value";
  static constexpr std::string_view quoted = "\"value\"";
  static constexpr std::size_t index = 1;
  static constexpr bool nullable = false;
};

template <column_tag C, fixed_string Name>
struct table<list_item<C, Name>> {
  using row_type = list_item<C, Name>;
  static constexpr std::string_view name = Name;
  static constexpr std::string_view quoted = detail::quoted_name<Name>;
  using columns = column_list<list_item_key<C, Name>, list_item_value<C, Name>>;
  using key = column_list<list_item_key<C, Name>>;
};

/// What stands after `join`: the items of the list in the row of C's table. What is no list has none.
template <column_tag C, fixed_string Name>
struct table_source<list_item<C, Name>> {
  using made_of = column_ref<C>;

  static constexpr void render(sql_writer& out) {
    bool const postgres = out.is_postgres();
    out.text(postgres ? "lateral (select value, ordinality - 1 as key from jsonb_array_elements_text(case jsonb_typeof("
                      : "json_each(case json_type(");
    column_ref<C>::render(out);
    out.text(") when 'array' then ");
    column_ref<C>::render(out);
    out.text(postgres ? " else '[]' end) with ordinality) as " : " else '[]' end) as ");
    out.text(table<list_item<C, Name>>::quoted);
  }
  template <class Sink>
  void bind(Sink&, int&) const {}
};

/// A list of text as a table with a row for each item, joined to the table of its column:
///
///     constexpr auto tag = each<"tag">(books::tags);
///     select(books::title, tag.value).from<Book>().cross_join(tag)
///
/// A left join keeps the rows with empty lists; then key and value are optional.
template <column_tag C, fixed_string Name>
struct list_source {
  using row_type = list_item<C, Name>;
  using source_tag = void;
  static constexpr list_item_key<C, Name> key{};
  static constexpr list_item_value<C, Name> value{};

  [[nodiscard]] constexpr auto source() const { return table_source<row_type>{}; }
};

template <fixed_string Name, class C>
[[nodiscard]] constexpr auto each(C) {
  static_assert(detail::is_plain_name<Name>(),
                "forge_db: each() requires a name of letters, digits and underscores; rename it");
  static_assert(column_tag<C>, "forge_db: each() requires a column; take one that holds a list of text");
  if constexpr (column_tag<C>) {
    static_assert(holds_string_list<C>(),
                  "forge_db: each() requires a column that holds a list of text; declare it json of: [text]");
    return list_source<C, Name>{};
  }
}

}  // namespace forge_db
