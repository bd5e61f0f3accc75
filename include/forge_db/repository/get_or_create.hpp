// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/insert_source.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/detail/atomically.hpp>
#include <forge_db/repository/detail/has_guards.hpp>
#include <forge_db/repository/detail/partial_row.hpp>
#include <forge_db/repository/detail/row_result.hpp>
#include <forge_db/repository/detail/tenant_values.hpp>
#include <forge_db/repository/scoped_insert.hpp>

#include <optional>
#include <string>
#include <utility>

namespace forge_db {

template <class Row>
struct repository_traits;

/// What get_or_create() answers.
template <class Row>
struct created_or_found {
  Row row{};
  bool created = false;  ///< Whether this call inserted it.
};

namespace detail {

/// Inserts the row unless one has the same Target columns.
template <class Row, class Target>
struct insert_unless_there : whole_row_result<Row> {
  using new_type = typename table<Row>::new_type;

  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool is_dynamic = insert_is_dynamic<new_type>;

  new_type const& row;

  static constexpr void render(sql_writer& out, shape_mask const& mask = {}) {
    out.text("insert into ");
    out.text(table<Row>::quoted);
    render_new_row<new_type>(out, mask);
    out.text(" ");
    render_conflict_columns(out, Target{});
    out.text("do nothing returning ");
    out.text(table<Row>::select_list);
  }
  [[nodiscard]] shape_mask mask() const { return insert_mask(row, written_columns<Row>{}); }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_text(&insert_unless_there::render, target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    bind_columns(sink, 1, row, written_columns<Row>{});
  }
};

/// The living row, of the tenant, that has the Target columns of a new one.
template <class Row, class Target>
struct find_alike : whole_row_result<Row> {
  using new_type = typename table<Row>::new_type;
  using named = without_tenant<Target>;

  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = false;

  new_type const& row;
  [[no_unique_address]] standing<Row> conditions{};

  static constexpr void render(sql_writer& out) {
    out.text("select ");
    out.text(table<Row>::select_list);
    out.text(" from ");
    out.text(table<Row>::quoted);
    out.text(" where ");
    render_key(out, named{});
    sql_separator separate(" and ", named::size > 0 ? " and " : "");
    render_standing<Row>(out, separate);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    bind_target(sink, named{});
  }

 private:
  template <class Sink, class... C>
  void bind_target(Sink& sink, column_list<C...>) const {
    [[maybe_unused]] auto const fields = fields_of<Row, written_columns<Row>::size>(row);
    int index = 1;
    (write_new<typename C::storage_type, fill_of<C>>(sink, index++, field_at<C::index>(fields)), ...);
    bind_standing(sink, index, conditions);
  }
};

/// The unique columns by which get_or_create() of a table finds: those of the spec.
template <class Row>
using created_once_by = typename repository_traits<Row>::get_or_create;

/// Whether insert() of the table's repository does more than to insert: what has guards, a tree or an audit trail.
template <class Row>
inline constexpr bool inserts_with_care = has_guards<Row> || requires {
  typename repository_traits<Row>::tree;
}
|| requires { typename repository_traits<Row>::audit; };

[[noreturn]] inline void refuse_neither(std::string_view table) {
  error_context context;
  context.table = table;
  throw not_found(
      "forge_db: get_or_create() requires the row to be inserted or found; a trigger prevents the one, or a default "
      "that "
      "is never the same the other",
      std::move(context));
}

}  // namespace detail

/// A repository whose rows are found by unique columns, or made: `get_or_create:` of the spec.
template <class Base>
class get_or_create_functions : public Base {
  using row = typename Base::row_type;

 public:
  using Base::Base;

  /// Inserts the row, or answers the one that has the same values in the columns of `get_or_create:`, unchanged.
  /// However many threads and processes ask at once, one of them inserts. Errors: constraint_violation by another
  /// constraint; not_found when a trigger keeps the row out. It is one statement where the row is new, two where it is
  /// there. A table with guards, a tree or an audit trail looks first, and then inserts as insert() does, in a
  /// savepoint: the row is the living one of the tenant, and constraint_violation also says that a deleted or another
  /// tenant's row has the values.
  created_or_found<row> get_or_create(typename Base::new_type const& new_row) const {
    if constexpr (detail::inserts_with_care<row>) {
      return find_or_insert(new_row);
    } else {
      return insert_or_find(new_row);
    }
  }

 private:
  created_or_found<row> insert_or_find(typename Base::new_type const& new_row) const {
    using target = detail::created_once_by<row>;
    // Where sessions do not exclude each other, the row may go between the two statements.
    for (int attempt = 0; attempt < 3; ++attempt) {
      if (std::optional<row> made = this->session().first(detail::insert_unless_there<row, target>{{}, new_row})) {
        return {*std::move(made), true};
      }
      if (std::optional<row> found = this->session().first(detail::find_alike<row, target>{{}, new_row})) {
        return {*std::move(found), false};
      }
    }
    detail::refuse_neither(table<row>::name);
  }

  created_or_found<row> find_or_insert(typename Base::new_type const& new_row) const {
    if constexpr (detail::has_scope<row>) detail::require_tenant<row>(new_row, this->standing());
    if (std::optional<row> there = find_alike(new_row)) return {*std::move(there), false};
    try {
      return {detail::atomically(this->session(), [&] { return Base::insert(new_row); }), true};
    } catch (constraint_violation const&) {
      // Where sessions do not exclude each other, another one may have inserted it meanwhile.
      if (std::optional<row> there = find_alike(new_row)) return {*std::move(there), false};
      throw;
    }
  }
  std::optional<row> find_alike(typename Base::new_type const& new_row) const {
    return this->session().first(detail::find_alike<row, detail::created_once_by<row>>{{}, new_row, this->standing()});
  }
};

}  // namespace forge_db
