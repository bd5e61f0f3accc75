// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/bytes.hpp>
#include <forge_db/core/date.hpp>
#include <forge_db/core/decimal.hpp>
#include <forge_db/core/detail/json_text.hpp>
#include <forge_db/core/enum_text.hpp>
#include <forge_db/core/json.hpp>
#include <forge_db/core/timestamp.hpp>
#include <forge_db/core/typed_id.hpp>
#include <forge_db/core/uuid.hpp>
#include <forge_db/query/span_source.hpp>
#include <forge_db/schema/codec.hpp>
#include <forge_db/seed/detail/bytes_text.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

// The text of a field as the value of a column: the texts of to_json(), and what databases print in their own CSV.
namespace forge_db::seed::detail {

/// Reading answers nothing, or what the text should have been.
using expected_text = std::string;

/// One value that a codec reads as if it were in a row.
class stored_cell {
 public:
  explicit stored_cell(cell_sink const& stored) noexcept : stored_(stored) {}

  [[nodiscard]] value_kind kind(int) const noexcept { return stored_.kind(); }
  [[nodiscard]] std::int64_t int64(int) const noexcept { return stored_.as_int64(); }
  [[nodiscard]] double float64(int) const noexcept {
    return stored_.kind() == value_kind::integer ? static_cast<double>(stored_.as_int64()) : stored_.as_float64();
  }
  [[nodiscard]] std::string_view text(int) const noexcept {
    return {static_cast<char const*>(stored_.data()), stored_.size()};
  }
  [[nodiscard]] std::span<std::byte const> blob(int) const noexcept { return as_bytes(text(0)); }

 private:
  cell_sink const& stored_;
};

template <class T>
expected_text take_if(std::optional<T> value, T& out, char const* expected) {
  if (!value) return expected;
  out = *std::move(value);
  return {};
}

template <std::integral T>
expected_text read_integer(std::string_view text, T& out) {
  auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failure == std::errc::result_out_of_range) return "a whole number in the range of the column's type";
  return failure == std::errc{} && end == text.data() + text.size() ? "" : "a whole number such as -12";
}

template <std::floating_point T>
expected_text read_real(std::string_view text, T& out) {
  if (text == "1e999" || text == "-1e999") {  // how to_json() writes them
    out = text.front() == '-' ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::infinity();
    return {};
  }
  auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failure == std::errc::result_out_of_range) return "a number in the range of the column's type";
  bool const whole = failure == std::errc{} && end == text.data() + text.size();
  return whole && !std::isnan(out) ? "" : "a number such as -12.5 or 1e-3";
}

inline expected_text read_boolean(std::string_view text, bool& out) {
  out = text == "true" || text == "1" || text == "t";
  return out || text == "false" || text == "0" || text == "f" ? "" : "true or false";
}

/// A vector as to_json() and pgvector write it: `[1, -0.5]`.
template <class Vector>
expected_text read_vector(std::string_view text, Vector& out) {
  auto const expected = [] { return "a list of " + std::to_string(Vector::dimensions) + " numbers such as [1, -0.5]"; };
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') return expected();
  text = text.substr(1, text.size() - 2);
  for (std::size_t i = 0; i < Vector::dimensions; ++i) {
    std::size_t const comma = text.find(',');
    bool const last = i + 1 == Vector::dimensions;
    if (last != (comma == text.npos)) return expected();
    std::string_view number = text.substr(0, comma);
    number.remove_prefix(std::min(number.find_first_not_of(' '), number.size()));
    number = number.substr(0, number.find_last_not_of(' ') + 1);
    if (!read_real(number, out.values[i]).empty()) return expected();
    if (!last) text.remove_prefix(comma + 1);
  }
  return {};
}

template <class Storage, class T>
bool decodes(cell_sink const& stored, T& out) {
  try {
    stored_cell cell{stored};
    codec<T, Storage>::read(cell, 0, out);
    return true;
  } catch (decode_error const&) {
    return false;
  }
}

