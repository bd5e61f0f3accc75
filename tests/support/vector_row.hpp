// SPDX-License-Identifier: MIT
#pragma once

// The row of a table with vectors, as a program without the generator writes it.

#include <forge_db/query/query.hpp>
#include <forge_db/schema/codec_vector.hpp>
#include <forge_db/schema/schema.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tests {

struct Note {
  std::int64_t id{};
  forge_db::vector<3> embedding{};
  std::optional<forge_db::vector<21>> wide{};
};

struct NewNote {
  using row_type = Note;
  std::optional<std::int64_t> id{};
  forge_db::required<forge_db::vector<3>> embedding;
  std::optional<forge_db::vector<21>> wide{};
};

struct NotePatch {
  using row_type = Note;
  std::optional<forge_db::vector<3>> embedding{};
  forge_db::patch<forge_db::vector<21>> wide{};
};

namespace notes {

struct id_t : forge_db::column<id_t> {
  using column::operator=;
  using row_type = Note;
  using value_type = std::int64_t;
  using storage_type = forge_db::storage::integer;
  static constexpr bool nullable = false;
  static constexpr std::string_view name = "id";
  static constexpr std::string_view quoted = "\"id\"";
  static constexpr std::size_t index = 0;
};
inline constexpr id_t id{};

struct embedding_t : forge_db::column<embedding_t> {
  using column::operator=;
  using row_type = Note;
  using value_type = forge_db::vector<3>;
  using storage_type = forge_db::storage::vector_blob;
  static constexpr bool nullable = false;
  static constexpr std::string_view name = "embedding";
  static constexpr std::string_view quoted = "\"embedding\"";
  static constexpr std::size_t index = 1;
};
inline constexpr embedding_t embedding{};

struct wide_t : forge_db::column<wide_t> {
  using column::operator=;
  using row_type = Note;
  using value_type = forge_db::vector<21>;
  using storage_type = forge_db::storage::vector_blob;
  static constexpr bool nullable = true;
  static constexpr std::string_view name = "wide";
  static constexpr std::string_view quoted = "\"wide\"";
  static constexpr std::size_t index = 2;
};
inline constexpr wide_t wide{};

}  // namespace notes
}  // namespace tests

template <>
struct forge_db::table<tests::Note> {
  using row_type = tests::Note;
  using new_type = tests::NewNote;
  using patch_type = tests::NotePatch;
  static constexpr std::string_view name = "notes";
  static constexpr std::string_view quoted = "\"notes\"";
  using columns = forge_db::column_list<tests::notes::id_t, tests::notes::embedding_t, tests::notes::wide_t>;
  using key = forge_db::column_list<tests::notes::id_t>;
  using uniques = forge_db::column_sets<>;
  static constexpr bool generated_key = true;
  static constexpr std::string_view select_list = "\"id\", \"embedding\", \"wide\"";
  static constexpr std::string_view insert_columns = select_list;
  using on_update_now = forge_db::column_list<>;
};
