// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <initializer_list>

namespace forge_db {

/// Base of the generated column tags:
///
///     struct isbn_t : forge_db::column<isbn_t> {
///       using column::operator=;                        // books::isbn = value makes an assignment
///       using row_type = Book;
///       using value_type = std::string;                 // without optional
///       using storage_type = forge_db::storage::text;
///       static constexpr std::string_view name = "isbn";
///       static constexpr std::string_view quoted = "\"isbn\"";
///       static constexpr std::size_t index = 1;         // position in Book
///       static constexpr bool nullable = false;
///     };
///
/// The members make pieces of a query; they are defined in query/column_operations.hpp, which every query header
/// includes.
template <class Self>
struct column {
  /// Order terms. NULL sorts below every value on both dialects, unless nulls_first() or nulls_last() says otherwise.
  constexpr auto asc() const;
  constexpr auto desc() const;

  /// A contiguous sequence as ONE parameter. An lvalue, view or span is borrowed until the statement has run; an rvalue
  /// container is kept by the statement.
  template <class Values>
  auto in(Values&& values) const;
  template <class Value>
  auto in(std::initializer_list<Value> values) const;
  template <class Values>
  auto not_in(Values&& values) const;
  template <class Value>
  auto not_in(std::initializer_list<Value> values) const;

  constexpr auto is_null() const;
  constexpr auto is_not_null() const;

  /// Both ends inclusive.
  template <class Low, class High>
  constexpr auto between(Low&& low, High&& high) const;

  /// Text that contains `word`, where A-Z equal a-z and other letters only themselves; the same on both dialects.
  template <class Word>
  constexpr auto contains(Word&& word) const;

  /// Text that starts with `prefix`, byte for byte. Rendered as a range, which an index serves.
  template <class Prefix>
  constexpr auto starts_with(Prefix&& prefix) const;

  /// A JSON list of text that holds `item`.
  template <class Item>
  constexpr auto has(Item&& item) const;

  /// An assignment for update().set() and upserts.
  template <class Value>
  constexpr auto operator=(Value&& value) const;  // NOLINT(misc-unconventional-assign-operator)
};

/// Any of the generated column tags.
template <class C>
concept column_tag = requires {
  typename C::row_type;
  typename C::value_type;
  typename C::storage_type;
  C::quoted;
  C::index;
};

/// Columns of one table, in an order that matters.
template <class... Columns>
struct column_list {
  static constexpr std::size_t size = sizeof...(Columns);
};

/// Several column lists, such as the unique constraints of a table.
template <class... Lists>
struct column_sets {
  static constexpr std::size_t size = sizeof...(Lists);
};

}  // namespace forge_db
