// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/from.hpp>
#include <forge_db/query/grouping.hpp>
#include <forge_db/query/qualified_projection.hpp>
#include <forge_db/query/returning.hpp>
#include <forge_db/query/select_items.hpp>
#include <forge_db/query/update.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace forge_db {

/// `update ... set ... from ... where`: rows of Row change by what rows of other tables say. A row that goes together
/// with several others is changed once, by any of them. Columns with `on_update: now` are set too.
template <class Row, class From, class Source, class Where, class Projection = detail::no_rows>
class update_from_statement {
 public:
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = Projection::returns_rows;
  static constexpr bool is_dynamic = false;
  using row_type = typename Projection::row_type;
  template <class Reader>
  using view_type = typename Projection::template view_type<Reader>;

  update_from_statement(From from, Source source, Where where)
      : from_(std::move(from)), source_(std::move(source)), where_(std::move(where)) {}

  /// Of the rows that go together, only those that satisfy the condition.
  template <class P>
  [[nodiscard]] auto where(P condition) const {
    static_assert(predicate<P>, "forge_db: where() requires a condition; compare a column with a value");
    if constexpr (predicate<P>) {
      static_assert(From::template holds<P, Row>(),
                    "forge_db: where() requires columns of the updated table or of those in from(); add them there");
      static_assert(detail::check_changing_condition<P>());
      auto both = where_ && std::move(condition);
      return update_from_statement<Row, From, Source, decltype(both), Projection>(from_, source_, std::move(both));
    }
  }

  /// The changed rows, as they are after the update; columns of the updated table only, which is what SQLite can do.
  [[nodiscard]] auto returning() const {
    static_assert(!returns_rows, "forge_db: returning() requires to be the only one; remove the other");
    return update_from_statement<Row, From, Source, Where, detail::qualified_projection<detail::whole_row<Row>>>(
        from_, source_, where_);
  }
  template <class... Items>
    requires(sizeof...(Items) > 0)
  [[nodiscard]] auto returning(Items... items) const {
    static_assert(!returns_rows, "forge_db: returning() requires to be the only one; remove the other");
    return returning_of<Row, true>(*this, std::move(items)...);
  }

  static constexpr void render(sql_writer& out) {
    out.text("update ");
    out.text(table<Row>::quoted);
    out.text(" set ");
    out.qualify(true);
    Source::render(out, shape_mask{});
    out.text(" from ");
    From::render(out);
    detail::render_where<Where>(out);
    if constexpr (returns_rows) {
      out.text(" returning ");
      Projection::render(out);
    }
    out.qualify(false);
  }

  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    source_.bind(sink, index);
    from_.bind(sink, index);
    where_.bind(sink, index);
  }
  template <class Reader, class Result>
  static void decode(Reader& reader, Result& result) {
    Projection::decode(reader, result);
  }

 private:
  [[no_unique_address]] From from_;
  Source source_;
  [[no_unique_address]] Where where_;
};

/// What update<Row>().from(...) gives: say set() next.
template <class Row, class From, class Where>
struct update_from_start {
  From from;
  Where where;

  /// One more table, and which of its rows go with those before.
  template <table_row Other, class On>
  [[nodiscard]] constexpr auto join(On on) const {
    return with_join<Other>(table_source<Other>{}, std::move(on));
  }
  template <class Source, class On>
  [[nodiscard]] constexpr auto join(Source const& source, On on) const {
    static_assert(detail::is_source<Source>,
                  "forge_db: join() requires a table; say join<Row>(condition), or join(alias, condition)");
    if constexpr (detail::is_source<Source>) {
      return with_join<typename Source::row_type>(detail::source_of(source), std::move(on));
    }
  }

  template <class... Assignments>
  [[nodiscard]] auto set(Assignments... assignments) const {
    constexpr bool valid = sizeof...(Assignments) > 0 && (is_assignment<Assignments> && ...);
    static_assert(valid, "forge_db: set() requires assignments of the form column = value; write column = value");
    if constexpr (valid) {
      static_assert((column_ref<typename Assignments::column_type>::template belongs_to<Row>() && ...),
                    "forge_db: set() requires columns of the updated table; leave the others out");
      static_assert((From::template holds<Assignments, Row>() && ...),
                    "forge_db: set() requires values of the updated table or of those in from(); add them there");
      static_assert(detail::are_distinct(column_list<typename Assignments::column_type...>{}),
                    "forge_db: set() requires each column to be assigned once; remove one assignment");
      using source = detail::assignment_source<Row, Assignments...>;
      return update_from_statement<Row, From, source, Where>(from, source(std::move(assignments)...), where);
    }
  }

 private:
  /// The condition of a join does not see the updated table.
  template <class Other, class On>
  constexpr auto with_join(table_source<Other> source, On on) const {
    static_assert(!std::same_as<Other, Row>,
                  "forge_db: join() requires a table that is not in the statement yet; give it an alias");
    static_assert(detail::check_join<join_kind::inner, From, Other, On>());
    auto longer = from.template with<join_kind::inner>(std::move(source), std::move(on));
    return update_from_start<Row, decltype(longer), Where>{std::move(longer), where};
  }
};

namespace detail {

template <class Row, class Other, class On>
constexpr auto start_update_from(table_source<Other> source, On on) {
  static_assert(!std::same_as<Other, Row>,
                "forge_db: from() requires another table than the updated one; give it an alias");
  static_assert(
      predicate<On>,
      "forge_db: from() requires a condition that tells which rows go together; compare a column of each table");
  if constexpr (predicate<On>) {
    using from = from_list<Other>;
    static_assert(from::template holds<On, Row>(),
                  "forge_db: from() requires columns of the updated table and of the other one; compare those");
    static_assert(On::level == level::row,
                  "forge_db: from() requires a condition on rows; aggregate in a derived table");
    static_assert(!On::has_choice,
                  "forge_db: when() is not supported yet in an update or remove; write both statements");
    return update_from_start<Row, from, On>{from{std::move(source)}, std::move(on)};
  }
}

}  // namespace detail

/// What update<Row>().from<Other>(condition) and .from(source, condition) make; they find these by their arguments.
template <class Row, class Other, class On>
[[nodiscard]] constexpr auto update_from_table(On on) {
  return detail::start_update_from<Row>(table_source<Other>{}, std::move(on));
}
template <class Row, class Source, class On>
[[nodiscard]] constexpr auto update_from_source(Source const& source, On on) {
  static_assert(detail::is_source<Source>,
                "forge_db: from() requires a table; say from<Row>(condition), or from(alias, condition)");
  if constexpr (detail::is_source<Source>) {
    return detail::start_update_from<Row>(detail::source_of(source), std::move(on));
  }
}

}  // namespace forge_db
