// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/statement_parts.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>

#include <string>
#include <utility>

namespace forge_db {

/// How the database would run a statement, which it does not run; see explain().
template <statement Query>
class explain_statement {
 public:
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool returns_rows = true;
  static constexpr bool is_dynamic = Query::is_dynamic;
  using row_type = std::string;

  explicit explain_statement(Query query) : query_(std::move(query)) {}

  static constexpr void render(sql_writer& out, shape_mask const& mask = {}) {
    out.text(out.is_postgres() ? "explain " : "explain query plan ");
    detail::render_statement<Query>(out, mask);
  }
  [[nodiscard]] shape_mask mask() const { return detail::mask_of_statement(query_); }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return detail::join_text(&explain_statement::render, target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    query_.bind(sink);
  }
  template <class Reader>
  static void decode(Reader& reader, std::string& line) {
    line = reader.text(reader.column_count() - 1);
  }

 private:
  Query query_;
};

/// The steps by which the database would run the statement, a line each, in the words of the database: for tests that
/// look for an index (`SEARCH books USING INDEX ...` on SQLite), and for people. Nothing is read or changed, so it runs
/// in a read session whatever the statement is.
///
///     std::vector<std::string> plan = session.all(explain(select<Book>().where(books::isbn == "1")));
template <statement Query>
[[nodiscard]] auto explain(Query query) {
  return explain_statement<Query>(std::move(query));
}

}  // namespace forge_db
