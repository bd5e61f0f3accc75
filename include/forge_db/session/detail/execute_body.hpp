// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/session/execute.hpp>

namespace forge_db {

namespace detail {

// Thrown here, not in one(), which every query that uses it would carry.
[[noreturn]] inline void refuse_no_row() {
  throw not_found("forge_db: one() requires the query to find a row; it found none");
}
[[noreturn]] inline void refuse_second_row() {
  throw too_many_rows("forge_db: one() requires the query to find one row; it found more");
}

}  // namespace detail

template <driver::connection Connection, bool CanWrite>
template <statement Query>
std::vector<detail::result_row<Query>> session_methods<Connection, CanWrite>::all(Query const& query) {
  check_query<Query>();
  std::vector<detail::result_row<Query>> rows;
  prepared_type running = connection_.prepare(query);
  query.bind(running);
  while (running.step()) Query::decode(running, rows.emplace_back());
  return rows;
}

template <driver::connection Connection, bool CanWrite>
template <statement Query>
std::optional<detail::result_row<Query>> session_methods<Connection, CanWrite>::first(Query const& query) {
  check_query<Query>();
  std::optional<detail::result_row<Query>> row;
  prepared_type running = connection_.prepare(query);
  query.bind(running);
  if (running.step()) Query::decode(running, row.emplace());
  return row;
}

template <driver::connection Connection, bool CanWrite>
template <statement Query>
detail::result_row<Query> session_methods<Connection, CanWrite>::one(Query const& query) {
  check_query<Query>();
  prepared_type running = connection_.prepare(query);
  query.bind(running);
  if (!running.step()) detail::refuse_no_row();
  detail::result_row<Query> row{};
  Query::decode(running, row);
  if (running.step()) detail::refuse_second_row();
  return row;
}

template <driver::connection Connection, bool CanWrite>
template <statement Query>
auto session_methods<Connection, CanWrite>::value(Query const& query) {
  return detail::scalar_of<detail::result_row<Query>>::take(one(query));
}

template <driver::connection Connection, bool CanWrite>
template <statement Query, class Visit>
void session_methods<Connection, CanWrite>::each(Query const& query, Visit&& visit) {
  check_query<Query>();
  prepared_type running = connection_.prepare(query);
  query.bind(running);
  detail::result_row<Query> row{};
  while (running.step()) {
    Query::decode(running, row);
    if constexpr (std::same_as<std::invoke_result_t<Visit&, detail::result_row<Query> const&>, bool>) {
      if (!visit(std::as_const(row))) return;
    } else {
      visit(std::as_const(row));
    }
  }
}

template <driver::connection Connection, bool CanWrite>
template <statement Query>
std::int64_t session_methods<Connection, CanWrite>::execute(Query const& query) {
  static_assert(CanWrite || Query::kind == statement_kind::read,
                "forge_db: a read session requires the statement to be a select; run it in write()");
  static_assert(Query::kind == statement_kind::write,
                "forge_db: execute() requires the statement to change rows; use all(), first() or one() for a select");
  prepared_type running = connection_.prepare(query);
  query.bind(running);
  while (running.step()) {
  }
  return connection_.changes();
}

}  // namespace forge_db
