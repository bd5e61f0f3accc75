// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/insert.hpp>
#include <forge_db/query/remove.hpp>
#include <forge_db/query/update.hpp>
#include <forge_db/repository/detail/column_field.hpp>
#include <forge_db/repository/detail/insert_groups.hpp>
#include <forge_db/repository/detail/marked_row.hpp>
#include <forge_db/repository/detail/stale.hpp>
#include <forge_db/repository/detail/whole_row_source.hpp>
#include <forge_db/repository/find_statement.hpp>
#include <forge_db/repository/insert_row_statement.hpp>
#include <forge_db/repository/key.hpp>
#include <forge_db/repository/list_statement.hpp>
#include <forge_db/repository/page.hpp>
#include <forge_db/repository/scoped_insert.hpp>
#include <forge_db/repository/standing_condition.hpp>
#include <forge_db/repository/upsert_statement.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace forge_db {

namespace detail {

/// What stands for a tenant where there is no scope, and for a version where there is no lock.
struct no_tenant {};
struct no_version {};

template <class Row>
consteval auto tenant_of() {
  if constexpr (has_scope<Row>) {
    return std::type_identity<typename table<Row>::scope::value_type>{};
  } else {
    return std::type_identity<no_tenant>{};
  }
}
template <class Row>
consteval auto version_of() {
  if constexpr (has_optimistic_lock<Row>) {
    return std::type_identity<typename table<Row>::optimistic_lock::value_type>{};
  } else {
    return std::type_identity<no_version>{};
  }
}

}  // namespace detail

/// The repository of a table with soft deletion, a scope or an optimistic lock; generated code derives
/// `FileRepository<Session>` from it, which is Derived. What `repository` says of errors and lifetimes holds here, too.
///
/// Soft deletion: remove() marks a row. Reads see the living rows, or what with_deleted() and only_deleted() say; all
/// that writes means living rows only, but restore() and the purges. Unique columns are unique among the living.
/// Scope: every function reads and writes the rows of one tenant, and writes the tenant into new rows.
/// Optimistic lock: every update adds one to the version; update(), save() and remove() with a version throw stale_row
/// if the row has another one, and not_found if it is gone.
template <table_row Row, class Session, class Derived>
class guarded_repository {
  using traits = repository_traits<Row>;
  static constexpr bool scoped = detail::has_scope<Row>;
  static constexpr bool soft = detail::has_soft_delete<Row>;
  static constexpr bool locked = detail::has_optimistic_lock<Row>;

 public:
  using row_type = Row;
  using key_type = key_of<Row>;
  using new_type = typename table<Row>::new_type;
  using patch_type = typename table<Row>::patch_type;
  using filter_type = typename traits::filter_type;
  using sort_type = typename traits::sort_type;
  using tenant_type = typename decltype(detail::tenant_of<Row>())::type;
  using version_type = typename decltype(detail::version_of<Row>())::type;

  template <std::same_as<Session> S>
  explicit guarded_repository(S& session) noexcept : session_(session) {
    static_assert(!scoped,
                  "forge_db: a repository with a scope requires its tenant; construct it by (session, tenant)");
  }
  guarded_repository(Session& session, tenant_type tenant) : session_(session), tenant_(std::move(tenant)) {}

  [[nodiscard]] std::optional<Row> find(key_type const& key) const {
    return session_.first(detail::find_statement<Row>{{}, key, standing()});
  }

  /// Throws not_found if there is no such row.
  [[nodiscard]] Row get(key_type const& key) const {
    std::optional<Row> row = find(key);
    if (!row) detail::refuse_missing_row(table<Row>::name);
    return *std::move(row);
  }

  [[nodiscard]] bool exists(key_type const& key) const {
    return session_.first(detail::exists_statement<Row>{{}, key, standing()}).has_value();
  }

  [[nodiscard]] std::int64_t count(filter_type const& filter = {}) const {
    return session_.one(detail::count_statement<Row>{{}, filter, standing()});
  }

  /// As repository::list().
  [[nodiscard]] page<Row> list(filter_type const& filter = {}, sort_type sort = traits::default_sort,
                               std::optional<direction> way = std::nullopt, offset_page asked = {}) const;

  /// Throws invalid_value for a row that names another tenant.
  Row insert(new_type const& new_row) const {
    return session_.one(detail::insert_row_statement<Row>{{}, new_row, standing()});
  }
  /// As repository::insert_many().
  std::int64_t insert_many(std::span<new_type const> new_rows) const;
  std::vector<Row> insert_many_returning(std::span<new_type const> new_rows) const;

