// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/column_operations.hpp>
#include <forge_db/query/conflict.hpp>
#include <forge_db/query/insert_source.hpp>
#include <forge_db/query/projection.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>

#include <concepts>
#include <string>
#include <utility>

namespace forge_db {

template <class Insert, class Target>
class conflict_clause;

/// An insert statement; start one with insert(). A row that is already there fails it, unless on_conflict() says
/// otherwise.
template <class Source, class Conflict = detail::conflict_fails, class Projection = detail::no_rows>
class insert_statement {
  using row = detail::source_row_t<typename Source::source_type>;

 public:
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = Projection::returns_rows;
  static constexpr bool is_dynamic = detail::insert_is_dynamic<typename Source::source_type>;
  using row_type = typename Projection::row_type;
  template <class Reader>
  using view_type = typename Projection::template view_type<Reader>;

  explicit insert_statement(Source source) : source_(std::move(source)) {}

  /// What to do when a row with the same key or unique columns is there: follow it with update(columns...) or
  /// do_nothing(). Without columns: any such row, and do_nothing() only.
  template <class... Columns>
  [[nodiscard]] auto on_conflict(Columns...) const {
    static_assert(
        !Conflict::is_said,
        "forge_db: on_conflict() requires to be the only one; a statement has one conflict target, remove the other");
    static_assert((column_tag<Columns> && ...),
                  "forge_db: on_conflict() requires columns as its arguments; name them, as in books::title");
    static_assert(
        sizeof...(Columns) == 0 || detail::identifies_row<row, column_list<Columns...>>,
        "forge_db: on_conflict() requires the columns of the primary key or of a unique constraint; name all of them");
    return conflict_clause<insert_statement, column_list<Columns...>>(*this);
  }
  /// The columns of a partial unique index, `index_on(...).where(...)`; see query/partial_index.hpp.
  template <class Index>
    requires requires { typename Index::index_columns; }
  [[nodiscard]] auto on_conflict(Index) const {
    static_assert(
        !Conflict::is_said,
        "forge_db: on_conflict() requires to be the only one; a statement has one conflict target, remove the other");
    static_assert(std::same_as<typename Index::row_type, row>,
                  "forge_db: on_conflict() requires an index of the inserted table; name its columns");
    return conflict_clause<insert_statement, Index>(*this);
  }

  /// The rows as they were written, also those that an upsert changed; rows that do_nothing() left out are not among
  /// them.
  [[nodiscard]] auto returning() const {
    static_assert(!returns_rows, "forge_db: returning() requires to be the only one; remove the other");
    return insert_statement<Source, Conflict, detail::whole_row<row>>(source_);
  }
  template <column_tag... Columns>
    requires(sizeof...(Columns) > 0)
  [[nodiscard]] auto returning(Columns...) const {
    static_assert(!returns_rows, "forge_db: returning() requires to be the only one; remove the other");
    static_assert(detail::some_columns<Columns...>::template belongs_to<row>(),
                  "forge_db: returning() requires columns of the table; leave the others out");
    return insert_statement<Source, Conflict, detail::some_columns<Columns...>>(source_);
  }
  /// Expressions too, by query/returning.hpp.
  template <class... Items>
    requires(sizeof...(Items) > 0 && !(column_tag<Items> && ...))
  [[nodiscard]] auto returning(Items... items) const {
    static_assert(!returns_rows, "forge_db: returning() requires to be the only one; remove the other");
    return detail::returning_items<row>(*this, std::move(items)...);
  }

  static constexpr void render(sql_writer& out, shape_mask const& mask = {}) {
    out.text("insert into ");
    out.text(table<row>::quoted);
    Source::render(out, mask);
    if constexpr (Conflict::is_said) {
      out.text(Source::before_conflict);
      Conflict::render(out);
    }
    if constexpr (returns_rows) {
      out.text(" returning ");
      Projection::render(out);
    }
  }

  [[nodiscard]] shape_mask mask() const { return source_.mask(); }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return detail::join_text(&insert_statement::render, target, mask);
  }

