// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/driver/sqlite/detail/connection_state.hpp>
#include <forge_db/driver/sqlite/detail/statement_record.hpp>
#include <forge_db/driver/sqlite/errors.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <exception>
#include <string_view>
#include <utility>

namespace forge_db::sqlite::detail {

/// An open connection's seldom work; every connection_state is one.
struct live_connection final : connection_state {
  // In connection_body.hpp, as they need the whole connection. Inline already here: else the first of them would be the
  // class's key function, and every file that sees it defined would compile all of the class.
  inline statement_record* prepare_constant(connection& self, bool keep, std::size_t slot,
                                            std::string_view text) override;
  inline statement_record* prepare_shape(connection& self, bool keep, statement_slot const& slot,
                                         shape_mask const& mask, join_function join) override;

  void end_use(statement_record& record) noexcept override {
    if (record.recorded) recorder->report(record.handle, nullptr);
    record.in_use = false;
    if (record.unowned) delete &record;
  }

  void drop_spans(statement_record& record) noexcept override {
    sqlite3_clear_bindings(record.handle);  // no pointer to a binding that is gone
    record.spans.clear();
  }

  [[noreturn]] void bind_failed(statement_record const& record) override {
    throw_last_error(handle, sqlite3_sql(record.handle));
  }

  [[noreturn]] void refuse_nan(statement_record const& record) override {
    error_context context;
    context.sql = sqlite3_sql(record.handle);
    throw invalid_value("forge_db: bind requires a float64 value to be a number; store NULL for NaN",
                        std::move(context));
  }

  [[noreturn]] void step_failed(statement_record& record) override {
    try {
      for (auto const& binding : record.spans) {
        if (binding->failure) std::rethrow_exception(binding->failure);
      }
      throw_last_error(handle, sqlite3_sql(record.handle));
    } catch (error const& failure) {
      if (record.recorded) recorder->report(record.handle, &failure);
      throw;
    }
  }
};

}  // namespace forge_db::sqlite::detail
