// SPDX-License-Identifier: MIT
#pragma once

#include <boost/pfr/core.hpp>

#include <cstddef>

namespace forge_db::detail {

/// References to the fields of a struct that is known to have `Count` of them. PFR's public functions count the fields
/// first, by trying, which is most of what they cost to compile (0.1 s a struct); the schema knows the number.
template <std::size_t Count, class Struct>
constexpr auto fields_of(Struct& row) {
  return boost::pfr::detail::tie_as_tuple(row, boost::pfr::detail::size_t_<Count>{});
}

/// Field `Position` of what fields_of() gave; an lvalue.
template <std::size_t Position, class Fields>
constexpr decltype(auto) field_at(Fields const& fields) {
  return get<Position>(fields);  // found in PFR, by its argument
}

}  // namespace forge_db::detail
