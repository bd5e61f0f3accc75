// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/decimal.hpp>
#include <forge_db/query/functions/function.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

// Values as values of another type, the same on both dialects.
namespace forge_db {

namespace detail {

/// What a value is, as far as casting goes.
enum class cast_kind { integer, real, boolean, letter, truth, decimal, text, uuid, other };

template <class Value, class Storage>
consteval cast_kind cast_kind_of() {
  if (std::same_as<Storage, storage::integer>) return cast_kind::integer;  // typed ids among them
  if (std::same_as<Storage, storage::real>) return cast_kind::real;
  if (std::same_as<Storage, storage::boolean>) return cast_kind::boolean;
  if (std::same_as<Storage, storage::boolean_text>) return cast_kind::truth;
  if (std::same_as<Storage, storage::boolean_letter>) return cast_kind::letter;
  if (std::same_as<Storage, storage::decimal_scaled>) return cast_kind::decimal;
  if (std::same_as<Storage, storage::uuid_text36>) return cast_kind::uuid;
  if (std::same_as<Storage, storage::text> || std::same_as<Storage, storage::enum_text>) return cast_kind::text;
  return cast_kind::other;
}

constexpr void write_power(sql_writer& out, int digits) {
  out.text("1");
  for (int i = 0; i < digits; ++i) out.text("0");
}

}  // namespace detail

/// `cast(operand as integer)`, a 64 bit one: real numbers and decimals lose their fraction.
template <expression E>
struct cast_to_integer : detail::composed<cast_to_integer<E>, E> {
  using detail::composed<cast_to_integer, E>::composed;
  using value_type = std::int64_t;
  using storage_type = storage::integer;
  static constexpr detail::cast_kind kind = detail::cast_kind_of<typename E::value_type, typename E::storage_type>();
  static_assert(kind != detail::cast_kind::other && kind != detail::cast_kind::uuid,
                "forge_db: cast<std::int64_t>() requires a number, a decimal, a bool, an id or text; extract() and "
                "unix_seconds() read times");

  static constexpr void render(sql_writer& out) {
    using detail::cast_kind;
    auto const operand = [&] { detail::render_operand_of<E, 9>(out); };
    if (out.is_postgres()) {
      bool const fraction = kind == cast_kind::real || kind == cast_kind::decimal;
      if (fraction) out.text("trunc(");
      operand();
      if (fraction) out.text(")");
      if (kind == cast_kind::boolean || kind == cast_kind::letter || kind == cast_kind::truth) out.text("::integer");
      return out.text("::bigint");
    }
    if (kind == cast_kind::letter || kind == cast_kind::truth) {
      out.text("(");
      operand();
      return out.text(kind == cast_kind::letter ? " = 'Y')" : " = 'true')");
    }
    out.text(kind == cast_kind::decimal ? "(" : "cast(");
    operand();
    if (kind == cast_kind::decimal) {
      out.text(" / ");
      write_scale(out);
      return out.text(")");
    }
    out.text(" as integer)");
  }

 private:
  static constexpr void write_scale(sql_writer& out) {
    if constexpr (detail::is_decimal<typename E::value_type>) detail::write_power(out, E::value_type::scale);
  }
};

/// `cast(operand as real)`
template <expression E>
struct cast_to_real : detail::composed<cast_to_real<E>, E> {
  using detail::composed<cast_to_real, E>::composed;
  using value_type = double;
  using storage_type = storage::real;
  static constexpr detail::cast_kind kind = detail::cast_kind_of<typename E::value_type, typename E::storage_type>();
  static_assert(
      kind == detail::cast_kind::integer || kind == detail::cast_kind::real || kind == detail::cast_kind::decimal ||
          kind == detail::cast_kind::text,
      "forge_db: cast<double>() requires a number, a decimal or text; extract() and unix_seconds() read times");

  static constexpr void render(sql_writer& out) {
    if (out.is_postgres()) {
      detail::render_operand_of<E, 9>(out);
      return out.text("::double precision");
    }
    out.text(kind == detail::cast_kind::decimal ? "(" : "cast(");
    detail::render_operand_of<E, 9>(out);
    if constexpr (detail::is_decimal<typename E::value_type>) {
      out.text(" / ");
      detail::write_power(out, E::value_type::scale);
      out.text(".0)");
    } else {
      out.text(" as real)");
    }
  }
};

/// An operand as text: integers in decimal digits, decimals with all digits of their scale, enums by name, uuids in
/// lower case with hyphens.
template <expression E>
struct cast_to_text : detail::composed<cast_to_text<E>, E> {
  using detail::composed<cast_to_text, E>::composed;
  using value_type = std::string;
  using storage_type = storage::text;
  static constexpr detail::cast_kind kind = detail::cast_kind_of<typename E::value_type, typename E::storage_type>();
  static_assert(kind != detail::cast_kind::real,
                "forge_db: cast<std::string>() requires no real number, which the dialects write differently; cast it "
                "to a decimal or an integer first");
  static_assert(kind == detail::cast_kind::integer || kind == detail::cast_kind::decimal ||
                    kind == detail::cast_kind::text || kind == detail::cast_kind::uuid ||
                    kind == detail::cast_kind::real,
                "forge_db: cast<std::string>() requires an integer, a decimal, an id, an enum, a uuid or text; read "
                "other values as they are");

