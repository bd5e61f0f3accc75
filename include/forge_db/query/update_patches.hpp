// SPDX-License-Identifier: MIT
#pragma once

#include <forge_db/query/detail/concatenated.hpp>
#include <forge_db/query/detail/row_version.hpp>
#include <forge_db/query/detail/shifted_sink.hpp>
#include <forge_db/query/grouping.hpp>
#include <forge_db/query/patch_source.hpp>
#include <forge_db/query/render.hpp>
#include <forge_db/query/span_fields.hpp>
#include <forge_db/query/statement.hpp>

#include <array>
#include <concepts>
#include <span>
#include <string>
#include <string_view>
#include <utility>

// Many patches at once: an update whose text names the columns that some patch sets.
namespace forge_db::detail {

template <class Row, class Columns>
consteval auto patched_columns() {
  return []<class... C>(column_list<C...>) {
    return decltype(concatenated(column_list<>{},
                                 std::conditional_t<is_patched<Row, C>(), column_list<C>, column_list<>>{}...)){};
  }(Columns{});
}

/// The cells of an element, which is a key and a patch: the key's columns, the patch's, for each of these whether it is
/// set, and whether any is.
template <class Row, class Key>
class patch_cells {
  using patch_type = typename table<Row>::patch_type;
  using key_columns = typename table<Row>::key;
  using columns = decltype(patched_columns<Row, written_columns<Row>>());
  using element = std::pair<Key, patch_type>;

 public:
  static constexpr std::size_t keys = key_columns::size;
  static constexpr std::size_t fields = columns::size;
  static constexpr std::size_t count = keys + 2 * fields + 1;
  static_assert(count <= 100,
                "forge_db: update_many() requires a table of at most 49 columns; update the rows in turn");

  static constexpr std::size_t value_cell(std::size_t field) { return keys + field; }
  static constexpr std::size_t flag_cell(std::size_t field) { return keys + fields + field; }
  static constexpr std::size_t any_cell = count - 1;

  template <class C>
  static bool is_field_set(patch_type const& patch) {
    return is_set(field<C>(patch));
  }

  static void write(void const* data, int cell, cell_sink& sink) {
    auto const& [key, patch] = *static_cast<element const*>(data);
    auto const at = static_cast<std::size_t>(cell);
    if (at < keys) {
      write_key(key, at, sink, key_columns{});
    } else if (at < keys + fields) {
      write_field(patch, at - keys, sink, columns{});
    } else {
      write_flag(patch, at - keys - fields, sink, columns{});
    }
  }

 private:
  template <class C>
  static decltype(auto) field(patch_type const& patch) {
    return field_at<patch_position<C>(written_columns<Row>{})>(fields_of<Row, fields>(patch));
  }

  template <class... C>
  static void write_key(Key const& key, std::size_t at, cell_sink& sink, column_list<C...>) {
    if constexpr (sizeof...(C) == 1) {
      (write_named_value<C>(sink, 1, key), ...);
    } else {
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        static_cast<void>(((I == at && (write_named_value<C>(sink, 1, std::get<I>(key)), true)) || ...));
      }
      (std::index_sequence_for<C...>{});
    }
  }
  template <class... C>
  static void write_field(patch_type const& patch, std::size_t at, cell_sink& sink, column_list<C...>) {
    std::size_t i = 0;
    static_cast<void>(((i++ == at && (write_named_value<C>(sink, 1, field<C>(patch)), true)) || ...));
  }
  /// Whether a field is set; for the cell behind theirs, whether any is.
  template <class... C>
  static void write_flag(patch_type const& patch, std::size_t at, cell_sink& sink, column_list<C...>) {
    std::size_t i = 0;
    bool set = false;
    ((set = set || ((i == at || at == fields) && is_field_set<C>(patch)), ++i), ...);
    codec<bool, storage::boolean>::write(sink, 1, set);
  }
};

/// Writes each patch over the row with its key, by one statement. Condition is what else a row has to satisfy. Borrows
/// the patches.
template <class Row, class Key, class Condition = every_row>
class update_patches_statement {
  using patch_type = typename table<Row>::patch_type;
  using cells = patch_cells<Row, Key>;
  using key_columns = typename table<Row>::key;
  using columns = decltype(patched_columns<Row, written_columns<Row>>());
  using refreshed = typename table<Row>::on_update_now;

  // Of each field, whether some patch sets it and whether some does not; and whether some patch is empty.
  static constexpr std::size_t set_bit(std::size_t field) { return 2 * field; }
  static constexpr std::size_t unset_bit(std::size_t field) { return 2 * field + 1; }
  static constexpr std::size_t empty_bit = 2 * cells::fields;

