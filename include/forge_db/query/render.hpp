// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/dialect.hpp>
#include <forge_db/query/shape_mask.hpp>
#include <forge_db/query/sql_writer.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace forge_db {

namespace detail {

template <class S, dialect D>
consteval std::size_t text_length() {
  sql_writer counter(D);
  S::render(counter);
  return counter.size();
}

template <class S, dialect D>
consteval auto text_constant() {
  std::array<char, text_length<S, D>() + 1> text{};
  sql_writer writer(D, text.data());
  S::render(writer);
  return text;
}

/// One object for each statement type and dialect: its address identifies the text.
template <class S, dialect D>
inline constexpr auto text_storage = text_constant<S, D>();

/// What `render(sql_writer&)` writes, in one allocation.
template <class Render>
std::string written_text(dialect target, Render const& render) {
  sql_writer counter(target);
  render(counter);
  std::string text(counter.size(), '\0');
  sql_writer writer(target, text.data());
  render(writer);
  return text;
}

/// The text of a statement of variable shape, from the same pieces.
inline std::string join_text(void (*render)(sql_writer&, shape_mask const&), dialect target, shape_mask const& mask) {
  return written_text(target, [&](sql_writer& out) { render(out, mask); });
}

}  // namespace detail

/// The text of statement type S: a constant, zero-terminated, at an address of its own.
/// Statements of variable shape (`S::is_dynamic`) have none; their text is `S::join(dialect, statement.mask())`.
template <class S, dialect D>
  requires(!S::is_dynamic)
inline constexpr std::string_view sql_text{detail::text_storage<S, D>.data(), detail::text_storage<S, D>.size() - 1};

/// The text of a statement, as in `static_assert(sql<dialect::sqlite>(q) == "...")` where q is a constant, or in a log.
template <dialect D, class S>
[[nodiscard]] constexpr auto sql(S const& statement) {
  if constexpr (S::is_dynamic) {
    return S::join(D, statement.mask());
  } else {
    static_cast<void>(statement);
    return sql_text<S, D>;
  }
}

}  // namespace forge_db
