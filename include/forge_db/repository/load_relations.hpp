// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/refused_value.hpp>
#include <forge_db/query/detail/row_fields.hpp>
#include <forge_db/query/in_span.hpp>
#include <forge_db/query/write_field.hpp>
#include <forge_db/repository/loaded.hpp>
#include <forge_db/repository/relation_statement.hpp>

#include <cstddef>
#include <iterator>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace forge_db {

namespace detail {

template <class C, class Row>
void write_key_part(Row const& row, cell_sink& sink) {
  auto const fields = fields_of<Row, table<Row>::columns::size>(row);
  try {
    write_whole<typename C::storage_type>(sink, 1, field_at<C::index>(fields));
  } catch (invalid_value const& refused) {
    name_refused(refused, table<Row>::name, C::name);
  }
}

template <class Row, class Columns>
struct parent_keys;

/// A span of pointers to rows, seen as a table of some of their columns.
template <class Row, class... Columns>
struct parent_keys<Row, column_list<Columns...>> {
  static void cell(void const* element, int column, cell_sink& sink) {
    Row const& row = **static_cast<Row* const*>(element);
    int place = 0;
    static_cast<void>(((place++ == column && (write_key_part<Columns>(row, sink), true)) || ...));
  }
  static span_source of(std::vector<Row*> const& rows) {
    return {rows.data(), rows.size(), sizeof(Row*), static_cast<int>(sizeof...(Columns)), &cell};
  }
};

/// Runs a statement whose rows say which parent they are for, and decodes each into what `place(parent)` answers.
template <class Parent, class Session, class Row, class Statement, class Place>
void read_for_parents(Session& session, std::vector<Row*> const& parents, Statement const& statement, Place place) {
  auto running = session.connection().prepare(statement);
  statement.bind(running);
  while (running.step()) {
    Statement::decode(running, place(static_cast<Parent&>(*parents[Statement::position(running)])));
  }
}

template <class Parent, class Session, class Row, class Tag, class Where>
void load_slot(Session& session, std::vector<Row*> const& parents, relation_count<Tag, Where> const& count) {
  relation_count_statement<Tag, Where> const statement{
      parent_keys<Row, typename relation_match<Tag>::from>::of(parents), count.condition()};
  read_for_parents<Parent>(
      session, parents, statement, [](Parent & parent) -> auto& { return parent[counted<Tag>{}]; });
}

/// What the program said of a relation's order, or else the spec.
template <class Tag, class Order>
decltype(auto) order_of_relation(Order const& order) {
  if constexpr (clause_list_traits<Order>::empty && requires { typename Tag::order; }) {
    return typename Tag::order{};
  } else {
    return (order);
  }
}
template <class Tag, class Limit>
auto limit_of_relation(Limit limit) {
  if constexpr (std::is_same_v<Limit, no_limit> && requires { Tag::limit_rows; }) {
    return limit_per_parent{Tag::limit_rows};
  } else {
    return limit;
  }
}

template <class Parent, class Session, class Row, class Tag, class Where, class Order, class Limit, class... Nested>
void load_slot(Session& session, std::vector<Row*> const& parents,
               relation_query<Tag, Where, Order, Limit, Nested...> const& query) {
  using related = typename Tag::related_type;
  auto const& order = order_of_relation<Tag>(query.order());
  auto const limit = limit_of_relation<Tag>(query.row_limit());
  relation_statement<Tag, Where, std::remove_cvref_t<decltype(order)>, std::remove_const_t<decltype(limit)>> const
      statement{parent_keys<Row, typename relation_match<Tag>::from>::of(parents), query.condition(), order, limit};
  read_for_parents<Parent>(
      session, parents, statement, [](Parent & parent) -> auto& {
        if constexpr (Tag::to_many) {
          return parent[Tag{}].emplace_back();
        } else {
          return parent[Tag{}].emplace();
        }
      });
  if constexpr (sizeof...(Nested) > 0) {  // what was read stays where it is from here on
    std::vector<related*> children;
    for (Row* const row : parents) {
      auto& found = static_cast<Parent&>(*row)[Tag{}];
      if constexpr (Tag::to_many) {
        for (related& child : found) children.push_back(&child);
      } else {
        if (found) children.push_back(&*found);
      }
    }
    load_into<loaded<related, typename Nested::slot_type...>>(session, children, query.nested());
  }
}

/// Loads what each of `loads` says into the slots of the parents, each of which is a Parent: one statement each, and
/// one for each relation nested in it. Without parents there is nothing to ask for.
template <class Parent, class Session, class Row, class... Loads>
void load_into(Session& session, std::vector<Row*> const& parents, std::tuple<Loads...> const& loads) {
  if (parents.empty()) return;
  std::apply([&](auto const&... load) { (load_slot<Parent>(session, parents, load), ...); }, loads);
}

template <class Loaded, class Session, class... Loads>
void load_rows(Session& session, std::span<Loaded> rows, std::tuple<Loads...> const& loads) {
  std::vector<typename Loaded::row_type*> parents;
  parents.reserve(rows.size());
  for (Loaded& row : rows) parents.push_back(&row);
  load_into<Loaded>(session, parents, loads);
}

/// The rows without their relations, moved where they are a temporary.
template <class Loaded, class Rows>
std::vector<Loaded> as_loaded(Rows&& rows) {
  std::vector<Loaded> result;
  result.reserve(std::size(rows));
  for (auto& row : rows) {
    if constexpr (std::is_lvalue_reference_v<Rows> || is_view<std::remove_cv_t<Rows>>) {
      result.emplace_back(row);
    } else {
      result.emplace_back(std::move(row));
    }
  }
  return result;
}

}  // namespace detail

/// What with(Relations...) makes of a Row.
template <table_row Row, class... Relations>
using loaded_with = loaded<Row, typename detail::load_of<Relations>::slot_type...>;

/// Loads relations of rows that one has: each of them, in their order, with its related rows. One statement a relation
/// at every depth, whatever the number of rows; none for no rows. Rows that are no lvalue are moved. Errors: what the
/// session throws, and decode_error; invalid_value for a row whose key cannot be stored.
template <class Session, class Rows, class... Relations>
  requires detail::bindable_sequence<Rows>
[[nodiscard]] auto load(Session& session, Rows&& rows, Relations... relations) {
  using row = detail::element_of<Rows>;
  static_assert(detail::check_loads<row, Relations...>());
  using loaded_type = loaded_with<row, Relations...>;
  std::vector<loaded_type> result = detail::as_loaded<loaded_type>(std::forward<Rows>(rows));
  detail::load_rows<loaded_type>(session, result, std::tuple(detail::as_load(std::move(relations))...));
  return result;
}

/// The same for one row.
template <class Session, class Row, class... Relations>
  requires table_row<std::remove_cvref_t<Row>>
[[nodiscard]] auto load(Session& session, Row&& row, Relations... relations) {
  using row_type = std::remove_cvref_t<Row>;
  static_assert(detail::check_loads<row_type, Relations...>());
  using loaded_type = loaded_with<row_type, Relations...>;
  loaded_type result(std::forward<Row>(row));
  detail::load_rows<loaded_type>(session, std::span(&result, 1), std::tuple(detail::as_load(std::move(relations))...));
  return result;
}

}  // namespace forge_db