 public:
  static constexpr statement_kind kind = statement_kind::write;
  static constexpr bool returns_rows = false;
  static constexpr bool is_dynamic = true;
  using row_type = void;

  explicit update_patches_statement(std::span<std::pair<Key, patch_type> const> patches, Condition condition = {})
      : patches_(patches), condition_(std::move(condition)) {}

  static void render(sql_writer& out, shape_mask const& mask) {
    out.text("update ");
    out.text(table<Row>::quoted);
    out.text(" set ");
    out.qualify(true);
    sql_separator separate;
    each_written(mask, [&]<class C>(std::size_t field) {
      separate(out);
      render_field<C>(out, mask, field);
    });
    if constexpr (has_optimistic_lock<Row>) {
      separate(out);
      render_next_version<Row>(out);
    }
    out.text(" from ");
    render_span_cells(out, arrays(key_columns{}, columns{}), true);
    sql_separator also(" and ", " where ");
    render_keys(out, also, key_columns{});
    if (mask.test(empty_bit)) {
      also(out);
      render_cell(out, cells::any_cell);
    }
    if constexpr (predicate<Condition>) {
      also(out);
      render_operand_of<Condition, 2>(out);
    }
    out.qualify(false);
  }

  [[nodiscard]] shape_mask mask() const {
    shape_mask mask;
    for (auto const& [key, patch] : patches_) mark(mask, patch, columns{});
    return mask;
  }
  /// True if no patch sets anything: there is no such statement then.
  [[nodiscard]] bool is_empty() const {
    for (auto const& [key, patch] : patches_) {
      shape_mask mask;
      mark(mask, patch, columns{});
      if (!mask.test(empty_bit)) return false;
    }
    return true;
  }
  [[nodiscard]] static std::string join(dialect target, shape_mask const& mask) {
    return join_text(&update_patches_statement::render, target, mask);
  }

  template <class Sink>
  void bind(Sink& sink) const {
    int index = 1;
    shape_mask const shape = mask();
    each_written(shape, [&]<class C>(std::size_t field) {
      if constexpr (is_refreshed<C>) {
        if (!shape.test(set_bit(field)) || shape.test(unset_bit(field))) bind_now<C>(sink, index);
      }
    });
    span_source const source{patches_.data(), patches_.size(), sizeof(patches_[0]), static_cast<int>(cells::count),
                             &cells::write};
    sink.span(index, source);
    index += parameters_of<Sink>(source);
    condition_.bind(sink, index);
  }

 private:
  template <class C>
  static constexpr bool is_refreshed = contains_column<C>(refreshed{});

  template <class Visit>
  static void each_written(shape_mask const& mask, Visit visit) {
    [&]<class... C>(column_list<C...>) {
      std::size_t field = 0;
      ((is_refreshed<C> || mask.test(set_bit(field)) ? visit.template operator()<C>(field) : void(), ++field), ...);
    }(columns{});
  }

  template <class C>
  static void render_field(sql_writer& out, shape_mask const& mask, std::size_t field) {
    out.text(C::quoted);
    out.text(" = ");
    bool const partly = mask.test(unset_bit(field));
    if (!mask.test(set_bit(field))) return out.parameter();
    if (partly) {
      out.text("case when ");
      render_cell(out, cells::flag_cell(field));
      out.text(" then ");
    }
    render_cell(out, cells::value_cell(field));
    if (!partly) return;
    out.text(" else ");
    if constexpr (is_refreshed<C>) {
      out.parameter();
    } else {
      column_ref<C>::render(out);
    }
    out.text(" end");
  }

  template <class... C>
  static void render_keys(sql_writer& out, sql_separator& also, column_list<C...>) {
    std::size_t cell = 0;
    ((also(out), column_ref<C>::render(out), out.text(" = "), render_cell(out, cell++)), ...);
  }

  template <class... Keys, class... C>
  static auto arrays(column_list<Keys...>, column_list<C...>) {
    std::array<std::string_view, cells::count> result{postgres_array<typename Keys::storage_type>()...,
                                                      postgres_array<typename C::storage_type>()...};
    for (std::size_t i = cells::keys + cells::fields; i < cells::count; ++i) {
      result[i] = postgres_array<storage::boolean>();
    }
    return result;
  }

  template <class... C>
  static void mark(shape_mask& mask, patch_type const& patch, column_list<C...>) {
    std::size_t field = 0;
    bool any = false;
    auto const see = [&](bool set) {
      mask.set(set ? set_bit(field) : unset_bit(field));
      any = any || set;
      ++field;
    };
    (see(cells::template is_field_set<C>(patch)), ...);
    if (!any) mask.set(empty_bit);
  }

  std::span<std::pair<Key, patch_type> const> patches_;
  [[no_unique_address]] Condition condition_;
};

}  // namespace forge_db::detail
