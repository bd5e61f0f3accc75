// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/core/error.hpp>
#include <forge_db/query/clause_list.hpp>
#include <forge_db/query/detail/refused_value.hpp>
#include <forge_db/query/detail/row_fields.hpp>
#include <forge_db/query/detail/row_version.hpp>
#include <forge_db/query/held_value.hpp>
#include <forge_db/query/shape_mask.hpp>
#include <forge_db/query/write_field.hpp>

#include <string_view>
#include <utility>

// What an update sets: assignments, or the set fields of a patch; and the columns that every update refreshes.
namespace forge_db::detail {

template <class... Columns>
constexpr void render_placeholders(sql_writer& out, sql_separator& separate, column_list<Columns...>) {
  ((separate(out), out.text(Columns::quoted), out.text(" = "), out.parameter()), ...);
}

template <class C, class Sink>
void bind_now(Sink& sink, int& index) {
  using value_type = typename C::value_type;
  codec<value_type, typename C::storage_type>::write(sink, index++, current_time<value_type>());
}

template <class Row, class... Assignments>
class assignment_source {
 public:
  static constexpr bool is_dynamic = false;

  explicit assignment_source(Assignments... assignments) : assignments_(std::move(assignments)...) {}

  static constexpr void render(sql_writer& out, shape_mask const&) {
    sql_separator separate;
    ((separate(out), Assignments::render(out)), ...);
    each_refreshed([&]<class C>() { render_placeholders(out, separate, column_list<C>{}); });
    if constexpr (has_optimistic_lock<Row>) {
      using version = typename table<Row>::optimistic_lock;
      if constexpr (!contains_column<version>(column_list<typename Assignments::column_type...>{})) {
        separate(out);
        render_next_version<Row>(out);
      }
    }
  }
  [[nodiscard]] shape_mask mask() const { return {}; }
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    bind_clauses(assignments_, sink, index);
    each_refreshed([&]<class C>() { bind_now<C>(sink, index); });
  }

 private:
  template <class Visit>
  static constexpr void each_refreshed(Visit visit) {
    [&]<class... C>(column_list<C...>) {
      [[maybe_unused]] auto const unless_assigned = [&]<class Column>() {
        if constexpr (!contains_column<Column>(column_list<typename Assignments::column_type...>{})) {
          visit.template operator()<Column>();
        }
      };
      (unless_assigned.template operator()<C>(), ...);
    }(typename table<Row>::on_update_now{});
  }

  clause_list<Assignments...> assignments_;
};

template <class Row>
class patch_source {
  using patch_type = typename table<Row>::patch_type;
  using columns = written_columns<Row>;

 public:
  static constexpr bool is_dynamic = true;

  explicit patch_source(patch_type const& patch) noexcept : held_(patch) {}
  explicit patch_source(patch_type&& patch) : held_(std::move(patch)) {}

  static constexpr void render(sql_writer& out, shape_mask const& mask) {
    sql_separator separate;
    each_column([&]<class C>() {
      if (mask.test(C::index)) render_placeholders(out, separate, column_list<C>{});
    });
    if constexpr (has_optimistic_lock<Row>) {
      separate(out);
      render_next_version<Row>(out);
    }
  }

  /// True if no field is set.
  [[nodiscard]] bool is_empty() const {
    bool empty = true;
    each_column([&]<class C>() { empty = empty && !is_set(field<C>()); });
    return empty;
  }

  /// A bit for each column that the update sets. Throws invalid_value if the patch is empty.
  [[nodiscard]] shape_mask mask() const {
    shape_mask mask;
    each_column([&]<class C>() { mask.set(C::index, is_refreshed<C> || is_set(field<C>())); });
    if (is_empty()) {
      throw invalid_value("forge_db: set() requires a patch with at least one field set; leave the update out");
    }
    return mask;
  }

  /// Throws invalid_value, naming the column, for what it refuses.
  template <class Sink>
  void bind(Sink& sink, int& index) const {
    std::string_view name;
    try {
      each_column([&]<class C>() {
        name = C::name;
        bind_column<C>(sink, index);
      });
    } catch (invalid_value const& refused) {
      name_refused(refused, table<Row>::name, name);
    }
  }

 private:
  template <class C>
  decltype(auto) field() const {
    constexpr std::size_t count = columns::size - table<Row>::key::size - kept_count<Row>;
    return field_at<patch_position<C>(columns{})>(fields_of<Row, count>(held_.get()));
  }

  template <class C>
  static constexpr bool is_refreshed = contains_column<C>(typename table<Row>::on_update_now{});

  template <class C, class Sink>
  void bind_column(Sink& sink, int& index) const {
    auto const& value = field<C>();
    if (is_set(value)) {
      write_new<typename C::storage_type, void>(sink, index++, value);
    } else if constexpr (is_refreshed<C>) {
      bind_now<C>(sink, index);
    }
  }

  template <class Visit>
  static constexpr void each_column(Visit visit) {
    [&]<class... C>(column_list<C...>) {
      [[maybe_unused]] auto const if_patched = [&]<class Column>() {
        if constexpr (is_patched<Row, Column>()) visit.template operator()<Column>();
      };
      (if_patched.template operator()<C>(), ...);
    }(columns{});
  }

  owned_or_borrowed<patch_type> held_;
};

}  // namespace forge_db::detail
