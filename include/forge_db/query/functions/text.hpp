// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/functions/function.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

// Functions of text. All of them are NULL where an operand is. Characters are those of Unicode. Of text with a NUL
// character in it, which PostgreSQL has none of, SQLite's length(), substr(), left(), right() and like_pattern() see
// what stands before it; what replace() looks for and trim() takes away end there. All others take it as any character.
namespace forge_db {

namespace detail {

struct lower_text {
  static constexpr std::string_view sqlite = "lower(@1)";
  static constexpr std::string_view postgres = "lower(~1 collate \"C\")";
};
struct upper_text {
  static constexpr std::string_view sqlite = "upper(@1)";
  static constexpr std::string_view postgres = "upper(~1 collate \"C\")";
};
struct length_text {
  static constexpr std::string_view sqlite = "length(@1)";
  static constexpr std::string_view postgres = "length(@1)::bigint";
};
struct byte_length_text {
  static constexpr std::string_view sqlite = "length(cast(@1 as blob))";
  static constexpr std::string_view postgres = "octet_length(@1)::bigint";
};
struct substr_text {
  static constexpr std::string_view sqlite = "substr(@1, @2, @3)";
  static constexpr std::string_view postgres = "substr(@1, @2::integer, @3::integer)";
};
struct substr_to_end_text {
  static constexpr std::string_view sqlite = "substr(@1, @2)";
  static constexpr std::string_view postgres = "substr(@1, @2::integer)";
};
struct right_text {
  static constexpr std::string_view sqlite = "substr(@1, -@2, @2)";
  static constexpr std::string_view postgres = "right(@1, @2::integer)";
};
struct trim_text {
  static constexpr std::string_view sqlite = "trim(@1, @2)";
  static constexpr std::string_view postgres = "btrim(@1, @2)";
};
struct ltrim_text {
  static constexpr std::string_view sqlite = "ltrim(@1, @2)";
  static constexpr std::string_view postgres = sqlite;
};
struct rtrim_text {
  static constexpr std::string_view sqlite = "rtrim(@1, @2)";
  static constexpr std::string_view postgres = sqlite;
};
struct replace_text {
  static constexpr std::string_view sqlite = "replace(@1, @2, @3)";
  static constexpr std::string_view postgres = sqlite;
};
struct position_text {
  static constexpr std::string_view sqlite = "instr(@1, @2)";
  static constexpr std::string_view postgres = "strpos(@1, @2)::bigint";
};
struct contains_text {
  static constexpr std::string_view sqlite = "instr(lower(@1), lower(@2)) > 0";
  static constexpr std::string_view postgres = "strpos(lower(~1 collate \"C\"), lower(~2 collate \"C\")) > 0";
};
struct starts_with_text {
  static constexpr std::string_view sqlite = "instr(@1, @2) = 1";
  static constexpr std::string_view postgres = "starts_with(@1, @2)";
};
/// By bytes: the end of UTF-8 text begins with a character. A part of an empty blob is NULL, so there is a byte before
/// it that is in no text.
struct ends_with_text {
  static constexpr std::string_view sqlite =
      "substr(cast(x'FF' || ~1 as blob), -length(cast(@2 as blob)), length(cast(@2 as blob))) = cast(@2 as blob)";
  static constexpr std::string_view postgres = "right(@1, length(@2)) = @2";
};
/// A pattern that is a parameter by itself would make SQLite prepare the statement at every execution.
struct like_pattern_text {
  static constexpr std::string_view sqlite = "~1 like (@2 || '') escape '\\'";
  static constexpr std::string_view postgres = "lower(~1 collate \"C\") like lower(~2 collate \"C\") escape '\\'";
};

/// True for what text functions take as further operands: text, as an expression or a value.
template <class X>
consteval bool is_text_value() {
  if constexpr (is_operand<X>) {
    return is_text<X>;
  } else {
    return std::convertible_to<X, std::string_view> && !std::same_as<std::remove_cvref_t<X>, std::nullptr_t>;
  }
}

template <class X>
constexpr auto text_node(X&& operand) {
  if constexpr (is_operand<X>) {
    return node_of(std::forward<X>(operand));
  } else {
    return bound_value<std::string, storage::text, true>(std::in_place, std::forward<X>(operand));
  }
}

template <class Text, class X, class... More>
constexpr auto call_text(X&& operand, More&&... more) {
  return call<Text, std::string, storage::text>(text_node(std::forward<X>(operand)),
                                                text_node(std::forward<More>(more))...);
}

constexpr std::int64_t require_count(std::int64_t value, std::int64_t least, char const* message) {
  if (value < least) throw invalid_value(message);
  return value;
}

/// A bound integer, which PostgreSQL is told of by the pattern.
constexpr auto bound_count(std::int64_t value) {
  return bound_value<std::int64_t, storage::integer, false>(std::in_place, value);
}

}  // namespace detail

/// A to Z in lower case, nothing else.
template <class X>
[[nodiscard]] constexpr auto lower(X&& operand) {
  static_assert(detail::is_text<X>, "forge_db: lower() requires a text column; cast what is none");
  if constexpr (detail::is_text<X>) return detail::call_text<detail::lower_text>(std::forward<X>(operand));
}

/// a to z in upper case, nothing else.
template <class X>
[[nodiscard]] constexpr auto upper(X&& operand) {
  static_assert(detail::is_text<X>, "forge_db: upper() requires a text column; cast what is none");
  if constexpr (detail::is_text<X>) return detail::call_text<detail::upper_text>(std::forward<X>(operand));
}

/// The number of characters.
template <class X>
[[nodiscard]] constexpr auto length(X&& operand) {
  static_assert(detail::is_text<X>, "forge_db: length() requires a text column; byte_length() measures bytes");
  if constexpr (detail::is_text<X>) {
    return detail::call<detail::length_text, std::int64_t, storage::integer>(detail::node_of(std::forward<X>(operand)));
  }
}

/// The number of bytes of text in UTF-8, or of a blob.
template <class X>
[[nodiscard]] constexpr auto byte_length(X&& operand) {
  constexpr bool measurable = detail::is_text<X> || std::same_as<detail::storage_of_operand<X>, storage::blob>;
  static_assert(measurable, "forge_db: byte_length() requires a column of text or bytes; cast what is none");
  if constexpr (measurable) {
    return detail::call<detail::byte_length_text, std::int64_t, storage::integer>(
        detail::node_of(std::forward<X>(operand)));
  }
}

/// `count` characters from the `start`th on, which counts from 1. Throws invalid_value if start is less than 1 or count
/// less than 0, about which the dialects disagree.
template <class X>
[[nodiscard]] constexpr auto substr(X&& operand, std::int64_t start, std::int64_t count) {
  static_assert(detail::is_text<X>, "forge_db: substr() requires a text column; cast what is none");
  detail::require_count(start, 1, "forge_db: substr() requires its start to be 1 or more; right() takes from the end");
  detail::require_count(count, 0, "forge_db: substr() requires its count to be 0 or more");
  if constexpr (detail::is_text<X>) {
    return detail::call<detail::substr_text, std::string, storage::text>(
        detail::node_of(std::forward<X>(operand)), detail::bound_count(start), detail::bound_count(count));
  }
}
template <class X>
[[nodiscard]] constexpr auto substr(X&& operand, std::int64_t start) {
  static_assert(detail::is_text<X>, "forge_db: substr() requires a text column; cast what is none");
  detail::require_count(start, 1, "forge_db: substr() requires its start to be 1 or more; right() takes from the end");
  if constexpr (detail::is_text<X>) {
    return detail::call<detail::substr_to_end_text, std::string, storage::text>(
        detail::node_of(std::forward<X>(operand)), detail::bound_count(start));
  }
}

/// The first `count` characters, or all. Throws invalid_value if it is negative.
template <class X>
[[nodiscard]] constexpr auto left(X&& operand, std::int64_t count) {
  return substr(std::forward<X>(operand), 1, count);
}

/// The last `count` characters, or all. Throws invalid_value if it is negative.
template <class X>
[[nodiscard]] constexpr auto right(X&& operand, std::int64_t count) {
  static_assert(detail::is_text<X>, "forge_db: right() requires a text column; cast what is none");
  detail::require_count(count, 0, "forge_db: right() requires its count to be 0 or more");
  if constexpr (detail::is_text<X>) {
    return detail::call<detail::right_text, std::string, storage::text>(detail::node_of(std::forward<X>(operand)),
                                                                        detail::bound_count(count));
  }
}

/// Without the spaces, or any of `characters`, at both ends.
template <class X, class Characters = std::string_view>
[[nodiscard]] constexpr auto trim(X&& operand, Characters&& characters = " ") {
  constexpr bool texts = detail::is_text<X> && detail::is_text_value<Characters>();
  static_assert(texts, "forge_db: trim() requires a text column, and text as what is taken away; cast what is none");
  if constexpr (texts) {
    return detail::call_text<detail::trim_text>(std::forward<X>(operand), std::forward<Characters>(characters));
  }
}
/// Without those at the beginning.
template <class X, class Characters = std::string_view>
[[nodiscard]] constexpr auto ltrim(X&& operand, Characters&& characters = " ") {
  constexpr bool texts = detail::is_text<X> && detail::is_text_value<Characters>();
  static_assert(texts, "forge_db: ltrim() requires a text column, and text as what is taken away; cast what is none");
  if constexpr (texts) {
    return detail::call_text<detail::ltrim_text>(std::forward<X>(operand), std::forward<Characters>(characters));
  }
}
/// Without those at the end.
template <class X, class Characters = std::string_view>
[[nodiscard]] constexpr auto rtrim(X&& operand, Characters&& characters = " ") {
  constexpr bool texts = detail::is_text<X> && detail::is_text_value<Characters>();
  static_assert(texts, "forge_db: rtrim() requires a text column, and text as what is taken away; cast what is none");
  if constexpr (texts) {
    return detail::call_text<detail::rtrim_text>(std::forward<X>(operand), std::forward<Characters>(characters));
  }
}

/// `to` instead of every `from`; an empty `from` changes nothing.
template <class X, class From, class To>
[[nodiscard]] constexpr auto replace(X&& operand, From&& from, To&& to) {
  constexpr bool texts = detail::is_text<X> && detail::is_text_value<From>() && detail::is_text_value<To>();
  static_assert(texts,
                "forge_db: replace() requires a text column, and text to look for and to put there; cast what is none");
  if constexpr (texts) {
    return detail::call_text<detail::replace_text>(std::forward<X>(operand), std::forward<From>(from),
                                                   std::forward<To>(to));
  }
}

/// Texts one after the other; NULL if one of them is: `concat(authors::name, ", ", books::title)`.
template <expression... Operands>
struct concatenation : detail::composed<concatenation<Operands...>, Operands...> {
  using detail::composed<concatenation, Operands...>::composed;
  using value_type = std::string;
  using storage_type = storage::text;
  static constexpr int strength = 8;

