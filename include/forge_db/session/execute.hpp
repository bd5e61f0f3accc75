// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/driver/driver.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/session/stream.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace forge_db {

namespace detail {

template <class T>
struct scalar_of {
  using type = T;
  static type take(T&& row) { return std::move(row); }
};
template <class T>
struct scalar_of<std::tuple<T>> {
  using type = T;
  static type take(std::tuple<T>&& row) { return std::get<0>(std::move(row)); }
};

/// The rows of a query; a type that only the error message sees where there are none.
struct no_row {};
template <class Query>
using result_row = std::conditional_t<std::is_void_v<typename Query::row_type>, no_row, typename Query::row_type>;

}  // namespace detail

/// The statements of a session. Each call takes a query by reference and borrows the lvalues in it until it returns;
/// the functions that answer a range keep the query itself. All throw what the driver throws, and decode_error when a
/// row does not fit its type. They belong to the thread of the session.
template <driver::connection Connection, bool CanWrite>
class session_methods {
 public:
  using connection_type = Connection;
  using prepared_type = typename Connection::statement_type;
  static constexpr bool can_write = CanWrite;

  session_methods(session_methods const&) = delete;
  session_methods& operator=(session_methods const&) = delete;

  /// Every row.
  template <statement Query>
  std::vector<detail::result_row<Query>> all(Query const& query);

  /// The first row, if there is one; further rows are not looked at.
  template <statement Query>
  std::optional<detail::result_row<Query>> first(Query const& query);

  /// The only row. Throws not_found when there is none, too_many_rows when there is a second one.
  template <statement Query>
  detail::result_row<Query> one(Query const& query);

  /// The only value of the only row: a count, a sum, one column. Throws as one() does.
  template <statement Query>
  auto value(Query const& query);

  /// Rows one after the other in constant memory, each in the same struct: `for (Book const& book :
  /// session.stream(q))`. The range owns the query; it must end before the session.
  template <statement Query>
  row_stream<Query, Connection> stream(Query query) {
    check_query<Query>();
    return row_stream<Query, Connection>(connection_, std::move(query));
  }

  /// As stream(), but each row is seen in place: its texts are views into the engine's row, valid until the next one.
  template <statement Query>
  view_stream<Query, Connection> views(Query query) {
    check_query<Query>();
    return view_stream<Query, Connection>(connection_, std::move(query));
  }

  /// Calls `visit` with each row, in the same struct. A visitor that answers bool stops by false.
  template <statement Query, class Visit>
  void each(Query const& query, Visit&& visit);

  /// Runs a statement that changes rows and answers how many it changed (rows changed by triggers and foreign keys not
  /// counted).
  template <statement Query>
  std::int64_t execute(Query const& query);

  /// For what ForgeDB does not cover. The session keeps the transaction: neither commit nor roll back here.
  Connection& connection() noexcept { return connection_; }

 protected:
  explicit session_methods(Connection& connection) noexcept : connection_(connection) {}
  ~session_methods() = default;

 private:
  template <class Query>
  static consteval void check_query() {
    static_assert(CanWrite || Query::kind == statement_kind::read,
                  "forge_db: a read session requires the statement to be a select; run it in write()");
    static_assert(Query::returns_rows,
                  "forge_db: a query requires the statement to return rows; use execute(), or add returning()");
  }

  Connection& connection_;
};

}  // namespace forge_db

#include <forge_db/session/detail/execute_body.hpp>  // IWYU pragma: export
