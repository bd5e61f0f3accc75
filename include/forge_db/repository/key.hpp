// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/typed_id.hpp>
#include <forge_db/query/detail/columns.hpp>
#include <forge_db/query/detail/refused_value.hpp>
#include <forge_db/query/predicate.hpp>
#include <forge_db/repository/standing.hpp>
#include <forge_db/schema/codec.hpp>
#include <forge_db/schema/table.hpp>

#include <concepts>
#include <string>
#include <tuple>
#include <type_traits>

namespace forge_db {

namespace detail {

template <class C>
std::type_identity<typename C::value_type> key_type(column_list<C>);
template <class... C>
std::type_identity<std::tuple<typename C::value_type...>> key_type(column_list<C...>);

}  // namespace detail

/// What names one row: the key column's value, or a tuple of them in the order of the spec.
template <table_row Row>
using key_of = typename decltype(detail::key_type(typename table<Row>::key{}))::type;

namespace detail {

/// `"id" = ?`, or a conjunction of that.
template <class... C>
constexpr void render_key(sql_writer& out, column_list<C...>) {
  sql_separator separate(" and ");
  ((separate(out), out.text(C::quoted), out.text(" = "), out.parameter()), ...);
}

/// Keys that are never refused, so that most tables do without a handler.
template <class T>
inline constexpr bool is_plain_key = std::integral<T> || std::same_as<T, std::string>;
template <class Row, class T>
inline constexpr bool is_plain_key<typed_id<Row, T>> = is_plain_key<T>;

/// Throws invalid_value, naming the column, for what it refuses.
template <class C, class Sink, class Value>
void bind_key_part(Sink& sink, int index, Value const& value) {
  using column_codec = codec<Value, typename C::storage_type>;
  if constexpr (is_plain_key<Value>) {
    column_codec::write(sink, index, value);
  } else {
    try {
      column_codec::write(sink, index, value);
    } catch (invalid_value const& refused) {
      name_refused(refused, table<typename C::row_type>::name, C::name);
    }
  }
}

template <class Sink, class Key, class C>
void bind_key(Sink& sink, int index, Key const& key, column_list<C>) {
  if constexpr (is_plain_key<Key>) {  // as bind_key_part() does: most files have a function a table less to compile
    codec<Key, typename C::storage_type>::write(sink, index, key);
  } else {
    bind_key_part<C>(sink, index, key);
  }
}
template <class Sink, class Key, class... C>
void bind_key(Sink& sink, int index, Key const& key, column_list<C...>) {
  std::apply([&](auto const&... part) { (bind_key_part<C>(sink, index++, part), ...); }, key);
}

/// The condition that the key is this one, and the table's standing ones: the tenant's, and that the row lives, or what
/// Seen says; which rows a repository sees does not matter. Borrows the key and the tenant.
template <class Row, seen_rows Seen = seen_rows::living>
class key_equals : public predicate_base {
 public:
  static constexpr int strength = 2;

  explicit key_equals(key_of<Row> const& key, standing<Row> const& conditions = {}) noexcept
      : key_(&key), conditions_(conditions) {}

  static constexpr void render(sql_writer& out) {
    render_key(out, typename table<Row>::key{});
    sql_separator separate(" and ", " and ");
    render_standing<Row>(out, separate, mask_of(Seen));
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    bind_key(sink, index, *key_, typename table<Row>::key{});
    index += static_cast<int>(table<Row>::key::size);
    bind_standing(sink, index, conditions_);
  }
  template <class... Rows>
  static consteval bool belongs_to() {
    return (std::same_as<Row, Rows> || ...);
  }

 private:
  key_of<Row> const* key_;
  [[no_unique_address]] standing<Row> conditions_;
};

}  // namespace detail
}  // namespace forge_db
