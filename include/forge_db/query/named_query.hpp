// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/decode.hpp>
#include <forge_db/query/in_span.hpp>
#include <forge_db/query/parameter.hpp>
#include <forge_db/query/sql_writer.hpp>
#include <forge_db/query/statement.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

// What the functions of a spec's named queries are made of; generated code includes it.
namespace forge_db {

namespace detail {

template <class T, class V>
constexpr held<T> hold_argument(V&& value) {
  constexpr bool is_session = requires { typename std::remove_cvref_t<V>::connection_type; };
  static_assert(
      !is_session,
      "forge_db: a named query requires an argument for each parameter behind the session; give the missing one");
  static_assert(is_session || is_value_of<T, V>(),
                "forge_db: a named query requires its arguments to be of their parameters' types; convert the value");
  return hold<T>(std::forward<V>(value));
}

template <class Storage, class T, class Sink>
void bind_argument(Sink& sink, int index, held<T> const& value, std::string_view query, std::string_view name) {
  try {
    bind_held<Storage, T>(sink, index, value);
  } catch (invalid_value const& refused) {
    name_refused(refused, query, name);
  }
}

}  // namespace detail

/// A value for a parameter of a named query. As everywhere, lvalues are borrowed until the statement has run, and
/// rvalues are kept. Throws invalid_value for an integer out of range.
template <class T, class Storage>
class argument {
 public:
  template <class V>
    requires(!std::same_as<std::remove_cvref_t<V>, argument>)
  constexpr argument(V&& value)  // NOLINT(google-explicit-constructor): it stands for the value
      : value_(detail::hold_argument<T>(std::forward<V>(value))) {}

  template <class Sink>
  void bind(Sink& sink, int index, std::string_view query, std::string_view name) const {
    detail::bind_argument<Storage, T>(sink, index, value_, query, name);
  }

 private:
  detail::held<T> value_;
};

/// The same for a parameter that may be NULL: by null, nullopt, or an optional without a value.
template <class T, class Storage>
class optional_argument {
 public:
  template <class V>
    requires(!std::same_as<std::remove_cvref_t<V>, optional_argument>)
  constexpr optional_argument(V&& value) {  // NOLINT(google-explicit-constructor): it stands for the value
    using given = std::remove_cvref_t<V>;
    if constexpr (detail::is_optional<given>) {
      if (value.has_value()) value_.emplace(detail::hold_argument<T>(*std::forward<V>(value)));
    } else if constexpr (!std::same_as<given, null_t> && !std::same_as<given, std::nullopt_t>) {
      value_.emplace(detail::hold_argument<T>(std::forward<V>(value)));
    }
  }

  template <class Sink>
  void bind(Sink& sink, int index, std::string_view query, std::string_view name) const {
    if (value_) {
      detail::bind_argument<Storage, T>(sink, index, *value_, query, name);
    } else {
      sink.null(index);
    }
  }

 private:
  std::optional<detail::held<T>> value_{};
};

/// A sequence of values as ONE parameter, `x in (:list)`, whatever its length; an empty one holds nothing. An lvalue,
/// view or span is borrowed until the statement has run; an rvalue container is kept.
template <class T, class Storage>
class list_argument {
 public:
  template <class Values>
    requires(!std::same_as<std::remove_cvref_t<Values>, list_argument>)
  list_argument(Values&& values) {  // NOLINT(google-explicit-constructor): it stands for the values
    constexpr bool is_list = detail::bindable_sequence<Values>;
    static_assert(
        is_list, "forge_db: a list of a named query requires a contiguous sequence, such as a vector; copy the values");
    if constexpr (is_list) {
      using element = detail::element_of<Values>;
      static_assert(detail::is_value_of<T, element const&>(),
                    "forge_db: a named query requires the items of a list to be of its type; convert them");
      values_ = detail::hold_span(std::forward<Values>(values), 1, &detail::write_element_as<T, Storage, element>);
    }
  }
  list_argument(std::initializer_list<T> values) : list_argument(std::vector<T>(values)) {}

  template <class Sink>
  void bind(Sink& sink, int index, std::string_view, std::string_view) const {
    sink.span(index, values_.source);
  }

 private:
  detail::held_span values_{};
};

/// Reads the columns of a named query's row into `fields`, each stored as its Storage. Throws decode_error, naming
/// query and column, for a value that does not fit its field.
template <class... Storages, class Reader, class... Fields>
void decode_columns(Reader& reader, std::string_view query,
                    std::array<std::string_view, sizeof...(Storages)> const& names, Fields&... fields) {
  int column = 0;
  try {
    (detail::read_field<Storages>(reader, column++, fields), ...);
  } catch (detail::decode_fault const& fault) {
    detail::name_fault(fault, query, names);
  }
}

namespace detail {
[[noreturn]] inline void refuse_more_rows() {
  throw too_many_rows("forge_db: a query with an optional result requires at most one row; it found more");
}
}  // namespace detail

/// The row of a query that finds one or none. Throws too_many_rows when there is a second one.
template <class Session, statement Query>
std::optional<typename Query::row_type> at_most_one(Session& session, Query const& query) {
  std::optional<typename Query::row_type> found;
  session.each(query, [&](typename Query::row_type const& row) {
    if (found) detail::refuse_more_rows();
    found = row;
  });
  return found;
}

}  // namespace forge_db
