// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/query_traits.hpp>

#include <cstdint>
#include <utility>

namespace forge_db {

/// What for_update() does about a row that another transaction has locked.
enum class locked_rows : std::uint8_t {
  wait_for,  ///< Waits until it ends.
  skip,      ///< Leaves the row out.
  refuse     ///< Fails at once.
};

/// What others may do meanwhile with the rows of for_update() and for_share().
enum class row_lock : std::uint8_t {
  update,  ///< Neither change nor lock them.
  share    ///< Lock them by for_share() as well; not change them.
};

/// A select whose rows stay locked until the transaction ends; see for_update().
template <class Query, row_lock Lock = row_lock::update, locked_rows Locked = locked_rows::wait_for>
class locking_select {
 public:
  static constexpr statement_kind kind = statement_kind::write;  // in a read session it would lock nothing
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = false;
  using row_type = typename Query::row_type;
  template <class Reader>
  using view_type = typename Query::template view_type<Reader>;

  constexpr explicit locking_select(Query query) : query_(std::move(query)) {}

  [[nodiscard]] constexpr auto skip_locked() const {
    static_assert(Locked == locked_rows::wait_for,
                  "forge_db: skip_locked() requires to be said alone, and once; leave no_wait() out");
    return locking_select<Query, Lock, locked_rows::skip>(query_);
  }
  [[nodiscard]] constexpr auto no_wait() const {
    static_assert(Locked == locked_rows::wait_for,
                  "forge_db: no_wait() requires to be said alone, and once; leave skip_locked() out");
    return locking_select<Query, Lock, locked_rows::refuse>(query_);
  }

  static constexpr void render(sql_writer& out) {
    Query::render(out);
    if (!out.is_postgres()) return;
    constexpr std::string_view behaviours[] = {"", " skip locked", " nowait"};
    out.text(Lock == row_lock::update ? " for update" : " for share");
    out.text(behaviours[static_cast<int>(Locked)]);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    query_.bind(sink);
  }
  template <class Reader, class Result>
  static void decode(Reader& reader, Result& row) {
    Query::decode(reader, row);
  }

 private:
  Query query_;
};

namespace detail {

template <row_lock Lock, class Query>
constexpr auto lock_rows(Query query) {
  static_assert(query_expression<Query>,
                "forge_db: for_update() and for_share() require a select; say from which table");
  if constexpr (query_expression<Query>) {
    static_assert(query_traits<Query>::can_be_locked,
                  "forge_db: for_update() and for_share() require a select of rows as they are; leave distinct(), "
                  "groups, aggregates, window functions, outer joins and set operations out");
    return locking_select<Query, Lock>(std::move(query));
  }
}

}  // namespace detail

/// A select in a write session whose rows nobody else changes until it ends: what is read may be relied on when it is
/// written back. On PostgreSQL it says `for update`. On SQLite nothing has to be said: a write session is the only one
/// that writes from its beginning, so there is nothing to wait for, to skip or to refuse. Not in a read session.
template <class Query>
[[nodiscard]] constexpr auto for_update(Query query) {
  return detail::lock_rows<row_lock::update>(std::move(query));
}

/// The same for rows that are only relied on, such as the parent of a new row: others may lock them so, too.
template <class Query>
[[nodiscard]] constexpr auto for_share(Query query) {
  return detail::lock_rows<row_lock::share>(std::move(query));
}

}  // namespace forge_db
