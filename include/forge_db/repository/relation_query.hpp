// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/column_operations.hpp>
#include <forge_db/query/order.hpp>
#include <forge_db/repository/relation.hpp>

#include <concepts>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

namespace forge_db {

namespace detail {

/// The limit of a relation that has none.
struct no_limit {
  template <class Sink>
  void bind(Sink&, int&) const {}
};
struct limit_per_parent {
  std::int64_t rows;
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    sink.int64(index++, rows);
  }
};

template <class T>
inline constexpr bool is_relation_query = false;
template <class... Parts>
inline constexpr bool is_relation_query<relation_query<Parts...>> = true;

}  // namespace detail

/// `count_of(relation)`: the number of its rows, without loading them. The key of its slot, too.
template <relation_tag Tag>
struct counted {
  using slot_key = counted;
};

template <relation_tag Tag, class Where>
class relation_count {
 public:
  using tag = Tag;
  using row_type = typename Tag::row_type;
  using slot_key = counted<Tag>;
  using slot_type = counted<Tag>;

  constexpr explicit relation_count(Where where) : where_(std::move(where)) {}
  [[nodiscard]] constexpr Where const& condition() const noexcept { return where_; }

 private:
  [[no_unique_address]] Where where_;
};

namespace detail {

template <class T>
inline constexpr bool is_relation_count = false;
template <class Tag, class Where>
inline constexpr bool is_relation_count<relation_count<Tag, Where>> = true;

}  // namespace detail

/// A slot of loaded<Row, ...> whose rows have relations loaded themselves: `loads<books::loans_t, loans::member_t>`.
template <relation_tag Tag, class... Slots>
struct loads {};

/// True for what with() takes: a relation, bare or narrowed, or count_of() one.
template <class T>
consteval bool is_loadable() {
  return relation_tag<T> || detail::is_relation_query<T> || detail::is_relation_count<T>;
}

namespace detail {

/// What with() keeps of its argument.
template <class T>
constexpr auto as_load(T loadable) {
  if constexpr (relation_tag<T>) {
    return relation_query<T>();
  } else {
    return loadable;
  }
}
template <class T>
using load_of = decltype(as_load(std::declval<T>()));

template <relation_tag Tag, class... Slots>
struct slot_of_relation {
  using type = loads<Tag, Slots...>;
};
template <relation_tag Tag>
struct slot_of_relation<Tag> {
  using type = Tag;
};

template <class Key, class... Loads>
consteval bool is_loaded_once() {
  return ((std::same_as<Key, typename Loads::slot_key> ? 1 : 0) + ...) == 1;
}

/// The rules of with(), with their words: that all are relations of Row, each once.
template <class Row, class... Loadable>
consteval bool check_loads() {
  static_assert(sizeof...(Loadable) > 0, "forge_db: with() requires relations; name what to load");
  constexpr bool loadable = (is_loadable<Loadable>() && ...);
  static_assert(loadable,
                "forge_db: with() requires relations as its arguments; columns are loaded without being named");
  if constexpr (loadable) {
    static_assert((std::same_as<typename load_of<Loadable>::row_type, Row> && ...),
                  "forge_db: with() requires relations of the table whose rows it loads; nest those of related tables "
                  "(loans.with(member))");
    static_assert((is_loaded_once<typename load_of<Loadable>::slot_key, load_of<Loadable>...>() && ...),
                  "forge_db: with() requires each relation once; join what narrows it by &&");
  }
  return true;
}

constexpr limit_per_parent checked_limit(std::int64_t rows) {
  if (rows < 0) throw invalid_value("forge_db: limit() requires its argument to be 0 or more; leave it out for all");
  return {rows};
}

}  // namespace detail

/// A relation with what narrows it, see relation<Self>. Values are kept as parameter.hpp says: lvalues borrowed,
/// rvalues owned.
template <relation_tag Tag, class Where, class Order, class Limit, class... Nested>
class relation_query {
 public:
  using tag = Tag;
  using row_type = typename Tag::row_type;
  using slot_key = Tag;
  using slot_type = typename detail::slot_of_relation<Tag, typename Nested::slot_type...>::type;
  using where_type = Where;
  using order_type = Order;
  using limit_type = Limit;

  constexpr relation_query() requires std::default_initializable<Where>
  = default;
  constexpr relation_query(Where where, Order order, Limit limit, std::tuple<Nested...> nested)
      : where_(std::move(where)), order_(std::move(order)), limit_(limit), nested_(std::move(nested)) {}

