// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/insert_source.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/statement.hpp>
#include <forge_db/repository/upsert_statement.hpp>

#include <cstddef>
#include <span>
#include <string>

namespace forge_db::detail {

/// As upsert_statement, of a span of rows that all set the same fields. Borrows them.
template <class Row, class Target>
class upsert_span_statement {
  using new_type = typename table<Row>::new_type;
  using single = upsert_statement<Row, Target>;
  using rows = many_rows<new_type>;

 public:
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = false;
  static constexpr bool is_dynamic = true;
  using row_type = void;

  explicit upsert_span_statement(std::span<new_type const> new_rows) noexcept : rows_(new_rows) {}

  static void render(sql_writer& out, shape_mask const& mask) {
    out.text("insert into ");
    out.text(table<Row>::quoted);
    rows::render(out, mask);
    out.text(rows::before_conflict);
    single::render_conflict(out, mask);
  }
  [[nodiscard]] shape_mask mask() const { return single::mask_of(rows_.front()); }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_text(&upsert_span_statement::render, target, mask);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    constexpr int columns = static_cast<int>(written_columns<Row>::size);
    sink.span(1, span_source{rows_.data(), rows_.size(), sizeof(new_type), columns, &row_cell<new_type>});
  }

 private:
  std::span<new_type const> rows_;
};

}  // namespace forge_db::detail
