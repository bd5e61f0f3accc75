// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/bytes.hpp>
#include <forge_db/core/date.hpp>
#include <forge_db/core/decimal.hpp>
#include <forge_db/core/enum_text.hpp>
#include <forge_db/core/error.hpp>
#include <forge_db/core/json.hpp>
#include <forge_db/core/timestamp.hpp>
#include <forge_db/core/typed_id.hpp>
#include <forge_db/core/uuid.hpp>
#include <forge_db/query/span_source.hpp>
#include <forge_db/schema/codec.hpp>
#include <forge_db/text/detail/base64.hpp>
#include <forge_db/text/json_writer.hpp>

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// The values of columns as JSON; see to_json.hpp for what becomes what.
namespace forge_db::detail {

/// The shortest digits that read back as the same number.
template <std::floating_point Real>
std::string json_number(Real value) {
  if (std::isnan(value)) throw invalid_value("forge_db: to_json() requires a number; JSON has no NaN");
  if (std::isinf(value)) return value < 0 ? "-1e999" : "1e999";
  char buffer[32];
  std::string text(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";  // stays a real number for who reads it
  return text;
}

/// What a value of a type that the library does not know is stored as.
template <class Storage, class T>
void write_stored_json(json_writer& out, T const& value) {
  cell_sink stored;
  codec<T, Storage>::write(stored, 1, value);
  auto const* const data = static_cast<char const*>(stored.data());
  switch (stored.kind()) {
    case value_kind::null:
      out.null();
      return;
    case value_kind::integer:
      out.value(stored.as_int64());
      return;
    case value_kind::real:
      out.raw(json_number(stored.as_float64()));
      return;
    case value_kind::text:
      out.value(std::string_view{data, stored.size()});
      return;
    case value_kind::blob:
      out.value(base64(as_bytes({data, stored.size()})));
      return;
  }
}

template <class T>
inline constexpr bool is_typed_id = false;
template <class Of, class T>
inline constexpr bool is_typed_id<typed_id<Of, T>> = true;

template <class Storage, class T>
void write_json(json_writer& out, T const& value) {
  if constexpr (is_typed_id<T>) {
    write_json<Storage>(out, value.value());
  } else if constexpr (std::same_as<T, bool>) {
    out.value(value);
  } else if constexpr (std::integral<T>) {
    out.value(static_cast<std::int64_t>(value));
  } else if constexpr (std::floating_point<T>) {
    out.raw(json_number(static_cast<double>(value)));
  } else if constexpr (is_decimal<T>) {
    out.value(std::string_view{value.text()});
  } else if constexpr (enum_with_text<T>) {
    out.value(to_text(value));
  } else if constexpr (std::same_as<T, std::string>) {
    out.value(std::string_view{value});
  } else if constexpr (std::same_as<T, bytes>) {
    out.value(std::string_view{base64(value)});
  } else if constexpr (std::same_as<T, uuid>) {
    out.value(std::string_view{uuid_text(value)});
  } else if constexpr (std::same_as<T, timestamp>) {
    out.value(std::string_view{timestamp_iso(value)});
  } else if constexpr (std::same_as<T, date>) {
    out.value(std::string_view{date_text(value)});
  } else if constexpr (std::same_as<T, json>) {
    if (!json::try_parse(value.text()))
      throw invalid_value("forge_db: to_json() requires a JSON column to hold JSON; repair the row");
    out.raw(value.text());
  } else if constexpr (std::same_as<T, std::vector<std::string>>) {
    out.open_list();
    for (auto const& item : value) out.value(std::string_view{item});
    out.close_list();
  } else if constexpr (requires { T::dimensions; }) {  // a vector, whose header most programs do without
    out.open_list();
    for (float const number : value.values) out.raw(json_number(number));
    out.close_list();
  } else {
    write_stored_json<Storage>(out, value);
  }
}

}  // namespace forge_db::detail
