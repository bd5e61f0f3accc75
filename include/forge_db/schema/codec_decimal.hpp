// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/decimal.hpp>
#include <forge_db/schema/codec.hpp>

namespace forge_db {

template <int Precision, int Scale>
struct codec<decimal<Precision, Scale>, storage::decimal_scaled> {
  using value_type = decimal<Precision, Scale>;

  template <class Row>
  static void read(Row& row, int column, value_type& out) {
    detail::require_kind(row, column, value_kind::integer, "a scaled decimal");
    auto const value = value_type::try_from_scaled(row.int64(column));
    if (!value) detail::refuse_content(column, "a scaled decimal within its precision");
    out = *value;
  }
  template <class Sink>
  static void write(Sink& sink, int index, value_type const& value) {
    sink.int64(index, value.scaled());
  }
};

}  // namespace forge_db