  /// As repository::upsert(). Where the row that is there is deleted, or another tenant's, it stays as it is and
  /// constraint_violation is thrown.
  Row upsert(new_type const& new_row) const { return upsert_on(new_row, typename table<Row>::key{}); }
  template <class... Columns>
    requires(sizeof...(Columns) > 0)
  Row upsert(new_type const& new_row, Columns...)
  const {
    static_assert(
        detail::identifies_row<Row, column_list<Columns...>>,
        "forge_db: upsert() requires columns of the primary key or of a unique constraint; name all of its columns");
    return upsert_on(new_row, column_list<Columns...>{});
  }

  /// Writes the set fields of the patch; false if there is no such row. An empty patch changes nothing.
  bool update(key_type const& key, patch_type const& changes) const {
    static_assert(!locked,
                  "forge_db: update() requires the version that was read, as update(key, version, patch); say "
                  "update_unchecked() where any version will do");
    return write(key, changes);
  }
  /// As update() of a table without a lock: the last writer wins.
  bool update_unchecked(key_type const& key, patch_type const& changes) const { return write(key, changes); }

  /// Writes the set fields of the patch if the row has still the version that was read, and answers the new version. An
  /// empty patch changes nothing and answers the version.
  version_type update(key_type const& key, version_type expected, patch_type const& changes) const requires(locked);

  /// Writes all columns of a row that was read, but its key and what only the repository writes, if it has still the
  /// same version. The row as the database has it then. What a lenient column could not read is written as NULL.
  Row save(Row const& row) const requires(locked);

  /// False if there was no such row. Of a table with soft deletion it marks the row as deleted.
  bool remove(key_type const& key) const { return remove_where(detail::key_equals<Row>(key, standing())) > 0; }
  void remove(key_type const& key, version_type expected) const requires(locked);

  /// Of a table with soft deletion: the same repository, whose reads see all rows, or the deleted ones.
  [[nodiscard]] Derived with_deleted() const { return seeing(seen_rows::all); }
  [[nodiscard]] Derived only_deleted() const { return seeing(seen_rows::deleted); }

  /// Lets a deleted row live again; false if there is none. Throws constraint_violation if a living row took one of its
  /// unique values.
  bool restore(key_type const& key) const {
    check_soft();
    auto const where = detail::key_equals<Row, seen_rows::deleted>(key, standing());
    return session_.execute(forge_db::update<Row>().set(detail::no_deletion_mark<Row>()).where(where)) > 0;
  }

  /// Deletes a deleted row for good; false if there is none. Rows that refer to it meet their `on_delete` now.
  bool purge(key_type const& key) const {
    check_soft();
    auto const where = detail::key_equals<Row, seen_rows::deleted>(key, standing());
    return session_.execute(forge_db::remove<Row>().where(where)) > 0;
  }

  /// Purges all rows that were deleted before a time, and says how many.
  std::int64_t purge_deleted(timestamp before) const;
  /// Purges all deleted rows, and says how many.
  std::int64_t purge_deleted() const {
    check_soft();
    return session_.execute(forge_db::remove<Row>().where(all_deleted()));
  }

  [[nodiscard]] Session& session() const noexcept { return session_; }
  /// What every statement carries. It borrows the repository's tenant.
  [[nodiscard]] detail::standing<Row> standing() const noexcept { return carrying(seen_); }

 private:
  static consteval void check_soft() {
    static_assert(soft, "forge_db: restore() and purge() require a table with soft_delete; remove() deletes for good");
  }
  /// What a statement carries that sees these rows.
  [[nodiscard]] detail::standing<Row> carrying([[maybe_unused]] seen_rows seen) const noexcept {
    if constexpr (scoped) {
      return {tenant_, seen};
    } else if constexpr (soft) {
      return {seen};
    } else {
      return {};
    }
  }
  [[nodiscard]] detail::standing<Row> living() const noexcept { return carrying(seen_rows::living); }

  static auto any_version() { return typename table<Row>::optimistic_lock{}; }

  auto all_deleted() const { return detail::standing_condition<Row, seen_rows::deleted>(standing()); }

  Derived seeing(seen_rows seen) const {
    static_assert(soft, "forge_db: with_deleted() and only_deleted() require a table with soft_delete; all rows live");
    Derived other(static_cast<Derived const&>(*this));
    static_cast<guarded_repository&>(other).seen_ = seen;
    return other;
  }

  bool write(key_type const& key, patch_type const& changes) const;
  template <class Target>
  Row upsert_on(new_type const& new_row, Target) const;
  template <class Condition>
  std::int64_t remove_where(Condition const& condition) const {
    if constexpr (soft) {
      return session_.execute(forge_db::update<Row>().set(detail::deletion_mark<Row>()).where(condition));
    } else {
      return session_.execute(forge_db::remove<Row>().where(condition));
    }
  }
  template <class Run>
  void each_group(std::span<new_type const> new_rows, Run run) const;

  Session& session_;
  [[no_unique_address]] tenant_type tenant_{};
  seen_rows seen_ = seen_rows::living;
};

}  // namespace forge_db

#include <forge_db/repository/detail/guarded_repository_body.hpp>  // IWYU pragma: export
