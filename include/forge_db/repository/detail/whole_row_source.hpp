// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/patch_source.hpp>
#include <forge_db/query/write_field.hpp>

#include <string_view>

namespace forge_db::detail {

/// What an update sets that writes a whole row: all that a patch could. Borrows the row.
template <class Row>
class whole_row_source {
 public:
  static constexpr bool is_dynamic = false;

  explicit whole_row_source(Row const& row) noexcept : row_(row) {}

  static constexpr void render(sql_writer& out, shape_mask const&) {
    sql_separator separate;
    each_column([&]<class C>() { render_placeholders(out, separate, column_list<C>{}); });
    if constexpr (has_optimistic_lock<Row>) {
      separate(out);
      render_next_version<Row>(out);
    }
  }
  [[nodiscard]] shape_mask mask() const { return {}; }

  /// Throws invalid_value, naming the column, for what it refuses.
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    auto const fields = fields_of<Row, table<Row>::columns::size>(row_);
    std::string_view name;
    try {
      each_column([&]<class C>() {
        name = C::name;
        if constexpr (contains_column<C>(typename table<Row>::on_update_now{})) {
          bind_now<C>(sink, index);
        } else {
          write_whole<typename C::storage_type>(sink, index++, field_at<C::index>(fields));
        }
      });
    } catch (invalid_value const& refused) {
      name_refused(refused, table<Row>::name, name);
    }
  }

 private:
  template <class Visit>
  static constexpr void each_column(Visit visit) {
    [&]<class... C>(column_list<C...>) {
      [[maybe_unused]] auto const if_patched = [&]<class Column>() {
        if constexpr (is_patched<Row, Column>()) visit.template operator()<Column>();
      };
      (if_patched.template operator()<C>(), ...);
    }(written_columns<Row>{});
  }

  Row const& row_;
};

}  // namespace forge_db::detail
