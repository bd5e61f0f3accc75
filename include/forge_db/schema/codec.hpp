// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/bytes.hpp>
#include <forge_db/core/enum_text.hpp>
#include <forge_db/core/error.hpp>
#include <forge_db/core/typed_id.hpp>
#include <forge_db/schema/storage.hpp>
#include <forge_db/schema/value_kind.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace forge_db {

/// Turns a C++ value into what the database stores, and back. Each specialisation has
///
///     template <class Row>  static void read(Row& row, int column, T& out);              // column counts from 0
///     template <class Sink> static void write(Sink& sink, int index, T const& value);    // index counts from 1
///
/// A row offers kind, int64, float64, text and blob by column; a sink null, int64, float64, text, blob by index, and
/// scratch(size) for values that need memory until the statement is reset. NULL never reaches a codec as a value:
/// optional and patch are handled outside, and a codec that meets NULL or another kind throws detail::decode_fault.
/// Write one of your own for a type and storage that are not listed; `storage` tags may be your own too.
template <class T, class Storage>
struct codec;

namespace detail {

/// A decode_error that knows only the column's position; whoever knows the table throws it again with names.
class decode_fault : public decode_error {
 public:
  decode_fault(std::string const& message, int column) : decode_error(message), column_(column) {}
  [[nodiscard]] int column() const noexcept { return column_; }

 private:
  int column_;
};

inline char const* kind_name(value_kind kind) noexcept {
  static constexpr char const* names[] = {"NULL", "an integer", "a real number", "text", "a blob"};
  return names[static_cast<unsigned>(kind)];
}

[[noreturn]] inline void refuse_kind(int column, value_kind found, char const* expected) {
  throw decode_fault(std::string("forge_db: reading requires the column to hold ") + expected + ", found " +
                         kind_name(found) + "; repair the row, or change the column's type in the spec",
                     column);
}

/// `reason` is what the column has to hold.
[[noreturn]] inline void refuse_content(int column, char const* reason) {
  throw decode_fault(std::string("forge_db: reading requires the column to hold ") + reason +
                         "; repair the row, or change the column's type in the spec",
                     column);
}

template <class Row>
void require_kind(Row& row, int column, value_kind expected, char const* expected_name) {
  value_kind const found = row.kind(column);
  if (found != expected) [[unlikely]] {
    refuse_kind(column, found, expected_name);
  }
}

}  // namespace detail

template <std::integral T>
  requires(!std::same_as<T, bool>)
struct codec<T, storage::integer> {
  template <class Row>
  static void read(Row& row, int column, T& out) {
    detail::require_kind(row, column, value_kind::integer, "an integer");
    std::int64_t const value = row.int64(column);
    if constexpr (!std::same_as<T, std::int64_t>) {
      if (!std::in_range<T>(value)) detail::refuse_content(column, "an integer in the range of its type");
    }
    out = static_cast<T>(value);
  }
  template <class Sink>
  static void write(Sink& sink, int index, T value) {
    sink.int64(index, static_cast<std::int64_t>(value));
  }
};

/// Integers widen to real numbers: columns of REAL affinity never hold them, others may.
template <std::floating_point T>
struct codec<T, storage::real> {
  template <class Row>
  static void read(Row& row, int column, T& out) {
    value_kind const kind = row.kind(column);
    if (kind != value_kind::real && kind != value_kind::integer) [[unlikely]] {
      detail::refuse_kind(column, kind, "a real number");
    }
    out = static_cast<T>(row.float64(column));
  }
  template <class Sink>
  static void write(Sink& sink, int index, T value) {
    sink.float64(index, static_cast<double>(value));
  }
};

template <>
struct codec<std::string, storage::text> {
  template <class Row>
  static void read(Row& row, int column, std::string& out) {
    detail::require_kind(row, column, value_kind::text, "text");
    out.assign(row.text(column));
  }
  template <class Sink>
  static void write(Sink& sink, int index, std::string_view value) {
    sink.text(index, value);
  }
};

template <>
struct codec<bytes, storage::blob> {
  template <class Row>
  static void read(Row& row, int column, bytes& out) {
    detail::require_kind(row, column, value_kind::blob, "a blob");
    auto const data = row.blob(column);
    out.assign(data.begin(), data.end());
  }
  template <class Sink>
  static void write(Sink& sink, int index, std::span<std::byte const> value) {
    sink.blob(index, value);
  }
};

template <>
struct codec<bool, storage::boolean> {
  template <class Row>
  static void read(Row& row, int column, bool& out) {
    detail::require_kind(row, column, value_kind::integer, "a boolean (0 or 1)");
    std::int64_t const value = row.int64(column);
    if (value != 0 && value != 1) detail::refuse_content(column, "a boolean (0 or 1)");
    out = value != 0;
  }
  template <class Sink>
  static void write(Sink& sink, int index, bool value) {
    sink.int64(index, value ? 1 : 0);
  }
};

template <enum_with_text E>
struct codec<E, storage::enum_text> {
  template <class Row>
  static void read(Row& row, int column, E& out) {
    detail::require_kind(row, column, value_kind::text, "the name of an enumerator");
    auto const value = from_text<E>(row.text(column));
    if (!value) detail::refuse_content(column, "the name of an enumerator");
    out = *value;
  }
  template <class Sink>
  static void write(Sink& sink, int index, E value) {
    sink.text(index, to_text(value));
  }
};

template <class Of, class T, class Storage>
struct codec<typed_id<Of, T>, Storage> {
  template <class Row>
  static void read(Row& row, int column, typed_id<Of, T>& out) {
    T value{};
    codec<T, Storage>::read(row, column, value);
    out = typed_id<Of, T>{std::move(value)};
  }
  template <class Sink>
  static void write(Sink& sink, int index, typed_id<Of, T> const& id) {
    codec<T, Storage>::write(sink, index, id.value());
  }
};

}  // namespace forge_db
