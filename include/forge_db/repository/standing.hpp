// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/refused_value.hpp>
#include <forge_db/query/shape_mask.hpp>
#include <forge_db/query/sql_writer.hpp>
#include <forge_db/schema/codec.hpp>
#include <forge_db/schema/table.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

// The standing conditions of a table: what every statement of its repository carries before its own conditions. The
// tenant whose rows they are (table<Row>::scope), and that they live (table<Row>::soft_delete). Most tables have none
// and pay nothing.
namespace forge_db {

/// Which rows of a table with soft deletion are seen.
enum class seen_rows : std::uint8_t { living, deleted, all };

namespace detail {

template <class Row>
inline constexpr bool has_soft_delete = requires {
  typename table<Row>::soft_delete;
};
template <class Row>
inline constexpr bool has_scope = requires {
  typename table<Row>::scope;
};
template <class Row>
inline constexpr bool has_standing = has_soft_delete<Row> || has_scope<Row>;

/// Of a table without standing conditions.
struct no_standing {};

template <class Row, bool Scoped = has_scope<Row>>
struct standing_conditions {
  seen_rows seen = seen_rows::living;
};
/// Borrows the tenant.
template <class Row>
struct standing_conditions<Row, true> {
  typename table<Row>::scope::value_type const& tenant;  // there is no statement without one
  seen_rows seen = seen_rows::living;
};

/// What a statement carries beside its key or filter; for a table with a scope it has to be given. It comes from the
/// repository's standing().
template <class Row>
using standing = std::conditional_t<has_standing<Row>, standing_conditions<Row>, no_standing>;

/// What the conditions are written from; quoted names, empty where there is no such condition.
struct standing_pieces {
  static constexpr std::size_t seen_bit = 224;

  std::string_view scope{};
  std::string_view mark{};
  std::string_view living{};
  std::string_view deleted{};
};

template <class Row>
consteval standing_pieces make_standing_pieces() {
  standing_pieces pieces;
  if constexpr (has_scope<Row>) pieces.scope = table<Row>::scope::quoted;
  if constexpr (has_soft_delete<Row>) {
    using soft_delete = typename table<Row>::soft_delete;
    pieces.mark = soft_delete::column::quoted;
    pieces.living = soft_delete::living;
    pieces.deleted = soft_delete::deleted;
  }
  return pieces;
}

/// The conditions, each behind what `separate` writes; with a mask, as mark_standing() marked it.
constexpr void render_standing(sql_writer& out, sql_separator& separate, std::string_view quoted_table,
                               standing_pieces const& pieces, shape_mask const& mask = {}) {
  if (!pieces.scope.empty()) {
    separate(out);
    out.column(quoted_table, pieces.scope);
    out.text(" = ");
    out.parameter();
  }
  auto const seen = static_cast<seen_rows>(mask.number(standing_pieces::seen_bit, 2));
  if (!pieces.mark.empty() && seen != seen_rows::all) {
    separate(out);
    out.column(quoted_table, pieces.mark);
    out.text(seen == seen_rows::living ? pieces.living : pieces.deleted);
  }
}

/// As above, for statements that belong to one table.
template <class Row>
constexpr void render_standing([[maybe_unused]] sql_writer& out, [[maybe_unused]] sql_separator& separate,
                               [[maybe_unused]] shape_mask const& mask = {}) {
  if constexpr (has_standing<Row>) {
    render_standing(out, separate, table<Row>::quoted, make_standing_pieces<Row>(), mask);
  }
}

constexpr shape_mask mask_of(seen_rows seen) noexcept {
  shape_mask mask;
  mask.set_number(standing_pieces::seen_bit, static_cast<std::size_t>(seen));
  return mask;
}

inline void mark_standing(shape_mask&, no_standing) noexcept {}
template <class Row, bool Scoped>
void mark_standing(shape_mask& mask, standing_conditions<Row, Scoped> const& conditions) noexcept {
  mask.set_number(standing_pieces::seen_bit, static_cast<std::size_t>(conditions.seen));
}

/// Binds what render_standing() wrote, from parameter `index` on, and moves `index` behind it. Throws invalid_value,
/// naming the column, for a tenant that its codec refuses.
template <class Sink>
void bind_standing(Sink&, int&, no_standing) noexcept {}
template <class Sink, class Row, bool Scoped>
void bind_standing([[maybe_unused]] Sink& sink, [[maybe_unused]] int& index,
                   [[maybe_unused]] standing_conditions<Row, Scoped> const& conditions) {
  if constexpr (Scoped) {
    using scope = typename table<Row>::scope;
    try {
      codec<typename scope::value_type, typename scope::storage_type>::write(sink, index++, conditions.tenant);
    } catch (invalid_value const& refused) {
      name_refused(refused, table<Row>::name, scope::name);
    }
  }
}

}  // namespace detail
}  // namespace forge_db
