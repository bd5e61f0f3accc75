// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/schema/table.hpp>

#include <boost/pfr/core.hpp>

#include <cstddef>

namespace forge_db::detail {

/// References to the `Count` columns' fields of a Row, or of its new_type or patch_type. PFR's public functions count
/// the fields first, by trying, which is most of what they cost to compile (0.1 s a struct); the schema knows the
/// number.
template <class Row, std::size_t Count, class Struct>
constexpr auto fields_of(Struct& row) {
  if constexpr (requires { typename table<Row>::embeds; }) {
    return table<Row>::embeds::template fields_of<Count>(row);
  } else {
    return boost::pfr::detail::tie_as_tuple(row, boost::pfr::detail::size_t_<Count>{});
  }
}

/// Field `Position` of what fields_of() gave; an lvalue, or a maybe_member.
template <std::size_t Position, class Fields>
constexpr decltype(auto) field_at(Fields const& fields) {
  return get<Position>(fields);  // of PFR or schema/embed.hpp, found by its argument
}

}  // namespace forge_db::detail
