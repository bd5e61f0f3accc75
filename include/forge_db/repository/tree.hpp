// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/write_field.hpp>
#include <forge_db/repository/detail/atomically.hpp>
#include <forge_db/repository/detail/column_field.hpp>
#include <forge_db/repository/detail/has_guards.hpp>
#include <forge_db/repository/detail/path_list.hpp>
#include <forge_db/repository/detail/tree_statements.hpp>
#include <forge_db/repository/repository.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace forge_db {

/// Which columns make a table a tree, as repository_traits<Row>::tree: `tree:` of the spec. Name and Depth are void
/// where the rows have none. Roots are at depth 0; no row is deeper than MaxDepth.
template <class Parent, class Name, class Depth, std::int64_t MaxDepth>
struct tree_columns {
  using parent = Parent;
  using name = Name;
  using depth = Depth;
  static constexpr std::int64_t max_depth = MaxDepth;
};

/// What remove_subtree() took away.
struct removed_subtree {
  std::int64_t rows = 0;    ///< Of the tree; 0 if there was no such row.
  std::int64_t levels = 0;  ///< That they were on.
};

namespace detail {

template <class Base>
inline constexpr bool is_plain_repository = false;
template <class Row, class Session>
inline constexpr bool is_plain_repository<repository<Row, Session>> = true;

template <class Row>
error_context tree_context() {
  error_context context;
  context.table = table<Row>::name;
  context.column = tree_parts<Row>::parent::name;
  return context;
}

/// The key in a field of a new row or a patch; nullptr for NULL and for unset.
template <class Key>
Key const* key_in(std::optional<Key> const& field) {
  return field ? &*field : nullptr;
}
template <class Key>
Key const* key_in(patch<Key> const& field) {
  return field.has_value() ? &field.value() : nullptr;
}

/// How far below its root a row at this place is. Throws corrupt for a circle.
template <class Row>
std::int64_t checked_climb(std::int64_t rows_above) {
  if (rows_above <= tree_climb_limit) return rows_above;
  throw corrupt("forge_db: a tree requires its rows to have no circle of parents; repair the column",
                tree_context<Row>());
}

}  // namespace detail

/// A repository of a tree: `tree:` of the spec. insert() and update() keep it one: a parent must be there, no row goes
/// below itself, and none deeper than the spec's depth. Statements that do not come from the repository are not looked
/// at.
///
/// Rows on the same level are ordered by name, where they have one, and by key. What climbs or descends is one
/// statement, whatever the depth.
template <class Base>
class tree_functions : public Base {
  using parts = detail::tree_parts<typename Base::row_type>;
  using row = typename Base::row_type;

 public:
  static constexpr bool watches_changes = true;  // no update past its checks: see repository/many.hpp

  using Base::Base;
  using typename Base::key_type;
  using typename Base::new_type;
  using typename Base::patch_type;

  /// The rows without a parent.
  [[nodiscard]] std::vector<row> roots() const {
    return this->session().all(detail::tree_roots<row>{{}, this->standing()});
  }

  /// The rows right below one; without a key, the roots.
  [[nodiscard]] std::vector<row> children(key_type const& key) const {
    return this->session().all(detail::tree_children<row>{{}, key, this->standing()});
  }
  [[nodiscard]] std::vector<row> children(std::optional<key_type> const& key) const {
    return key ? children(*key) : roots();
  }

  /// From the root down to the row, both included: its breadcrumbs. Empty if there is no such row among those that the
  /// repository sees: of with_deleted(), a deleted one has a path, too. Above it, all rows are seen.
  [[nodiscard]] std::vector<row> path(key_type const& key) const {
    auto found = this->session().all(detail::tree_path<row>{{}, key, this->standing()});
    detail::checked_climb<row>(static_cast<std::int64_t>(found.size()));
    return found;
  }

  /// The rows above one, the root first.
  [[nodiscard]] std::vector<row> ancestors(key_type const& key) const {
    auto found = path(key);
    if (!found.empty()) found.pop_back();
    return found;
  }

  /// The row, which is at level 0, and what is below it, level by level, down to `levels` below it.
  [[nodiscard]] std::vector<tree_node<row>> subtree(
      key_type const& key, std::int64_t levels = std::numeric_limits<std::int64_t>::max()) const {
    return this->session().all(detail::tree_below<row>{key, levels, this->standing()});
  }

  /// The row at the end of a path of names, from a root down; nothing for an empty path. Throws invalid_value for a
  /// name that JSON cannot tell from others: with NUL bytes, or not UTF-8.
  [[nodiscard]] std::optional<row> find_path(std::span<std::string const> names) const {
    return walk<true>(nullptr, names);
  }
  /// The same from below a row.
  [[nodiscard]] std::optional<row> find_path(key_type const& from, std::span<std::string const> names) const {
    return walk<false>(&from, names);
  }

  /// As repository::insert(). Errors beside those: not_found if there is no such parent; invalid_value if the row would
  /// be too deep, and for a depth, which the tree keeps by itself.
  row insert(new_type const& new_row) const {
    auto const* const parent = detail::key_in(detail::new_field<typename parts::parent>(new_row));
    std::int64_t depth = 0;
    if (parent != nullptr) {
      // As if the parent were to go below itself: what counts is how far up it is.
      auto const measures = this->session().one(detail::measure_move<row>{*parent, *parent, this->standing()});
      depth = check_place(measures.above, 0);
    }
    if constexpr (!parts::has_depth) {
      return Base::insert(new_row);
    } else {
      new_type placed = new_row;
      detail::new_field<typename parts::depth>(placed) = static_cast<typename parts::depth::value_type>(depth);
      return Base::insert(placed);
    }
  }