  static constexpr void render(sql_writer& out) {
    if (out.is_postgres()) {
      detail::render_operand_of<E, 9>(out);
      return out.text("::text");
    }
    if constexpr (detail::is_decimal<typename E::value_type>) {
      constexpr int scale = E::value_type::scale;
      std::array<detail::text_operand, 1> one{detail::operand_of<E>()};
      auto const power = [&] { detail::write_power(out, scale); };
      if constexpr (scale == 0) {
        detail::render_pattern(out, "cast(@1 as text)", one);
      } else {
        detail::render_pattern(out, "case when ~1 is not null then printf('%s%d.%0", one);
        out.number(static_cast<std::size_t>(scale));
        detail::render_pattern(out, "d', case when ~1 < 0 then '-' else '' end, abs(@1) / ", one);
        power();
        detail::render_pattern(out, ", abs(@1) % ", one);
        power();
        out.text(") end");  // printf() of NULL is text
      }
    } else {
      out.text("cast(");
      E::render(out);
      out.text(" as text)");
    }
  }
};

/// A number as a decimal. A real one is rounded to the scale, halves away from zero; more digits than the precision
/// has are refused by PostgreSQL, and by SQLite when the value is read.
template <int Precision, int Scale, expression E>
struct cast_to_decimal : detail::composed<cast_to_decimal<Precision, Scale, E>, E> {
  using detail::composed<cast_to_decimal, E>::composed;
  using value_type = decimal<Precision, Scale>;
  using storage_type = storage::decimal_scaled;
  static_assert(detail::is_plain_number<E>, "forge_db: cast to a decimal requires a number; cast text to one first");

  static constexpr void render(sql_writer& out) {
    constexpr bool whole = std::integral<typename E::value_type>;
    std::array<detail::text_operand, 1> one{detail::operand_of<E>()};
    auto const scaled = [&] {  // a real number, as it is multiplied on both
      detail::render_pattern(out, "~1 * ", one);
      detail::write_power(out, Scale);
    };
    if (out.is_postgres()) {
      if constexpr (whole) {
        detail::render_pattern(out, "~1", one);
      } else {
        out.text("(trunc((");
        scaled();
        detail::render_pattern(out, ") + sign(@1) * 0.5)::numeric / ", one);
        detail::write_power(out, Scale);
        out.text(")");
      }
      out.text("::numeric(");
      out.number(Precision);
      out.text(", ");
      out.number(Scale);
      return out.text(")");
    }
    out.text(whole ? "(" : "cast(round(");
    scaled();
    out.text(whole ? ")" : ") as integer)");
  }
};

namespace detail {

template <class T>
inline constexpr bool is_cast_target =
    std::same_as<T, std::int64_t> || std::same_as<T, double> || std::same_as<T, std::string> || is_decimal<T>;

template <class T, class E>
struct cast_node {
  using type = void;
};
template <class E>
struct cast_node<std::int64_t, E> {
  using type = cast_to_integer<E>;
};
template <class E>
struct cast_node<double, E> {
  using type = cast_to_real<E>;
};
template <class E>
struct cast_node<std::string, E> {
  using type = cast_to_text<E>;
};
template <int Precision, int Scale, class E>
struct cast_node<decimal<Precision, Scale>, E> {
  using type = cast_to_decimal<Precision, Scale, E>;
};

}  // namespace detail

/// The operand as a std::int64_t, double, std::string or decimal. Text that is no number is 0 on SQLite, which takes
/// the digits that it begins with, and an error on PostgreSQL.
template <class T, class X>
[[nodiscard]] constexpr auto cast(X&& operand) {
  static_assert(detail::is_operand<X>, "forge_db: cast() requires a column or an expression; convert values in C++");
  static_assert(
      detail::is_cast_target<T>,
      "forge_db: cast() requires std::int64_t, double, std::string or a decimal as its type; take one of them");
  if constexpr (detail::is_operand<X> && detail::is_cast_target<T>) {
    return typename detail::cast_node<T, detail::node_for<X>>::type(detail::node_of(std::forward<X>(operand)));
  }
}

}  // namespace forge_db