  template <class P>
  [[nodiscard]] constexpr auto where(P condition) const {
    static_assert(std::same_as<Where, detail::every_row>,
                  "forge_db: where() requires to be the only one; join conditions by &&");
    static_assert(predicate<P>, "forge_db: where() requires a condition; compare a column with a value");
    if constexpr (predicate<P>) {
      static_assert(detail::is_about_related<Tag, P>(),
                    "forge_db: where() of a relation requires columns of the related table; narrow the parents by "
                    "their own list");
      static_assert(P::level == detail::level::row,
                    "forge_db: where() of a relation requires a condition on single rows; count them by count_of()");
      static_assert(!P::has_choice,
                    "forge_db: when() is not supported yet in where() of a relation; write both relations");
    }
    return relation_query<Tag, P, Order, Limit, Nested...>(std::move(condition), order_, limit_, nested_);
  }

  template <class... Terms>
  [[nodiscard]] constexpr auto order_by(Terms... terms) const {
    static_assert(Tag::to_many, "forge_db: order_by() requires a relation to many rows; leave it out");
    static_assert(detail::clause_list_traits<Order>::empty,
                  "forge_db: order_by() requires to be the only one; give it all terms");
    constexpr bool are_terms = sizeof...(Terms) > 0 && (is_order_term<Terms> && ...);
    static_assert(are_terms, "forge_db: order_by() requires order terms; say column.asc() or column.desc()");
    if constexpr (are_terms) {
      static_assert((detail::is_about_related<Tag, Terms>() && ...),
                    "forge_db: order_by() of a relation requires columns of the related table; sort the parents by "
                    "their own list");
      using list = detail::clause_list<Terms...>;
      return relation_query<Tag, Where, list, Limit, Nested...>(where_, list(std::move(terms)...), limit_, nested_);
    } else {
      return *this;
    }
  }

  [[nodiscard]] constexpr auto limit(std::int64_t rows) const {
    static_assert(Tag::to_many, "forge_db: limit() requires a relation to many rows; leave it out");
    static_assert(std::same_as<Limit, detail::no_limit>,
                  "forge_db: limit() requires to be the only one; remove the other");
    return relation_query<Tag, Where, Order, detail::limit_per_parent, Nested...>(where_, order_,
                                                                                  detail::checked_limit(rows), nested_);
  }

  template <class... Relations>
  [[nodiscard]] constexpr auto with(Relations... relations) const {
    static_assert(sizeof...(Nested) == 0, "forge_db: with() requires to be the only one; give it all relations");
    static_assert(detail::check_loads<typename Tag::related_type, Relations...>());
    return relation_query<Tag, Where, Order, Limit, detail::load_of<Relations>...>(
        where_, order_, limit_, std::tuple(detail::as_load(std::move(relations))...));
  }

  [[nodiscard]] constexpr Where const& condition() const noexcept { return where_; }
  [[nodiscard]] constexpr Order const& order() const noexcept { return order_; }
  [[nodiscard]] constexpr Limit row_limit() const noexcept { return limit_; }
  [[nodiscard]] constexpr std::tuple<Nested...> const& nested() const noexcept { return nested_; }

 private:
  [[no_unique_address]] Where where_;
  [[no_unique_address]] Order order_;
  [[no_unique_address]] Limit limit_;
  [[no_unique_address]] std::tuple<Nested...> nested_;
};

/// The number of related rows of each parent, without loading them: `row[count_of(books::loans)]` is a std::int64_t. It
/// takes a relation, bare or with where().
template <class Relation>
[[nodiscard]] constexpr auto count_of(Relation relation) {
  constexpr bool countable = relation_tag<Relation> || detail::is_relation_query<Relation>;
  static_assert(countable, "forge_db: count_of() requires a relation as its argument; name one, as in books::loans");
  if constexpr (countable) {
    auto const query = detail::as_load(std::move(relation));
    using query_type = std::remove_const_t<decltype(query)>;
    static_assert(
        std::same_as<typename query_type::limit_type, detail::no_limit> &&
            detail::clause_list_traits<typename query_type::order_type>::empty &&
            std::tuple_size_v<std::remove_cvref_t<decltype(query.nested())>> == 0,
        "forge_db: count_of() requires a relation that only where() narrows; leave the order, limit and with() out");
    return relation_count<typename query_type::tag, typename query_type::where_type>(query.condition());
  }
}

}  // namespace forge_db