  /// One after the other, so that a row may be the parent of a later one.
  std::int64_t insert_many(std::span<new_type const> new_rows) const {
    for (new_type const& new_row : new_rows) insert(new_row);
    return static_cast<std::int64_t>(new_rows.size());
  }
  std::vector<row> insert_many_returning(std::span<new_type const> new_rows) const {
    std::vector<row> rows;
    rows.reserve(new_rows.size());
    for (new_type const& new_row : new_rows) rows.push_back(insert(new_row));
    return rows;
  }

  /// As repository::update(); a patch with a parent moves the row, see move().
  bool update(key_type const& key, patch_type const& changes) const {
    return placed_update(key, changes, [&] { return Base::update(key, changes); });
  }
  bool update_unchecked(key_type const& key, patch_type const& changes) const requires(detail::has_guards<row>) {
    return placed_update(key, changes, [&] { return Base::update_unchecked(key, changes); });
  }
  template <class Version>
    requires(detail::has_optimistic_lock<row>)
  auto update(key_type const& key, Version const& expected, patch_type const& changes) const {
    return placed_update(key, changes, [&] { return Base::update(key, expected, changes); });
  }
  /// Not built: whether the row moves would have to be looked for.
  template <class Changed>
  void save(Changed const&) const {
    static_assert(sizeof(Changed) == 0, "forge_db: save() of a tree is not supported yet; use update() with a patch");
  }

  /// Puts the row and all below it under another parent, or, without one, makes it a root. False if there is no such
  /// row. Errors: not_found if there is no such parent; invalid_value if it is the row itself or below it, or if a row
  /// would be too deep; constraint_violation where the name is taken.
  bool move(key_type const& key, std::optional<key_type> const& parent) const {
    patch_type changes{};
    if (parent) {
      detail::patch_field<typename parts::parent>(changes) = *parent;
    } else {
      detail::patch_field<typename parts::parent>(changes) = null;
    }
    if constexpr (detail::has_optimistic_lock<row>) {
      return update_unchecked(key, changes);
    } else {
      return update(key, changes);
    }
  }

  /// Removes the row and all below it, and says how many there were. What refers to them goes the way of its
  /// `on_delete`.
  removed_subtree remove_subtree(key_type const& key) const {
    removed_subtree removed;
    if constexpr (detail::is_plain_repository<Base>) {
      auto const measures = this->session().one(detail::measure_move<row>{key, key, this->standing()});
      removed = {measures.rows, measures.rows == 0 ? 0 : measures.below + 1};
      if (measures.rows > 0) this->session().execute(detail::remove_below<row>{key});
    } else {
      // Each by the functions of the layers below: they may log it, or keep it.
      auto const nodes = subtree(key);
      detail::atomically(this->session(), [&] {
        for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) Base::remove(detail::key_in_row(node->row));
      });
      removed = {static_cast<std::int64_t>(nodes.size()), nodes.empty() ? 0 : nodes.back().level + 1};
    }
    return removed;
  }

  /// Not built: an upsert that moves a row would have to look at where it was.
  template <class... Columns>
  void upsert(typename Base::new_type const&, Columns...) const {
    static_assert(sizeof...(Columns) == std::size_t(-1),
                  "forge_db: upsert() of a tree is not supported yet; use find(), then insert() or update()");
  }

 private:
  /// `update` answers whether it found the row, or the row's new version.
  template <class Update>
  auto placed_update(key_type const& key, patch_type const& changes, Update update) const {
    if constexpr (parts::has_depth) {
      if (detail::is_set(detail::patch_field<typename parts::depth>(changes))) {
        throw invalid_value("forge_db: update() of a tree requires the depth to be unset; move the row",
                            detail::tree_context<row>());
      }
    }
    auto const& parent = detail::patch_field<typename parts::parent>(changes);
    if (!detail::is_set(parent)) return update();
    auto const* const place = detail::key_in(parent);
    // A root has no place above it; measured from the row itself, what counts is only how deep it is.
    auto const measures =
        this->session().one(detail::measure_move<row>{key, place != nullptr ? *place : key, this->standing()});
    if (measures.rows == 0) return update();  // which tells that there is no such row
    std::int64_t depth = 0;
    if (place != nullptr) {
      if (measures.in_subtree) {
        throw invalid_value(
            "forge_db: move() requires a parent that is not the row itself, and not below it; choose another one",
            detail::tree_context<row>());
      }
      depth = check_place(measures.above, measures.below);
    }
    if constexpr (parts::has_depth) {
      return detail::atomically(this->session(), [&] {
        auto const done = update();
        if (done) this->session().execute(detail::set_depths<row>{key, depth, this->standing()});
        return done;
      });
    } else {
      return update();
    }
  }

  /// The depth right below a place with `above` rows from it to its root, for a row with `below` levels below it.
  static std::int64_t check_place(std::int64_t above, std::int64_t below) {
    if (above == 0)
      throw not_found("forge_db: a tree requires the parent to be there; insert it first", detail::tree_context<row>());
    std::int64_t const depth = detail::checked_climb<row>(above);
    if (depth + below > parts::columns::max_depth) {
      throw invalid_value("forge_db: a tree requires its rows to be at depth " +
                              std::to_string(parts::columns::max_depth) +
                              " at most; choose a place further up, or raise `max_depth` in the spec",
                          detail::tree_context<row>());
    }
    return depth;
  }

  template <bool FromRoot>
  std::optional<row> walk(key_type const* from, std::span<std::string const> names) const {
    static_assert(parts::has_name, "forge_db: find_path() requires a tree with names; say `name:` in its spec");
    if (names.empty()) return std::nullopt;
    std::string const list = detail::path_list<row>(names);
    return this->session().first(
        detail::find_by_path<row, FromRoot>{{}, from, list, static_cast<std::int64_t>(names.size()), this->standing()});
  }
};

}  // namespace forge_db
