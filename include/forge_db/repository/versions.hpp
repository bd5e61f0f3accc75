// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/repository/change_context.hpp>
#include <forge_db/repository/detail/atomically.hpp>
#include <forge_db/repository/detail/has_guards.hpp>
#include <forge_db/repository/detail/version_statements.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace forge_db {

/// Where former contents of rows are kept, as repository_traits<Row>::versions: `versions:` of the spec. Of and
/// NumberThere are the columns of Version that name the row and the number, Number the row's current number; Kept and
/// KeptThere the columns that are copied, pair by pair; Note is void where none is kept.
template <class Version, class Of, class NumberThere, class Number, class Kept, class KeptThere, class Note>
struct version_columns {
  using version_type = Version;
  using of = Of;
  using number_there = NumberThere;
  using number = Number;
  using kept = Kept;
  using kept_there = KeptThere;
  using note = Note;
};

/// A repository whose former contents are kept: `versions:` of the spec. An update that changes one of the kept columns
/// copies what was there, with its number, to the table of versions, and counts the row's number up by one, in the same
/// transaction. So the numbers of a row's versions have no gaps and no doubles, however many threads and processes
/// write; the table holds superseded contents only. The note of a version is that of the change_context.
template <class Base>
class version_functions : public Base {
  using row = typename Base::row_type;
  using parts = detail::version_parts<row>;
  using columns = typename parts::columns;
  using number_type = typename columns::number::value_type;

 public:
  static constexpr bool watches_changes = true;  // nothing is written past it: see repository/many.hpp

  using typename Base::key_type;
  using typename Base::patch_type;
  using version_type = typename parts::version;
  using Base::Base;

  /// As repository::update(). Throws invalid_value for a patch with a number, which the repository counts by itself.
  /// Two statements when a kept column is in the patch, else one.
  bool update(key_type const& key, patch_type const& changes) const {
    return kept_update(key, changes, [&](patch_type const& numbered) { return Base::update(key, numbered); });
  }
  bool update_unchecked(key_type const& key, patch_type const& changes) const requires(detail::has_guards<row>) {
    return kept_update(key, changes, [&](patch_type const& numbered) { return Base::update_unchecked(key, numbered); });
  }
  template <class Version>
    requires(detail::has_optimistic_lock<row>)
  auto update(key_type const& key, Version const& expected, patch_type const& changes) const {
    return kept_update(key, changes, [&](patch_type const& numbered) { return Base::update(key, expected, numbered); });
  }
  /// Not built: what differs would have to be looked for.
  template <class Changed>
  void save(Changed const&) const {
    static_assert(sizeof(Changed) == 0,
                  "forge_db: save() of a table with versions is not supported yet; use update() with a patch");
  }

  /// The former contents, the latest first, and how many there are.
  [[nodiscard]] page<version_type> versions(key_type const& key, offset_page asked = {}) const {
    auto const window =
        detail::window_of(asked, default_versions, most_versions, {"versions()", "ask for several pages"});
    return {this->session().all(detail::find_versions<row, false>{{}, key, 0, window, this->standing()}),
            this->session().one(detail::count_versions<row>{{}, key, this->standing()}), window.number(),
            static_cast<std::size_t>(window.limit)};
  }

  /// The content that had this number; nothing for the current one, which the row holds.
  [[nodiscard]] std::optional<version_type> version(key_type const& key, std::int64_t number) const {
    return this->session().first(detail::find_versions<row, true>{{}, key, number, {}, this->standing()});
  }

  /// Makes the content of a version the current one again, under a new number, and answers that; what is current now
  /// becomes a version, even if it is the same. Throws not_found, and changes nothing, if there is no such version.
  std::int64_t revert(key_type const& key, std::int64_t number) const {
    return detail::atomically(this->session(), [&]() -> std::int64_t {
      auto const found = version(key, number);
      auto const former = found ? keep(key, nullptr) : std::nullopt;
      if (!former) {
        error_context context;
        context.table = table<version_type>::name;
        throw not_found("forge_db: revert() requires the row to have a version of this number; versions() lists them",
                        std::move(context));
      }
      write(key, numbered(content(*found, typename columns::kept{}, typename columns::kept_there{}), *former + 1));
      return *former + 1;
    });
  }

  /// Removes all but the latest `keep` versions, and says how many.
  std::int64_t prune_versions(key_type const& key, std::size_t keep) const {
    return this->session().execute(detail::prune_versions<row>{key, static_cast<std::int64_t>(keep), this->standing()});
  }

  /// Not built: an upsert would have to keep what it writes over.
  template <class... Columns>
  void upsert(typename Base::new_type const&, Columns...) const {
    static_assert(
        sizeof...(Columns) == std::size_t(-1),
        "forge_db: upsert() of a table with versions is not supported yet; use find(), then insert() or update()");
  }

 private:
  static constexpr std::size_t default_versions = 20;
  static constexpr std::size_t most_versions = 1000;

  template <class Update>
  auto kept_update(key_type const& key, patch_type const& changes, Update update) const {
    if (detail::is_set(detail::patch_field<typename columns::number>(changes))) refuse_number();
    auto const kept_first = [&] {
      auto const former = keep(key, &changes);
      return former ? update(numbered(changes, *former + 1)) : update(changes);
    };
    return touches(changes, typename columns::kept{}) ? detail::atomically(this->session(), kept_first)
                                                      : update(changes);
  }
  [[noreturn]] static void refuse_number() {
    error_context context;
    context.table = table<row>::name;
    context.column = columns::number::name;
    throw invalid_value("forge_db: update() requires the number of the version to be unset; the repository counts it",
                        std::move(context));
  }
  void write(key_type const& key, patch_type const& changes) const {
    if constexpr (detail::has_optimistic_lock<row>) {
      Base::update_unchecked(key, changes);
    } else {
      Base::update(key, changes);
    }
  }
  template <class... C>
  static bool touches(patch_type const& changes, column_list<C...>) {
    return (detail::is_set(detail::patch_field<C>(changes)) || ...);
  }
  std::optional<std::int64_t> keep(key_type const& key, patch_type const* changes) const {
    change_context const* const context = change_context::current();
    std::string const* const note = context != nullptr && !context->note().empty() ? &context->note() : nullptr;
    return this->session().first(detail::keep_version<row>{{}, key, changes, note, this->standing()});
  }
  static patch_type numbered(patch_type changes, std::int64_t number) {
    detail::patch_field<typename columns::number>(changes) = static_cast<number_type>(number);
    return changes;
  }
  /// A patch with what a version holds.
  template <class... Kept, class... KeptThere>
  static patch_type content(version_type const& found, column_list<Kept...>, column_list<KeptThere...>) {
    patch_type changes{};
    (put(detail::patch_field<Kept>(changes), detail::row_field<KeptThere>(found)), ...);
    return changes;
  }
  template <class Field, class T>
  static void put(Field& field, T const& value) {
    field = value;
  }
  template <class T>
  static void put(patch<T>& field, std::optional<T> const& value) {
    field = value ? patch<T>(*value) : patch<T>(null);
  }
};

}  // namespace forge_db
