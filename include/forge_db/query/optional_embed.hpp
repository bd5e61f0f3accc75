// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/decode.hpp>
#include <forge_db/query/write_field.hpp>
#include <forge_db/schema/embed.hpp>

#include <cstddef>
#include <optional>
#include <type_traits>

// How a struct that may be missing is read and bound: it is missing when all of its columns are NULL. Included by the
// headers of tables that have one.
namespace forge_db::detail {

/// The first member looks whether there is anything, the others follow it. A row that is NULL in part is read member by
/// member, so that a NULL in a column whose field cannot be empty is a decode_error.
template <class Storage, class Reader, class Struct, std::size_t Member>
void read_field(Reader& reader, int column, maybe_member<std::optional<Struct>, Member> const& field) {
  if constexpr (Member == 0) {
    bool present = false;
    for (int i = 0; i < static_cast<int>(columns_in<Struct>); ++i) {
      present = present || !current_cell<Reader>(reader, column + i).is_null(column + i);
    }
    if (!present) {
      field.whole.reset();
    } else if (!field.whole) {
      field.whole.emplace();
    }
  }
  if (auto* const member = field.value()) read_field<Storage>(reader, column, *member);
}

template <class Storage, class Sink, class Whole, std::size_t Member>
void write_whole(Sink& sink, int index, maybe_member<Whole, Member> const& field) {
  if (auto const* const member = field.value()) {
    write_whole<Storage>(sink, index, *member);
  } else {
    sink.null(index);
  }
}

/// Of a new row: NULL where the struct is missing, whatever its members' defaults are.
template <class Storage, class Fill, class Sink, class Struct, std::size_t Member>
void write_new(Sink& sink, int index, maybe_member<std::optional<Struct> const, Member> const& field) {
  if (auto const* const member = field.value()) {
    write_new<Storage, Fill>(sink, index, *member);
  } else {
    sink.null(index);
  }
}

/// Of a patch, which gives the struct as a whole.
template <class Storage, class Fill, class Sink, class Struct, std::size_t Member>
void write_new(Sink& sink, int index, maybe_member<patch<Struct> const, Member> const& field) {
  write_whole<Storage>(sink, index, field);
}

template <class Struct, std::size_t Member>
constexpr bool is_set(maybe_member<std::optional<Struct> const, Member> const& field) {
  auto const* const member = field.value();
  return member != nullptr && is_set(*member);
}
template <class Struct, std::size_t Member>
constexpr bool is_set(maybe_member<patch<Struct> const, Member> const& field) {
  return !field.whole.is_unset();
}

}  // namespace forge_db::detail
