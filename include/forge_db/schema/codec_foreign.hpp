// SPDX-License-Identifier: MIT
#pragma once

// Booleans, enumerations and decimals as other programs store them.

#include <forge_db/core/decimal.hpp>
#include <forge_db/core/enum_text.hpp>
#include <forge_db/schema/codec.hpp>

#include <cmath>
#include <string>
#include <string_view>

namespace forge_db {

namespace detail {

/// ASCII letters only; `lower` is in lower case.
constexpr bool equals_in_any_case(std::string_view text, std::string_view lower) noexcept {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const letter = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
    if (letter != lower[i]) return false;
  }
  return true;
}

/// Two words, read in any case; written as Words spells them.
template <class Words>
struct worded_boolean {
  template <class Row>
  static void read(Row& row, int column, bool& out) {
    require_kind(row, column, value_kind::text, Words::described);
    std::string_view const text = row.text(column);
    out = equals_in_any_case(text, Words::lower[1]);
    if (!out && !equals_in_any_case(text, Words::lower[0])) refuse_content(column, Words::described);
  }
  template <class Sink>
  static void write(Sink& sink, int index, bool value) {
    sink.text(index, Words::written[value ? 1 : 0]);
  }
};

struct true_false {
  static constexpr char const* described = "a boolean (true or false)";
  static constexpr std::string_view lower[] = {"false", "true"};
  static constexpr std::string_view written[] = {"false", "true"};
};
struct yes_no {
  static constexpr char const* described = "a boolean (Y or N)";
  static constexpr std::string_view lower[] = {"n", "y"};
  static constexpr std::string_view written[] = {"N", "Y"};
};

}  // namespace detail

template <>
struct codec<bool, storage::boolean_text> : detail::worded_boolean<detail::true_false> {};
template <>
struct codec<bool, storage::boolean_letter> : detail::worded_boolean<detail::yes_no> {};

template <enum_with_text E>
struct codec<E, storage::enum_integer> {
  template <class Row>
  static void read(Row& row, int column, E& out) {
    detail::require_kind(row, column, value_kind::integer, "the position of an enumerator");
    std::int64_t const value = row.int64(column);
    if (value < 0 || static_cast<std::uint64_t>(value) >= enum_traits<E>::names.size()) {
      detail::refuse_content(column, "the position of an enumerator");
    }
    out = static_cast<E>(value);
  }
  template <class Sink>
  static void write(Sink& sink, int index, E value) {
    static_cast<void>(to_text(value));  // refuses what is no enumerator
    sink.int64(index, static_cast<std::int64_t>(value));
  }
};

/// Read to the nearest decimal of the scale.
template <int Precision, int Scale>
struct codec<decimal<Precision, Scale>, storage::decimal_real> {
  static_assert(
      Precision <= 15,
      "forge_db: a decimal that is stored as a real number requires a precision of at most 15; store it scaled");
  using value_type = decimal<Precision, Scale>;

  template <class Row>
  static void read(Row& row, int column, value_type& out) {
    value_kind const kind = row.kind(column);
    if (kind != value_kind::real && kind != value_kind::integer) detail::refuse_kind(column, kind, "a number");
    double const scaled = row.float64(column) * factor;
    auto const value = std::fabs(scaled) < 1e18 ? value_type::try_from_scaled(std::llround(scaled)) : std::nullopt;
    if (!value) detail::refuse_content(column, "a decimal within its precision");
    out = *value;
  }
  template <class Sink>
  static void write(Sink& sink, int index, value_type const& value) {
    sink.float64(index, static_cast<double>(value.scaled()) / factor);
  }

 private:
  static constexpr double factor = [] {
    double power = 1;
    for (int i = 0; i < Scale; ++i) power *= 10;
    return power;
  }();
};

template <int Precision, int Scale>
struct codec<decimal<Precision, Scale>, storage::decimal_text> {
  using value_type = decimal<Precision, Scale>;

  template <class Row>
  static void read(Row& row, int column, value_type& out) {
    detail::require_kind(row, column, value_kind::text, "a decimal as text");
    auto const value = value_type::try_parse(row.text(column));
    if (!value) detail::refuse_content(column, "a decimal within its precision and scale");
    out = *value;
  }
  template <class Sink>
  static void write(Sink& sink, int index, value_type const& value) {
    std::string const text = value.text();
    auto const kept = sink.scratch(text.size());
    text.copy(kept.data(), text.size());
    sink.text(index, {kept.data(), kept.size()});
  }
};

}  // namespace forge_db
