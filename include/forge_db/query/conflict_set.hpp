// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/condition.hpp>
#include <forge_db/query/detail/row_version.hpp>
#include <forge_db/query/detail/statement_parts.hpp>
#include <forge_db/query/insert.hpp>
#include <forge_db/query/operators.hpp>
#include <forge_db/query/returning.hpp>

#include <concepts>
#include <string>
#include <type_traits>
#include <utility>

namespace forge_db {

/// In the assignments and the condition of an upsert: column C of the row that could not be inserted.
template <column_tag C>
struct excluded_column : detail::expression_methods<excluded_column<C>> {
  using value_type = typename C::value_type;
  using storage_type = typename C::storage_type;

  static constexpr void render(sql_writer& out) {
    out.text("excluded.");
    out.text(C::quoted);
  }
  template <class Sink>
  void bind(Sink&, int&) const {}
  template <class... Scope>
  static consteval bool belongs_to() {
    return detail::is_in_scope<detail::excluded_scope, Scope...> && detail::is_in_scope<typename C::row_type, Scope...>;
  }
  template <class>
  static consteval bool is_nullable() {
    return C::nullable || detail::is_lenient<storage_type>;
  }
};

/// `on_conflict(books::isbn).set(books::score = books::score + excluded(books::score))`
template <column_tag C>
[[nodiscard]] constexpr auto excluded(C) {
  return excluded_column<C>{};
}

/// An insert that changes the row that is already there by assignments, if it satisfies a condition.
template <class Row, class Source, class Target, class Assignments, class Where = detail::every_row,
          class Projection = detail::no_rows>
class conflict_set_statement;

template <class Row, class Source, class Target, class... Assignments, class Where, class Projection>
class conflict_set_statement<Row, Source, Target, detail::clause_list<Assignments...>, Where, Projection> {
  using assignments = detail::clause_list<Assignments...>;

 public:
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = Projection::returns_rows;
  static constexpr bool is_dynamic = detail::insert_is_dynamic<typename Source::source_type>;
  using row_type = typename Projection::row_type;
  template <class Reader>
  using view_type = typename Projection::template view_type<Reader>;

  conflict_set_statement(Source source, assignments set, Where where = {})
      : source_(std::move(source)), assignments_(std::move(set)), where_(std::move(where)) {}

  /// Only a row that satisfies the condition is changed; another stays as it is, and is not returned.
  template <class P>
  [[nodiscard]] auto where(P condition) const {
    static_assert(std::same_as<Where, detail::every_row>,
                  "forge_db: where() requires to be the only one; join conditions by &&");
    static_assert(detail::check_where<P, detail::excluded_scope, Row>());
    return conflict_set_statement<Row, Source, Target, assignments, P, Projection>(source_, assignments_,
                                                                                   std::move(condition));
  }

  /// The rows as they were written, new ones and changed ones.
  [[nodiscard]] auto returning() const {
    static_assert(!returns_rows, "forge_db: returning() requires to be the only one; remove the other");
    return conflict_set_statement<Row, Source, Target, assignments, Where, detail::whole_row<Row>>(
        source_, assignments_, where_);
  }
  template <class... Items>
    requires(sizeof...(Items) > 0)
  [[nodiscard]] auto returning(Items... items) const {
    static_assert(!returns_rows, "forge_db: returning() requires to be the only one; remove the other");
    return returning_of<Row>(*this, std::move(items)...);
  }

  static constexpr void render(sql_writer& out, shape_mask const& mask = {}) {
    out.text("insert into ");
    out.text(table<Row>::quoted);
    Source::render(out, mask);
    out.text(Source::before_conflict);
    detail::render_conflict_columns(out, Target{});
    out.text("do update set ");
    out.qualify(true);  // PostgreSQL would not know which row is meant
    sql_separator separate;
    ((separate(out), Assignments::render(out)), ...);
    detail::render_refreshed_on_conflict<Row>(out, separate, column_list<typename Assignments::column_type...>{});
    detail::render_where<Where>(out);
    out.qualify(false);
    if constexpr (returns_rows) {
      out.text(" returning ");
      Projection::render(out);
    }
  }
  [[nodiscard]] shape_mask mask() const { return source_.mask(); }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return detail::join_text(&conflict_set_statement::render, target, mask);
  }

  template <class Sink>
  void bind(Sink& sink) const {
    int index = detail::bind_first(sink, 1, [&](auto& first) { source_.bind(first, 1); });
    detail::bind_clauses(assignments_, sink, index);
    where_.bind(sink, index);
  }
  template <class Reader, class Result>
  static void decode(Reader& reader, Result& row) {
    Projection::decode(reader, row);
  }

 private:
  Source source_;
  assignments assignments_;
  [[no_unique_address]] Where where_;
};

/// What on_conflict(...).set(...) makes; it finds this by its arguments.
template <class Row, class Target, class Source, class... Assignments>
  requires(sizeof...(Assignments) > 0 && (is_assignment<Assignments> && ...))
[[nodiscard]] auto set_on_conflict(Source const& source, Assignments... assignments) {
  static_assert((columns_belong_to<Assignments, detail::excluded_scope, Row>() && ...),
                "forge_db: set() requires columns of the inserted table; leave the others out");
  static_assert(detail::are_distinct(column_list<typename Assignments::column_type...>{}),
                "forge_db: set() requires each column to be assigned once; remove one assignment");
  using list = detail::clause_list<Assignments...>;
  return conflict_set_statement<Row, Source, Target, list>(source, list(std::move(assignments)...));
}

}  // namespace forge_db