  template <class Sink>
  void bind(Sink& sink) const {
    source_.bind(sink, 1);
  }

  template <class Reader, class Result>
  static void decode(Reader& reader, Result& result) {
    Projection::decode(reader, result);
  }

 private:
  template <class Insert, class Target>
  friend class conflict_clause;

  Source source_;
};

/// `on conflict (...)`, of which the second half is missing.
template <class Source, class Conflict, class Projection, class Target>
class conflict_clause<insert_statement<Source, Conflict, Projection>, Target> {
  using row = detail::source_row_t<typename Source::source_type>;

 public:
  explicit conflict_clause(insert_statement<Source, Conflict, Projection> insert) : insert_(std::move(insert)) {}

  /// The row that is there takes these columns from the new one, and the columns that every update refreshes.
  template <class... Columns>
  [[nodiscard]] auto update(Columns...) const {
    static_assert((Target::size > 0),
                  "forge_db: update() requires on_conflict() to name columns; say which unique columns");
    static_assert(sizeof...(Columns) > 0 && (column_tag<Columns> && ...),
                  "forge_db: update() requires columns as its arguments; name them, as in books::title");
    static_assert((columns_belong_to<column_ref<Columns>, row>() && ...),
                  "forge_db: update() requires columns of the inserted table; leave the others out");
    static_assert(detail::are_distinct(column_list<Columns...>{}),
                  "forge_db: update() requires each column to be named once; remove one of them");
    static_assert((!detail::is_generated<Columns> && ...),
                  "forge_db: update() requires columns that are not generated; the database computes them, leave them "
                  "out");
    using updates = detail::conflict_updates<row, Target, column_list<Columns...>>;
    return insert_statement<Source, updates, Projection>(insert_.source_);
  }

  /// The row that is there takes what assignments say of it and of the new one, excluded(column); by
  /// query/conflict_set.hpp.
  template <class... Assignments>
  [[nodiscard]] auto set(Assignments... assignments) const {
    static_assert(Target::size > 0, "forge_db: set() requires on_conflict() to name columns; say which unique columns");
    static_assert(!Projection::returns_rows, "forge_db: set() requires returning() to be said behind it; move it");
    constexpr bool known = requires { set_on_conflict<row, Target>(insert_.source_, assignments...); };
    static_assert(known, "forge_db: set() requires <forge_db/query/conflict_set.hpp>, or assignments; include it");
    if constexpr (known) return set_on_conflict<row, Target>(insert_.source_, std::move(assignments)...);
  }

  [[nodiscard]] auto do_nothing() const {
    return insert_statement<Source, detail::conflict_skips<Target>, Projection>(insert_.source_);
  }

 private:
  insert_statement<Source, Conflict, Projection> insert_;
};

/// Inserts a row, or what a row needs (NewBook), whose unset fields take their defaults. An lvalue is borrowed until
/// the statement has run, an rvalue is kept.
template <class Row>
  requires detail::insertable<std::remove_cvref_t<Row>>
[[nodiscard]] auto insert(Row&& new_row) {
  static_assert(!view_row<detail::source_row_t<std::remove_cvref_t<Row>>>,
                "forge_db: insert() requires a table; the row is of a view, which is only read");
  using source = detail::one_row<std::remove_cvref_t<Row>>;
  return insert_statement<source>(source(std::forward<Row>(new_row)));
}

/// Inserts a contiguous sequence of them by one statement, the sequence being one parameter.
template <class Rows>
  requires(detail::bindable_sequence<Rows>&& detail::insertable<detail::element_of<Rows>>)
[[nodiscard]] auto insert(Rows&& new_rows) {
  using element = detail::element_of<Rows>;
  static_assert(!view_row<detail::source_row_t<element>>,
                "forge_db: insert() requires a table; the rows are of a view, which is only read");
  using source = detail::many_rows<element>;
  constexpr int columns = static_cast<int>(detail::written_columns<detail::source_row_t<element>>::size);
  return insert_statement<source>(
      source(detail::hold_span(std::forward<Rows>(new_rows), columns, &detail::row_cell<element>)));
}

}  // namespace forge_db
