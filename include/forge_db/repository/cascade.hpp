// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/repository/detail/cascade_statement.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace forge_db {

/// What a removal does to the rows of one table, by the `on_delete` of its foreign keys.
struct cascade_count {
  std::string_view table{};
  std::int64_t removed = 0;   ///< Go, too: `cascade`. Of the first table, the row itself is among them.
  std::int64_t cleared = 0;   ///< Stay, and refer to nothing, or to their default: `set_null`, `set_default`.
  std::int64_t blocking = 0;  ///< Keep the row from being removed: `restrict`, `no_action`.
};

/// What a removal does, table by table: those with rows that it meets, the row's own first.
struct cascade_report {
  std::vector<cascade_count> tables{};

  /// Whether there is the row.
  [[nodiscard]] bool found() const noexcept { return !tables.empty(); }
  [[nodiscard]] std::int64_t removed() const noexcept { return sum(&cascade_count::removed); }
  [[nodiscard]] std::int64_t cleared() const noexcept { return sum(&cascade_count::cleared); }
  [[nodiscard]] std::int64_t blocking() const noexcept { return sum(&cascade_count::blocking); }

 private:
  std::int64_t sum(std::int64_t cascade_count::*member) const noexcept {
    std::int64_t all = 0;
    for (cascade_count const& one : tables) all += one.*member;
    return all;
  }
};

/// A repository that tells what a removal takes with it: `cascade_report: true` of the spec. The rows are found from
/// the foreign keys of the spec by one statement, to any depth, and in circles; each is counted once. Tables of other
/// schemas that refer to these are not known to it. Of a table with soft deletion it is the purge that takes rows
/// along, also those that are marked as deleted in their tables; remove() marks the row and nothing else.
template <class Base>
class cascade_functions : public Base {
  using row = typename Base::row_type;
  static constexpr bool soft = detail::has_soft_delete<row>;

 public:
  using Base::Base;
  using typename Base::key_type;

  /// What remove() would do. Nothing is changed.
  [[nodiscard]] cascade_report preview_remove(key_type const& key) const {
    check_deletes();
    return preview<seen_rows::living>(key);
  }
  /// remove(), and what it did. Throws constraint_violation, as remove() does, where a row is in the way.
  cascade_report remove_cascade(key_type const& key) const {
    check_deletes();
    cascade_report report = preview<seen_rows::living>(key);
    if (report.found()) Base::remove(key);
    return report;
  }

  /// What purge() of a deleted row would do. Nothing is changed.
  [[nodiscard]] cascade_report preview_purge(key_type const& key) const {
    check_marks();
    return preview<seen_rows::deleted>(key);
  }
  /// purge(), and what it did. Throws constraint_violation, as purge() does, where a row is in the way.
  cascade_report purge_cascade(key_type const& key) const {
    check_marks();
    cascade_report report = preview<seen_rows::deleted>(key);
    if (report.found()) Base::purge(key);
    return report;
  }

 private:
  static consteval void check_deletes() {
    static_assert(!soft,
                  "forge_db: preview_remove() and remove_cascade() require a table without soft_delete, whose remove() "
                  "only marks a row; say preview_purge() and purge_cascade()");
  }
  static consteval void check_marks() {
    static_assert(soft,
                  "forge_db: preview_purge() and purge_cascade() require a table with soft_delete; say "
                  "preview_remove() and remove_cascade()");
  }

  template <seen_rows Seen>
  [[nodiscard]] cascade_report preview(key_type const& key) const {
    using graph = typename repository_traits<row>::cascade;
    using statement = detail::count_cascade<row, Seen>;
    std::vector<cascade_count> counts(graph::tables.size());
    for (detail::cascade_found const& found : this->session().all(statement{key, this->standing()})) {
      cascade_count& of_table = counts[found.table];
      (found.action == detail::on_removal::removed   ? of_table.removed
       : found.action == detail::on_removal::cleared ? of_table.cleared
                                                     : of_table.blocking) += found.rows;
    }
    cascade_report report;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      counts[i].table = graph::tables[i].name;
      if (counts[i].removed + counts[i].cleared + counts[i].blocking > 0) report.tables.push_back(counts[i]);
    }
    return report;
  }
};

}  // namespace forge_db
