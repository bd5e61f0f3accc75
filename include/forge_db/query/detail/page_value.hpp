// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/cursor_place.hpp>
#include <forge_db/query/detail/cursor_text.hpp>
#include <forge_db/query/detail/page_segment.hpp>
#include <forge_db/query/detail/stable_hash.hpp>
#include <forge_db/schema/codec.hpp>
#include <forge_db/schema/storage.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

// What a cursor must be to name a place in an ordered list.
namespace forge_db::detail {

/// A sink that tells how a value is stored.
class hashing_sink {
 public:
  explicit hashing_sink(stable_hash& hash) noexcept : hash_(hash) {}

  void int64(int, std::int64_t value) { add('i', std::to_string(value)); }
  void float64(int, double value) { add('r', std::to_string(std::bit_cast<std::uint64_t>(value))); }
  void text(int, std::string_view value) { add('t', value); }
  void blob(int, std::span<std::byte const> value) {
    add('b', {reinterpret_cast<char const*>(value.data()), value.size()});
  }
  std::span<char> scratch(std::size_t size) {
    scratch_.resize(size);
    return scratch_;
  }

 private:
  void add(char kind, std::string_view value) {
    hash_.add_byte(static_cast<unsigned char>(kind));
    hash_.add(value);
  }
  stable_hash& hash_;
  std::string scratch_{};
};

/// A value whose stored forms differ where storages do.
template <class T>
T probe_value() {
  if constexpr (requires { T::from_unix_us(std::int64_t{}); }) {
    return T::from_unix_us(1'234'567'891'234'567);
  } else if constexpr (requires { T::from_unix_days(std::int32_t{}); }) {
    return T::from_unix_days(14'288);
  } else if constexpr (requires { T::try_from_scaled(std::int64_t{}); }) {
    return *T::try_from_scaled(T::scale + 1);
  } else {
    return T{};
  }
}

/// How a column stores its values: a program that stores them otherwise gave out other cursors.
template <class T, class Storage>
struct storage_probe {
  static void write(hashing_sink& sink) { codec<T, Storage>::write(sink, 1, probe_value<T>()); }
};
template <class T, class Storage>
struct storage_probe<T, storage::lenient<Storage>> : storage_probe<T, Storage> {};
template <class T, class Stored, class Storage>
struct storage_probe<T, storage::as<Stored, Storage>> : storage_probe<Stored, Storage> {};

/// Whether a cursor can hold the value in this column. Throws bad_cursor.
template <class C>
void require_cursor_value(cursor_value const& value) {
  if (value.is_null()) {
    if (!C::nullable) refuse_cursor("of this list's columns");
  } else if constexpr (!is_lenient<typename C::storage_type>) {
    try {
      typename C::value_type read{};
      codec<typename C::value_type, typename C::storage_type>::read(value, 0, read);
    } catch (decode_fault const&) {
      refuse_cursor("of this list's columns");
    }
  }
}

/// What tells one order's columns from another's.
template <class C>
void hash_column(stable_hash& hash, page_column const& column) {
  hash.add(column.quoted);
  hash.add_byte(static_cast<unsigned char>((column.descending ? 1 : 0) | (column.nulls_first ? 2 : 0)));
  hashing_sink sink(hash);
  storage_probe<typename C::value_type, typename C::storage_type>::write(sink);
}

}  // namespace forge_db::detail
