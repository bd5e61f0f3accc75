// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/range.hpp>
#include <forge_db/query/detail/prefix_end.hpp>
#include <forge_db/query/in_span.hpp>
#include <forge_db/query/shape_mask.hpp>
#include <forge_db/repository/detail/filter_piece.hpp>
#include <forge_db/schema/codec.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

// What a filter's field says: which of its bits are set, and its values. By the types of fields, not by tables.
namespace forge_db::detail {

template <class First, class...>
struct first_type {
  using type = First;
};
template <class... Types>
using first_of = typename first_type<Types...>::type;

template <class T>
void mark_field(std::optional<T> const& field, shape_mask& mask, std::size_t bit) {
  mask.set(bit, field.has_value());
}
template <class T>
void mark_field(range<T> const& field, shape_mask& mask, std::size_t bit) {
  mask.set(bit, field.from.has_value());
  mask.set(bit + 1, field.to.has_value());
  mask.set(bit + 2, field.from && field.excludes_from);
  mask.set(bit + 3, field.to && field.excludes_to);
}

template <class Storage, class Sink, class T>
void bind_field(Sink& sink, int& index, std::optional<T> const& field) {
  if (field) codec<T, Storage>::write(sink, index++, *field);
}
template <class Storage, class Sink, class T>
void bind_field(Sink& sink, int& index, range<T> const& field) {
  bind_field<Storage>(sink, index, field.from);
  bind_field<Storage>(sink, index, field.to);
}
template <class C, class Sink, class T>
void bind_list(Sink& sink, int& index, std::optional<std::vector<T>> const& field) {
  if (field) sink.span(index++, borrow_span(field->data(), field->size(), 1, &write_element<C, T>).source);
}
template <class Sink>
void bind_word(Sink& sink, int& index, std::optional<std::string> const& field, std::size_t times) {
  if (!field) return;
  for (std::size_t i = 0; i < times; ++i) sink.text(index++, *field);
}

/// Marks what of a field is set, and moves `bit` to the next filter's first.
template <filter_kind Kind, class Field>
void mark_filter(Field const& field, shape_mask& mask, std::size_t& bit) {
  mark_field(field, mask, bit);
  if constexpr (Kind == filter_kind::is_null) mask.set(bit + 1, field.value_or(false));
  bit += filter_bits(Kind);
}

/// Binds what is set. BoundAs is the storage of the values, so that tables share the functions, or for `in` the column.
template <filter_kind Kind, class BoundAs, class Sink, class Field>
void bind_filter(Sink& sink, int& index, [[maybe_unused]] Field const& field, [[maybe_unused]] std::size_t columns) {
  if constexpr (Kind == filter_kind::in || Kind == filter_kind::not_in) {
    bind_list<BoundAs>(sink, index, field);
  } else if constexpr (Kind == filter_kind::contains || Kind == filter_kind::has || Kind == filter_kind::search) {
    if (Kind == filter_kind::has && field) require_item(*field);
    bind_word(sink, index, field, columns);
  } else if constexpr (Kind == filter_kind::has_any || Kind == filter_kind::has_all) {
    if (!field) return;
    for (auto const& item : *field) require_item(item);
    codec<std::vector<std::string>, BoundAs>::write(sink, index++, *field);
  } else if constexpr (Kind == filter_kind::starts_with) {
    if (!field) return;
    sink.text(index++, *field);
    bind_prefix_end(sink, index++, *field);
  } else if constexpr (Kind != filter_kind::is_null) {
    bind_field<BoundAs>(sink, index, field);
  }
}

}  // namespace forge_db::detail
