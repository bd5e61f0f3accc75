// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/repository/guarded_repository.hpp>

namespace forge_db {

template <table_row Row, class Session, class Derived>
page<Row> guarded_repository<Row, Session, Derived>::list(filter_type const& filter, sort_type sort,
                                                          std::optional<direction> way, offset_page asked) const {
  auto const window = detail::window_of(asked, traits::default_page_size, traits::max_page_size);
  direction const own = sort == traits::default_sort ? traits::default_direction : direction::ascending;
  std::size_t const place = detail::usable_sort(static_cast<std::size_t>(sort), traits::sorts::size);
  detail::list_statement<Row> const statement{{}, filter, place, way.value_or(own), window, standing()};
  return {session_.all(statement), count(filter), window.number(), static_cast<std::size_t>(window.limit)};
}

template <table_row Row, class Session, class Derived>
template <class Run>
void guarded_repository<Row, Session, Derived>::each_group(std::span<new_type const> new_rows, Run run) const {
  detail::each_insert_group(new_rows, [&](std::span<new_type const> group) {
    if constexpr (scoped) {
      using source = detail::scoped_rows<new_type>;
      run(insert_statement<source>(source(group, standing())));
    } else {
      run(forge_db::insert(group));
    }
  });
}

template <table_row Row, class Session, class Derived>
std::int64_t guarded_repository<Row, Session, Derived>::insert_many(std::span<new_type const> new_rows) const {
  std::int64_t inserted = 0;
  each_group(new_rows, [&](auto const& statement) { inserted += session_.execute(statement); });
  return inserted;
}

template <table_row Row, class Session, class Derived>
std::vector<Row> guarded_repository<Row, Session, Derived>::insert_many_returning(
    std::span<new_type const> new_rows) const {
  std::vector<Row> rows;
  rows.reserve(new_rows.size());
  each_group(new_rows, [&](auto const& statement) {
    session_.each(statement.returning(), [&](Row const& row) { rows.push_back(row); });
  });
  return rows;
}

template <table_row Row, class Session, class Derived>
template <class Target>
Row guarded_repository<Row, Session, Derived>::upsert_on(new_type const& new_row, Target) const {
  std::optional<Row> row = session_.first(detail::upsert_statement<Row, Target>(new_row, standing()));
  if (!row) {
    bool const by_key = std::same_as<Target, typename table<Row>::key>;
    error_context context;
    context.table = table<Row>::name;
    throw constraint_violation(by_key ? error_code::primary_key_violation : error_code::unique_violation,
                               "forge_db: upsert() requires the row that is there to be visible; it is deleted, or not "
                               "of this tenant",
                               std::move(context));
  }
  return *std::move(row);
}

template <table_row Row, class Session, class Derived>
bool guarded_repository<Row, Session, Derived>::write(key_type const& key, patch_type const& changes) const {
  if (detail::patch_source<Row>(changes).is_empty()) {
    return session_.first(detail::exists_statement<Row>{{}, key, living()}).has_value();
  }
  return session_.execute(forge_db::update<Row>().set(changes).where(detail::key_equals<Row>(key, standing()))) > 0;
}

template <table_row Row, class Session, class Derived>
auto guarded_repository<Row, Session, Derived>::update(key_type const& key, version_type expected,
                                                       patch_type const& changes) const -> version_type
    requires(locked) {
  if (detail::patch_source<Row>(changes).is_empty()) {
    if (detail::found_version<Row>(session_, "update()", key, living()) == expected) return expected;
    detail::refuse_change<Row>(session_, "update()", key, living(), expected);
  }
  auto const where = detail::key_equals<Row>(key, standing()) && any_version() == expected;
  if (session_.execute(forge_db::update<Row>().set(changes).where(where)) == 0) {
    detail::refuse_change<Row>(session_, "update()", key, living(), expected);
  }
  return expected + 1;
}

template <table_row Row, class Session, class Derived>
Row guarded_repository<Row, Session, Derived>::save(Row const& row) const requires(locked) {
  using source = detail::whole_row_source<Row>;
  key_type const key = detail::key_in_row(row);
  auto const fields = detail::fields_of<Row, table<Row>::columns::size>(row);
  version_type const expected = detail::field_at<table<Row>::optimistic_lock::index>(fields);
  auto const where = detail::key_equals<Row>(key, standing()) && any_version() == expected;
  auto saved = session_.first(update_statement<Row, source>(source(row)).where(where).returning());
  if (!saved) detail::refuse_change<Row>(session_, "save()", key, living(), expected);
  return *std::move(saved);
}

template <table_row Row, class Session, class Derived>
void guarded_repository<Row, Session, Derived>::remove(key_type const& key, version_type expected) const
    requires(locked) {
  if (remove_where(detail::key_equals<Row>(key, standing()) && any_version() == expected) == 0) {
    detail::refuse_change<Row>(session_, "remove()", key, living(), expected);
  }
}

template <table_row Row, class Session, class Derived>
std::int64_t guarded_repository<Row, Session, Derived>::purge_deleted(timestamp before) const {
  check_soft();
  using soft_delete = typename table<Row>::soft_delete;
  static_assert(soft_delete::has_time,
                "forge_db: purge_deleted(time) requires a timestamp column for soft_delete; purge_deleted() takes all");
  return session_.execute(forge_db::remove<Row>().where(all_deleted() && typename soft_delete::column{} < before));
}

}  // namespace forge_db
