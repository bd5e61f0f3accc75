// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/conflict.hpp>
#include <forge_db/query/detail/columns.hpp>
#include <forge_db/query/detail/concatenated.hpp>
#include <forge_db/query/detail/refused_value.hpp>
#include <forge_db/query/patch_source.hpp>
#include <forge_db/query/sql_writer.hpp>
#include <forge_db/query/write_field.hpp>
#include <forge_db/repository/key.hpp>

#include <tuple>
#include <type_traits>

// Inserts that name some columns of a table and leave the others to their defaults: what behaviours write by
// themselves, where there is no new_type to ask a user for.
namespace forge_db::detail {

/// True if an insert can do without column C.
template <class C>
inline constexpr bool may_be_unnamed =
    C::nullable || has_client_default<C> || contains_column<C>(database_defaults<typename C::row_type>{}) ||
    contains_column<C>(typename table<typename C::row_type>::on_update_now{}) || is_generated<C> ||
    (table<typename C::row_type>::generated_key && is_key_column<typename C::row_type, C>);

template <class Row, class Given>
struct partial_row;

/// An insert of the columns Given, and of the others whose default ForgeDB itself computes.
template <class Row, class... Given>
struct partial_row<Row, column_list<Given...>> {
  template <class C>
  static constexpr bool is_filled = !contains_column<C>(column_list<Given...>{}) &&
                                    (has_client_default<C> || contains_column<C>(typename table<Row>::on_update_now{}));

  /// `"id", "isbn", ...`: the given ones, then the filled ones.
  static constexpr void render_names(sql_writer& out) {
    sql_separator separate;
    ((separate(out), out.text(Given::quoted)), ...);
    each_filled([&]<class C>() { separate(out), out.text(C::quoted); });
  }
  /// `, ?` for each filled one.
  static constexpr void render_filled(sql_writer& out) {
    each_filled([&]<class C>() { out.text(", "), out.parameter(); });
  }
  /// ` values (?, ...)`
  static constexpr void render_values(sql_writer& out) {
    out.text(" values (");
    sql_separator separate;
    ((static_cast<void>(Given::index), separate(out), out.parameter()), ...);
    render_filled(out);
    out.text(")");
  }
  template <class Sink>
  static void bind_filled(Sink& sink, int& index) {
    each_filled([&]<class C>() {
      if constexpr (has_client_default<C>) {
        write_default<C>(sink, index++);
      } else {
        bind_now<C>(sink, index);
      }
    });
  }

 private:
  template <class Visit>
  static constexpr void each_filled(Visit visit) {
    [&]<class... C>(column_list<C...>) {
      static_assert(((contains_column<C>(column_list<Given...>{}) || may_be_unnamed<C>)&&...),
                    "forge_db: a behaviour that inserts rows requires every column it does not know to be nullable or "
                    "to have a default; give it one in the spec");
      [[maybe_unused]] auto const if_filled = [&]<class Column>() {
        if constexpr (is_filled<Column>) visit.template operator()<Column>();
      };
      (if_filled.template operator()<C>(), ...);
    }(written_columns<Row>{});
  }
};

/// `, "updated_at" = excluded."updated_at"` for each column that every change refreshes.
template <class... C>
constexpr void render_refreshed_excluded(sql_writer& out, column_list<C...>) {
  ((out.text(", "), render_excluded(out, C::quoted)), ...);
}
/// `, "updated_at" = ?` for each of them.
template <class... C>
constexpr void render_refreshed(sql_writer& out, column_list<C...>) {
  ((out.text(", "), out.text(C::quoted), out.text(" = "), out.parameter()), ...);
}
template <class Sink, class... C>
void bind_refreshed([[maybe_unused]] Sink& sink, [[maybe_unused]] int& index, column_list<C...>) {
  (bind_now<C>(sink, index), ...);
}

template <class... C>
std::tuple<typename C::value_type...> values_type(column_list<C...>);
/// A value for each of some columns.
template <class Columns>
using values_of = decltype(values_type(Columns{}));

/// Throws invalid_value, naming the column, for what it refuses. The values must live until the statement has run.
template <class Sink, class... C>
void bind_values([[maybe_unused]] Sink& sink, [[maybe_unused]] int& index,
                 [[maybe_unused]] values_of<column_list<C...>> const& values, column_list<C...>) {
  std::apply([&](auto const&... value) { (bind_key_part<C>(sink, index++, value), ...); }, values);
}

/// The columns of several lists, in their order.
template <class... Lists>
using join_columns = decltype(concatenated(column_list<>{}, Lists{}...));

/// A list of a column, or of none where C is void.
template <class C>
using column_or_none = std::conditional_t<std::is_void_v<C>, column_list<>, column_list<C>>;

}  // namespace forge_db::detail
