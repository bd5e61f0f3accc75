// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/cte.hpp>

#include <type_traits>
#include <utility>

namespace forge_db {

namespace detail {

/// What the step of a recursive select can give where its base gives the columns: the same stored values, NULL only
/// where the base can be.
template <class A, class B>
inline constexpr bool continues = false;
template <class... A, class... B>
  requires(sizeof...(A) == sizeof...(B))
inline constexpr bool continues<result_list<A...>, result_list<B...>> =
    (((have_same_values<A, B> || (is_plain_number<A> && is_plain_number<B> &&
                                  std::same_as<typename A::storage_type, typename B::storage_type>)) &&
      (A::nullable || !B::nullable)) &&
     ...);

/// The recursive select as its step sees it.
template <fixed_string Name, class Base>
struct recursive_reference : query_columns<cte_row<Name, Base>> {};

}  // namespace detail

/// A select and a step that goes on from its rows until it finds no more; see recursive().
template <fixed_string Name, query_expression Base, query_expression Step, bool Distinct = false>
struct recursive_table : detail::query_columns<cte_row<Name, Base>> {
  static constexpr bool is_recursive = true;
  Base base;
  Step step;

  constexpr recursive_table(Base b, Step s) : base(std::move(b)), step(std::move(s)) {}

  /// A row that was found before is not gone on from: a circle ends. All columns count, so none may tell the depth.
  [[nodiscard]] constexpr auto distinct() const {
    static_assert(!Distinct, "forge_db: distinct() requires to be the only one; remove the other");
    return recursive_table<Name, Base, Step, true>(base, step);
  }

  static constexpr void render(sql_writer& out) {
    Base::render_within(out);
    out.text(Distinct ? " union " : " union all ");
    Step::render_within(out);
  }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    base.bind(sink, index);
    step.bind(sink, index);
  }
};

/// A select that goes on from its own rows, for with():
///
///     auto const tree = recursive<"tree">(
///         select(shelves::id, shelves::name).from<Shelf>().where(shelves::id == top),
///         [](auto tree) {
///           return select(shelves::id, shelves::name)
///               .from<Shelf>()
///               .join(tree, shelves::parent_id == tree[shelves::id]);
///         });
///     with(tree, select(tree[shelves::name]).from(tree))
///
/// The step gives the columns of the base. In data that may run in circles, limit the depth: let the base select a
/// number as<"level">, the step that number + 1, where it is below a limit; or say distinct().
template <fixed_string Name, class Base, class MakeStep>
[[nodiscard]] constexpr auto recursive(Base base, MakeStep make_step) {
  static_assert(detail::is_plain_name<Name>(),
                "forge_db: recursive() requires a name of letters, digits and underscores; rename it");
  static_assert(query_expression<Base>, "forge_db: recursive() requires a select to begin with; say from which table");
  if constexpr (query_expression<Base>) {
    detail::check_named<Base>();
    auto step = make_step(detail::recursive_reference<Name, Base>{});
    using step_type = decltype(step);
    static_assert(query_expression<step_type>,
                  "forge_db: recursive() requires its function to answer a select; say from which table");
    if constexpr (query_expression<step_type>) {
      static_assert(
          detail::continues<typename detail::query_traits<Base>::columns,
                            typename detail::query_traits<step_type>::columns>,
          "forge_db: recursive() requires its step to select what the base does, NULL only where that can be; "
          "select others");
      static_assert(!detail::query_traits<Base>::is_cut && !detail::query_traits<step_type>::is_cut,
                    "forge_db: recursive() requires selects without order_by() and limit(); say them of its result");
      static_assert(detail::query_traits<Base>::template belongs_within<>() &&
                        detail::query_traits<step_type>::template belongs_within<>(),
                    "forge_db: recursive() requires selects without outer(); join on a condition instead");
      return recursive_table<Name, Base, step_type>(std::move(base), std::move(step));
    }
  }
}

}  // namespace forge_db
