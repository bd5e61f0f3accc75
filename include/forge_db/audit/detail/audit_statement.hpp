// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/statement.hpp>
#include <forge_db/repository/detail/partial_row.hpp>

#include <string>
#include <string_view>
#include <type_traits>

namespace forge_db {

template <class Row>
struct repository_traits;

namespace detail {

/// Writes one line of the audit trail of Row. Texts that the trail has no column for are not bound.
template <class Row>
struct log_change {
  using columns = typename repository_traits<Row>::audit;
  using log = typename columns::log_type;
  using given = join_columns<column_or_none<typename columns::actor>, column_or_none<typename columns::action>,
                             column_or_none<typename columns::entity>, column_or_none<typename columns::entity_id>,
                             column_or_none<typename columns::changes>, column_or_none<typename columns::note>>;
  using inserted = partial_row<log, given>;
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = false;
  static constexpr bool is_dynamic = false;
  using row_type = void;

  // Null where there is none.
  std::string const* actor;
  std::string_view action;
  std::string_view entity;
  std::string const& entity_id;
  std::string const* changes;
  std::string const* note;

  static constexpr void render(sql_writer& out) {
    out.text("insert into ");
    out.text(table<log>::quoted);
    out.text(" (");
    inserted::render_names(out);
    out.text(")");
    inserted::render_values(out);
  }
  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    bind_text<typename columns::actor>(sink, index, actor);
    bind_text<typename columns::action>(sink, index, action);
    bind_text<typename columns::entity>(sink, index, entity);
    bind_text<typename columns::entity_id>(sink, index, std::string_view{entity_id});
    bind_text<typename columns::changes>(sink, index, changes);
    bind_text<typename columns::note>(sink, index, note);
    inserted::bind_filled(sink, index);
  }

 private:
  template <class C, class Sink>
  static void bind_text([[maybe_unused]] Sink& sink, [[maybe_unused]] int& index, std::string_view text) {
    if constexpr (!std::is_void_v<C>) sink.text(index++, text);
  }
  template <class C, class Sink>
  static void bind_text([[maybe_unused]] Sink& sink, [[maybe_unused]] int& index, std::string const* text) {
    if constexpr (!std::is_void_v<C>) {
      if (text != nullptr) {
        sink.text(index++, *text);
      } else {
        sink.null(index++);
      }
    }
  }
};

}  // namespace detail
}  // namespace forge_db
