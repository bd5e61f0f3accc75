// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/remove.hpp>
#include <forge_db/query/row_value.hpp>
#include <forge_db/query/update.hpp>
#include <forge_db/query/update_patches.hpp>
#include <forge_db/repository/detail/marked_row.hpp>
#include <forge_db/repository/detail/row_result.hpp>
#include <forge_db/repository/repository.hpp>
#include <forge_db/repository/standing_condition.hpp>
#include <forge_db/repository/upsert_span.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

// Many rows of a repository by one statement each: functions of their own, so that who does not call them pays nothing.
// find_many() sees what the repository sees; what writes means its tenant's living rows. Keys are values, or tuples of
// them. All throw what the repository's functions for one row throw.
namespace forge_db {

namespace detail {

/// A repository that has to see each change, such as that of a tree.
template <class Repository>
inline constexpr bool watches_changes = requires {
  requires Repository::watches_changes;
};

template <class Repository>
consteval void check_many() {
  static_assert(
      !watches_changes<Repository>,
      "forge_db: many rows at once are not supported yet for a repository that watches each change; change them "
      "one by one");
}

/// The living rows with these keys.
template <class Repository, class Keys>
auto rows_with(Repository const& repository, Keys const& keys) {
  using row = typename Repository::row_type;
  if constexpr (has_standing<row>) {
    return key_in<row>(keys) && standing_condition<row>(repository.standing());
  } else {
    static_cast<void>(repository);
    return key_in<row>(keys);
  }
}

/// As find_statement, of many keys.
template <class Row, class KeyIn>
struct find_many_statement : whole_row_result<Row> {
  static constexpr statement_kind kind = statement_kind::read;
  static constexpr bool is_dynamic = has_soft_delete<Row>;  // its text depends on which rows are seen

  KeyIn key_in;
  [[no_unique_address]] standing<Row> conditions;

  static constexpr void render(sql_writer& out, shape_mask const& mask = {}) {
    out.text("select ");
    out.text(table<Row>::select_list);
    out.text(" from ");
    out.text(table<Row>::quoted);
    out.text(" where ");
    KeyIn::render(out);
    sql_separator separate(" and ", " and ");
    render_standing<Row>(out, separate, mask);
  }
  [[nodiscard]] shape_mask mask() const {
    shape_mask mask;
    mark_standing(mask, conditions);
    return mask;
  }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_text(&find_many_statement::render, target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    key_in.bind(sink, index);
    bind_standing(sink, index, conditions);
  }
};

}  // namespace detail

/// The rows that have one of these keys, each once, in no order that is promised; keys without a row are passed over.
template <class Repository>
[[nodiscard]] auto find_many(Repository const& repository, std::span<typename Repository::key_type const> keys) {
  using row = typename Repository::row_type;
  auto condition = key_in<row>(keys);
  using statement = detail::find_many_statement<row, decltype(condition)>;
  return repository.session().all(statement{{}, std::move(condition), repository.standing()});
}

/// Removes them, and says how many there were. Of a table with soft deletion it marks them as deleted.
template <class Repository>
std::int64_t remove_many(Repository const& repository, std::span<typename Repository::key_type const> keys) {
  using row = typename Repository::row_type;
  detail::check_many<Repository>();
  auto const where = detail::rows_with(repository, keys);
  if constexpr (detail::has_soft_delete<row>) {
    return repository.session().execute(update<row>().set(detail::deletion_mark<row>()).where(where));
  } else {
    return repository.session().execute(remove<row>().where(where));
  }
}

/// Writes the set fields of each patch over the row with its key, and says how many rows it changed; what a patch
/// leaves unset stays, and an empty one changes nothing. Of several patches for one row any wins: give one for each.
/// Throws what update() throws; then nothing is changed, as far as the statement goes.
template <class Repository>
std::int64_t update_many(
    Repository const& repository,
    std::span<std::pair<typename Repository::key_type, typename Repository::patch_type> const> changes) {
  using row = typename Repository::row_type;
  using key = typename Repository::key_type;
  detail::check_many<Repository>();
  static_assert(
      !detail::has_optimistic_lock<row>,
      "forge_db: update_many() is not supported yet for a table with an optimistic lock; say update() with the "
      "version");
  auto const run = [&](auto const& statement) -> std::int64_t {
    return statement.is_empty() ? 0 : repository.session().execute(statement);
  };
  if constexpr (detail::has_standing<row>) {
    using condition = detail::standing_condition<row>;
    return run(detail::update_patches_statement<row, key, condition>(changes, condition(repository.standing())));
  } else {
    return run(detail::update_patches_statement<row, key>(changes));
  }
}

/// As upsert() of each row: inserts it, or writes the fields that are set over the row with the same primary key, or
/// with the same unique columns if they are named. Neighbours that set the same fields are one statement. Says how many
/// rows were written. The keys have to be different: PostgreSQL changes no row twice.
template <class Repository, class... Columns>
std::int64_t upsert_many(Repository const& repository, std::span<typename Repository::new_type const> new_rows,
                         Columns...) {
  using row = typename Repository::row_type;
  detail::check_many<Repository>();
  static_assert(
      !detail::has_standing<row>,
      "forge_db: upsert_many() is not supported yet for a table with soft deletion or a scope; upsert() the rows");
  static_assert(
      sizeof...(Columns) == 0 || can_upsert_on<row, Columns...>(),
      "forge_db: upsert_many() requires columns of the primary key or of a unique constraint; name all of its "
      "columns");
  using target = std::conditional_t<sizeof...(Columns) == 0, typename table<row>::key, column_list<Columns...>>;
  using statement = detail::upsert_span_statement<row, target>;
  auto const mask_at = [&](std::size_t i) { return detail::upsert_statement<row, target>::mask_of(new_rows[i]); };
  std::int64_t written = 0;
  while (!new_rows.empty()) {
    shape_mask const mask = mask_at(0);
    std::size_t size = 1;
    while (size < new_rows.size() && mask_at(size) == mask) ++size;
    written += repository.session().execute(statement(new_rows.first(size)));
    new_rows = new_rows.subspan(size);
  }
  return written;
}

}  // namespace forge_db
