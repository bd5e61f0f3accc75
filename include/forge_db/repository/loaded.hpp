// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/repository/relation_query.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace forge_db {

template <table_row Row, class... Slots>
class loaded;
template <class Base, table_row Link>
class linked;

/// `row[link_row]`: the row of the link table by which a row was reached.
struct link_row_t {};
inline constexpr link_row_t link_row{};

namespace detail {

/// What is loaded for a slot: the rows of a relation, or their number.
template <class Slot>
struct slot_content;

template <relation_tag Tag, class Element>
struct relation_content {
  using key = Tag;
  using element = Element;
  using value = std::conditional_t<Tag::to_many, std::vector<Element>, std::optional<Element>>;
};
template <relation_tag Tag, class Element>
  requires linked_relation_tag<Tag>
struct relation_content<Tag, Element> {
  using key = Tag;
  using element = linked<Element, typename Tag::link_type>;
  using value = std::vector<element>;
};

template <relation_tag Tag>
struct slot_content<Tag> : relation_content<Tag, typename Tag::related_type> {};
template <relation_tag Tag, class... Slots>
struct slot_content<loads<Tag, Slots...>> : relation_content<Tag, loaded<typename Tag::related_type, Slots...>> {};
template <relation_tag Tag>
struct slot_content<counted<Tag>> {
  using key = counted<Tag>;
  using value = std::int64_t;
};

/// The place of the slot with a key; as many as there are slots if there is none.
template <class Key, class... Slots>
consteval std::size_t slot_place() {
  bool const found[] = {std::same_as<Key, typename slot_content<Slots>::key>..., true};
  std::size_t place = 0;
  while (!found[place]) ++place;
  return place;
}

}  // namespace detail

/// True if the relation was loaded into a loaded<Row, Slots...>: the rule behind row[...].
template <class Relation, class... Slots>
consteval bool was_loaded() {
  if constexpr (requires { typename Relation::slot_key; }) {
    return detail::slot_place<typename Relation::slot_key, Slots...>() < sizeof...(Slots);
  } else {
    return false;
  }
}

/// A row with what was loaded for it. It is the row itself, with all its fields, and owns the related rows:
///
///     row.title, row->title                            the row's own
///     row[books::loans]                                std::vector<Loan>, in the order of the relation
///     row[books::shelf]                                std::optional<Shelf>
///     row[books::authors].front()[forge_db::link_row]      the row of the link table
///     row[count_of(books::loans)]                      std::int64_t
///
/// What was not loaded does not compile. Slots are the relations in the order of with(): a tag, loads<Tag, Slots...>
/// where with() is nested, counted<Tag>.
template <table_row Row, class... Slots>
class loaded : public Row {
 public:
  using row_type = Row;

  loaded() = default;
  explicit loaded(Row row) : Row(std::move(row)) {}

  Row const* operator->() const noexcept { return this; }
  Row* operator->() noexcept { return this; }

  template <class Relation>
  auto const& operator[](Relation) const& {
    return std::get<place<Relation>()>(contents_);
  }
  template <class Relation>
  auto& operator[](Relation) & {
    return std::get<place<Relation>()>(contents_);
  }
  /// Of a temporary, so that `for (auto& loan : books.get(id)[books::loans])` keeps the rows.
  template <class Relation>
  auto operator[](Relation) && {
    return std::get<place<Relation>()>(std::move(contents_));
  }

 private:
  template <class Relation>
  static consteval std::size_t place() {
    constexpr bool is_there = was_loaded<Relation, Slots...>();
    static_assert(is_there, "forge_db: row[...] requires a relation that was loaded; name it in with()");
    if constexpr (is_there) {
      return detail::slot_place<typename Relation::slot_key, Slots...>();
    } else {
      return 0;  // one message is enough
    }
  }

  std::tuple<typename detail::slot_content<Slots>::value...> contents_{};
};

/// A related row that was reached by way of a link table, and its link. Base is the row, or what was loaded of it.
template <class Base, table_row Link>
class linked : public Base {
 public:
  linked() = default;

  Base const* operator->() const noexcept { return this; }

  template <class Key>
  decltype(auto) operator[](Key key) const& {
    return at(*this, key);
  }
  template <class Key>
  decltype(auto) operator[](Key key) & {
    return at(*this, key);
  }

 private:
  template <class Self, class Key>
  static auto& at(Self& self, [[maybe_unused]] Key key) {
    if constexpr (std::same_as<Key, link_row_t>) {
      return self.link_;
    } else {
      constexpr bool has_relations = !table_row<Base>;
      static_assert(has_relations, "forge_db: row[...] requires a relation that was loaded; name it in with()");
      if constexpr (has_relations) {
        return static_cast<std::conditional_t<std::is_const_v<Self>, Base const&, Base&>>(self)[key];
      } else {
        return self.link_;
      }
    }
  }

  Link link_{};
};

}  // namespace forge_db
