// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/shifted_sink.hpp>
#include <forge_db/query/shape_mask.hpp>
#include <forge_db/query/sql_writer.hpp>

// Statements that are written around others, of which some have a shape and some have none.
namespace forge_db::detail {

template <class Statement>
constexpr void render_statement(sql_writer& out, [[maybe_unused]] shape_mask const& mask) {
  if constexpr (requires { Statement::render(out, mask); }) {
    Statement::render(out, mask);
  } else {
    Statement::render(out);
  }
}

template <class Statement>
[[nodiscard]] shape_mask mask_of_statement([[maybe_unused]] Statement const& statement) {
  if constexpr (Statement::is_dynamic) {
    return statement.mask();
  } else {
    return {};
  }
}

/// Binds what counts its values from 1, and answers the index behind them.
template <class Sink, class Bind>
int bind_first(Sink& sink, int index, Bind bind) {
  shifted_sink<Sink> counted(sink, index - 1);
  bind(counted);
  return counted.next();
}

}  // namespace forge_db::detail