/// What a codec of the user's own makes of the text, or of the number that it spells.
template <class Storage, class T>
expected_text read_by_codec(std::string_view text, T& out) {
  cell_sink stored;
  stored.text(0, text);
  if (decodes<Storage>(stored, out)) return {};
  std::int64_t integer = 0;
  double real = 0;
  if (read_integer(text, integer).empty()) {
    stored.int64(0, integer);
  } else if (read_real(text, real).empty()) {
    stored.float64(0, real);
  }
  return decodes<Storage>(stored, out) ? "" : "a value that the codec of the column's type accepts";
}

template <class T>
inline constexpr bool is_typed_id = false;
template <class Of, class T>
inline constexpr bool is_typed_id<typed_id<Of, T>> = true;

template <class Storage, class T>
expected_text read_value(std::string_view text, T& out);

template <class Storage>
struct stored_in;
template <class Stored, class Storage>
struct stored_in<storage::as<Stored, Storage>> {
  using type = Storage;
};

/// A cpp_codec's type: the value of the column's own type first, then what the cpp_codec makes of it.
template <class Storage, class T>
expected_text read_own_type(std::string_view text, T& out) {
  using plain = typename stored_in<Storage>::type;
  typename Storage::stored_type value{};
  if (expected_text expected = read_value<plain>(text, value); !expected.empty()) return expected;
  cell_sink stored;
  codec<typename Storage::stored_type, plain>::write(stored, 1, value);
  return decodes<Storage>(stored, out) ? "" : "a value that the cpp_codec of the column's type accepts";
}

template <enum_with_text E>
expected_text read_enum(std::string_view text, E& out) {
  if (auto const value = from_text<E>(text)) {
    out = *value;
    return {};
  }
  std::string expected = "one of ";
  for (std::string_view const name : enum_traits<E>::names) {
    expected += expected.size() == 7 ? "" : ", ";
    expected += name;
  }
  return expected;
}

template <class Storage, class T>
expected_text read_value(std::string_view text, T& out) {
  if constexpr (is_typed_id<T>) {
    std::remove_cvref_t<decltype(out.value())> value{};
    expected_text expected = read_value<Storage>(text, value);
    if (expected.empty()) out = T{std::move(value)};
    return expected;
  } else if constexpr (requires { typename Storage::stored_type; }) {
    return read_own_type<Storage>(text, out);
  } else if constexpr (std::same_as<T, bool>) {
    return read_boolean(text, out);
  } else if constexpr (std::integral<T>) {
    return read_integer(text, out);
  } else if constexpr (std::floating_point<T>) {
    return read_real(text, out);
  } else if constexpr (requires { T::try_from_scaled(0); }) {
    return take_if(T::try_parse(text), out, "a decimal number that fits the column's precision and scale");
  } else if constexpr (enum_with_text<T>) {
    return read_enum(text, out);
  } else if constexpr (std::same_as<T, std::string>) {
    out.assign(text);
    return {};
  } else if constexpr (std::same_as<T, bytes>) {
    return take_if(read_bytes(text), out, "bytes as base64, or as \\x and hexadecimal digits");
  } else if constexpr (std::same_as<T, uuid>) {
    return take_if(parse_uuid(text), out, "a UUID of 32 hexadecimal digits");
  } else if constexpr (std::same_as<T, timestamp>) {
    return take_if(parse_timestamp_lenient(text), out, "a time stamp such as 2024-01-31 12:00:00 (UTC)");
  } else if constexpr (std::same_as<T, date>) {
    return take_if(parse_date(text), out, "a date such as 2024-01-31");
  } else if constexpr (std::same_as<T, json>) {
    return take_if(json::try_parse(text), out, "JSON");
  } else if constexpr (std::same_as<T, std::vector<std::string>>) {
    return take_if(forge_db::detail::read_string_list(text), out, R"(a JSON list of text such as ["a", "b"])");
  } else if constexpr (requires { T::dimensions; }) {  // forge_db::vector, whose header most programs do without
    return read_vector(text, out);
  } else {
    return read_by_codec<Storage>(text, out);
  }
}

/// As written by `Storage`; leniency is for what other programs wrote.
template <class Storage>
struct strict_storage {
  using type = Storage;
};
template <class Storage>
struct strict_storage<storage::lenient<Storage>> {
  using type = Storage;
};

}  // namespace forge_db::seed::detail
