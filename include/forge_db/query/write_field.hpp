// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/patch.hpp>
#include <forge_db/core/required.hpp>
#include <forge_db/query/detail/columns.hpp>
#include <forge_db/schema/codec.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

// How the fields of rows, new rows and patches are bound.
namespace forge_db::detail {

/// A sink for values that end before the statement runs: copies what codecs would lend.
template <class Sink>
class keeping_sink {
 public:
  explicit keeping_sink(Sink& sink) : sink_(sink) {}

  void null(int index) { sink_.null(index); }
  void int64(int index, std::int64_t value) { sink_.int64(index, value); }
  void float64(int index, double value) { sink_.float64(index, value); }
  void text(int index, std::string_view value) {
    auto const kept = sink_.scratch(value.size());
    std::copy(value.begin(), value.end(), kept.begin());
    sink_.text(index, {kept.data(), kept.size()});
  }
  void blob(int index, std::span<std::byte const> value) {
    auto const kept = std::as_writable_bytes(sink_.scratch(value.size()));
    std::copy(value.begin(), value.end(), kept.begin());
    sink_.blob(index, kept);
  }
  // Whoever writes through scratch writes once more through text(), so it needs memory of its own here.
  std::span<char> scratch(std::size_t size) {
    own_.resize(size);
    return own_;
  }

 private:
  Sink& sink_;
  std::vector<char> own_{};
};

/// Binds what fills column C when an insert leaves it unset.
template <class C, class Sink>
void write_default(Sink& sink, int index) {
  using value_type = typename C::value_type;
  auto const value = table<typename C::row_type>::default_value(C{});
  if constexpr (std::is_trivially_copyable_v<value_type>) {
    codec<value_type, typename C::storage_type>::write(sink, index, value);
  } else {
    keeping_sink<Sink> keeper(sink);
    codec<value_type, typename C::storage_type>::write(keeper, index, value);
  }
}

template <class C, class Sink>
void write_unset(Sink& sink, int index) {
  if constexpr (has_client_default<C>) {
    write_default<C>(sink, index);
  } else {
    static_assert(C::nullable || table<typename C::row_type>::generated_key ||
                      contains_column<C>(database_defaults<typename C::row_type>{}),
                  "forge_db: insert requires a value for every column without a default; run `forge generate` again");
    sink.null(index);
  }
}

// One overload for each form that a field takes.

template <class C, class Sink, class T>
void write_field(Sink& sink, int index, T const& field) {
  codec<typename C::value_type, typename C::storage_type>::write(sink, index, field);
}

template <class C, class Sink, class T>
void write_field(Sink& sink, int index, required<T> const& field) {
  codec<typename C::value_type, typename C::storage_type>::write(sink, index, field.value());
}

template <class C, class Sink, class T>
void write_field(Sink& sink, int index, patch<T> const& field) {
  if (field.has_value()) {
    codec<typename C::value_type, typename C::storage_type>::write(sink, index, field.value());
  } else if (field.is_null()) {
    sink.null(index);
  } else {
    write_unset<C>(sink, index);
  }
}

/// In a row, an empty optional is NULL; in a new row it is unset.
template <class C, bool IsNew, class Sink, class T>
void write_optional(Sink& sink, int index, std::optional<T> const& field) {
  if (field) {
    codec<typename C::value_type, typename C::storage_type>::write(sink, index, *field);
  } else if constexpr (IsNew) {
    write_unset<C>(sink, index);
  } else {
    sink.null(index);
  }
}

template <class T>
constexpr bool is_set(T const&) {
  return true;
}
template <class T>
constexpr bool is_set(std::optional<T> const& field) {
  return field.has_value();
}
template <class T>
constexpr bool is_set(patch<T> const& field) {
  return !field.is_unset();
}

}  // namespace forge_db::detail