  static constexpr void render(sql_writer& out) {
    sql_separator separate(" || ");
    ((separate(out), detail::render_operand_of<Operands, 8>(out)), ...);
  }
};

template <class... Xs>
[[nodiscard]] constexpr auto concat(Xs&&... operands) {
  constexpr bool texts = sizeof...(Xs) > 1 && (detail::is_text_value<Xs>() && ...);
  static_assert(texts, "forge_db: concat() requires two or more texts; cast what is none to std::string");
  if constexpr (texts) {
    return concatenation<decltype(detail::text_node(std::forward<Xs>(operands)))...>(
        detail::text_node(std::forward<Xs>(operands))...);
  }
}

/// Where `word` begins in the text, in characters from 1; 0 if nowhere. Upper and lower case differ.
template <class X, class Word>
[[nodiscard]] constexpr auto position(X&& operand, Word&& word) {
  constexpr bool texts = detail::is_text<X> && detail::is_text_value<Word>();
  static_assert(texts, "forge_db: position() requires a text column, and text to look for; cast what is none");
  if constexpr (texts) {
    return detail::call<detail::position_text, std::int64_t, storage::integer>(
        detail::text_node(std::forward<X>(operand)), detail::text_node(std::forward<Word>(word)));
  }
}

/// Text that contains a word, whatever the case of A-Z in either, as column.contains() has it.
template <class X, class Word>
[[nodiscard]] constexpr auto contains(X&& operand, Word&& word) {
  constexpr bool texts = detail::is_text<X> && detail::is_text_value<Word>();
  static_assert(texts, "forge_db: contains() requires a text column, and text to look for; cast what is none");
  if constexpr (texts) {
    return detail::call_condition<detail::contains_text>(detail::text_node(std::forward<X>(operand)),
                                                         detail::text_node(std::forward<Word>(word)));
  }
}

/// Text that begins with a prefix, exactly. For a column and a value, column.starts_with() can use an index.
template <class X, class Prefix>
[[nodiscard]] constexpr auto starts_with(X&& operand, Prefix&& prefix) {
  constexpr bool texts = detail::is_text<X> && detail::is_text_value<Prefix>();
  static_assert(texts, "forge_db: starts_with() requires a text column, and text to look for; cast what is none");
  if constexpr (texts) {
    return detail::call_condition<detail::starts_with_text>(detail::text_node(std::forward<X>(operand)),
                                                            detail::text_node(std::forward<Prefix>(prefix)));
  }
}

/// Text that ends with a suffix, exactly.
template <class X, class Suffix>
[[nodiscard]] constexpr auto ends_with(X&& operand, Suffix&& suffix) {
  constexpr bool texts = detail::is_text<X> && detail::is_text_value<Suffix>();
  static_assert(texts, "forge_db: ends_with() requires a text column, and text to look for; cast what is none");
  if constexpr (texts) {
    return detail::call_condition<detail::ends_with_text>(detail::text_node(std::forward<X>(operand)),
                                                          detail::text_node(std::forward<Suffix>(suffix)));
  }
}

/// SQL's LIKE with a pattern, in which `%` is any text, `_` any character, and `\` takes the meaning from the one after
/// it. Whatever the case of A-Z in either. Do not put a user's words into it as they are: contains() looks for words,
/// and escape_like() makes them harmless. A pattern that ends in a single `\` matches nothing on SQLite and is an error
/// on PostgreSQL.
template <class X, class Pattern>
[[nodiscard]] constexpr auto like_pattern(X&& operand, Pattern&& pattern) {
  constexpr bool texts = detail::is_text<X> && detail::is_text_value<Pattern>();
  static_assert(texts, "forge_db: like_pattern() requires a text column, and a pattern; cast what is no text");
  if constexpr (texts) {
    return detail::call_condition<detail::like_pattern_text>(detail::text_node(std::forward<X>(operand)),
                                                             detail::text_node(std::forward<Pattern>(pattern)));
  }
}

/// Text as a part of a pattern of like_pattern() that stands for itself.
[[nodiscard]] inline std::string escape_like(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (char const c : text) {
    if (c == '%' || c == '_' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace forge_db
