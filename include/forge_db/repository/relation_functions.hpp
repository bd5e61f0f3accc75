// SPDX-License-Identifier: MIT
#pragma once

namespace forge_db {

template <class Repository, class... Loads>
class loading_repository;

/// What the generated repository of a table with relations has more. It only names things: what the functions are made
/// of comes with the relations' own header, `<table>_relations.hpp`, so that who uses no relation does not pay for
/// them.
template <class Repository>
class relation_functions {
 public:
  /// Reads rows with relations loaded: `books.with(books::loans, books::shelf.with(shelves::parent)).list(filter)`.
  /// Keeps a copy of the repository; values of conditions are kept as parameter.hpp says.
  template <class... Relations>
  [[nodiscard]] auto with(Relations... relations) const;

  /// Links two rows by the link table of a many_to_many relation: `books.link(book, books::authors, author)` by their
  /// keys. False if they were linked already, which changes nothing. The link's other columns take their defaults.
  /// Errors: constraint_violation when one of the rows is not there, and what the session throws.
  template <class Key, class Relation, class Other>
  bool link(Key const& key, Relation relation, Other const& other) const;

  /// False if they were not linked.
  template <class Key, class Relation, class Other>
  bool unlink(Key const& key, Relation relation, Other const& other) const;

  /// Links the row to exactly these: removes the links to others and adds those that are missing; links that stay are
  /// not written. By two statements in a savepoint, whatever the number. Answers how many links were removed and added.
  template <class Key, class Relation, class Others>
  auto set_links(Key const& key, Relation relation, Others const& others) const;

 private:
  [[nodiscard]] Repository const& self() const noexcept { return static_cast<Repository const&>(*this); }
};

}  // namespace forge_db
